"""What a file is, told by its first bytes and not by its name."""

import zipfile

from django.utils.translation import gettext

from portal.core.table_files.reading import UnreadableFile
from portal.core.table_files.workbook_parts import DAMAGES

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_TABLES = {
    b"%PDF": "PDF", b"{\\rt": "RTF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG",
    b"\xff\xfe\x00\x00": "UTF-32", b"\x00\x00\xfe\xff": "UTF-32", b"\x7fELF": "ELF",
    b"\x1f\x8b": "gzip", b"Rar!": "RAR", b"7z\xbc\xaf": "7z", b"PAR1": "Parquet",
    b"BZh": "bzip2", b"\xfd7zXZ": "xz", b"\x28\xb5\x2f\xfd": "zstd", b"GIF8": "GIF",
    b"SQLite format 3": "SQLite",
}  # fmt: skip
_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\v\f\r\x1a\x1b"))
_PAGES = (b"<!doctype html", b"<html", b"<table", b"<?xml", b"<head", b"<body", b"<meta", b"<style")


def sniff(path):
    """Return “csv”, “xlsx”, “xls” or “ods”; raise ``UnreadableFile`` for what is no table."""
    with path.open("rb") as file:
        head = file.read(2048)
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise UnreadableFile("empty_file")
    if head.startswith(_OLE):
        return "xls"
    if head.startswith(b"PK"):
        return _sniff_zip(path)
    written = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for magic, kind in _NOT_TABLES.items():
        if head.startswith(magic) or (magic == b"%PDF" and written.startswith(magic)):
            raise UnreadableFile("not_a_table", expected=kind)
    if written.lower().startswith(_PAGES):
        raise UnreadableFile("web_page")
    if head.startswith(b"MZ") and 0 in head:
        raise UnreadableFile("not_a_table", expected="EXE")
    if _is_binary(head):
        raise UnreadableFile("not_a_table", expected=gettext("a binary file"))
    return "csv"


def _is_binary(head):
    """Tell whether the bytes are no text: zeros on both sides of pairs, or many control signs.

    UTF-16 has zeros on one side of its pairs, or on none, and its letters look like such signs.
    """
    zeros = [head[start::2].count(0) for start in (0, 1)]
    is_wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or max(zeros) > 4 * min(zeros)
    if is_wide:
        return False
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return sum(zeros) > len(head) * 0.1 or controls - head.count(0) > len(head) * 0.02 + 4


def _sniff_zip(path):
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            is_sheets = "content.xml" in names and _is_spreadsheet(archive, names)
    except DAMAGES as fault:
        raise UnreadableFile("damaged_file") from fault
    if "xl/workbook.xml" in names:
        return "xlsx"
    if is_sheets:
        return "ods"
    kinds = {"xl/workbook.bin": "XLSB", "word/document.xml": "DOCX", "content.xml": "ODT"}
    kind = next((kinds[each] for each in kinds if each in names), "ZIP")
    raise UnreadableFile("not_a_table", expected=kind)


def _is_spreadsheet(archive, names):
    """Tell whether an OpenDocument file holds sheets; it says so in a part of its own."""
    if "mimetype" not in names:
        return True
    with archive.open("mimetype") as part:
        return b"spreadsheet" in part.read(200)
