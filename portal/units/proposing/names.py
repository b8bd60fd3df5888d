"""The names of units: what begins like one, when two are one, what kind a name speaks of."""

import re

from portal.core.text import fold_words, nfc

UNIT_NOUNS = (
    r"các\s+(?:cơ quan|sở|ban|phòng|đơn vị|huyện|xã|phường)|ubnd|ủy ban nhân dân|uỷ ban nhân dân|"
    r"hội đồng nhân dân|hđnd|văn phòng|sở|phòng|ban|chi cục|cục|công an|quân đội|bộ chỉ huy|"
    r"ban chỉ huy|thanh tra|trung tâm|tổ|bộ phận|đội|vnpt|viettel|mobifone|công ty|tập đoàn|"
    r"doanh nghiệp|bảo hiểm|kho bạc|cơ quan|đơn vị|ủy ban|mặt trận|điện lực|bưu điện|trường|"
    r"bệnh viện|thuế|hạt"
)
STARTS_WITH_UNIT = re.compile(rf"^(?:{UNIT_NOUNS})\b", re.IGNORECASE)
KINDS = (
    ("commune", re.compile(r"^(?:ubnd|[uủ]y ban nhân dân|uỷ ban nhân dân)\b.*\b(?:xã|phường)\b")),
    ("authority", re.compile(r"^(?:ubnd|hđnd|[uủ]y ban|uỷ ban|hội đồng)\b")),
    ("office", re.compile(r"^văn phòng\b")),
    ("department", re.compile(r"^(?:sở|các sở)\b")),
    ("division", re.compile(r"^(?:phòng|ban|chi cục|thanh tra)\b")),
    ("police", re.compile(r"^công an\b")),
    ("centre", re.compile(r"^trung tâm\b")),
    ("enterprise", re.compile(r"^(?:vnpt|viettel|mobifone|công ty|tập đoàn|doanh nghiệp)\b")),
    ("team", re.compile(r"^(?:tổ|bộ phận|đội)\b")),
)
_HAS_DUTY = re.compile(
    r"\s+(?:có|chịu)\s+(?:các\s+)?(?:trách nhiệm|nhiệm vụ)(?:\s+(?:như\s+)?sau)?\s*:?\s*$"
)
LEVEL_TAIL = re.compile(r" (?:tinh|thanh pho|huyen|xa|phuong|thi xa|thi tran)$")


def unit_key(name):
    """Return the form in which two writings of one unit's name are equal."""
    words = fold_words(name.replace("&", " và "))
    words = re.sub(r"\bubnd\b", "uy ban nhan dan", words)
    words = re.sub(r"\bhdnd\b", "hoi dong nhan dan", words)
    return re.sub(r"^cac ", "", words)


def same_unit(one, other):
    """Return whether two names name one unit: equal, or one adds only the level."""
    first, second = unit_key(one), unit_key(other)
    return (
        first == second
        or LEVEL_TAIL.sub("", first) == second
        or first == LEVEL_TAIL.sub("", second)
    )


def kind_of(name):
    """Return the kind of unit that a name speaks of."""
    lowered = nfc(name).lower()
    return next((kind for kind, pattern in KINDS if pattern.search(lowered)), "other")


def is_group_name(name):
    """Return whether a name stands for several units (“các sở, ban, ngành”)."""
    lowered = nfc(name).lower()
    return bool(
        re.search(r"\b(?:các|những)\b", lowered)
        or re.search(r"\b(?:phường|xã|huyện)\s*,\s*(?:xã|phường|thị trấn|thành phố)\b", lowered)
        or re.search(r"\bcấp (?:huyện|xã)\b", lowered)
    )


def without_duty(heading):
    """Return a heading without the words that it is somebody's: “Sở Y tế có trách nhiệm”."""
    return _HAS_DUTY.sub("", heading)


def tidy_name(name):
    """Return ``name`` on one line, without marks around it, beginning with a capital."""
    name = re.sub(r"\s+", " ", nfc(name)).strip(" .;:–-*_")
    return name[:1].upper() + name[1:]
