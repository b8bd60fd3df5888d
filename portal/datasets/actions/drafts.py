"""The draft of a dataset that a duty asks for."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.text import slugify_vi
from portal.datasets.due_terms import due_fields_of
from portal.datasets.models import DatasetIndexPage, DatasetPage

LONGEST_CODE = 64


@transaction.atomic
def draft_dataset_for(obligation, *, user, unit, title):
    """Return the draft page of a dataset by which ``unit`` meets ``obligation``.

    Owner, provision and due rule are the duty's; columns are an editor's to define. Raise
    ``PermissionDenied`` for who may not define datasets.
    """
    index = DatasetIndexPage.objects.first()
    if index is None or not index.permissions_for_user(user).can_add_subpage():
        raise PermissionDenied
    if unit.pk not in {each.pk for each in obligation.bound_units()}:
        raise ValidationError({"unit": _("This unit does not owe the duty.")})
    code = _free_code(title)
    due = due_fields_of(obligation)
    page = DatasetPage(
        title=title,
        code=code,
        slug=code,
        live=False,
        owner=user,
        owner_unit=unit,
        provision=obligation.provision,
        obligation=obligation,
        due_by_obligation=bool(due),
        **(due or {"frequency": DatasetPage.Frequency.IRREGULAR}),
    )
    index.add_child(instance=page)
    page.save_revision(user=user)
    return page


def _free_code(title):
    stem = slugify_vi(title)[: LONGEST_CODE - 4].strip("-") or "bo-du-lieu"
    taken = set(
        DatasetPage.objects.filter(code__startswith=stem).values_list("code", flat=True)
    ) | set(DatasetPage.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    code, number = stem, 2
    while code in taken:
        code, number = f"{stem}-{number}", number + 1
    return code
