"""Where a text speaks of units: each mention with its words, its sort and its key.

A key is the form in which two writings of one unit are equal. Units of the centre's own level
lose their level (“Công an huyện” and “Công an”); those of another keep it. Groups have the keys
of ``GROUPS``, the centre itself ``CENTRE``.
"""

import re
from dataclasses import dataclass

from portal.core.text import fold_words
from portal.units.proposing.fields import ABBREVIATION, FIELD, FIELDS, field_key, spelled_out
from portal.units.proposing.places import (
    CAPITAL_WORD,
    COMMUNES,
    DISTRICTS,
    LEVEL_AND_PLACE,
    LEVEL_WORD,
    PROVINCES,
    Place,
    level_of,
)

CENTRE = "@centre"
AGENCIES, COMMUNE_BODIES, DISTRICT_BODIES = "@agencies", "@communes", "@districts"
LOCALITIES, STAFF, ENTERPRISES, TEAMS = "@localities", "@staff", "@enterprises", "@teams"
VILLAGES = "@villages"
MANAGER, OWNER, COORDINATOR = "@manager", "@owner", "@coordinator"
GROUPS = frozenset(
    {AGENCIES, COMMUNE_BODIES, DISTRICT_BODIES, LOCALITIES, STAFF, ENTERPRISES, TEAMS, VILLAGES}
)
ROLES = frozenset({MANAGER, OWNER, COORDINATOR})

_COMMITTEE = r"(?:UBND|[ỦUủu][ỷyYỶ]\s+ban\s+nhân\s+dân|Uỷ\s+ban\s+nhân\s+dân|ỦY\s+BAN\s+NHÂN\s+DÂN)"
_COUNCIL = r"(?:HĐND|[Hh]ội\s+đồng\s+nhân\s+dân|(?:Đ|đ)oàn\s+(?:ĐBQH|[Đđ]ại\s+biểu\s+Quốc\s+hội))"
_LEVELS = (
    rf"(?:(?:các|\d+|từng)\s+)?{LEVEL_AND_PLACE}"
    rf"(?:\s*(?:,|/|và|hoặc)\s*(?:các\s+)?{LEVEL_AND_PLACE})*"
)


def _tail(sort):
    return rf"(?:\s+(?P<{sort}_tail>{LEVEL_AND_PLACE}))?"


_GROUP_NOUN = (
    r"(?i:sở|phòng|ban|ngành|cơ\s+quan|đơn\s+vị|địa\s+phương|đoàn\s+thể|tổ\s+chức|cá\s+nhân|"
    r"bộ\s+phận|lực\s+lượng)"
)
_GROUP_TAIL = (
    rf"(?:\s+(?:chuyên\s+môn|sự\s+nghiệp|trực\s+thuộc|liên\s+quan|có\s+liên\s+quan|khác|thuộc|"
    rf"{_COMMITTEE}|Trung\s+ương|đóng\s+trên\s+địa\s+bàn|(?i:{LEVEL_WORD})))*"
)
_PATTERNS = {
    "office": (
        rf"(?:[Vv]ăn\s+phòng|VP)(?:\s*(?:,|và|-|–|&)?\s*(?:{_COMMITTEE}|{_COUNCIL}))+"
        + _tail("office")
    ),
    "committee": rf"{_COMMITTEE}(?:\s+(?P<committee_tail>{_LEVELS}))?",
    "field": (
        rf"(?P<field_head>(?i:sở|phòng|ban|chi\s+cục|cục))\s+"
        rf"(?P<field_name>(?i:{FIELD})|{ABBREVIATION})" + _tail("field")
    ),
    "body": (
        r"(?P<body_name>(?:[Nn]gành\s+)?[Cc]ông\s+an|[Bb]ộ\s+[Cc]hỉ\s+huy\s+[Qq]uân\s+sự|"
        r"[Bb]an\s+[Cc]hỉ\s+huy\s+[Qq]uân\s+sự|Thanh\s+tra|(?:Chi\s+cục|Cục)\s+(?:Thống\s+kê|Thuế)|"
        r"Kho\s+bạc\s+[Nn]hà\s+nước|Bảo\s+hiểm\s+[Xx]ã\s+hội|Điện\s+lực|Bưu\s+điện|"
        r"(?:Ủy\s+ban\s+)?Mặt\s+trận\s+Tổ\s+quốc(?:\s+Việt\s+Nam)?)" + _tail("body")
    ),
    "enterprise": (
        rf"(?:VNPT|Viettel|VIETTEL|MobiFone|Mobifone|FPT)"
        rf"(?:[ \t]+(?:(?i:tỉnh|thành\s+phố|huyện)(?:\s+{CAPITAL_WORD}){{0,3}}|"
        rf"{CAPITAL_WORD}(?:\s+{CAPITAL_WORD}){{0,3}}))?"
    ),
    "role": (
        r"(?:(?i:cơ\s+quan|đơn\s+vị)\s+|(?=(?i:chủ\s+quản|chủ\s+sở\s+hữu)))(?:chủ\s+trì\s+|được\s+giao\s+|trực\s+tiếp\s+|"
        r"chịu\s+trách\s+nhiệm\s+)?(?P<role_what>[Cc]hủ\s+quản|[Cc]hủ\s+sở\s+hữu|"
        r"phối\s+hợp\s+(?:quản\s+lý|vận\s+hành)|quản\s+lý|vận\s+hành)"
        r"(?:(?:\s*,\s*|\s+và\s+)(?:quản\s+lý|vận\s+hành|khai\s+thác))*"
        r"(?:\s+(?:[Tt]rung\s+tâm(?:\s+\w*IOC)?|\w*IOC)(?!\w)|(?=\s*[:(]|$|\s+của\s))"
    ),
    "staff": (
        r"(?i:cán\s+bộ|công\s+chức|viên\s+chức)"
        r"(?:\s*(?:,|và)\s*(?i:công\s+chức|viên\s+chức|người\s+lao\s+động|nhân\s+viên))*"
    ),
    "teams": (
        r"(?:(?i:các|những)\s+(?:tổ|đội|nhóm)(?!\w)(?!\s+chức|\s+dân)|[Tt]ổ|[Nn]hóm)"
        r"(?:\s+(?:dự\s+án|công\s+tác|kỹ\s+thuật|triển\s+khai|giúp\s+việc|chuyên\s+gia))"
    ),
    "villages": r"(?i:các\s+(?:thôn|ấp|bản|tổ\s+dân\s+phố|khu\s+phố)|trưởng\s+(?:thôn|ấp|bản))(?!\w)"
    r"(?:\s*,\s*(?:thôn|ấp|bản|tổ\s+dân\s+phố|khu\s+phố))*",
    "firms": r"(?i:các\s+)?doanh\s+nghiệp(?:\s+(?:viễn\s+thông|công\s+nghệ(?:\s+thông\s+tin)?))?",
    "group": (
        rf"(?:(?i:các|những)\s+{_GROUP_NOUN}(?!\w)(?:(?:\s*[,;]\s*|\s+và\s+(?:các\s+)?)"
        rf"{_GROUP_NOUN}(?!\w)|\s+(?i:ban|ngành|phòng|đơn\s+vị)(?!\w))*|{_GROUP_NOUN}(?:(?:\s*[,;]\s*|\s+và\s+(?:các\s+)?){_GROUP_NOUN}(?!\w)"
        rf"|\s+(?:ban|ngành)(?!\w))+)(?!\s+(?:{CAPITAL_WORD}))" + _GROUP_TAIL
    ),
}
_GROUP_CLASSES = (
    (AGENCIES, re.compile(r"\b(?:so|phong|ban|nganh|co quan|don vi|bo phan|luc luong)\b")),
    (LOCALITIES, re.compile(r"\bdia phuong\b")),
)
_STOP = (
    r"(?:chủ\s+trì|phối\s+hợp|tổ\s+chức|mua\s+sắm|có|chịu|thường\s+xuyên|kịp\s+thời|để|về|với|trong|"
    r"theo|do|là|và\s+các|được|thực\s+hiện|báo\s+cáo|cung\s+cấp|cập\s+nhật|hằng|hàng|định\s+kỳ|"
    r"giao|từ|tại|khi|quản\s+lý\s+và|trình|xem\s+xét|nhằm|phải|đã|và\s+cấp|hướng\s+dẫn|tham\s+mưu)"
)
_NAMED_HEAD = r"(?:Trung\s+tâm|[Bb]an\s+[Qq]uản\s+lý|Tổ(?!\s+chức)|Bộ\s+phận|Đội|Viện|Sở|Phòng|Chi\s+cục|Cục|Công\s+ty|Tập\s+đoàn)"
_NAMED = rf"{_NAMED_HEAD}(?:\s+(?!{_STOP}\b)[^\s,;:.()]+){{1,9}}"


@dataclass(frozen=True)
class Mention:
    """Words between ``start`` and ``end`` that name the units of ``keys``."""

    start: int
    end: int
    words: str
    keys: tuple[str, ...]


class Reader:
    """Finds mentions in texts of one regulation, whose place and names it knows."""

    def __init__(self, place=None, *, centre_names=(), unit_names=()):
        self.place = place or Place()
        self.fields = _fields_of(unit_names)
        known = [re.escape(name) for name in sorted(set(unit_names), key=len, reverse=True)]
        patterns = {"centre": _centre_pattern(centre_names)}
        patterns |= _PATTERNS
        if known:
            flexible = "|".join(re.sub(r"(?:\\ )+", r"\\s+", name) for name in known)
            patterns["known"] = rf"(?i:{flexible})(?!\w)"
        patterns["named"] = _NAMED
        self.pattern = re.compile(
            "|".join(rf"(?<!\w)(?P<{name}>{pattern})" for name, pattern in patterns.items())
        )

    def mentions(self, text):
        """Return the mentions of ``text`` from left to right; none overlaps another."""
        found = []
        for match in self.pattern.finditer(text):
            keys = self._keys(match)
            if keys:
                words = re.sub(r"(?:\s+và)?\s*$", "", match[0])
                found.append(Mention(match.start(), match.start() + len(words), words, keys))
        return found

    def key_of(self, name):
        """Return the keys of a name that stands alone, as in a heading or a glossary."""
        found = self.mentions(name)
        return tuple(key for mention in found for key in mention.keys)

    def _keys(self, match):
        sort = match.lastgroup if match.lastgroup in _READ else None
        sort = sort or next(name for name in _READ if match.groupdict().get(name))
        return _READ[sort](self, match)

    def _level(self, tail):
        """Return a key's ending for a level that is not the regulation's own."""
        words = level_of(tail or "")
        words = self.place.without(words)
        if self.place.is_own(words) or not words:
            return ""
        return f" {words}"

    def _office(self, match):
        words = fold_words(match["office"])
        council_only = not re.search(r"ubnd|uy ban", words)
        return (f"van phong{' hdnd' if council_only else ''}{self._level(match['office_tail'])}",)

    def _committee(self, match):
        tail = match["committee_tail"] or ""
        folded = level_of(tail)
        levels = _levels_in(folded)
        several = len(levels) > 1 or folded.startswith("cac ") or folded.startswith("cap ")
        if several and levels <= COMMUNES and not self._is_own_cap(folded):
            return (COMMUNE_BODIES,)
        if several and levels <= DISTRICTS:
            return (DISTRICT_BODIES,)
        if several and levels <= DISTRICTS | COMMUNES:
            return (DISTRICT_BODIES, COMMUNE_BODIES)
        return (f"ubnd{self._level(tail)}",)

    def _is_own_cap(self, folded):
        return folded == f"cap {self.place.level}"

    def _field(self, match):
        name = match["field_name"]
        if re.fullmatch(ABBREVIATION, name):
            name = spelled_out(name, self.fields)
            if name is None:
                return ()
        head = fold_words(match["field_head"])
        return (f"{head} {field_key(name)}{self._level(match['field_tail'])}",)

    def _body(self, match):
        name = fold_words(match["body_name"]).removeprefix("nganh ")
        return (f"{name}{self._level(match['body_tail'])}",)

    def _plain(self, match):
        words = self.place.without(fold_words(match[0]))
        if self.place.level:
            words = re.sub(rf" {self.place.level}$", "", words)
        return (words,)

    def _role(self, match):
        what = fold_words(match["role_what"])
        if what.startswith("chu"):
            return (OWNER,)
        return (COORDINATOR,) if what.startswith("phoi hop") else (MANAGER,)

    def _group(self, match):
        folded = fold_words(match["group"])
        if re.search(r"\bngoai\b", folded):
            return ()
        return tuple(key for key, pattern in _GROUP_CLASSES if pattern.search(folded))

    def _centre(self, match):
        tail = match["centre"]
        level = re.search(rf"{LEVEL_AND_PLACE}$", tail)
        other = self._level(level[0]) if level else ""
        return () if other else (CENTRE,)

    def _named(self, match):
        """A name nobody told us: the centre's when it says so, else kept as it is written."""
        words = fold_words(match["named"])
        if re.search(r"dieu hanh|ioc", words) and words.startswith("trung tam"):
            return (CENTRE,)
        if words.startswith(("trung tam", "to ", "bo phan", "doi ")) and len(words.split()) < 4:
            return ()
        return self._plain(match)


_READ = {
    "centre": Reader._centre,
    "office": Reader._office,
    "committee": Reader._committee,
    "field": Reader._field,
    "body": Reader._body,
    "enterprise": Reader._plain,
    "role": Reader._role,
    "staff": lambda reader, match: (STAFF,),
    "teams": lambda reader, match: (TEAMS,),
    "villages": lambda reader, match: (VILLAGES,),
    "firms": lambda reader, match: (ENTERPRISES,),
    "group": Reader._group,
    "known": Reader._plain,
    "named": Reader._named,
}


def _levels_in(folded):
    found = re.findall(
        r"cap tinh|cap huyen|cap xa|thanh pho|thi xa|thi tran|dac khu|tinh|huyen|quan|xa|phuong",
        folded,
    )
    return frozenset(found) - PROVINCES if len(found) > 1 else frozenset(found)


def _fields_of(names):
    """Return the fields that ``names`` of units end with, so that initials find them first."""
    found = []
    for name in names:
        match = re.match(rf"(?i:sở|phòng|ban)\s+(?P<field>(?i:{FIELD}))", name)
        if match:
            found.append(match["field"])
    return [*found, *FIELDS]


def _centre_pattern(names):
    """Return the pattern of the centre's names, “Trung tâm” alone among them."""
    told = [re.sub(r"(?:\\ )+", r"\\s+", re.escape(name)) for name in names if name]
    told = "|".join(sorted(told, key=len, reverse=True))
    general = (
        r"[Tt]rung\s+tâm\s+(?:(?:[Gg]iám\s+sát|[Đđ]iều\s+hành|[Đđ]ô\s+thị|[Tt]hông\s+minh|và)"
        r"(?:\s*,\s*|\s+)?)+(?:\(\s*IOC\s*\))?|(?:[Tt]rung\s+tâm\s+)?\w*IOC(?!\w)|[Tt]rung\s+tâm"
        rf"(?!\s+(?:{CAPITAL_WORD}|phục\s+vụ|dữ\s+liệu|công\s+nghệ|\w*IOC))"
    )
    both = f"(?i:{told})|{general}" if told else general
    return rf"(?:{both})(?!\w)(?:\s+{LEVEL_AND_PLACE})?"
