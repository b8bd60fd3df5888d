"""What the head of a document says: agency, place, kind of instrument, lines of the signature.

The words and abbreviations are those of NĐ 30/2020, Phụ lục I and III.
"""

import re

from portal.core.text import fold

#: Kinds of instrument by the symbol in their number.
INSTRUMENTS = {
    "QĐ": "Quyết định",
    "QyĐ": "Quy định",
    "QC": "Quy chế",
    "NQ": "Nghị quyết",
    "NĐ": "Nghị định",
    "TT": "Thông tư",
    "TTLT": "Thông tư liên tịch",
    "CT": "Chỉ thị",
    "HD": "Hướng dẫn",
    "KH": "Kế hoạch",
    "QH": "Luật",
}
#: Words that may open a title; the longer before the shorter.
KINDS = (
    "Bộ luật", "Pháp lệnh", "Luật", "Nghị quyết liên tịch", "Nghị quyết", "Nghị định",
    "Thông tư liên tịch", "Thông tư", "Quyết định", "Chỉ thị", "Quy chế", "Quy định", "Quy trình",
    "Nội quy", "Điều lệ", "Hướng dẫn", "Kế hoạch", "Chương trình", "Phương án", "Đề án",
)  # fmt: skip
COUNCIL = re.compile(r"^(?P<body>(?:ủy|uỷ) ban nhân dân|hội đồng nhân dân) (?P<place>.+)$", re.I)
AREA = re.compile(
    r"(?:^|\s)(?P<kind>tỉnh|thành phố|tp\.?|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)"
    r"\s+(?P<name>\S.*)$",
    re.I,
)
CENTRAL = re.compile(
    r"^(?:quốc hội|chính phủ|thủ tướng|chủ tịch nước|bộ|bộ trưởng|ủy ban thường)\b"
)
#: Where a new line of a signature begins: after “KT. CHỦ TỊCH” comes “PHÓ CHỦ TỊCH”.
NEXT_LINE = re.compile(
    r"(?<!PHÓ)(?<!\.)\s+(?=(?:PHÓ|CHÁNH|CHỦ TỊCH|GIÁM ĐỐC|THỦ TƯỚNG|BỘ TRƯỞNG|THỨ TRƯỞNG"
    r"|TRƯỞNG (?:PHÒNG|BAN)|CỤC TRƯỞNG|VỤ TRƯỞNG|TỔNG (?:GIÁM ĐỐC|CỤC TRƯỞNG))\b)"
    r"|\s+(?=(?:KT|TL|TUQ|Q)\.\s)",
    re.I,
)
ON_BEHALF = re.compile(r"^(?:TM|KT|TL|TUQ|Q)\.\s", re.I)


def split_title(title):
    """Return the kind a title opens with and the rest: (“Quy chế”, “Quản lý …”)."""
    for kind in KINDS:
        opening, rest = title[: len(kind)], title[len(kind) :].strip()
        if opening.casefold() == kind.casefold() and (not rest or title[len(kind)].isspace()):
            return kind, rest[:1].upper() + rest[1:]
    return "", title


def instrument_kind(number):
    """Return the kind of instrument that a number such as ``218/QĐ-UBND`` names."""
    for part in re.split(r"[/\-]", number):
        kind = INSTRUMENTS.get(re.sub(r"\d+$", "", part.strip()))
        if kind:
            return kind
    return ""


def agency_of(issuer):
    """Return the lines of the agency's name: the chair of a committee signs for the committee."""
    name = re.sub(r"^chủ tịch (?=(?:ủy|uỷ) ban)", "", issuer.strip(), flags=re.I)
    name = re.sub(r"^bộ trưởng (?=bộ )", "", name, flags=re.I)
    council = COUNCIL.match(name)
    return tuple(part for part in (council.groups() if council else (name,)) if part)


def authority_of(issuer):
    """Return who decides, as the line above the legal bases names it."""
    return issuer.strip()


def name_of(issuer):
    """Return an authority's name as it stands within a sentence, also when printed in capitals."""
    name = issuer.strip()
    if not name.isupper():
        return name
    found = AREA.search(name)
    body, area = (name[: found.start()].strip(), found) if found else (name, None)
    body = re.sub("ủy ban nhân dân", "Ủy ban nhân dân", body.lower())
    body = re.sub("hội đồng nhân dân", "Hội đồng nhân dân", body)
    body = re.sub(r"\bbộ (?!trưởng)(\w)", lambda match: f"Bộ {match[1].upper()}", body)
    words = [body[:1].upper() + body[1:]]
    if area:
        words += [area["kind"].lower(), area["name"].title()]
    return " ".join(word for word in words if word)


def place_of(issuer):
    """Return the place where an authority dates its documents; empty when its name tells none."""
    name = name_of(issuer)
    area = AREA.search(name)
    if area:
        numbered = area["name"].strip()[:1].isdigit()
        return f"{area['kind'].capitalize()} {area['name']}" if numbered else area["name"].strip()
    return "Hà Nội" if CENTRAL.match(name.casefold()) or fold(name) == "quoc hoi" else ""


def signature_lines(capacity):
    """Return the lines over a signature: “KT. CHỦ TỊCH”, “PHÓ CHỦ TỊCH”."""
    lines = [line.strip() for line in capacity.splitlines() if line.strip()]
    if len(lines) != 1 or not ON_BEHALF.match(lines[0]):
        return tuple(lines)
    return tuple(part.strip() for part in NEXT_LINE.split(lines[0]))
