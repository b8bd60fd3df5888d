"""From the file of a regulation to its published pages, where no editor stands between."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.home.setting_up.actions import SetupRefused
from portal.regulations.actions import create_draft_pages, enact_edition, publish_regulation
from portal.regulations.importing.actions import bring_in
from portal.regulations.importing.building import corrected_json
from portal.regulations.models import RegulationImport, RegulationIndexPage, RegulationPage
from portal.regulations.parsing import UnreadableSource, read_source


@transaction.atomic
def stand_regulation(data, filename, *, user=None):
    """Return ``(RegulationPage, is new)`` of the regulation in a file, published, with its edition.

    The same file, or the same text in another, leads to the regulation that stands already. Raise
    ``SetupRefused`` with a sentence where the file holds no regulation, or where another text
    bears the same number.
    """
    text = _text_of(data, filename)
    standing = _standing(text, data)
    if standing is not None:
        return standing, False
    brought_in = bring_in(text, user=user, file=ContentFile(data, filename))
    parsed = corrected_json(brought_in.working)
    _refuse_unusable(parsed)
    regulation = create_draft_pages(parsed, parent=RegulationIndexPage.objects.get(), user=user)
    regulation.effective_on = regulation.effective_on or regulation.issued_on
    regulation.save_revision(user=user)
    brought_in.regulation = regulation
    brought_in.save(update_fields=["regulation"])
    publish_regulation(regulation, user=user)
    enact_edition(
        regulation,
        effective_on=regulation.effective_on or timezone.localdate(),
        decision_number=regulation.document_number,
        user=user,
    )
    return regulation, True


def _text_of(data, filename):
    try:
        return read_source(data, filename)
    except UnreadableSource as error:
        raise SetupRefused(str(error)) from error


def _standing(text, data):
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    brought_in = (
        RegulationImport.objects.filter(regulation__live=True)
        .filter(sha256=hashlib.sha256(text.encode()).hexdigest())
        .order_by("-pk")
        .first()
    )
    if brought_in is None:
        brought_in = RegulationImport.objects.filter(
            regulation__live=True, file_sha256=hashlib.sha256(data).hexdigest()
        ).first()
    return brought_in.regulation if brought_in else None


def _refuse_unusable(parsed):
    if not any(division["articles"] for division in parsed["regulation"]["divisions"]):
        raise SetupRefused(_("No Điều was found in this text; a portal cannot be set up from it."))
    number = (parsed["decision"] or {}).get("number")
    known = RegulationPage.objects.live().filter(document_number=number).first() if number else None
    if known is not None:
        raise SetupRefused(
            _(
                "A regulation numbered %(number)s stands already with other words: “%(title)s”. "
                "Enact the new words as its next edition; then set up again from its page."
            )
            % {"number": number, "title": known.title}
        )
