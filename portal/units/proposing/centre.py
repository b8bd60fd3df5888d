"""The centre itself: its name and short name, and who owns, manages and coordinates it."""

import re

from portal.core.text import fold, nfc
from portal.units.proposing.places import CAPITAL_WORD, LEVEL_AND_PLACE, place_in

_WORDS = r"(?:giám\s+sát|điều\s+hành|đô\s+thị|thông\s+minh|an\s+ninh|dữ\s+liệu|và|xử\s+lý)"
_CENTRE = re.compile(
    rf"(?i:trung\s+tâm)\s+(?:(?i:{_WORDS})(?:\s*,\s*|\s+))+(?:\(\s*IOC\s*\)\s*)?"
    rf"(?P<place>{LEVEL_AND_PLACE})?"
)
_SHORT = re.compile(
    r"[(,]\s*\*{0,2}_?(?:(?:sau|dưới)\s+đây\s+)?(?:được\s+)?(?:gọi\s+tắt|viết\s+tắt|gọi\s+chung|gọi)\s+"
    r"(?:là|chung\s+là)?:?\s*[“\"]?(?P<name>[^()“”\",.;]{2,60}?)[”\"]?_?\*{0,2}\s*[),;.]"
)
_TITLE = re.compile(
    r"^(?:quy\s+chế|quy\s+định|nội\s+quy)\s+(?:(?:về\s+)?(?:tổ\s+chức|hoạt\s+động|phối\s+hợp|quản\s+lý|"
    r"vận\s+hành|sử\s+dụng|khai\s+thác|tạm\s+thời|của|việc|và)(?:\s*,\s*|\s+))*",
    re.IGNORECASE,
)


def name_of_centre(texts, title):
    """Return the centre's name at its fullest, as the ``texts`` write it, “(IOC)” left out.

    ``texts`` come in the order of their weight; where none names a centre, ``title`` does.
    """
    found = [match for text in texts for match in _CENTRE.finditer(nfc(text))]
    with_place = [match for match in found if match["place"] and place_in(match["place"]).name]
    for match in [*with_place, *found]:
        if not match[0].isupper():
            return _tidy(match[0])
    for match in [*with_place, *found]:
        return _tidy(_lowered(match[0]))
    rest = _tidy(_TITLE.sub("", _of_title(title)))
    rest = _lowered(rest) if rest.isupper() else rest
    return rest[:1].upper() + rest[1:]


def short_name_of_centre(texts):
    """Return the name by which the text says it calls the centre, or None."""
    for text in map(nfc, texts):
        for match in _SHORT.finditer(text):
            before = fold(text[max(0, match.start() - 110) : match.start()])
            names_centre = re.search(r"(?:trung tam|ioc)[^.;]*$", before)
            if names_centre and not re.search(r"(?:co quan|don vi) (?!.*trung tam)", before[-40:]):
                name = match["name"].strip(" *_")
                if re.search(r"ioc|trung tam|dieu hanh", fold(name)):
                    return name
    for text in map(nfc, texts):
        match = re.search(
            rf"\(\s*((?:Trung\s+tâm\s+)?\w*IOC(?:\s+{LEVEL_AND_PLACE}|\s+{CAPITAL_WORD})*)\s*\)",
            text,
        )
        if match:
            return match[1]
    return None


def _of_title(title):
    """Return a title on one line, without what a broken source ran into it."""
    title = re.sub(r"\s+", " ", nfc(title)).strip()
    return re.split(r"\s(?:Chương|Điều)\s+[\dIVX]", title)[0]


def _tidy(words):
    words = re.sub(r"\(\s*IOC\s*\)", " ", words)
    return re.sub(r"\s+", " ", words).strip(" ,.;:*_")


def _lowered(words):
    """Return capitals as a sentence writes them: the place keeps its capitals."""
    match = re.search(LEVEL_AND_PLACE + "$", words.strip())
    head, tail = (words[: match.start()], match[0]) if match else (words, "")
    level = re.match(r"(?i:thành\s+phố|thị\s+xã|thị\s+trấn|đặc\s+khu|\w+)", tail)
    name = tail[level.end() :].title() if level else ""
    return f"{head.capitalize()}{level[0].lower() if level else ''}{name}"
