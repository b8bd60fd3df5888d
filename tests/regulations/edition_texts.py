"""A published regulation with its first edition, and the deeds that tests of editions share."""

from datetime import date, timedelta

from django.utils import timezone

from portal.regulations.actions import ChosenChange, Decision, enact_changes, enact_edition
from portal.regulations.models import ArticlePage
from tests.regulations.test_thread import published

FIRST_DAY = date(2025, 10, 1)


def in_days(days):
    """Return the day that many days from today."""
    return timezone.localdate() + timedelta(days=days)


def enacted(user):
    """Return a published regulation with its first edition."""
    regulation = published(user=user)
    enact_edition(regulation, effective_on=FIRST_DAY, decision_number="12/QĐ-UBND", user=user)
    return regulation


def article(regulation, number):
    """Return the article page as it stands in the database."""
    return ArticlePage.objects.descendant_of(regulation).get(number=number)


def draft_of(regulation, number, **changes):
    """Return ``(page, revision)`` of a new draft of the article."""
    page = article(regulation, number).get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(page, name, value)
    return page, page.save_revision()


def new_article(regulation, number, intro):
    """Return ``(page, revision)`` of an article that was never published."""
    parent = article(regulation, "3").get_parent()
    page = parent.add_child(
        instance=ArticlePage(
            title=f"Điều {number}. Điều mới",
            slug=f"dieu-moi-{number}",
            number=number,
            heading="Điều mới",
            intro=intro,
            live=False,
        )
    )
    return page, page.save_revision()


def chosen(draft, **more):
    """Return the choice of a draft, freshly read as a screen would."""
    page, revision = draft
    return ChosenChange(ArticlePage.objects.get(pk=page.pk), revision, **more)


def enact(regulation, *choices, user, days=0, **more):
    """Enact the choices by a decision that holds ``days`` from today."""
    more.setdefault("number", "45/QĐ-UBND")
    decision = Decision(kind="amendment", effective_on=in_days(days), **more)
    return enact_changes(regulation, decision, list(choices), user=user)
