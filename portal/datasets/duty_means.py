"""How datasets meet duties to supply and share data."""

from collections import defaultdict
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.deadlines import Timeliness
from portal.datasets.access import units_sent_for
from portal.datasets.actions.due_terms import follow_duty
from portal.datasets.models import DatasetIndexPage, DatasetPage
from portal.datasets.timeliness import kind_of, timeliness_of_datasets
from portal.units.duty_means import DutyMeans, DutyState, MeansLink, Standing, register_means
from portal.units.models import Obligation

KINDS = frozenset({Obligation.Kind.SUPPLY_DATA, Obligation.Kind.SHARE_DATA})
#: Periods that fell due within so many days make the figure “n of m in time”.
LOOKING_BACK = timedelta(days=365)
MOST_NAMED = 3


def may_add_dataset(user):
    """Return whether ``user``, who works in the staff area, may define a dataset."""
    if not user.has_perm("wagtailadmin.access_admin"):
        return False
    index = DatasetIndexPage.objects.first()
    return index is not None and index.permissions_for_user(user).can_add_subpage()


def _standings(obligations, request):
    """Return how each duty stands by the datasets that say they meet it."""
    linked = _datasets_by_duty(obligations)
    datasets = [each for group in linked.values() for each in group]
    visible = set(
        DatasetPage.objects.filter(pk__in=[each.pk for each in datasets])
        .readable_by(request)
        .values_list("pk", flat=True)
    )
    inside = request.user.is_authenticated
    view = _View(
        request=request,
        states=timeliness_of_datasets(datasets) if inside and datasets else {},
        visible=visible,
        own=units_sent_for(request.user) if inside else set(),
        may_add=inside and may_add_dataset(request.user),
    )
    return {each.pk: view.standing(each, linked.get(each.pk, [])) for each in obligations}


def _datasets_by_duty(obligations):
    datasets = (
        DatasetPage.objects.live()
        .filter(obligation__in=[each.pk for each in obligations])
        .select_related("pointer__version")
        .order_by("title")
    )
    linked = defaultdict(list)
    for dataset in datasets:
        linked[dataset.obligation_id].append(dataset)
    return linked


class _View:
    """What one visitor may know of the datasets behind duties."""

    def __init__(self, *, request, states, visible, own, may_add):
        self.request, self.states, self.visible = request, states, visible
        self.own, self.may_add = own, may_add

    def standing(self, obligation, datasets):
        links = tuple(
            MeansLink(each.title, each.get_url(self.request))
            for each in datasets
            if each.pk in self.visible
        )
        if len(links) < len(datasets):
            return Standing(DutyState.WITHHELD, links)
        if not datasets:
            return Standing(
                DutyState.MISSING,
                missing=_("No dataset answers for it yet"),
                action_url=self._where_to_add(obligation),
            )
        return self._judged(obligation, datasets, links)

    def _judged(self, obligation, datasets, links):
        states = [state for each in datasets for state in self.states.get(each.pk, ())]
        late = [each for each in states if each.timeliness is Timeliness.MISSING]
        soon = [each for each in states if each.timeliness is Timeliness.DUE_SOON]
        empty = [each for each in datasets if kind_of(each) is None and not _is_published(each)]
        lacking = set(obligation.bound_ids) - {each.owner_unit_id for each in datasets}
        summary = self._summary(datasets, states)
        if late or soon:
            return Standing(
                DutyState.LATE if late else DutyState.DUE_SOON,
                links,
                summary,
                _named(late or soon),
                self._where_to_send(late or soon),
            )
        if empty or lacking:
            words = (
                _("%(count)d units have no dataset for it yet") % {"count": len(lacking)}
                if lacking
                else _("Nothing has been published yet")
            )
            add = self._where_to_add(obligation) if lacking else ""
            return Standing(DutyState.MISSING, links, summary, words, add)
        return Standing(DutyState.MET, links, summary)

    def _summary(self, datasets, states):
        now = timezone.now()
        counted = [
            each
            for each in states
            if each.due and now - LOOKING_BACK <= each.due and (each.due <= now or each.done_at)
        ]
        if counted:
            on_time = sum(each.timeliness is Timeliness.ON_TIME for each in counted)
            return _("%(done)d of %(all)d periods of the last 12 months in time") % {
                "done": on_time,
                "all": len(counted),
            }
        published = [each.pointer.version.published_at for each in datasets if _is_published(each)]
        if not published:
            return ""
        day = f"{timezone.localtime(max(published)):%d/%m/%Y}"
        return _("last published on %(day)s") % {"day": day}

    def _where_to_add(self, obligation):
        if not self.may_add:
            return ""
        return reverse("datasets:draft_for_duty", args=[obligation.pk])

    def _where_to_send(self, states):
        owed_by = {each.dataset.owner_unit_id for each in states}
        return reverse("datasets:mine") if owed_by & self.own else ""


def _is_published(dataset):
    return getattr(dataset, "pointer", None) is not None


def _named(states):
    """Return which periods of which datasets are meant, the first few by name."""
    shown = [f"{each.dataset.title}, {each.period.label}" for each in states[:MOST_NAMED]]
    more = len(states) - len(shown)
    if more:
        shown.append(_("and %(count)d more") % {"count": more})
    return _("Still to be sent: %(periods)s") % {"periods": "; ".join(shown)}


def register():
    """Let datasets act on duties to supply and share data."""
    register_means(DutyMeans("datasets", KINDS, _standings, follow=follow_duty, relink=follow_duty))
