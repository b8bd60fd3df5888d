"""What a file is, told by its first bytes and not by its name."""

import zipfile

from portal.core.table_files.reading import UnreadableFile

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_TABLES = {
    b"%PDF": "PDF", b"{\\rt": "RTF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG",
    b"\x1f\x8b": "gzip", b"Rar!": "RAR", b"7z\xbc\xaf": "7z", b"PAR1": "Parquet",
}  # fmt: skip
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
    for magic, kind in _NOT_TABLES.items():
        if head.startswith(magic):
            raise UnreadableFile("not_a_table", expected=kind)
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_PAGES):
        raise UnreadableFile("web_page")
    return "csv"


def _sniff_zip(path):
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile as fault:
        raise UnreadableFile("damaged_file") from fault
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "content.xml" in names and _is_spreadsheet(path):
        return "ods"
    kinds = {"xl/workbook.bin": "XLSB", "word/document.xml": "DOCX", "content.xml": "ODT"}
    kind = next((kinds[each] for each in kinds if each in names), "ZIP")
    raise UnreadableFile("not_a_table", expected=kind)


def _is_spreadsheet(path):
    """Tell whether an OpenDocument file holds sheets; it says so in a part of its own."""
    with zipfile.ZipFile(path) as archive:
        if "mimetype" not in archive.namelist():
            return True
        with archive.open("mimetype") as part:
            return b"spreadsheet" in part.read(200)
