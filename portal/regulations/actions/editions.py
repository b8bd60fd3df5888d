"""Freezing the published text as an edition."""

import hashlib
import json

from django.db import transaction

from portal.core.audit import record
from portal.regulations.models import Edition, RegulationPage
from portal.regulations.snapshots import regulation_as_json


@transaction.atomic
def enact_edition(regulation, *, effective_on, decision_number, user):
    """Freeze the published text as the next edition, in force from a day."""
    regulation = RegulationPage.objects.select_for_update().get(pk=regulation.pk)
    snapshot = regulation_as_json(regulation)
    text = json.dumps(snapshot, ensure_ascii=False, sort_keys=True)
    last = regulation.editions.order_by("-number").first()
    edition = Edition.objects.create(
        regulation=regulation,
        number=last.number + 1 if last else 1,
        effective_on=effective_on,
        decision_number=decision_number,
        snapshot=snapshot,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        created_by=user,
    )
    record("regulations.enact_edition", regulation, user=user, edition=edition.number)
    return edition
