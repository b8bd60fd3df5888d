"""Datasets and indicators in the events of units: who owes them from that day on.

Versions stay with the unit that sent them, and due days with the unit that owned the dataset then.
"""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.page_changes import change_page
from portal.core.periods import containing
from portal.datasets.models import DatasetPage, FormerOwner, IndicatorPage
from portal.datasets.timeliness import kind_of
from portal.units.handovers import (
    HandoverRefused,
    Possession,
    PossessionKind,
    register_possessions,
)
from portal.units.models import UnitPage


def _datasets(units, event):
    rows = DatasetPage.objects.filter(owner_unit__in=units).order_by("title", "pk")
    return [
        Possession(
            page.owner_unit_id,
            page.pk,
            page.title,
            f"{page.code} · {page.get_frequency_display()}",
            mark=f"{page.title} {page.frequency} {page.last_period}",
            may_end=kind_of(page) is not None,
        )
        for page in rows
    ]


def _indicators(units, event):
    rows = IndicatorPage.objects.filter(owner_unit__in=units).order_by("code")
    return [
        Possession(page.owner_unit_id, page.pk, page.title, page.code, mark=page.title)
        for page in rows
    ]


def _pass_datasets(pks, successor, event, user):
    until = event.happened_on - timedelta(days=1)
    for page in DatasetPage.objects.filter(pk__in=pks):
        FormerOwner.objects.create(
            dataset=page, unit_id=page.owner_unit_id, until=until, event=event
        )
    return _set_owner(DatasetPage, pks, successor, user)


def _pass_indicators(pks, successor, event, user):
    return _set_owner(IndicatorPage, pks, successor, user)


def _set_owner(model, pks, unit, user):
    data = {"passed": []}
    for page in model.objects.filter(pk__in=pks):
        data["passed"].append([page.pk, page.owner_unit_id, unit.pk])
        change_page(page, _to(unit), user=user)
    return data


def _to(unit):
    def own(page):
        page.owner_unit = unit

    return own


def _end_datasets(pks, event, user, reason):
    data = {"ended": []}
    for page in DatasetPage.objects.filter(pk__in=pks):
        last = containing(event.happened_on - timedelta(days=1), kind_of(page)).code
        data["ended"].append([page.pk, page.last_period, last])
        change_page(page, _until(last), user=user)
    return data


def _until(period):
    def end(page):
        page.last_period = period

    return end


def _take_back_datasets(data, event, user):
    FormerOwner.objects.filter(
        event=event, dataset__in=[each[0] for each in _passed(data)]
    ).delete()
    _take_back_owner(DatasetPage, data, user)
    for pk, was, became in data.get("ended", []):
        page = DatasetPage.objects.filter(pk=pk, last_period=became).first()
        if page is not None:
            change_page(page, _until(was), user=user)


def _take_back_indicators(data, event, user):
    _take_back_owner(IndicatorPage, data, user)


def _passed(data):
    return data.get("passed", [])


def _take_back_owner(model, data, user):
    for pk, was, became in _passed(data):
        page = model.objects.filter(pk=pk).first()
        if page is None:
            continue
        if page.owner_unit_id != became:
            raise HandoverRefused(
                _("“%(thing)s” has another owner since the event.") % {"thing": page}
            )
        change_page(page, _to(UnitPage.objects.get(pk=was)), user=user)


def register():
    """Let datasets and indicators take part in the events of units."""
    register_possessions(
        PossessionKind(
            key="du-lieu",
            label=gettext_lazy("Datasets"),
            of_units=_datasets,
            hand_over=_pass_datasets,
            end=_end_datasets,
            take_back=_take_back_datasets,
            may_stay=True,
            order=20,
        )
    )
    register_possessions(
        PossessionKind(
            key="chi-tieu",
            label=gettext_lazy("Indicators"),
            of_units=_indicators,
            hand_over=_pass_indicators,
            take_back=_take_back_indicators,
            may_stay=True,
            order=22,
        )
    )
