"""From the paragraphs of one Điều to title, intro, khoản and điểm.

What is intro and what is an unnumbered khoản, decided once for all texts
(docs/decisions/0010-paragraphs-of-an-article.md):

- The words that run on after "Điều N." in an untitled article are its intro.
- Where khoản are numbered, everything before the first number is intro.
- Without numbers, each paragraph is a clause of its own (``number`` None, ``khoan_nn_1`` …), one or
  many alike, so that "the third paragraph of Điều 15" has an address that stays.
- A first paragraph that ends in ":" and leads into the whole rest of the article is intro.
- Dashes and letters that stand directly under the Điều hang on a clause without words.
- A paragraph without a number after a numbered khoản belongs to that khoản (or to its last điểm).
"""

import re

from portal.regulations.parsing.grammar import (
    TITLE_OPENER,
    flat,
    is_finished,
    is_open_ended,
    starts_lower,
)
from portal.regulations.parsing.result import ParsedArticle, ParsedClause, ParsedPoint

PREDICATE = re.compile(
    r"\b(?:có trách nhiệm|có nhiệm vụ|có quyền|có các|có hiệu lực|chịu trách nhiệm|được|phải"
    r"|này|là|như sau|sau đây|sau|cụ thể|gồm|bao gồm|theo quy định|ban hành|giao|quyết định)\b"
)
BODY_STARTS = re.compile(
    r"(?<=[\wÀ-ỹ)])\s+"
    r"(?=(?:Trong\s+)?(?:Quy chế|Quy định|Thông tư|Nghị định|Luật|Quyết định) này"
    r"\s+(?:quy định|áp dụng|có hiệu lực|được|điều chỉnh|hướng dẫn|thay thế)\b)"
)
TITLE_LENGTH = 120
SHORT = 60


def read_article(paragraphs):
    """Return the article of these paragraphs; without a heading it has no number."""
    heading = paragraphs[0]
    if heading.kind != "article":
        article = ParsedArticle("", "", "", "", heading.start, paragraphs[-1].end)
        _fill(article, [], paragraphs)
        return article
    title, run_on, used = _title_of(heading, paragraphs[1:])
    article = ParsedArticle(
        heading.number, title, "", "", heading.start, paragraphs[-1].end, printed=heading.printed
    )
    is_untitled = not title
    rest = paragraphs[1 + used :]
    if run_on and is_untitled:
        _fill(article, [run_on], rest)
    elif run_on:
        _fill(article, [], [_text_like(heading, run_on), *rest])
    else:
        _fill(article, [], rest)
    return article


def _text_like(heading, text):
    """Return a plain paragraph that stands where the heading stands."""
    return type(heading)("text", text, heading.start, heading.end)


def _title_of(heading, following):
    """Return title, words that run on after it, and how many paragraphs the title took."""
    text = heading.text
    if not text:
        return _title_below(following)
    reach = heading.bold_until
    if 0 < reach < len(text) and _is_border(text, reach, following):
        return text[:reach].strip(), text[reach:].lstrip(" :.–-").rstrip(), 0
    found = BODY_STARTS.search(text)
    if (
        found
        and found.start() <= TITLE_LENGTH
        and not PREDICATE.search(text[: found.start()].lower())
    ):
        return text[: found.start()], text[found.end() :], 0
    if _is_title(heading, following):
        return text, "", 0
    return "", text, 0


def _title_below(following):
    """Take the title from the line below "Điều N." if it looks like one.

    If it does not, it is what would run on after "Điều N." on one line.
    """
    if not following or following[0].kind != "text":
        return "", "", 0
    first = following[0]
    is_last = len(following) == 1
    if is_finished(first.text) or len(first.text) > TITLE_LENGTH or (is_last and not first.is_bold):
        return "", first.text, 1
    return first.text, "", 1


def _is_border(text, reach, following):
    """Say whether title and text meet where the bold run ends."""
    title, rest = text[:reach].strip(), text[reach:].strip()
    if not title or not rest or is_open_ended(title):
        return False
    if starts_lower(rest) or len(title) < 3:
        return False
    return is_finished(rest) or len(rest) > 40 or bool(following)


def _is_title(heading, following):
    text, plain = heading.text, flat(heading.text)
    is_lone_sentence = is_finished(text) and not following
    if heading.is_bold and not text.endswith("./.") and not is_lone_sentence:
        return len(text) <= 2 * TITLE_LENGTH or not is_finished(text)
    if text.endswith(("./.", ";", ",")):
        return False
    if not is_finished(text):
        if following:
            is_noun = bool(TITLE_OPENER.match(plain))
            return is_noun or len(text) <= TITLE_LENGTH or not PREDICATE.search(text.lower())
        return bool(heading.depth) or (
            len(text) <= TITLE_LENGTH
            and (bool(TITLE_OPENER.match(plain)) or not PREDICATE.search(text.lower()))
        )
    if text.endswith(":") and len(text) > SHORT or not following or len(text) > TITLE_LENGTH:
        return False
    is_noun = bool(heading.depth) or bool(TITLE_OPENER.match(plain))
    return is_noun and not PREDICATE.search(text.lower())


def _fill(article, intro, paragraphs):
    """Put the paragraphs below the heading into intro and clauses."""
    numbered = next((n for n, p in enumerate(paragraphs) if p.kind == "clause"), None)
    if numbered is None:
        _fill_unnumbered(article, intro, paragraphs)
    else:
        _fill_numbered(article, intro, paragraphs, numbered)
    article.intro = "\n".join(intro)
    for clause in article.clauses:
        for part in (clause, *clause.points):
            part.text = "\n".join(filter(None, (part.text, *part.more)))
            part.more = []


def _fill_numbered(article, intro, paragraphs, numbered):
    before, rest = paragraphs[:numbered], paragraphs[numbered:]
    first_item = next((n for n, p in enumerate(before) if _is_point(p)), None)
    if first_item is None:
        intro.extend(p.whole() for p in before)
    else:
        lead = max(first_item - 1, 0)
        intro.extend(p.whole() for p in before[:lead])
        for paragraph in before[lead:]:
            _add(article, paragraph, opens_clause=paragraph.kind == "text")
    for paragraph in rest:
        _add(article, paragraph, opens_clause=False)


def _fill_unnumbered(article, intro, paragraphs):
    if paragraphs and _leads_into_rest(paragraphs):
        intro.append(paragraphs[0].whole())
        paragraphs = paragraphs[1:]
    for paragraph in paragraphs:
        is_own = paragraph.kind == "text" and not paragraph.is_quoted
        _add(article, paragraph, opens_clause=is_own)


def _leads_into_rest(paragraphs):
    """Say whether the first paragraph introduces all that follows, not only its own list."""
    first, rest = paragraphs[0], paragraphs[1:]
    if first.kind != "text" or not rest or not first.text.rstrip("*_ ").endswith(":"):
        return False
    if _is_point(rest[0]):
        return all(p.kind != "text" for p in rest)
    return True


def _is_point(paragraph):
    return paragraph.kind in ("point", "dash")


def _add(article, paragraph, opens_clause):
    """Add one paragraph: as a clause, a point, or more words of the last of them."""
    clauses = article.clauses
    if paragraph.kind == "clause" or opens_clause:
        clauses.append(_clause(paragraph))
        return
    if not clauses:
        clauses.append(ParsedClause(None, "", "", paragraph.start, paragraph.end))
    clause = clauses[-1]
    clause.end = paragraph.end
    if _is_point(paragraph):
        clause.points.append(
            ParsedPoint(
                paragraph.number,
                "",
                paragraph.text,
                paragraph.start,
                paragraph.end,
                paragraph.printed,
            )
        )
        return
    last = clause.points[-1] if clause.points else clause
    last.more.append(paragraph.whole())
    last.end = paragraph.end


def _clause(paragraph):
    is_numbered = paragraph.kind == "clause"
    return ParsedClause(
        number=paragraph.number if is_numbered else None,
        eid="",
        text=paragraph.text if is_numbered else paragraph.whole(),
        start=paragraph.start,
        end=paragraph.end,
        printed=paragraph.printed if is_numbered else "",
    )
