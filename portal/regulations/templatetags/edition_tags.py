"""What templates say about editions and about changes of a text."""

from django import template
from django.db.models import prefetch_related_objects
from django.utils import timezone

from portal.regulations import change_words
from portal.regulations.amendments import unapplied_amendments
from portal.regulations.edition_reading import readable_changes
from portal.regulations.models import Edition, EditionChange
from portal.regulations.standing import stands_of

register = template.Library()
register.filter("kind_words", change_words.kind_words)
register.filter("kind_tone", change_words.kind_tone)
register.filter("field_words", change_words.field_words)


@register.filter
def kind_word(kind):
    """Return one kind of change in words."""
    return change_words.kind_words([kind])


@register.inclusion_tag("regulations/includes/edition_notices.html", takes_context=True)
def edition_notices(context, regulation):
    """Say which edition the pages show, what is coming, and what is not taken in yet."""
    today = timezone.localdate()
    editions = list(regulation.editions.without_text())
    stands = sorted(stands_of(editions, today).items())
    coming = [stand for _number, stand in stands if stand.standing == "coming"]
    prefetch_related_objects([stand.edition for stand in coming], "changes")
    changes = readable_changes([stand.edition for stand in coming], context["request"])
    return {
        "regulation": regulation,
        "current": next((stand for _number, stand in stands if stand.is_current), None),
        "coming": [(stand, changes[stand.edition.number]) for stand in coming],
        "unapplied": unapplied_amendments(regulation, today),
        "count": len(editions),
    }


@register.inclusion_tag("regulations/includes/article_notices.html")
def article_notices(regulation, article):
    """Say how one article is going to change, and what is not taken into the text yet."""
    today = timezone.localdate()
    changes = EditionChange.objects.filter(
        edition__regulation=regulation,
        edition__status=Edition.Status.ENACTED,
        page_id=article.id or None,
    )
    return {
        "regulation": regulation,
        "article": article,
        "changes": changes.select_related("edition").defer("edition__snapshot"),
        "unapplied": unapplied_amendments(regulation, today),
        "is_not_yet": regulation.status_today == regulation.Status.NOT_YET,
    }
