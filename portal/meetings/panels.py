"""What meetings show on the pages of lower apps."""

from django.db.models import Q

from portal.core.page_panels import PagePanel, register_panel
from portal.core.roles import runs_centre
from portal.meetings.deadlines import with_standing
from portal.meetings.models import AssessmentCycle, Meeting, Ranking, Task
from portal.meetings.permissions import may

SHOWN = 5


def unit_panel(page, request):
    """Return a unit's open tasks and latest place, as far as the visitor may know of them."""
    tasks = Task.objects.readable_by(request.user).open().filter(lead_unit=page)
    found = list(tasks.order_by("due_on", "pk")[: SHOWN + 1])
    ranking = (
        Ranking.objects.filter(unit=page, cycle__in=AssessmentCycle.objects.published())
        .select_related("cycle")
        .order_by("-cycle__year")
        .first()
    )
    if not found and ranking is None:
        return None
    shown = with_standing(found[:SHOWN])
    concern = Task.objects.of_concern_to(request.user).filter(pk__in=[task.pk for task in shown])
    return {
        "tasks": shown,
        "more": tasks.count() - SHOWN if len(found) > SHOWN else 0,
        "ranking": ranking,
        "works_on_them": may(request.user, "view", Task) and concern.count() == len(shown),
    }


def article_panel(page, request):
    """Return what meetings and assessments did by an article, as far as the visitor may know."""
    meetings = Meeting.objects.readable_by(request.user).filter(series__provision__article=page)
    tasks = Task.objects.readable_by(request.user).filter(provision__article=page)
    cycles = AssessmentCycle.objects.readable_by(request.user).filter(
        Q(provision__article=page) | Q(criteria_set__criteria__provision__article=page)
    )
    context = {
        "meetings": list(meetings.order_by("-start_at")[:SHOWN]),
        "tasks": list(tasks.select_related("lead_unit").order_by("due_on")[:SHOWN]),
        "cycles": list(cycles.distinct().order_by("-year")[:SHOWN]),
    }
    if not any(context.values()):
        return None
    return {**context, "works_on_tasks": runs_centre(request.user)}


def register():
    """Show a unit's tasks and place on its page, and what follows from an article on its own."""
    register_panel(
        "regulations.ArticlePage",
        PagePanel("meetings", "meetings/includes/article_panel.html", article_panel, order=30),
    )
    register_panel(
        "units.UnitPage",
        PagePanel("unit-tasks", "meetings/includes/unit_panel.html", unit_panel, order=40),
    )
