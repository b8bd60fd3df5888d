"""The kinds of file that the worker makes from a source text; rooms register their own."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from portal.core.paper import paper_version, render_pdf


class FormatNameTaken(ValueError):
    """Two renderers would share one name."""


@dataclass(frozen=True)
class DocumentFormat:
    """How a source becomes a file.

    ``render`` returns the bytes and the number of pages (0 where there are none). ``version``
    returns a text that changes when the renderer does, so that older files are not taken for
    what it makes now. ``opens_in_browser`` tells what is shown from what is saved.
    """

    name: str
    extension: str
    content_type: str
    render: Callable[[str], tuple[bytes, int]]
    version: Callable[[], str]
    opens_in_browser: bool = False


_formats: dict[str, DocumentFormat] = {}


def register_format(made):
    """Let documents be asked for in the format ``made``; registering it twice changes nothing."""
    if _formats.setdefault(made.name, made) != made:
        raise FormatNameTaken(made.name)
    return made


def format_named(name):
    """Return the format of that name."""
    return _formats[name]


def version_of_files(*paths):
    """Return a text that changes when one of the source files does."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(Path(path).read_bytes())
    return digest.hexdigest()


PDF = register_format(
    DocumentFormat(
        name="pdf",
        extension="pdf",
        content_type="application/pdf",
        render=render_pdf,
        version=paper_version,
        opens_in_browser=True,
    )
)
