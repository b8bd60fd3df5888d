from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="key")
class SharingTerm(BaseGenericSetting):
    """Within how many days an owner answers a request for its data, and by which clause."""

    answer_days = models.PositiveSmallIntegerField(
        _("days for the answer"),
        null=True,
        blank=True,
        help_text=_("Empty where nothing prescribes a term: then no request is overdue."),
    )
    counts_working_days = models.BooleanField(_("working days only"), default=True)
    provision = models.ForeignKey(
        "regulations.Provision",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("provision that says so"),
    )

    class Meta:
        verbose_name = _("term for answers about shared data")


class AccessRequestQuerySet(models.QuerySet):
    def open(self):
        """Keep those that wait for an answer."""
        return self.filter(status=AccessRequest.Status.SENT)

    def overdue(self, now=None):
        """Keep those that should have been answered by ``now``."""
        return self.open().filter(answer_due__lt=now or timezone.now())

    def for_listing(self):
        return self.select_related("dataset__owner_unit", "unit", "asked_by")


class AccessRequest(models.Model):
    """A unit asks the owner of a dataset for rows or columns that it may not read by default."""

    class Status(models.TextChoices):
        SENT = "sent", pgettext_lazy("request", "waiting for an answer")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", pgettext_lazy("request", "refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("request", "withdrawn")

    TRANSITIONS = {Status.SENT: {Status.GRANTED, Status.REFUSED, Status.WITHDRAWN}}

    number = models.CharField(_("number"), max_length=64, unique=True)
    dataset = models.ForeignKey(
        "datasets.DatasetPage",
        on_delete=models.PROTECT,
        related_name="access_requests",
        verbose_name=_("dataset"),
    )
    unit = models.ForeignKey(
        "units.UnitPage",
        on_delete=models.PROTECT,
        related_name="access_requests",
        verbose_name=_("asking unit"),
    )
    status = models.CharField(_("status"), max_length=16, choices=Status, default=Status.SENT)
    purpose = models.TextField(_("purpose"))
    legal_ground = models.TextField(_("legal ground"))
    #: Lasting identities of the columns asked for; none stands for all that may be shared.
    columns = models.JSONField(_("columns"), default=list, blank=True)
    wanted = models.TextField(_("which rows, and what else"), blank=True)
    wanted_until = models.DateField(_("wanted until"), null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("asked by"),
    )
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now, editable=False)
    answer_due = models.DateTimeField(_("answer due"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("answered by"),
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answer = models.TextField(pgettext_lazy("request", "answer"), blank=True)
    refusal_ground = models.TextField(_("legal ground of the refusal"), blank=True)

    objects = AccessRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "unit"],
                condition=Q(status="sent"),
                name="one_open_request_per_unit",
            ),
            models.CheckConstraint(
                condition=~Q(status="refused") | (~Q(answer="") & ~Q(refusal_ground="")),
                name="a_refusal_says_why",
            ),
        ]
        verbose_name = _("request for access")
        verbose_name_plural = _("requests for access")

    def __str__(self):
        return f"{self.number}: {self.dataset.title}"

    @property
    def is_overdue(self):
        """Tell whether the answer should have been given already."""
        is_waiting = self.status == self.Status.SENT and self.answer_due is not None
        return is_waiting and self.answer_due < timezone.now()
