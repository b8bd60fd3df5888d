"""What readers do with editions: list them, read the text of a day, compare any two."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.formats import UnreadableValue, format_date, parse_date
from portal.regulations.comparison import DRAFT, CannotCompare, comparison_of
from portal.regulations.drawing import annotated
from portal.regulations.edition_reading import readable_changes, readable_text
from portal.regulations.exports_of_changes import changes_csv
from portal.regulations.models import RegulationPage
from portal.regulations.models.parts import neighbours
from portal.regulations.standing import stands_of


def readable_regulation(request, slug):
    """Return the regulation at this address if the visitor may read it, or answer 404."""
    return get_object_or_404(RegulationPage.objects.readable_by(request), slug=slug)


def all_stands(regulation):
    """Return ``{number: Stand}`` of the regulation's editions today, their texts left behind."""
    editions = regulation.editions.without_text().prefetch_related("changes")
    stands = stands_of(editions, timezone.localdate())
    for stand in stands.values():
        stand.edition.regulation = regulation
    return stands


def _stand_or_404(regulation, number):
    stand = all_stands(regulation).get(number)
    if stand is None:
        raise Http404
    return stand


def not_current(response):
    """Keep what is not in force out of caches and search engines."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def edition_list(request, slug, *, asked="", error=""):
    """Show all editions, what each changed and why, and the forms to read and to compare."""
    regulation = readable_regulation(request, slug)
    stands = all_stands(regulation)
    changes = readable_changes([stand.edition for stand in stands.values()], request)
    rows = [(stands[number], changes[number]) for number in sorted(stands, reverse=True)]
    return render(
        request,
        "regulations/edition_list.html",
        {
            "page": regulation,
            "regulation": regulation,
            "rows": rows,
            "may_compare": len(rows) > 1 or may_see_drafts(request, regulation),
            "choices": comparison_choices(request, regulation, stands),
            "wanted": [str(n) for n in sorted(stands) if stands[n].standing != "withdrawn"][-2:],
            "asked_day": asked,
            "error": error,
        },
    )


def may_see_drafts(request, regulation):
    """Tell whether the visitor edits the regulation, so that drafts are theirs to see."""
    user = request.user
    return user.is_authenticated and regulation.permissions_for_user(user).can_edit()


def comparison_choices(request, regulation, stands):
    """Return ``[(key, words)]`` of what may be compared."""
    choices = [
        (str(number), _choice_words(stand))
        for number, stand in sorted(stands.items(), reverse=True)
    ]
    return [(DRAFT, _("Draft")), *choices] if may_see_drafts(request, regulation) else choices


def _choice_words(stand):
    return _("Edition %(number)s (%(day)s)") % {
        "number": stand.edition.number,
        "day": format_date(stand.edition.effective_on),
    }


def edition(request, slug, number, path=""):
    """Show the text of an edition, or one article of it."""
    regulation = readable_regulation(request, slug)
    base = reverse("regulation_edition", args=[slug, number])
    return _show(request, regulation, _stand_or_404(regulation, number), base, path)


def choose_day(request, slug):
    """Lead the box “text as of a day” to the text of that day."""
    asked = request.GET.get("ngay", "").strip()[:40]
    try:
        day = parse_date(asked)
    except UnreadableValue:
        error = _("Write the day as dd/mm/yyyy, such as 31/12/2026.")
        return edition_list(request, slug, asked=asked, error=error)
    return redirect("regulation_on_day", slug, day.isoformat())


def text_on_day(request, slug, day, path=""):
    """Show the text as it holds on a day, or one article of it."""
    regulation = readable_regulation(request, slug)
    try:
        asked = parse_date(day)
    except UnreadableValue as unreadable:
        raise Http404 from unreadable
    base = reverse("regulation_on_day", args=[slug, asked.isoformat()])
    found = regulation.editions.without_text().on(asked)
    if found is None:
        context = {
            "page": regulation,
            "regulation": regulation,
            "day": asked,
            "first": regulation.editions.without_text().standing().in_order().first(),
        }
        return not_current(render(request, "regulations/no_edition_on_day.html", context))
    stand = _stand_or_404(regulation, found.number)
    return _show(request, regulation, stand, base, path, day=asked)


def _show(request, regulation, stand, base, path, day=None):
    text = readable_text(stand.edition.text, request)
    context = {
        "page": regulation,
        "regulation": regulation,
        "stand": stand,
        "text": text,
        "base": base,
        "reading": annotated(regulation, text, base=base, in_page=not path),
        "day": day,
    }
    template = "regulations/edition.html"
    if path:
        template = "regulations/edition_article.html"
        context |= _article_context(text, path.strip("/"))
    response = render(request, template, context)
    is_today = day is None or day == timezone.localdate()
    return response if stand.is_current and is_today else not_current(response)


def _article_context(text, path):
    """Return what an article's page shows; the address of a clause leads to its article."""
    article = text.article(path.partition("/")[0])
    if article is None or path not in {part.path for part in article.provisions()}:
        raise Http404
    before, after = neighbours(text.articles(), article.id)
    return {
        "article": article,
        "focus": path,
        "previous_article": before,
        "next_article": after,
    }


def choose_comparison(request, slug):
    """Lead the form “compare” to the comparison of the two chosen."""
    regulation = readable_regulation(request, slug)
    known = {key for key, _words in comparison_choices(request, regulation, all_stands(regulation))}
    keys = [request.GET.get(name, "") for name in ("tu", "den")]
    if not set(keys) <= known:
        return edition_list(request, slug, error=_("Choose two editions from the lists."))
    return redirect("regulation_compare", slug, *keys)


def compare(request, slug, old, new):
    """Show what changed between two editions, part by part."""
    regulation = readable_regulation(request, slug)
    comparison = _comparison_or_404(request, regulation, old, new)
    stands = all_stands(regulation)
    part = request.GET.get("dieu", "")
    return not_current(
        render(
            request,
            "regulations/compare.html",
            {
                "page": regulation,
                "regulation": regulation,
                "comparison": comparison,
                "shown": comparison.only(part) if part else comparison.changed,
                "part": part,
                "is_inline": request.GET.get("xem") == "lien-mach",
                "choices": comparison_choices(request, regulation, stands),
            },
        )
    )


def compare_csv(request, slug, old, new):
    """Answer with the changes as a table."""
    regulation = readable_regulation(request, slug)
    comparison = _comparison_or_404(request, regulation, old, new)
    return not_current(changes_csv(comparison, f"{slug}-{old}-{new}.csv"))


def _comparison_or_404(request, regulation, old, new):
    if DRAFT in (old, new) and not may_see_drafts(request, regulation):
        raise Http404
    try:
        return comparison_of(regulation, old, new, request)
    except CannotCompare as unknown:
        raise Http404 from unknown
