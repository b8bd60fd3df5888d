"""How templates draw legal text on screens."""

from django import template
from django.utils.html import escape
from django.utils.safestring import mark_safe

from portal.core.linked_data import in_script
from portal.regulations.annex_blocks import annex_blocks as blocks_of
from portal.regulations.citations import citation_tail as tail_of

register = template.Library()


@register.simple_tag
def drawn(reading, part, field):
    """Return a field of a part as HTML: with its links where ``reading`` is an AnnotatedText."""
    if reading:
        return reading.html_of(part, field)
    return mark_safe(str(escape(getattr(part, field))).replace("\n", "<br>"))  # noqa: S308


@register.simple_tag
def drawn_annex(reading, annex):
    """Return the paragraphs and tables of an annex with the HTML of every piece, in order."""
    blocks, place = [], 0
    for block in blocks_of(annex.body):
        rows = []
        for row in block.rows:
            rows.append([_piece(reading, annex, place + n, cell) for n, cell in enumerate(row)])
            place += len(row)
        words = "" if block.rows else _piece(reading, annex, place, block.text)
        place += not block.rows
        head = rows[0] if block.has_header else []
        blocks.append(
            {"rows": rows, "head": head, "body": rows[1:] if head else rows, "words": words}
        )
    return blocks


def _piece(reading, annex, place, words):
    return reading.html_of(annex, f"body-{place}") if reading else escape(words)


@register.simple_tag
def citation_tail(text, component="qc"):
    """Return what follows a provision's label in its full citation."""
    return tail_of(text.short_title or text.title, text.document_number, component)


@register.simple_tag
def terms_of(reading):
    """Return the terms that what has been drawn uses, each with where it is defined."""
    return [
        {
            "definition": each,
            "source": reading.source_of(each),
            "address": reading.definition_address(each),
        }
        for each in (reading.used_definitions() if reading else ())
    ]


@register.simple_tag
def footnotes_of(reading, article):
    """Return the notes of a drawn article with the anchors of note and mark."""
    if reading:
        return reading.footnotes_of(article)
    return [
        (note, f"{article.anchor}-chu-thich-{number}", "")
        for number, note in enumerate(article.footnotes, start=1)
    ]


#: How schema.org says what vbpl.vn says.
LEGAL_FORCE = {
    "in_force": "InForce",
    "partly_expired": "PartiallyInForce",
    "partly_suspended": "PartiallyInForce",
}


@register.simple_tag(takes_context=True)
def legislation_data(context, regulation):
    """Return what search engines read of a regulation, in the words of schema.org."""
    force = LEGAL_FORCE.get(regulation.legal_status, "NotInForce")
    data = {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "name": regulation.title,
        "url": context["request"].build_absolute_uri(context["base"]),
        "inLanguage": "vi",
        "legislationIdentifier": regulation.document_number,
        "legislationPassedBy": regulation.issuer,
        "legislationDate": regulation.issued_on.isoformat() if regulation.issued_on else "",
        "legislationLegalForce": f"https://schema.org/{force}",
    }
    return in_script({name: value for name, value in data.items() if value})
