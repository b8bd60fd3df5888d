"""Chosen articles of a text: “5”, “7-9”, “qd-1” become an excerpt."""

import re
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from portal.core.text import nfc
from portal.regulations.structure import RegulationText

#: More than this nobody writes by hand.
MOST_CHOICES = 40
_CHOICE = re.compile(
    r"^(?P<cover>qd-)?(?P<first>\d{1,4}[a-zđ]{0,2})(?:-(?P<last>\d{1,4}[a-zđ]{0,2}))?$"
)


class UnreadableSelection(ValueError):
    """What was asked for names no articles; ``str()`` is a sentence."""


class NoSuchArticle(UnreadableSelection):
    """The text has no article with the number asked for."""


@dataclass(frozen=True)
class Selection:
    """A text, or part of one: ``excerpt`` then says which, ``short_name`` does in a file name."""

    text: RegulationText
    excerpt: str = ""
    short_name: str = ""


def select(text, choices):
    """Return the excerpt of ``text`` that ``choices`` name; headings over what is kept stay."""
    wanted = _choices(choices)
    eids, labels, names = set(), [], []
    for cover, first, last in wanted:
        found = _articles(text, "qd" if cover else "qc", first, last)
        eids.update(article.eid for article in found)
        suffix = " Quyết định" if cover else ""
        labels.append(f"Điều {first} đến Điều {last}{suffix}" if last else f"Điều {first}{suffix}")
        names.append(f"{cover}{first}-{last}" if last else f"{cover}{first}")
    chosen = _without_others(text, eids)
    return Selection(chosen, f"Trích {', '.join(labels)}", f"dieu-{'-'.join(names)}")


def _without_others(text, eids):
    """Return the text with only these articles; not every text has identities to choose by."""
    by_eid = {part.eid: part for part in text.parts}
    parts = [replace(part, id=part.eid) for part in text.parts]
    kept = replace(text, parts=tuple(parts)).only(eids).parts
    return replace(text, parts=tuple(by_eid[part.eid] for part in kept))


def _choices(choices):
    words = re.sub(r"\s*[-–—]\s*", "-", nfc(" ".join(choices)).lower())
    words = re.sub(r"\b(?:điều|dieu|các|và)\b", " ", words)
    found = [word for word in re.split(r"[\s,;]+", words) if word]
    if not found:
        raise UnreadableSelection(_("Write the numbers of the articles, such as 5 or 7-9."))
    if len(found) > MOST_CHOICES:
        raise UnreadableSelection(
            _("At most %(count)d numbers at a time; write runs as 7-9.") % {"count": MOST_CHOICES}
        )
    return list(dict.fromkeys(_choice(word) for word in found))


def _choice(word):
    match = _CHOICE.match(word)
    if not match:
        raise UnreadableSelection(
            _("“%(value)s” is no number of an article. Write 5 or 7-9.") % {"value": word[:40]}
        )
    last = match["last"] if match["last"] != match["first"] else None
    return match["cover"] or "", match["first"], last or ""


def _articles(text, component, first, last):
    """Return the articles with the number ``first``, or from it to ``last`` in reading order."""
    articles = text.articles(component)
    start = _place(articles, first)
    if not last:
        return [article for article in articles if article.number.lower() == first]
    end = _place(articles, last, is_end=True)
    if end < start:
        raise UnreadableSelection(
            _("Điều %(last)s stands before Điều %(first)s.") % {"first": first, "last": last}
        )
    return articles[start : end + 1]


def _place(articles, number, *, is_end=False):
    places = [n for n, article in enumerate(articles) if article.number.lower() == number]
    if not places:
        raise NoSuchArticle(_("This text has no Điều %(number)s.") % {"number": number})
    return places[-1] if is_end else places[0]
