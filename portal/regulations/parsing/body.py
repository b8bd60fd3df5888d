"""From paragraphs to divisions and articles."""

from portal.regulations.parsing.articles import read_article
from portal.regulations.parsing.grammar import LONE_ROMAN, is_finished, starts_lower
from portal.regulations.parsing.result import ParsedDivision

LEVELS = ("part", "chapter", "section", "subsection")
TITLE_LENGTH = 250


def read_body(paragraphs):
    """Return the divisions of a component, flat and in reading order."""
    divisions, position = [], 0
    while position < len(paragraphs):
        if _is_division(paragraphs, position):
            division, position = _read_division(paragraphs, position)
            divisions.append(division)
            continue
        end = _end_of_article(paragraphs, position)
        if not divisions:
            divisions.append(_unnumbered_division(paragraphs[position]))
        article = read_article(paragraphs[position:end])
        divisions[-1].articles.append(article)
        divisions[-1].end = article.end
        position = end
    return divisions


def _is_division(paragraphs, position):
    paragraph = paragraphs[position]
    return paragraph.kind in LEVELS or _is_bare_title(paragraphs, position)


def _is_bare_title(paragraphs, position):
    """Say whether a line of capitals is the title of a chapter that lost its number."""
    paragraph = paragraphs[position]
    if paragraph.kind != "text" or not paragraph.is_capitals() or " " not in paragraph.text:
        return False
    if is_finished(paragraph.text) or len(paragraph.text) > TITLE_LENGTH:
        return False
    if LONE_ROMAN.match(paragraph.text):
        return False
    before = paragraphs[position - 1] if position else None
    if before and before.kind == "article" and not before.text:
        return False
    for following in paragraphs[position + 1 : position + 9]:
        if following.kind == "article" or following.kind in LEVELS:
            return True
        if following.kind != "text" or not following.is_capitals():
            return False
    return False


def _unnumbered_division(paragraph):
    return ParsedDivision(None, None, None, None, paragraph.start, paragraph.end)


def _read_division(paragraphs, position):
    """Return the division that begins here, with its title, and where its content begins."""
    heading = paragraphs[position]
    is_bare = heading.kind not in LEVELS
    titles = [heading.text] if heading.text else []
    end = position + 1
    while end < len(paragraphs) and _belongs_to_title(paragraphs, end, titles):
        titles.append(paragraphs[end].text)
        end += 1
    division = ParsedDivision(
        level="chapter" if is_bare else heading.kind,
        number=None if is_bare else heading.number,
        title=" ".join(titles) or None,
        eid=None,
        start=heading.start,
        end=paragraphs[end - 1].end,
        printed=heading.printed,
    )
    return division, end


def _belongs_to_title(paragraphs, position, titles):
    paragraph = paragraphs[position]
    longest = TITLE_LENGTH if not paragraph.is_capitals() else 3 * TITLE_LENGTH
    if paragraph.kind != "text" or len(paragraph.text) > longest:
        return False
    if titles:
        goes_on = paragraph.is_capitals() or starts_lower(paragraph.text)
        return goes_on and not is_finished(titles[-1])
    if paragraph.is_capitals():
        return True
    following = paragraphs[position + 1].kind if position + 1 < len(paragraphs) else None
    is_heading = following == "article" or following in LEVELS
    return not is_finished(paragraph.text) and is_heading


def _end_of_article(paragraphs, position):
    end = position + 1
    while end < len(paragraphs):
        if paragraphs[end].kind == "article" or _is_division(paragraphs, end):
            break
        end += 1
    return end
