"""Sources of files: set up, changed, paused, resumed and ended by people; every step recorded."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.jobs import enqueue
from portal.core.statuses import born, move
from portal.datasets.access import may_submit
from portal.datasets.actions.acting import acting_as
from portal.datasets.models import DatasetPage, DataSource, RemoteVersion, SourceFetch
from portal.datasets.sources.rhythms import NothingOwed, next_moment, period_for
from portal.datasets.sources.rights import may_keep_sources, source_reaches

Status, Outcome = DataSource.Status, SourceFetch.Outcome
FETCH = "datasets.fetch"
#: What a person may set, and change later.
SETTINGS = (
    *("title", "address", "remote_code", "begins_with", "header_name", "rhythm", "hour"),
    *("weekday", "monthday", "days_before", "period_of", "reading", "submits"),
)
#: Never in the audit trail: an address may carry a key in its query.
UNTOLD = frozenset({"address"})


@transaction.atomic
def set_up_source(dataset, *, user, kind, secret="", **settings):
    """Let files of ``dataset`` be fetched in the name of ``user``; return the source."""
    _require_keeper(user, dataset.owner_unit_id)
    source = DataSource(
        dataset=dataset, unit=dataset.owner_unit, kind=kind, set_up_by=user, **settings
    )
    _refuse_unfit(source, user)
    source.keep_secret(secret)
    source.next_at = next_moment(source, timezone.now())
    source.save()
    born(source, user=user, acting_unit=acting_as(user, dataset))
    record("datasets.set_up_source", source, user=user, dataset=dataset.code, kind=kind)
    return source


@transaction.atomic
def change_source(source, *, user, secret=None, **settings):
    """Change what is set; from now on it fetches in the name of ``user``.

    ``secret`` is the new value of the header; None leaves the old one, an empty one forgets it.
    Where address or header change, an old secret is forgotten: it was meant for the old ones.
    """
    source = _locked(source)
    _require_keeper(user, source.unit_id)
    _refuse_ended(source)
    changed = sorted(name for name in settings if getattr(source, name) != settings[name])
    for name, value in settings.items():
        setattr(source, name, value)
    source.set_up_by = user
    _refuse_unfit(source, user)
    if secret is not None:
        source.keep_secret(secret)
    elif {"address", "header_name"} & set(changed):
        source.keep_secret("")
    source.next_at = next_moment(source, timezone.now())
    source.save()
    told = {"changed": [name for name in changed if name not in UNTOLD]}
    told["address_changed"] = "address" in changed
    record("datasets.change_source", source, user=user, **told)
    return source


@transaction.atomic
def pause_source(source, *, user, note):
    """Stop fetching until somebody resumes it."""
    _require_keeper(user, source.unit_id)
    if not note.strip():
        raise ValidationError({"note": _("Say why it is paused.")})
    acting = acting_as(user, source.dataset)
    words = {"paused_because": note.strip(), "next_at": None}
    return move(source, Status.PAUSED, user=user, acting_unit=acting, note=note.strip(), **words)


@transaction.atomic
def resume_source(source, *, user):
    """Fetch again, in the name of ``user``, from the next time of the rhythm on."""
    _require_keeper(user, source.unit_id)
    _refuse_unfit(source, user)
    return move(
        source,
        Status.ACTIVE,
        user=user,
        acting_unit=acting_as(user, source.dataset),
        paused_because="",
        failures=0,
        set_up_by=user,
        next_at=next_moment(source, timezone.now()),
    )


@transaction.atomic
def end_source(source, *, user, note=""):
    """Never fetch again; the source and its fetches stay to be read, its secret goes."""
    _require_keeper(user, source.unit_id)
    acting = acting_as(user, source.dataset)
    words = {"next_at": None, "header_kept": "", "paused_because": ""}
    return move(source, Status.ENDED, user=user, acting_unit=acting, note=note.strip(), **words)


def ask_now(source, *, user):
    """Have the source fetched as soon as the worker is free; return the fetch."""
    _require_keeper(user, source.unit_id)
    if not source_reaches(source, source.dataset):
        raise ValidationError(_("This source does not fetch now. Resume it first."))
    if not source.is_portal:
        try:
            period_for(source, timezone.now())
        except NothingOwed as nothing:
            raise ValidationError(
                _("Every period that has begun is submitted; nothing is to be fetched now.")
            ) from nothing
    try:
        return start_fetch(source, user=user)
    except IntegrityError as fault:
        raise ValidationError(_("It is being fetched already.")) from fault


@transaction.atomic
def start_fetch(source, *, user=None):
    """Write down a fetch and hand it to the worker; the database lets one wait at a time."""
    fetch = SourceFetch.objects.create(source=source, asked_by=user)
    enqueue(FETCH, fetch, user=user)
    if user is not None:
        record("datasets.fetch_now", source, user=user)
    return fetch


@transaction.atomic
def begin_anew(source, *, user, number, note):
    """Take versions of another portal from ``number`` on, whatever was seen there before.

    A person answers so for a break in the chain, or passes over a version that does not fit.
    """
    source = _locked(source)
    _require_keeper(user, source.unit_id)
    _refuse_ended(source)
    if not source.is_portal:
        raise ValidationError(_("Only versions of another portal are followed."))
    if not note.strip():
        raise ValidationError({"note": _("Say why the versions before are not followed.")})
    if number < 1:
        raise ValidationError({"number": _("Versions are numbered from 1.")})
    forgotten = RemoteVersion.objects.filter(source=source, is_followed=True)
    count = forgotten.update(is_followed=False)
    source.begins_with = number
    source.save(update_fields=["begins_with"])
    record(
        "datasets.begin_source_anew",
        source,
        user=user,
        number=number,
        note=note.strip(),
        seen_before=count,
    )
    return source


def _locked(source):
    return DataSource.objects.select_for_update(of=("self",)).get(pk=source.pk)


def _require_keeper(user, unit_id):
    if not may_keep_sources(user, unit_id):
        raise ValidationError(
            _("Only the unit's head or an administrator sets up what is fetched.")
        )


def _refuse_ended(source):
    if source.status == Status.ENDED:
        raise ValidationError(_("This source has ended; set up another one."))


def refuse_what_only_adds(dataset):
    """Refuse a dataset whose files are no whole tables to follow another portal."""
    if dataset.mode != DatasetPage.Mode.REPLACE:
        raise ValidationError(
            _(
                "A version of another portal is its whole table, but a file of this dataset only "
                "adds to it. Let a file replace everything first."
            )
        )


def _refuse_unfit(source, user):
    dataset = source.dataset
    if source.unit_id != dataset.owner_unit_id:
        raise ValidationError(
            _("The dataset belongs to another unit now. That unit sets up its own sources.")
        )
    if source.is_portal:
        refuse_what_only_adds(dataset)
    if source.submits and not may_submit(user, dataset):
        raise ValidationError(
            {
                "submits": _(
                    "Only who may submit for the unit lets files be submitted by themselves."
                )
            }
        )
