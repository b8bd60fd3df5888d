"""What editions add to the admin: their screens, and the way there from every page of the text."""

from django.contrib import messages
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button

from portal.core.formats import format_date
from portal.regulations import edition_admin_urls
from portal.regulations.importing.actions import may_bring_in
from portal.regulations.models import EditionChange, RegulationPage
from portal.regulations.receivers import PAGES_OF_TEXT


@hooks.register("register_admin_urls")
def register_edition_urls():
    return [path("quy-che/", include(edition_admin_urls))]


@hooks.register("before_edit_page")
def tell_of_waiting_edition(request, page):
    """Say to who edits a page that some of its words are enacted already and wait for their day."""
    if request.method != "GET" or not isinstance(page.specific_deferred, PAGES_OF_TEXT):
        return
    waiting = EditionChange.objects.filter(page_id=page.pk, edition__status="enacted")
    change = waiting.select_related("edition").defer("edition__snapshot").last()
    if change is not None:
        words = _(
            "Edition %(number)s changes this page on %(day)s by words that are enacted already. "
            "A new draft does not touch them; publishing it now brings them into force at once."
        )
        day = format_date(change.edition.effective_on)
        messages.warning(request, words % {"number": change.edition.number, "day": day})


def edition_buttons(page, user, next_url=None):
    """Yield the ways from a page of a published text to its editions."""
    page = page.specific_deferred
    if not isinstance(page, PAGES_OF_TEXT):
        return
    regulation = RegulationPage.objects.ancestor_of(page, inclusive=True).last()
    if regulation is None or not regulation.live:
        return
    if regulation.permissions_for_user(user).can_publish():
        enact, editions = (
            reverse(f"editions:{name}", args=[regulation.pk]) for name in ("enact", "editions")
        )
        yield Button(_("Enact an edition"), enact, icon_name="check", priority=80)
        if may_bring_in(user):
            new_text = reverse("editions:new_text", args=[regulation.pk])
            label = _("Enact a new edition from a file")
            yield Button(label, new_text, icon_name="upload", priority=80)
        yield Button(_("Editions"), editions, icon_name="history", priority=81)


@hooks.register("register_page_header_buttons")
def page_header_buttons(page, user, view_name, next_url=None):
    yield from edition_buttons(page, user)


@hooks.register("register_page_listing_more_buttons")
def page_listing_buttons(page, user, next_url=None):
    if isinstance(page.specific_deferred, RegulationPage):
        yield from edition_buttons(page, user)
