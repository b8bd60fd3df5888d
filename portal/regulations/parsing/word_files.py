"""Word files as text: headings, bold, tables, footnotes and the numbers that Word only draws."""

import io
import re
import zipfile
import zlib

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from portal.regulations.parsing.word_numbers import Numbering

FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
ENDNOTES = FOOTNOTES.replace("footnotes", "endnotes")
MOST_BYTES = 300_000_000
ENDNOTE = 500
# What python-docx, lxml and zipfile raise on files that are damaged, encrypted or no DOCX.
BROKEN = (
    PackageNotFoundError,
    zipfile.BadZipFile,
    zlib.error,
    etree.LxmlError,
    AttributeError,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    UnicodeError,
)
PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
BOX = qn("w:txbxContent")
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
NOTHING = {qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), qn("w:pPr"), qn("w:rPr")}


def read_docx(data):
    """Return the text of a DOCX with markdown marks; raise ValueError if it is none."""
    try:
        _refuse_bomb(data)
        document = Document(io.BytesIO(data))
        numbering = Numbering(document)
        blocks = [text for block in _blocks(document) for text in _block(block, numbering)]
        return "\n\n".join([*blocks, *_footnotes(document)])
    except BROKEN as error:
        raise ValueError(str(error)) from error


def _refuse_bomb(data):
    """Refuse a file that unpacks to more than any regulation is."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
            raise zipfile.BadZipFile


def _blocks(document):
    for child in document.element.body.iterchildren():
        yield from _blocks_of(child, document)


def _blocks_of(child, document):
    if child.tag == qn("w:p"):
        yield Paragraph(child, document)
        for box in child.iter(BOX):
            if not any(parent.tag == FALLBACK for parent in box.iterancestors()):
                for inner in box.iterchildren():
                    yield from _blocks_of(inner, document)
    elif child.tag == qn("w:tbl"):
        yield Table(child, document)
    elif child.tag == qn("w:sdt") and not _is_contents(child):
        for content in child.findall(qn("w:sdtContent")):
            for inner in content.iterchildren():
                yield from _blocks_of(inner, document)


def _is_contents(control):
    """Tell whether Word itself makes these words from the headings: a table of contents."""
    gallery = control.find(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
    return gallery is not None and gallery.get(qn("w:val")) == "Table of Contents"


def _block(block, numbering):
    if isinstance(block, Table):
        yield "\n".join(_table_rows(block, numbering))
        return
    text = paragraph_text(block, numbering)
    if text.strip():
        yield text


def _table_rows(table, numbering):
    """Yield the rows of a table as markdown, a line of a cell after the other."""
    for position, row in enumerate(table.rows):
        cells, seen = [], set()
        for cell in row.cells:
            if cell._tc in seen:
                continue
            seen.add(cell._tc)
            texts = [
                line
                for paragraph in cell.paragraphs
                for line in paragraph_text(paragraph, numbering, is_cell=True).split("\n")
            ]
            texts += [" ".join(_table_rows(inner, numbering)) for inner in cell.tables]
            cells.append([text.replace("|", "/") for text in texts if text.strip()])
        if _is_layout(cells):
            height = max((len(cell) for cell in cells), default=0)
            yield from (_row([c[n] if n < len(c) else "" for c in cells]) for n in range(height))
        else:
            yield _row([" ".join(cell) for cell in cells])
            if position == 0:
                yield _row(["---"] * len(cells))


def _is_layout(cells):
    """Say whether a row is a block of the page (letterhead, signature), not of a table."""
    text = " ".join(line for cell in cells for line in cell)
    return bool(re.search(r"CỘNG H|Nơi nhận|TM\. |KT\. |TL\. |^Số:", text, re.IGNORECASE))


def _row(cells):
    return f"| {' | '.join(cells)} |"


def paragraph_text(paragraph, numbering, is_cell=False):
    """Return the words of a paragraph with its drawn number, bold runs marked."""
    pieces = [_run_text(run) for run in _runs(paragraph._p)]
    text = "".join(piece for piece, _bold in pieces).strip()
    if not text:
        return ""
    is_bold = all(bold for piece, bold in pieces if piece.strip())
    marked = f"**{text}**" if is_bold and not is_cell else _with_bold(pieces, is_cell)
    number = numbering.next_label(paragraph)
    if number and marked.startswith("**"):
        marked = f"**{number} {marked[2:]}"
    elif number:
        marked = f"{number} {marked}"
    style = paragraph.style.name if paragraph.style is not None else ""
    depth = re.match(r"(?:Heading|heading|Tiêu đề) (\d)", style or "")
    page = "\f" if _breaks_page(paragraph._p) else ""
    return page + (f"{'#' * int(depth.group(1))} {marked}" if depth and not is_cell else marked)


def _with_bold(pieces, is_cell):
    merged = []
    for piece, bold in pieces:
        if merged and (merged[-1][1] == bold or not piece.strip()):
            merged[-1][0] += piece
        else:
            merged.append([piece, bold])
    marked = (
        f"**{piece.strip()}**{piece[len(piece.rstrip()) :]}"
        if bold and piece.strip() and not is_cell
        else piece
        for piece, bold in merged
    )
    return "".join(marked).strip()


def _runs(element):
    """Yield runs in reading order, inserted ones included, deleted ones not."""
    for child in element.iterchildren():
        if child.tag == qn("w:r"):
            yield child
        elif child.tag not in NOTHING:
            yield from _runs(child)


def _run_text(run):
    pieces = []
    for child in run.iterchildren():
        if child.tag == qn("w:t"):
            pieces.append((child.text or "").replace("*", "\\*"))
        elif child.tag == qn("w:tab"):
            pieces.append(" ")
        elif child.tag in (qn("w:br"), qn("w:cr")):
            pieces.append(" " if child.get(qn("w:type")) == "page" else "\n")
        elif child.tag == qn("w:noBreakHyphen"):
            pieces.append("-")
        elif child.tag == qn("w:footnoteReference"):
            pieces.append(f"[^{child.get(qn('w:id'))}]")
        elif child.tag == qn("w:endnoteReference"):
            pieces.append(f"[^{ENDNOTE + int(child.get(qn('w:id')))}]")
    mark = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
    is_bold = mark is not None and mark.get(qn("w:val")) not in ("0", "false")
    return "".join(pieces), is_bold


def _breaks_page(element):
    return any(node.get(qn("w:type")) == "page" for node in element.iter(qn("w:br")))


def _footnotes(document):
    """Yield the notes of the file as "[^1]: text"; endnotes count from 501."""
    for relation in document.part.rels.values():
        if relation.reltype not in (FOOTNOTES, ENDNOTES):
            continue
        shift = ENDNOTE if relation.reltype == ENDNOTES else 0
        root = etree.fromstring(relation.target_part.blob, PARSER)
        for note in root:
            text = "".join(node.text or "" for node in note.iter(qn("w:t"))).strip()
            if text and note.get(qn("w:type")) is None:
                yield f"[^{shift + int(note.get(qn('w:id')))}]: {text}"
