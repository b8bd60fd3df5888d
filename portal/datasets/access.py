"""Who may know of a dataset, and do what with it; ``sights`` tells what of its rows they see."""

from portal.core.roles import Role, has_role, runs_centre
from portal.datasets.models import DatasetPage, DatasetPointer, DatasetVersion
from portal.units.models import Membership, UnitPage
from portal.units.permissions import acts_for, unit_ids_of

Status = DatasetVersion.Status

#: What readers may still open of what was once published.
READABLE = (Status.PUBLISHED, Status.SUPERSEDED)


def datasets_unknown_to(user):
    """Return the datasets of which ``user`` may not know."""
    known = DatasetPage.objects.visible_to(user)
    return DatasetPage.objects.exclude(pk__in=known.values("pk"))


def may_see_all(user, dataset):
    """Return whether ``user`` looks after the dataset: its unit's people, the centre's people."""
    return runs_centre(user) or dataset.owner_unit_id in unit_ids_of(user)


def readable_versions(dataset):
    """Return the published versions whose rows may still be read, newest first."""
    return dataset.versions.filter(number__isnull=False, status__in=READABLE).order_by("-number")


def current_version(dataset):
    """Return the version that readers see, or None."""
    pointer = DatasetPointer.objects.filter(dataset=dataset).select_related("version").first()
    return pointer.version if pointer else None


#: Who sends files in the name of a unit.
SENDERS = (Membership.Role.DATA_OFFICER, Membership.Role.UNIT_HEAD)


def may_upload(user, dataset):
    """Return whether ``user`` may send files: the unit's data officer or head."""
    return acts_for(user, dataset.owner_unit_id, *SENDERS)


def may_issue_tokens(user, unit_id):
    """Return whether ``user`` may let a system send for the unit: its head, administrators."""
    return has_role(user, Role.ADMINISTRATOR) or acts_for(user, unit_id, Membership.Role.UNIT_HEAD)


def units_issued_for(user):
    """Return the ids of the units of which ``user`` may issue tokens, as a queryset."""
    if has_role(user, Role.ADMINISTRATOR):
        return UnitPage.objects.values_list("pk", flat=True)
    headed = Membership.objects.current().filter(user=user, role=Membership.Role.UNIT_HEAD)
    return headed.values_list("unit_id", flat=True)


def may_issue_read_tokens(user, unit_id):
    """Return whether ``user`` may let a system read for the unit: who sends, administrators."""
    return has_role(user, Role.ADMINISTRATOR) or acts_for(user, unit_id, *SENDERS)


def may_share(user, dataset):
    """Return whether ``user`` answers requests for access: the owner's head, administrators."""
    return has_role(user, Role.ADMINISTRATOR) or acts_for(
        user, dataset.owner_unit_id, Membership.Role.UNIT_HEAD
    )


def may_ask_for(user, unit_id):
    """Return whether ``user`` may ask for data in the name of the unit."""
    return acts_for(user, unit_id, *SENDERS)


def units_asked_for(user, dataset):
    """Return the ids of the units in whose name ``user`` may ask for more of ``dataset``."""
    return units_sent_for(user) - {dataset.owner_unit_id}


def token_reaches(token, dataset):
    """Return whether the token may send for the dataset, today.

    It must be valid, its issuer must still be one who may issue it, and the dataset must be
    live, among the chosen ones, and owned by the token's unit.
    """
    return (
        token.is_valid
        and token.unit_id == dataset.owner_unit_id
        and dataset.live
        and has_issuer(token)
        and token.datasets.filter(pk=dataset.pk).exists()
    )


def has_issuer(token):
    """Return whether who issued the token for sending may still issue it."""
    return token.issued_by.is_active and may_issue_tokens(token.issued_by, token.unit_id)


def units_sent_for(user):
    """Return the ids of the units in whose name ``user`` may send files."""
    if not unit_ids_of(user):
        return set()
    memberships = Membership.objects.current().filter(user=user, role__in=SENDERS)
    return set(memberships.values_list("unit_id", flat=True))


def may_submit(user, dataset):
    """Return whether ``user`` may submit for the unit: only its head, where the dataset says so."""
    if dataset.head_must_submit:
        return acts_for(user, dataset.owner_unit_id, Membership.Role.UNIT_HEAD)
    return may_upload(user, dataset)


def may_verify(user, version):
    """Return whether ``user`` may verify: of the centre, and neither uploader nor submitter."""
    return runs_centre(user) and user.pk not in {version.uploaded_by_id, version.submitted_by_id}


def may_extend(user, dataset):
    """Return whether ``user`` may grant a later due day: of the centre, and not of the unit."""
    return runs_centre(user) and dataset.owner_unit_id not in unit_ids_of(user)
