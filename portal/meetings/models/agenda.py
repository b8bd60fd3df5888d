from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AgendaItem(models.Model):
    """One item of a meeting, or, without a meeting, of the backlog of its series."""

    class Kind(models.TextChoices):
        STANDING = "standing", _("standing topic")
        TASK_REVIEW = "task_review", _("review of tasks")
        PROPOSAL = "proposal", _("proposal")
        REPORT = "report", _("report")
        ASSESSMENT = "assessment", _("assessment")
        OTHER = "other", _("other")

    class Result(models.TextChoices):
        DECIDED = "decided", _("decided")
        NOTED = "noted", _("discussed")
        DEFERRED = "deferred", _("put off to the next meeting")
        WITHDRAWN = "withdrawn", pgettext_lazy("agenda", "withdrawn")

    meeting = models.ForeignKey(
        "meetings.Meeting",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agenda_items",
    )
    series = models.ForeignKey(
        "meetings.MeetingSeries",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="backlog",
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.OTHER)
    title = models.CharField(_("title"), max_length=255)
    presenter_unit = models.ForeignKey(
        "units.UnitPage",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("presenting unit"),
    )
    minutes_planned = models.PositiveSmallIntegerField(_("minutes planned"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(pgettext_lazy("order", "position"), default=0)
    is_public = models.BooleanField(_("public"), default=True)
    discussion = models.TextField(_("course of the discussion"), blank=True)
    result = models.CharField(_("result"), max_length=12, choices=Result, blank=True)
    deferred_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")

    def __str__(self):
        return self.title
