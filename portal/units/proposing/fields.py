"""The fields of state administration, and the initials by which units shorten them.

A regulation writes “Sở TT&TT” as readily as “Sở Thông tin và Truyền thông”. The names here are
fields, not agencies: which of them a centre has is read from its text. Fields whose departments
have since been merged stand here too, for regulations speak of the day on which they were made.
"""

import re

from portal.core.text import fold_words, nfc

FIELDS = (
    "Thông tin và Truyền thông",
    "Khoa học và Công nghệ",
    "Khoa học, Công nghệ và Môi trường",
    "Kế hoạch và Đầu tư",
    "Tài chính - Kế hoạch",
    "Tài chính",
    "Nội vụ",
    "Tư pháp",
    "Ngoại vụ",
    "Công Thương",
    "Nông nghiệp và Phát triển nông thôn",
    "Nông nghiệp và Môi trường",
    "Nông nghiệp",
    "Tài nguyên và Môi trường",
    "Tài nguyên - Môi trường",
    "Xây dựng",
    "Giao thông vận tải",
    "Giao thông công chánh",
    "Quy hoạch - Kiến trúc",
    "Quản lý đô thị",
    "Giáo dục và Đào tạo",
    "Y tế",
    "Lao động, Thương binh và Xã hội",
    "Lao động - Thương binh và Xã hội",
    "Văn hóa, Thể thao và Du lịch",
    "Văn hóa, Thông tin và Thể thao",
    "Văn hóa và Thông tin",
    "Văn hóa và Thể thao",
    "Văn hóa, Khoa học và Thông tin",
    "Văn hóa - Xã hội",
    "Du lịch",
    "Dân tộc và Tôn giáo",
    "Dân tộc",
    "Kinh tế và Hạ tầng",
    "Kinh tế, Hạ tầng và Đô thị",
    "Kinh tế",
    "An toàn thực phẩm",
)
ABBREVIATION = r"[A-ZĐƯ]{1,7}(?:\s*[&,–-]\s*[A-ZĐƯ]{1,7}){0,3}(?![a-zà-ỹ])"


def _pattern(field):
    """Return a pattern of a field in which commas, dashes and “và” stand for one another."""
    words = [word for word in re.findall(r"[^\W_]+", field) if word != "và"]
    return r"(?:\s*[,&–-]\s*(?:và\s+)?|\s+và\s+|\s+)".join(words).replace("óa", "(?:óa|oá)")


FIELD = "|".join(sorted(map(_pattern, FIELDS), key=len, reverse=True))


def initials(name):
    """Return the first letters of the words of ``name``; “và” counts for nothing."""
    return "".join(word[0] for word in fold_words(name).split() if word != "va")


_BY_INITIALS = {}
for _field in FIELDS:
    _BY_INITIALS.setdefault(initials(_field), _field)


def spelled_out(short, known=()):
    """Return the field that ``short`` (TT&TT) stands for, first among the ``known`` names."""
    letters = re.sub(r"[\W_]", "", fold_words(nfc(short)))
    for name in known:
        if initials(name) == letters:
            return name
    return _BY_INITIALS.get(letters)


def field_key(field):
    """Return the form in which two writings of a field are equal."""
    return " ".join(word for word in fold_words(field).split() if word != "va")


def written_out(name):
    """Return the name of a department with its field in words: “Sở TT&TT” is shortened."""
    match = re.match(rf"(?P<head>(?i:sở|phòng|ban))\s+(?P<short>{ABBREVIATION})(?P<tail>.*)$", name)
    field = spelled_out(match["short"]) if match else None
    return f"{match['head']} {field}{match['tail']}" if field else name
