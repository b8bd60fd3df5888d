"""From the file of a regulation to its published pages, where no editor stands between."""

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.home.setting_up.actions import SetupRefused
from portal.regulations.actions import (
    Decision,
    EnactmentRefused,
    create_draft_pages,
    enact_edition,
    enact_new_text,
    publish_regulation,
)
from portal.regulations.enactable import last_edition
from portal.regulations.importing.actions import bring_in
from portal.regulations.importing.building import corrected_json
from portal.regulations.models import Edition, RegulationImport, RegulationIndexPage, RegulationPage
from portal.regulations.parsing import UnreadableSource, read_source


@dataclass(frozen=True)
class Enactment:
    """By which decision an edition is enacted, and from when, where the file does not say it."""

    in_force_from: date | None = None
    number: str = ""
    signed_on: date | None = None
    reason: str = ""


@transaction.atomic
def stand_regulation(data, filename, *, user=None, enactment=None):
    """Return ``(RegulationPage, is new)`` of the regulation in a file, published, with its edition.

    The same file, or the same text in another, leads to the regulation that stands already. Other
    words under the same number are enacted as its next edition, in force from today unless
    ``enactment`` says otherwise. Raise ``SetupRefused`` with a sentence where the file holds no
    regulation, or it cannot be enacted so.
    """
    enactment = enactment or Enactment()
    text = _text_of(data, filename)
    standing = _standing(text, data)
    if standing is not None:
        return standing, False
    brought_in = bring_in(text, user=user, file=ContentFile(data, filename))
    parsed = corrected_json(brought_in.working)
    _refuse_unusable(parsed)
    known = _of_the_same_number(parsed)
    make = _published if known is None else partial(_amended, known)
    regulation = make(parsed, enactment, user)
    brought_in.regulation = regulation
    brought_in.save(update_fields=["regulation"])
    return regulation, known is None


def _published(parsed, enactment, user):
    regulation = create_draft_pages(parsed, parent=RegulationIndexPage.objects.get(), user=user)
    publish_regulation(regulation, user=user)
    enact_edition(
        regulation,
        effective_on=enactment.in_force_from or regulation.effective_on or timezone.localdate(),
        decision_number=enactment.number or regulation.document_number,
        user=user,
    )
    return regulation


def _amended(regulation, parsed, enactment, user):
    """Enact what the file says otherwise; its day is today where nobody names another."""
    last = last_edition(regulation)
    if last is None:
        raise SetupRefused(
            _("“%(title)s” has no edition yet; enact its first one, then bring in new words.")
            % {"title": regulation.title}
        )
    decision = Decision(
        kind=Edition.Kind.AMENDMENT,
        effective_on=enactment.in_force_from or max(timezone.localdate(), last.effective_on),
        number=enactment.number or regulation.document_number,
        signed_on=enactment.signed_on,
        note=enactment.reason or _("Brought in as a whole text."),
    )
    try:
        enact_new_text(regulation, parsed, decision, user=user)
    except EnactmentRefused as refusal:
        raise SetupRefused(str(refusal)) from refusal
    return RegulationPage.objects.get(pk=regulation.pk)


def _text_of(data, filename):
    try:
        return read_source(data, filename)
    except UnreadableSource as error:
        raise SetupRefused(str(error)) from error


def _standing(text, data):
    """Return the regulation that the latest import of these very words became, or None."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    same = Q(sha256=hashlib.sha256(text.encode()).hexdigest())
    same |= Q(file_sha256=hashlib.sha256(data).hexdigest())
    imports = RegulationImport.objects.filter(regulation__live=True).order_by("-pk")
    brought_in = imports.filter(same).first()
    if brought_in is None:
        return None
    later = imports.filter(regulation=brought_in.regulation, pk__gt=brought_in.pk)
    return None if later.exists() else brought_in.regulation


def _refuse_unusable(parsed):
    divisions = parsed["regulation"]["divisions"]
    if not any(article["number"] for each in divisions for article in each["articles"]):
        raise SetupRefused(_("No Điều was found in this text; a portal cannot be set up from it."))


def _of_the_same_number(parsed):
    number = (parsed["decision"] or {}).get("number")
    if not number:
        return None
    return RegulationPage.objects.live().filter(document_number=number).first()
