"""Tasks, the reports on them, and their review at the next meeting."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords
from wagtail.search import index

from portal.core.models import DeadlineExtension
from portal.meetings.models.conclusion import Conclusion
from portal.meetings.oversight import oversees_meetings
from portal.units.permissions import unit_ids_of


class TaskQuerySet(models.QuerySet):
    def open(self):
        """Keep the tasks that a unit still has to bring to an end."""
        return self.filter(status__in=Task.OPEN)

    def with_extended_due(self):
        """Add ``extended_due``: the latest deadline granted, None where none was."""
        latest = (
            DeadlineExtension.objects.filter(
                content_type=ContentType.objects.get_for_model(Task), object_id=OuterRef("pk")
            )
            .order_by("-new_due")
            .values("new_due")
        )
        return self.annotate(extended_due=Subquery(latest[:1]))

    def overdue(self, now=None):
        """Keep the tasks whose deadline in force is over and that are not reported as done."""
        now = now or timezone.now()
        return (
            self.with_extended_due()
            .filter(status__in=Task.UNDONE)
            .filter(
                Q(extended_due__lt=now)
                | Q(extended_due__isnull=True, due_on__lt=timezone.localdate(now))
            )
        )

    def public(self):
        """Keep the tasks that follow from public conclusions."""
        return self.filter(conclusion__in=Conclusion.objects.public()).exclude(
            status__in=[Task.Status.DRAFT, Task.Status.CANCELLED]
        )

    def of_concern_to(self, user):
        """Keep the tasks that the user's units lead or help with, or all for who oversees."""
        if oversees_meetings(user):
            return self
        units = unit_ids_of(user)
        helped = Task.coordinating_units.through.objects.filter(unitpage_id__in=units)
        return self.exclude(status=Task.Status.DRAFT).filter(
            Q(lead_unit_id__in=units) | Q(pk__in=helped.values("task_id"))
        )

    def readable_by(self, user):
        """Keep the tasks that ``user`` may know of."""
        if oversees_meetings(user):
            return self
        return self.filter(
            Q(pk__in=self.public().values("pk")) | Q(pk__in=self.of_concern_to(user).values("pk"))
        )

    def for_listing(self):
        """Load what one line of a list shows."""
        return self.with_extended_due().select_related("lead_unit", "conclusion__item__meeting")


class Task(index.Indexed, models.Model):
    """Something a unit was told to do, from a conclusion or by directive."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        ASSIGNED = "assigned", _("assigned")
        ACCEPTED = "accepted", _("accepted")
        RETURNED = "returned", _("sent back")
        IN_PROGRESS = "in_progress", pgettext_lazy("task", "in progress")
        SUBMITTED = "submitted", _("reported as done")
        COMPLETED = "completed", _("completed")
        CANCELLED = "cancelled", _("cancelled")
        SUPERSEDED = "superseded", _("superseded")

    class Priority(models.TextChoices):
        NORMAL = "normal", _("normal")
        HIGH = "high", _("high")

    TRANSITIONS = {
        Status.DRAFT: {Status.ASSIGNED, Status.CANCELLED},
        Status.ASSIGNED: {
            Status.ACCEPTED,
            Status.RETURNED,
            Status.CANCELLED,
            Status.SUPERSEDED,
        },
        Status.RETURNED: {Status.ASSIGNED, Status.CANCELLED},
        Status.ACCEPTED: {Status.IN_PROGRESS, Status.CANCELLED, Status.SUPERSEDED},
        Status.IN_PROGRESS: {Status.SUBMITTED, Status.CANCELLED, Status.SUPERSEDED},
        Status.SUBMITTED: {Status.COMPLETED, Status.IN_PROGRESS},
    }
    #: Waiting for a word of the unit that leads.
    UNDONE = (Status.ASSIGNED, Status.ACCEPTED, Status.RETURNED, Status.IN_PROGRESS)
    OPEN = (*UNDONE, Status.SUBMITTED)

    title = models.CharField(_("content"), max_length=500)
    expected_output = models.TextField(_("expected result"), blank=True)
    lead_unit = models.ForeignKey(
        "units.UnitPage",
        on_delete=models.PROTECT,
        related_name="tasks",
        verbose_name=_("lead unit"),
    )
    coordinating_units = models.ManyToManyField(
        "units.UnitPage",
        blank=True,
        related_name="coordinated_tasks",
        verbose_name=_("coordinating units"),
    )
    conclusion = models.ForeignKey(
        "meetings.Conclusion",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tasks",
        verbose_name=_("conclusion"),
    )
    provision = models.ForeignKey(
        "regulations.Provision",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tasks",
        verbose_name=_("provision"),
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    priority = models.CharField(
        _("priority"), max_length=8, choices=Priority, default=Priority.NORMAL
    )
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.DRAFT)
    assigned_at = models.DateTimeField(_("assigned at"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("reported as done at"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("reported by"),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = TaskQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[coordinating_units])

    search_fields = [
        index.SearchField("title", boost=2),
        index.AutocompleteField("title"),
        index.SearchField("expected_output"),
        index.FilterField("status"),
        index.FilterField("lead_unit_id"),
    ]

    class Meta:
        ordering = ["due_on", "pk"]
        permissions = [
            ("assign_task", "Can assign and cancel tasks"),
            ("answer_task", "Can accept the own unit's tasks and report on them"),
            ("submit_task", "Can report the own unit's tasks as done"),
            ("confirm_task", "Can confirm that another unit's task is done"),
        ]
        verbose_name = _("task")
        verbose_name_plural = _("tasks")

    def __str__(self):
        return self.title


class TaskReport(models.Model):
    """A unit's word on how its task goes."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="reports")
    text = models.TextField(_("what was done"))
    percent = models.PositiveSmallIntegerField(_("per cent done"), default=0)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(percent__lte=100),
                name="at_most_hundred_per_cent",
                violation_error_message=_("Per cent done cannot be over 100."),
            )
        ]
        verbose_name = _("progress report")
        verbose_name_plural = _("progress reports")

    def __str__(self):
        return self.text[:80]


class TaskReview(models.Model):
    """How a task stood when a meeting looked at it."""

    class Decision(models.TextChoices):
        CONTINUE = "continue", _("go on")
        EXTEND = "extend", _("extend")
        CLOSE = "close", _("close")
        ESCALATE = "escalate", _("escalate")

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="reviews")
    meeting = models.ForeignKey(
        "meetings.Meeting", on_delete=models.PROTECT, related_name="task_reviews"
    )
    status = models.CharField(_("status"), max_length=12, choices=Task.Status)
    percent = models.PositiveSmallIntegerField(_("per cent done"), default=0)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    decision = models.CharField(_("decision"), max_length=12, choices=Decision, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["task__due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["task", "meeting"], name="one_review_per_meeting")
        ]
        verbose_name = _("review of a task")
        verbose_name_plural = _("reviews of tasks")

    def __str__(self):
        return str(self.task)
