"""Documents made from a text: PDF, DOCX, Markdown, JSON and Akoma Ntoso, all from one arrangement.

PDF and DOCX take long enough to belong into the worker; the others are made while the reader
waits (docs/decisions/0017).
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from portal.core.document_formats import (
    PDF,
    DocumentFormat,
    register_format,
    version_of_files,
)
from portal.core.text import printable, slugify_vi
from portal.regulations.documents.akoma_ntoso import akoma_ntoso
from portal.regulations.documents.arrangement import arrange
from portal.regulations.documents.heads import split_title
from portal.regulations.documents.markdown import markdown_text
from portal.regulations.documents.origin import Origin
from portal.regulations.documents.paper import paper_html
from portal.regulations.documents.selection import Selection, select
from portal.regulations.documents.word import word_file
from portal.regulations.snapshots import as_snapshot, from_snapshot

#: What a reader may ask for, in the order of the list of downloads, with its content type.
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
    "xml": "application/akn+xml",
}
LONGEST_NAME = 120


@dataclass(frozen=True)
class RegulationDocument:
    """A document to be: ``source`` is for the worker, ``content`` is there at once."""

    extension: str
    title: str
    filename: str
    source: str = ""
    content: bytes | None = None

    @property
    def format(self):
        """Return the name of the format by which the worker knows it."""
        return WORD.name if self.extension == "docx" else PDF.name

    @property
    def content_type(self):
        """Return the media type."""
        return CONTENT_TYPES[self.extension]


def document_of(text, extension, *, only=(), origin=None, contents=True):
    """Return the document of ``text`` in the format with this ``extension``.

    ``only`` are numbers of articles as a reader writes them (“5”, “7-9”, “qd-1”): the document is
    then an excerpt and says so. Raise ``UnreadableSelection`` or ``NoSuchArticle`` for what
    the text does not have.
    """
    origin = origin or Origin()
    text = from_snapshot(printable(as_snapshot(text)))
    chosen = select(text, only) if only else Selection(text)
    filename = _filename(text, origin, chosen, extension)
    title = f"{text.title} ({chosen.excerpt})" if chosen.excerpt else text.title
    source, content = "", None
    if extension == "pdf":
        source = paper_html(chosen.text, origin, excerpt=chosen.excerpt, contents=contents)
    elif extension == "docx":
        source = _as_json(chosen, origin, contents=contents)
    else:
        content = _WRITERS[extension](chosen, origin)
    return RegulationDocument(extension, title, filename, source, content)


def _filename(text, origin, chosen, extension):
    kind = split_title(text.title)[0]
    parts = [origin.slug or slugify_vi(text.document_number or text.title)]
    if kind and not parts[0].startswith(slugify_vi(kind)):
        parts.insert(0, slugify_vi(kind))
    if origin.edition_number and origin.is_asked_for:
        parts.append(f"phien-ban-{origin.edition_number}")
    parts += [chosen.short_name] if chosen.short_name else []
    return f"{'-'.join(parts)[:LONGEST_NAME].strip('-')}.{extension}"


def _as_json(chosen, origin, **options):
    data = {
        "text": as_snapshot(chosen.text),
        "excerpt": chosen.excerpt,
        "origin": origin.as_data(),
        **options,
    }
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def render_word(source):
    """Return ``(DOCX bytes, 0)`` of a source that ``document_of`` wrote."""
    data = json.loads(source)
    arrangement = arrange(from_snapshot(data["text"]), excerpt=data["excerpt"])
    return word_file(arrangement, Origin(**data["origin"]), contents=data["contents"]), 0


def _json(chosen, origin):
    snapshot = as_snapshot(chosen.text)
    canonical = json.dumps(snapshot, ensure_ascii=False, sort_keys=True)
    data = {
        "source": origin.as_data(),
        "excerpt": chosen.excerpt,
        "sha256": hashlib.sha256(canonical.encode()).hexdigest(),
        "text": snapshot,
    }
    return json.dumps(data, ensure_ascii=False, indent=2).encode()


def _markdown(chosen, origin):
    return markdown_text(arrange(chosen.text, excerpt=chosen.excerpt), origin).encode()


def _xml(chosen, origin):
    return akoma_ntoso(arrange(chosen.text, excerpt=chosen.excerpt), origin)


_WRITERS = {"md": _markdown, "json": _json, "xml": _xml}


@cache
def _word_version():
    return version_of_files(*sorted(Path(__file__).parent.glob("*.py")))


WORD = DocumentFormat(
    name="regulation-docx",
    extension="docx",
    content_type=CONTENT_TYPES["docx"],
    render=render_word,
    version=_word_version,
)


def register():
    """Let the worker make the formats of this room."""
    register_format(WORD)
