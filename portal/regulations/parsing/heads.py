"""Heads of documents: number, date, issuer, title, legal bases."""

import datetime
import re
from dataclasses import replace

from portal.regulations.parsing.grammar import flat, is_finished
from portal.regulations.parsing.result import LeftOut, ParsedDecision

NUMBER = re.compile(
    r"\bs[ốo]\s*[:.]?\s*(\d+[a-z]?\s?(?:/\s?\d{4}\s?)?/\s?[A-ZĐ][\w&]*(?:\s?-\s?[A-ZĐ][\w&]*)*)",
    re.IGNORECASE,
)
NUMBER_LINE = re.compile(
    r"^(?:luat\s+|bo luat\s+|phap lenh\s+|nghi dinh\s+|nghi quyet\s+|quyet dinh\s+)?so\s*[:.]*\s*"
    r"[\d.…_/\s-]*(?:[a-z][\w&]*(?:\s?[-/]\s?[\w&]+)*)?\s*(?:(?:[\w\s.]{2,40},\s*)?ngay\b.{0,60})?$"
)
DATE = re.compile(
    r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})|"
    r"ngay\s*(\d{1,2})\s*thang\s*(\d{1,2})\s*nam\s*(\d{4})"
)
PLACE_LINE = re.compile(r"^[^;:(]{0,60}\bngay\b[\s\d.…_]*\bthang\b[\s\d.…_]*\bnam\b[\s\d.…_]*$")
BASIS = re.compile(r"^(?:can cu|theo de nghi|xet|thuc hien|sau khi|tren co so|theo)\b")
ENACTING = re.compile(r"^(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|NGHỊ QUYẾT|CHỈ THỊ)\s*:?$")
FORMULA = re.compile(
    r"\bban hanh.{0,40}"
    r"(?:luat|nghi dinh|thong tu|phap lenh|nghi quyet|quyet dinh)"
)
AUTHORITY = re.compile(
    r"^(?:(?:pho )?chu tich|uy ban nhan dan|hoi dong nhan dan|ubnd|bo truong|bo |chinh phu|quoc hoi"
    r"|thu tuong|giam doc|tong giam doc|cuc truong|tong cuc truong|thong doc|chanh an|vien truong"
    r"|tong kiem toan|uy ban|hieu truong|truong ban|truong phong|chanh van phong"
    r"|chanh thanh tra|so |van phong|ban thuong vu)"
)
HEADINGS = ("part", "chapter", "section", "subsection", "article")
METADATA = re.compile(
    r"^(?:so hieu|ngay ban hanh|ngay hieu luc|co quan ban hanh|noi ban hanh|nguoi ky|loai van ban"
    r"|tinh trang|hieu luc|linh vuc|nguon)\s*:\s*\S"
)
TYPE_WORD = re.compile(
    r"^(?:QUYẾT ĐỊNH|NGHỊ QUYẾT|NGHỊ ĐỊNH|THÔNG TƯ|CHỈ THỊ|BỘ LUẬT|LUẬT|PHÁP LỆNH|QUY CHẾ"
    r"|QUY ĐỊNH|NGHỊ QUYẾT LIÊN TỊCH|THÔNG TƯ LIÊN TỊCH|ĐIỀU LỆ|NỘI QUY)$"
)
TYPE_START = re.compile(
    r"^(?:QUYẾT ĐỊNH|NGHỊ QUYẾT|NGHỊ ĐỊNH|THÔNG TƯ|BỘ LUẬT|LUẬT|QUY CHẾ|QUY ĐỊNH)\s+[^:]{5,}$"
)


def read_number(text):
    """Return the first complete document number in ``text``, None when it is blank."""
    found = NUMBER.search(text)
    return re.sub(r"\s", "", found.group(1)) if found else None


def read_date(text):
    """Return the first date in ``text`` as ISO, None when a part is blank or impossible."""
    found = DATE.search(flat(text))
    if not found:
        return None
    day, month, year = (int(part) for part in found.groups() if part)
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def split_head(paragraphs, is_attached=False):
    """Return what stands before the first heading, and the rest.

    An attached part has no legal bases: what is a sentence there already belongs to its body. With
    legal bases, everything up to the first heading is head.
    """
    first = next((n for n, p in enumerate(paragraphs) if p.kind in HEADINGS), len(paragraphs))
    if first == len(paragraphs):
        first = _end_of_title(paragraphs)
    has_bases = not is_attached and any(BASIS.match(flat(p.text)) for p in paragraphs[:first])
    for position, paragraph in enumerate(paragraphs[:first]):
        if not has_bases and _is_prose(paragraph, is_attached):
            return paragraphs[:position], paragraphs[position:]
    return paragraphs[:first], paragraphs[first:]


def _end_of_title(paragraphs):
    """In a text without headings the head is what looks like one: capitals, bases, bold lines."""
    for position, paragraph in enumerate(paragraphs):
        if paragraph.kind != "text":
            return position
        if not (
            paragraph.is_capitals()
            or paragraph.is_bold
            or paragraph.depth
            or _is_head_line(paragraph)
        ):
            return position
    return len(paragraphs)


def _is_head_line(paragraph):
    plain = flat(paragraph.text)
    return bool(
        BASIS.match(plain)
        or NUMBER_LINE.match(plain)
        or PLACE_LINE.search(plain)
        or "kem theo" in plain[:60]
        or FORMULA.search(plain)
    )


def _is_prose(paragraph, is_attached):
    """Say whether a paragraph of a head is already text of the body."""
    if paragraph.kind not in ("text", "table"):
        return paragraph.kind in ("clause", "point", "dash", "table") and is_attached
    if _is_head_line(paragraph) and not (is_attached and BASIS.match(flat(paragraph.text))):
        return False
    return (
        is_finished(paragraph.text)
        and not paragraph.is_capitals()
        and not (paragraph.text.startswith("("))
    )


def read_head(paragraphs, left_out, decision=None, is_cover=False):
    """Read the paragraphs before the body; number and date also serve the decision above.

    A cover's title goes without the word Quyết định, as its kind is known; that of a regulation
    begins with what it is: Quy chế, Luật, Nghị định.
    """
    head = ParsedDecision()
    if paragraphs:
        head.start, head.end = paragraphs[0].start, paragraphs[-1].end
    reached = _end_of_letterhead(paragraphs)
    issuers = _read_letterhead(paragraphs[:reached], head, left_out)
    titles, stage = [], "title"
    for paragraph in paragraphs[reached:]:
        stage = _read_head_line(paragraph, stage, head, titles, left_out, is_cover)
    _take_issuer(titles, head)
    _settle_letterhead(issuers, head, left_out)
    head.title = " ".join(p.whole() for p in titles)
    mark_span(head, "title", titles)
    if decision is not None:
        decision.number = decision.number or head.number
        decision.issued_on = decision.issued_on or head.issued_on
    return head


def _end_of_letterhead(paragraphs):
    """Return where the kind of the document stands, if names and numbers come before it."""
    for position, paragraph in enumerate(paragraphs):
        if TYPE_WORD.match(paragraph.text) or TYPE_START.match(paragraph.text):
            above = paragraphs[:position]
            is_head = any(_is_number_or_place(p) or _is_authority(p) for p in above)
            return position if is_head else 0
        if BASIS.match(flat(paragraph.text)):
            break
    return 0


def _is_number_or_place(paragraph):
    plain = flat(paragraph.whole())
    return bool(NUMBER_LINE.match(plain) or PLACE_LINE.search(plain))


def _read_letterhead(paragraphs, head, left_out):
    """Read number and date; return the lines that name who issues."""
    names = []
    for paragraph in paragraphs:
        if _is_number_or_place(paragraph):
            _read_number_line(paragraph, head, left_out, "number_and_date_line")
        elif paragraph.is_capitals() and (names or _is_authority(paragraph)):
            names.append(paragraph)
        else:
            leave_out(paragraph, "letterhead", left_out)
    return names


def _settle_letterhead(names, head, left_out):
    """Take the issuer from the letterhead when none stands above the legal bases.

    The last authority there issues; one above it is the body it belongs to.
    """
    start = max((n for n, p in enumerate(names) if _is_authority(p)), default=0)
    if head.issuer is None and names:
        head.issuer = " ".join(p.text for p in names[start:])
        mark_span(head, "issuer", names[start:])
        names = names[:start]
    for paragraph in names:
        leave_out(paragraph, "letterhead", left_out)


def _read_number_line(paragraph, head, left_out, reason):
    text = paragraph.whole()
    head.number = head.number or read_number(text)
    head.issued_on = head.issued_on or read_date(text)
    leave_out(paragraph, reason, left_out)


def _read_head_line(paragraph, stage, head, titles, left_out, is_cover):
    """Read one line of a head; return what is expected next."""
    text, plain = paragraph.whole(), flat(paragraph.whole())
    if METADATA.match(plain):
        _read_metadata(paragraph, head, left_out)
        return stage
    if BASIS.match(plain) and (is_finished(text) or stage == "bases" or plain.startswith("can cu")):
        _add_basis(paragraph, head)
        return "bases"
    is_attached = "kem theo" in plain[:60] and not paragraph.is_capitals()
    if is_attached or _is_number_or_place(paragraph):
        reason = "attachment_line" if is_attached else "number_and_date_line"
        _read_number_line(paragraph, head, left_out, reason)
        return stage
    if ENACTING.match(text) and (stage == "bases" or (is_cover and text.endswith(":"))):
        leave_out(paragraph, "enacting_word", left_out)
    elif is_cover and not titles and TYPE_WORD.match(text):
        leave_out(paragraph, "document_kind", left_out)
    elif is_cover and not titles and text.startswith("QUYẾT ĐỊNH "):
        kind, rest = text[:10], text[11:]
        leave_out(replace(paragraph, text=kind), "document_kind", left_out)
        titles.append(replace(paragraph, text=rest))
    elif stage == "bases":
        return _read_after_bases(paragraph, head, left_out)
    elif paragraph.kind != "text" or (is_finished(text) and not paragraph.is_capitals()):
        leave_out(paragraph, "preamble", left_out)
    else:
        titles.append(paragraph)
    return stage


def _read_metadata(paragraph, head, left_out):
    """Read what a legal database prints above a text: "Số hiệu: …", "Ngày ban hành: …"."""
    name, value = (part.strip() for part in paragraph.text.split(":", 1))
    if flat(name) == "so hieu":
        head.number = head.number or read_number(f"số {value}")
    elif flat(name) == "ngay ban hanh":
        head.issued_on = head.issued_on or read_date(value)
    leave_out(paragraph, "metadata", left_out)


def _read_after_bases(paragraph, head, left_out):
    """What follows a basis goes on with it, unless it is the formula that enacts."""
    if FORMULA.search(flat(paragraph.text)) or paragraph.is_capitals():
        leave_out(paragraph, "enacting_formula", left_out)
    elif head.legal_bases and not is_finished(head.legal_bases[-1]):
        head.legal_bases[-1] += f" {paragraph.whole()}"
        mark_span(head, "legal_bases", [paragraph])
    else:
        leave_out(paragraph, "enacting_formula", left_out)
    return "bases"


def _add_basis(paragraph, head):
    head.legal_bases.append(paragraph.whole())
    head.basis_lines.append(paragraph.start)
    mark_span(head, "legal_bases", [paragraph])


def _take_issuer(titles, head):
    """Take the authority from the end of the title lines: it stands right above the bases."""
    if not head.legal_bases:
        return
    start = len(titles)
    while start > 1 and _is_authority(titles[start - 1]):
        start -= 1
    if (
        start == len(titles)
        and start > 2
        and titles[-1].is_capitals()
        and (_is_authority(titles[-2]))
    ):
        start -= 2
    if start < len(titles):
        head.issuer = " ".join(p.text for p in titles[start:])
        mark_span(head, "issuer", titles[start:])
        del titles[start:]


def _is_authority(paragraph):
    return paragraph.is_capitals() and bool(AUTHORITY.match(flat(paragraph.text)))


def mark_span(head, name, paragraphs):
    """Widen the lines from which a field of ``head`` was read."""
    if paragraphs:
        start, end = head.spans.get(name, (paragraphs[0].start, paragraphs[-1].end))
        head.spans[name] = min(start, paragraphs[0].start), max(end, paragraphs[-1].end)


def leave_out(paragraph, reason, left_out):
    """List a paragraph as left out."""
    left_out.append(LeftOut(paragraph.start, paragraph.whole(), reason, paragraph.end))
