"""HTML to PDF, with the world shut out: fonts and style come along, nothing is fetched."""

import base64
import hashlib
from functools import cache

from django.contrib.staticfiles import finders
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

#: Raise it when the renderer changes in a way that must show in documents made before.
RENDERER_VERSION = "2"
#: The family has a name of its own, so that a font of the machine is never taken for it.
FONT_FACES = {
    "regular": ("normal", 400),
    "bold": ("normal", 700),
    "italic": ("italic", 400),
    "bold-italic": ("italic", 700),
}


@cache
def paper_css():
    """Return the style sheet of paper as text, its fonts as ``data:`` addresses."""
    with open(finders.find("portal/css/paper.css"), encoding="utf-8") as sheet:
        return "\n".join([*(_font_face(name) for name in FONT_FACES), sheet.read()])


def _font_face(name):
    # Not WOFF2: unpacking that takes longer than drawing twenty pages.
    style, weight = FONT_FACES[name]
    with open(finders.find(f"portal/fonts/tinos-{name}.ttf"), "rb") as font:
        data = base64.b64encode(font.read()).decode()
    return (
        f'@font-face {{ font-family: "Portal Tinos"; font-style: {style}; font-weight: {weight};'
        f' src: url("data:font/ttf;base64,{data}") format("truetype") }}'
    )


@cache
def paper_version():
    """Return what tells PDFs of one renderer, style sheet and fonts from those of another."""
    return hashlib.sha256(f"{RENDERER_VERSION}\x00{paper_css()}".encode()).hexdigest()


def render_pdf(html):
    """Return ``(pdf bytes, page count)``; nothing but ``data:`` addresses is fetched."""
    document = lay_out(html)
    return document.write_pdf(pdf_variant="pdf/ua-1"), len(document.pages)


def lay_out(html):
    """Return the pages of ``html`` as the renderer lays them out."""
    fonts = FontConfiguration()
    fetcher = URLFetcher(allowed_protocols={"data"})
    return HTML(string=html, url_fetcher=fetcher).render(
        stylesheets=[CSS(string=paper_css(), font_config=fonts, url_fetcher=fetcher)],
        font_config=fonts,
    )
