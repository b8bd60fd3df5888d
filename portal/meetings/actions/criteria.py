"""Sets of criteria: written, frozen by the first cycle that uses them, followed by a version."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from portal.meetings.models import CriteriaSet, Criterion
from portal.meetings.permissions import require


def refuse_if_in_use(criteria_set):
    """Raise ``ValidationError`` when a cycle was opened with the set."""
    if criteria_set.frozen_at:
        raise ValidationError(_("A cycle uses these criteria; make a new version to change them."))


@transaction.atomic
def new_version(criteria_set, *, user):
    """Return a copy of the set with the next version number, open for changes."""
    require(user, "add", CriteriaSet)
    last = CriteriaSet.objects.filter(title=criteria_set.title).aggregate(last=Max("version"))
    copy = CriteriaSet.objects.create(title=criteria_set.title, version=last["last"] + 1)
    copies, parents = {}, {}
    for criterion in criteria_set.criteria.all():
        old_key, parents[criterion.pk] = criterion.pk, criterion.parent_id
        criterion.pk, criterion.parent, criterion.criteria_set = None, None, copy
        criterion._state.adding = True
        criterion.save()
        copies[old_key] = criterion
    for old_key, parent in parents.items():
        if parent:
            copies[old_key].parent = copies[parent]
            copies[old_key].save(update_fields=["parent"])
    return copy


@transaction.atomic
def save_criteria(criteria_set, rows, *, user):
    """Write the set's criteria in the order of ``rows``, unsaved or changed ``Criterion``."""
    require(user, "change", criteria_set)
    refuse_if_in_use(criteria_set)
    for position, criterion in enumerate(rows, start=1):
        criterion.criteria_set, criterion.position = criteria_set, position
        criterion.full_clean()
        criterion.save()
    keep = [criterion.pk for criterion in rows]
    Criterion.objects.filter(criteria_set=criteria_set).exclude(pk__in=keep).delete()
    return rows
