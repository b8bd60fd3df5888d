"""What meetings show on the pages of lower apps."""

from portal.core.page_panels import PagePanel, register_panel
from portal.meetings.deadlines import with_standing
from portal.meetings.models import AssessmentCycle, Ranking, Task
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


def register():
    """Show a unit's tasks and place on its page."""
    register_panel(
        "units.UnitPage",
        PagePanel("unit-tasks", "meetings/includes/unit_panel.html", unit_panel, order=40),
    )
