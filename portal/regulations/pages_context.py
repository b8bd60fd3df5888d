"""What every page that shows legal text hands to its template."""

from portal.regulations.drawing import annotated


def reading_context(regulation, text, request, *, in_page=False):
    """Return the address of the regulation, its text ready to be drawn, and what was looked for.

    ``in_page`` where the page shows the whole text, so that references stay on it.
    """
    base = regulation.get_url(request) or "/"  # a page that is being created has no address yet
    return {
        "base": base,
        "reading": annotated(regulation, text, base=base, in_page=in_page),
        "looked_for": request.GET.get("di-toi", "")[:80].strip() if in_page else "",
    }
