"""The centre itself: its name and short name, and who owns, manages and coordinates it."""

import re

from portal.core.text import fold, nfc
from portal.units.proposing.places import CAPITAL_WORD, LEVEL_AND_PLACE, LEVEL_WORD, place_in

_WORDS = r"(?:giám\s+sát|điều\s+hành|đô\s+thị|thông\s+minh|an\s+ninh|dữ\s+liệu|và|xử\s+lý)"
_NO_NAME = r"(?i:của|tại|theo|cho|với|do|được|là|có|thuộc|trực)\b"
_CENTRE = re.compile(
    rf"(?i:trung\s+tâm)\s+(?:(?i:{_WORDS})(?:\s*,\s*|\s+))+(?:\(\s*IOC\s*\)\s*)?"
    rf"(?P<place>{LEVEL_AND_PLACE})?"
)
_ZONE = r"(?i:khu\s+(?:kinh\s+tế|công\s+nghiệp|công\s+nghệ\s+cao|chế\s+xuất))"
#: Names of other words, where the place closes them: “Trung tâm Điều hành và Cứu nạn … xã …”.
_OTHER_CENTRE = re.compile(
    rf"(?i:trung\s+tâm|tổ|bộ\s+phận)\s+(?=[^.;:()]{{0,40}}(?i:điều\s+hành|giám\s+sát))"
    rf"(?:(?!{_NO_NAME})[^\s.;:()]+\s+){{1,11}}?"
    rf"(?P<place>(?i:{LEVEL_WORD})\s+{CAPITAL_WORD}(?:\s+{CAPITAL_WORD}){{0,2}}"
    rf"|{_ZONE}\s+{CAPITAL_WORD}(?:\s+{CAPITAL_WORD}){{0,2}})"
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
    if not with_place:
        with_place = [match for text in texts for match in _OTHER_CENTRE.finditer(nfc(text))]
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
            names_centre = re.search(r"(?:trung tam|ioc|dieu hanh)[^.;]*$", before)
            if names_centre and not re.search(r"(?:co quan|don vi) (?!.*trung tam)", before[-40:]):
                name = match["name"].strip(" *_")
                if re.search(r"ioc|trung tam|dieu hanh", fold(name)):
                    return name
    for text in map(nfc, texts):
        match = re.search(
            rf"\(\s*((?:Trung\s+tâm\s+)?[\w-]*IOC(?:\s+{LEVEL_AND_PLACE}|\s+{CAPITAL_WORD})*)\s*\)",
            text,
        )
        if match:
            return match[1]
    return None


def _of_title(title):
    """Return a title on one line, without what a broken source ran into it."""
    title = re.sub(r"\s+", " ", nfc(title)).strip()
    title = re.split(r"\s(?:Chương|Điều)\s+[\dIVX]", title)[0]
    return re.split(r"\s*\(\s*(?:Ban\s+hành|Kèm\s+theo)", title)[0]


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
