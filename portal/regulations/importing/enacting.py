"""A text that was brought in becomes the next edition of a regulation that stands."""

from dataclasses import asdict, dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.jobs import enqueue
from portal.regulations.actions import Decision, EnactmentRefused, enact_new_text
from portal.regulations.enactable import base_text, last_edition
from portal.regulations.importing.actions import (
    ENACT_TEXT,
    FOUND,
    MOST_ARTICLES_AT_ONCE,
    index_to_add_to,
    locked,
    open_import,
    working_copy,
)
from portal.regulations.importing.building import corrected_json
from portal.regulations.importing.rules import CorrectionRefused, refuse_what_pages_cannot_hold
from portal.regulations.models import RegulationPage
from portal.regulations.redline import REPEALED, Redline, compare_texts
from portal.regulations.whole_text import text_after

DAYS = ("effective_on", "signed_on")


class TextChanged(CorrectionRefused):
    """The regulation has another edition than the one that the preview compared with."""


@dataclass(frozen=True)
class Preview:
    """What the text would change; ``base`` names the edition that it was compared with."""

    redline: Redline
    base: int
    standing_articles: int

    @property
    def repealed_articles(self):
        """Return how many articles would leave the text."""
        return sum(
            each.part == "article" and REPEALED in each.kinds for each in self.redline.changed
        )

    @property
    def repeals_most(self):
        """Return whether so much would leave that it is hardly the whole text."""
        return self.repealed_articles * 2 > self.standing_articles


def require_enacting(regulation, user):
    """Refuse who may not enact editions of ``regulation``, or not bring texts in."""
    index_to_add_to(user)
    if not regulation.permissions_for_user(user).can_publish():
        raise PermissionDenied


def preview_of(brought_in):
    """Return what enacting the corrected text would change; refuse what cannot be enacted."""
    regulation, working = brought_in.amends, working_copy(brought_in)
    last = _last(regulation)
    _refuse_unusable(working)
    before = base_text(regulation)
    after = text_after(regulation, corrected_json(working))
    return Preview(compare_texts(before, after), last.pk, len(before.articles()))


def enact_import(pk, decision, *, revision, base, user):
    """Enact the corrected text as the next edition, or let the worker do it.

    ``revision`` and ``base`` are the structure and the edition that the person looked at:
    ``StaleCorrection`` or ``TextChanged`` where they are others now. Return the editions, None
    where a long text was handed to the worker.
    """
    with transaction.atomic():
        brought_in = locked(pk, revision)
        require_enacting(brought_in.amends, user)
        working = working_copy(brought_in)
        _refuse_unusable(working)
        brought_in.enacting = {"decision": _as_json(decision), "base": base}
        brought_in.save(update_fields=["enacting"])
        if working[FOUND]["counts"]["article"] > MOST_ARTICLES_AT_ONCE:
            _refuse_another_base(brought_in)
            enqueue(ENACT_TEXT, brought_in, user=user)
            return None
        return _enact(brought_in, user)


@transaction.atomic
def enact_requested(pk, *, user):
    """Enact what was handed to the worker."""
    brought_in = open_import(pk)
    require_enacting(brought_in.amends, user)
    return _enact(brought_in, user)


def decision_kept(brought_in):
    """Return the decision by which somebody wanted to enact the text, None before."""
    kept = brought_in.enacting.get("decision")
    if not kept:
        return None
    return Decision(**{**kept, **{name: _day(kept[name]) for name in DAYS}})


def editions_made(brought_in):
    """Return the editions that the text became."""
    numbers = brought_in.enacting.get("editions", [])
    return list(brought_in.amends.editions.filter(number__in=numbers).without_text())


def _enact(brought_in, user):
    regulation = RegulationPage.objects.select_for_update().get(pk=brought_in.amends_id)
    _refuse_another_base(brought_in)
    parsed = corrected_json(working_copy(brought_in))
    try:
        editions = enact_new_text(regulation, parsed, decision_kept(brought_in), user=user)
    except EnactmentRefused as refusal:
        raise CorrectionRefused(str(refusal)) from refusal
    if not editions:
        raise CorrectionRefused(_("The text says the same as the last edition."))
    brought_in.regulation = regulation
    brought_in.enacting["editions"] = [edition.number for edition in editions]
    brought_in.save(update_fields=["regulation", "enacting"])
    record("regulations.enact_new_text", brought_in, user=user, edition=editions[-1].number)
    return editions


def _last(regulation):
    last = last_edition(regulation)
    if last is None or not regulation.live:
        raise CorrectionRefused(
            _("Publish the regulation first; a new text is enacted on its first edition.")
        )
    return last


def _refuse_another_base(brought_in):
    if _last(brought_in.amends).pk != brought_in.enacting["base"]:
        raise TextChanged(
            _(
                "The text of the regulation was changed in the meantime. Nothing was enacted; "
                "look at the comparison again, it shows the present state."
            )
        )


def _refuse_unusable(working):
    if not working[FOUND]["counts"].get("article"):
        raise CorrectionRefused(
            _("No Điều was found in this text; correct its structure or bring in another one.")
        )
    refuse_what_pages_cannot_hold(working)


def _as_json(decision):
    kept = asdict(decision)
    return {**kept, **{name: kept[name].isoformat() if kept[name] else "" for name in DAYS}}


def _day(text):
    return date.fromisoformat(text) if text else None
