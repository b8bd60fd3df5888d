"""What other units shared with a unit, in the events of units: who is named, asks, may read.

A grant passes on as it is, with its end and its conditions; the owner of the data is told and may
revoke it. Tokens do not pass: what a system of the old unit was given opens nothing any more.
"""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.audit import record
from portal.core.formats import format_date
from portal.core.page_changes import change_page
from portal.datasets.models import AccessGrant, AccessRequest, DatasetPage
from portal.datasets.sharing.grants import end_grant
from portal.datasets.sharing.letters import tell_of_grant, tell_owner_of_passing
from portal.units.handovers import (
    HandoverRefused,
    Possession,
    PossessionKind,
    register_possessions,
)
from portal.units.models import UnitPage

_Naming = DatasetPage.named_units.through


def _namings(units, event):
    rows = _Naming.objects.filter(unitpage__in=units).select_related("datasetpage")
    return [
        Possession(
            row.unitpage_id, row.pk, row.datasetpage.title, row.datasetpage.code, mark=str(row.pk)
        )
        for row in rows.order_by("datasetpage__title", "pk")
    ]


def _pass_namings(pks, successor, event, user):
    return _name_instead(pks, successor, user)


def _end_namings(pks, event, user, reason):
    return _name_instead(pks, None, user)


def _name_instead(pks, unit, user):
    """Name ``unit``, if any, instead; an owner needs not be named, and nobody is named twice."""
    passed = []
    for row in _Naming.objects.filter(pk__in=pks).select_related("datasetpage"):
        page = row.datasetpage
        known = {page.owner_unit_id, *page.named_units.values_list("pk", flat=True)}
        named = unit.pk if unit is not None and unit.pk not in known else None
        change_page(page, _renamed(row.unitpage_id, named), user=user)
        passed.append([page.pk, row.unitpage_id, named])
    return {"passed": passed}


def _renamed(out, into):
    def name(page):
        kept = [unit for unit in page.named_units.all() if unit.pk != out]
        if into is not None and into not in {unit.pk for unit in kept}:
            kept.append(UnitPage.objects.get(pk=into))
        page.named_units = kept

    return name


def _take_back_namings(data, event, user):
    for pk, was, became in data["passed"]:
        page = DatasetPage.objects.filter(pk=pk).first()
        if page is not None:
            change_page(page, _renamed(became, was), user=user)


def _requests(units, event):
    rows = AccessRequest.objects.open().filter(unit__in=units).select_related("dataset")
    return [
        Possession(row.unit_id, row.pk, row.dataset.title, row.number, mark=row.number)
        for row in rows.order_by("asked_at", "pk")
    ]


def _pass_requests(pks, successor, event, user):
    passed = []
    for asked in AccessRequest.objects.select_for_update(of=("self",)).filter(pk__in=pks):
        again = AccessRequest.objects.open().filter(dataset=asked.dataset_id, unit=successor)
        if asked.dataset.owner_unit_id == successor.pk or again.exists():
            continue  # it stays on the old page, where the owner answers it
        passed.append([asked.pk, asked.unit_id, successor.pk])
        _to(asked, successor.pk, user)
    return {"passed": passed}


def _take_back_requests(data, event, user):
    for pk, was, became in data["passed"]:
        asked = AccessRequest.objects.filter(pk=pk, unit=became).first()
        if asked is None or asked.status != AccessRequest.Status.SENT:
            raise HandoverRefused(_("A request that passed on was answered since the event."))
        _to(asked, was, user)


def _grants(units, event):
    rows = AccessGrant.objects.filter(
        unit__in=units, revoked_at=None, valid_until__gte=event.happened_on
    )
    return [
        Possession(
            grant.unit_id,
            grant.pk,
            grant.dataset.title,
            _("until %(day)s") % {"day": format_date(grant.valid_until)},
            mark=f"{grant.pk} {grant.valid_until}",
        )
        for grant in rows.select_related("dataset").order_by("dataset__title", "pk")
    ]


def _pass_grants(pks, successor, event, user):
    data = {"passed": [], "ended": []}
    for grant in AccessGrant.objects.select_for_update(of=("self",)).filter(pk__in=pks):
        if grant.dataset.owner_unit_id == successor.pk:
            _end(grant, event, user, _("The unit that takes over owns the data."))
            data["ended"].append(grant.pk)
            continue
        data["passed"].append([grant.pk, grant.unit_id, successor.pk])
        _to(grant, successor.pk, user)
        transaction.on_commit(lambda grant=grant: _tell_of_passing(grant))
    return data


def _tell_of_passing(grant):
    tell_of_grant(grant)
    tell_owner_of_passing(grant)


def _end_grants(pks, event, user, reason):
    for grant in AccessGrant.objects.select_for_update(of=("self",)).filter(pk__in=pks):
        _end(grant, event, user, reason)
    return {"passed": [], "ended": pks}


def _end(grant, event, user, reason):
    end_grant(grant, user=user, reason=f"{event}: {reason}")


def _take_back_grants(data, event, user):
    for pk, was, became in data["passed"]:
        grant = AccessGrant.objects.filter(pk=pk, unit=became).first()
        if grant is None or grant.tokens.filter(unit=became).exists() or _was_used(grant, became):
            raise HandoverRefused(_("By a grant that passed on, data were read since the event."))
        _to(grant, was, user)
    for grant in AccessGrant.objects.filter(pk__in=data["ended"]):
        grant.revoked_at, grant.revoked_by, grant.revocation_reason = None, None, ""
        _save(grant, user)
        record("datasets.restore_grant", grant, user=user, event=event.pk)


def _was_used(grant, unit_id):
    return grant.events.filter(unit=unit_id).exists()


def _to(thing, unit_id, user):
    was, thing.unit_id = thing.unit_id, unit_id
    _save(thing, user)
    record("datasets.pass_on", thing, user=user, **{"from": was, "to": unit_id})


def _save(thing, user):
    thing._history_user = user
    thing.save()


def register():
    """Let what is shared with a unit take part in the events of units."""
    register_possessions(
        PossessionKind(
            key="ten-trong-chia-se",
            label=gettext_lazy("Datasets shared with the unit by name"),
            of_units=_namings,
            hand_over=_pass_namings,
            end=_end_namings,
            take_back=_take_back_namings,
            order=24,
        )
    )
    register_possessions(
        PossessionKind(
            key="de-nghi-du-lieu",
            label=gettext_lazy("Requests for data not yet answered"),
            of_units=_requests,
            hand_over=_pass_requests,
            take_back=_take_back_requests,
            may_stay=True,
            order=25,
        )
    )
    register_possessions(
        PossessionKind(
            key="quyen-du-lieu",
            label=gettext_lazy("Access to data of other units"),
            of_units=_grants,
            hand_over=_pass_grants,
            end=_end_grants,
            take_back=_take_back_grants,
            order=26,
        )
    )
