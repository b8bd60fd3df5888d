"""What readers do with a regulation beside reading it."""

from django.shortcuts import get_object_or_404, redirect

from portal.regulations.models import RegulationPage


def _readable(request, slug):
    return get_object_or_404(RegulationPage.objects.readable_by(request), slug=slug)


def go_to_article(request, slug):
    """Lead the “go to” box to the Điều with the number asked for, or to the whole text."""
    regulation = _readable(request, slug)
    number = "".join(char for char in request.GET.get("so", "") if char.isalnum()).lower()[:8]
    found = regulation.provisions.current().filter(path=f"dieu-{number}").exists()
    target = regulation.get_url(request)
    return redirect(f"{target}dieu-{number}/" if found else target)
