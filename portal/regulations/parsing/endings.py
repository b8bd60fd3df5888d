"""Ends of documents: recipients, signer, and what is printed after "./."."""

import re
from dataclasses import replace

from portal.regulations.parsing.grammar import UPPER, flat, is_finished
from portal.regulations.parsing.heads import HEADINGS, leave_out, mark_span
from portal.regulations.parsing.result import LeftOut, ParsedSigner

CAPACITY = re.compile(
    r"^(?:(?:t/?m|k/?t|t/?l|tuq|q)\s*\.?\s+)?(?:pho\s+|quyen\s+)?(?:chu tich|uy ban nhan dan|ubnd"
    r"|hoi dong nhan dan|bo truong|thu truong|giam doc|pho giam doc|tong giam doc|cuc truong"
    r"|tong cuc truong|thong doc|chanh van phong|truong ban|truong phong|thu tuong|chinh phu"
    r"|truong phong|hieu truong|chanh thanh tra|tong kiem toan|quoc hoi|uy ban)\b"
    r"|^(?:t/?m|k/?t|t/?l|tuq|q)\s*\.\s*\w"
)
RECIPIENTS = re.compile(r"^(?:noi nhan|noi gui)\s*:?\s*")
LAST_AND_NAME = re.compile(r"^(Lưu\s*:[^.;]*[.;])\s+(\S.*)$")
OFFICE_AND_NAME = re.compile(rf"^([{UPPER}\s.,/]+?)\s+((?:[{UPPER}][^\W\d{UPPER}]+\s?){{2,6}})$")
NAME = re.compile(rf"^(?:[{UPPER}][\w.]*\s+){{1,5}}[{UPPER}]\w*$")


def is_capacity(text):
    """Say whether a line of capitals names the office that signs."""
    return text.upper() == text and len(text) < 120 and bool(CAPACITY.match(flat(text)))


def is_name(text):
    """Say whether a line could be a person's name."""
    return len(text) < 40 and bool(NAME.match(text)) and not is_capacity(text)


def split_tail(paragraphs):
    """Return body and end: the end begins with recipients or a signature and has no heading."""
    last = max((n for n, p in enumerate(paragraphs) if p.kind in HEADINGS), default=-1)
    for position in range(last + 1, len(paragraphs)):
        paragraph = paragraphs[position]
        if paragraph.kind == "text" and (
            RECIPIENTS.match(flat(paragraph.text)) or is_capacity(paragraph.text)
        ):
            return paragraphs[:position], paragraphs[position:]
    return paragraphs, []


def split_closing_note(paragraphs):
    """Return the body, and the paragraphs after its "./." or a last one in brackets."""
    last = max((n for n, p in enumerate(paragraphs) if p.kind in HEADINGS), default=-1)
    for position in range(max(last, 0), len(paragraphs) - 1):
        if paragraphs[position].text.rstrip().endswith("./."):
            return paragraphs[: position + 1], paragraphs[position + 1 :]
    final = paragraphs[-1] if paragraphs else None
    if (
        final
        and final.kind == "text"
        and final.text.startswith("(")
        and ("kem theo" in flat(final.text) and final.text.rstrip(".").endswith(")"))
    ):
        return paragraphs[:-1], paragraphs[-1:]
    return paragraphs, []


def read_tail(paragraphs, head, left_out):
    """Read recipients and signer into ``head``."""
    signing, in_recipients = [], False
    for paragraph in paragraphs:
        plain = flat(paragraph.text)
        label = RECIPIENTS.match(plain) if paragraph.kind == "text" else None
        if label:
            in_recipients = True
            words = paragraph.text[: label.end()]
            left_out.append(LeftOut(paragraph.start, words, "recipients_label", paragraph.end))
            rest = paragraph.text[label.end() :].strip()
            if is_capacity(rest):
                signing.append(replace(paragraph, text=rest))
            elif rest:
                _add_recipient(paragraph, rest, head)
        elif in_recipients and _is_recipient(paragraph):
            found = LAST_AND_NAME.match(paragraph.text)
            is_both = found and is_name(found[2])
            _add_recipient(paragraph, found[1] if is_both else paragraph.text, head)
            if is_both:
                signing.append(replace(paragraph, kind="text", mark=None, text=found[2]))
        else:
            signing.append(paragraph)
            in_recipients = in_recipients and bool(paragraph.column)
    _read_signing(signing, head, left_out)


def _is_recipient(paragraph):
    if paragraph.kind in ("dash", "point", "clause"):
        return True
    return (
        paragraph.kind == "text"
        and not paragraph.is_capitals()
        and (bool(re.search(r"[;.,]$", paragraph.text)) and not is_name(paragraph.text))
    )


def _add_recipient(paragraph, text, head):
    """Add one recipient, or several that stand on one line, each behind a dash."""
    for part in re.split(r";\s*(?=[-–+•]\s)", text):
        name = re.sub(r"^\s*[-–+•]\s+", "", part).strip()
        head.recipients.append(re.sub(r"\s*(?:[;,]|\./\.|(?<!\.)\.)$", "", name))
    mark_span(head, "recipients", [paragraph])


def _read_signing(paragraphs, head, left_out):
    """Read capacity lines, then the name; anything else there is a leftover of the seal."""
    capacity, name = [], None
    paragraphs = [part for paragraph in paragraphs for part in _office_and_name(paragraph)]
    for position, paragraph in enumerate(paragraphs):
        if name is None and is_capacity(paragraph.text):
            capacity.append(paragraph)
        elif (
            name is None
            and capacity
            and paragraph.kind == "text"
            and len(paragraph.text) < 60
            and (not is_finished(paragraph.text))
        ):
            if paragraph.is_capitals() and _names_place(paragraphs[position + 1 : position + 5]):
                capacity.append(paragraph)
            else:
                name = paragraph
        else:
            leave_out(paragraph, "after_signature", left_out)
    if capacity or name:
        head.signer = ParsedSigner(
            " ".join(p.text for p in capacity) or None, name.text if name else None
        )
        mark_span(head, "signer", [*capacity, name] if name else capacity)


def _office_and_name(paragraph):
    """Return a line that names office and person as two, any other line as it is."""
    found = OFFICE_AND_NAME.match(paragraph.text)
    if not found or not is_capacity(found[1]) or not is_name(found[2]):
        return [paragraph]
    return [replace(paragraph, text=found[1]), replace(paragraph, text=found[2])]


def _names_place(following):
    """Say whether a line of capitals goes on with the office above it: more lines follow it."""
    return any(is_capacity(p.text) or is_name(p.text) for p in following)
