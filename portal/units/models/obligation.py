from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Obligation(models.Model):
    """A duty as data: who owes what, by which provision, how often, due when, to whom."""

    class Kind(models.TextChoices):
        SUPPLY_DATA = "supply_data", _("supply data")
        REPORT = "report", _("report")
        MEET = "meet", _("hold a briefing")
        REVIEW_YEAR = "review_year", _("review the year")
        HANDLE_INFORMATION = "handle_information", _("handle information")
        PLAN_BUDGET = "plan_budget", _("plan the budget")
        APPRAISE_BUDGET = "appraise_budget", _("appraise the budget")
        PROPOSE = "propose", _("propose")
        TRAIN = "train", _("train")
        SURVEY = "survey", _("survey")
        NAME_FOCAL_POINT = "name_focal_point", _("name a focal point")
        URGE = "urge", _("urge and supervise")
        SHARE_DATA = "share_data", _("share data")
        OTHER = "other", _("other")

    class Cadence(models.TextChoices):
        ON_CHANGE = "on_change", _("as soon as something changes")
        ON_REQUEST = "on_request", _("on request")
        MONTHLY = "monthly", _("monthly")
        QUARTERLY = "quarterly", _("quarterly")
        SEMIANNUAL = "semiannual", _("every six months")
        ANNUAL = "annual", _("yearly")
        PERIODIC = "periodic", _("periodically")
        ONCE = "once", _("once")
        STANDING = "standing", _("standing")

    unit = models.ForeignKey(
        "units.UnitPage",
        on_delete=models.PROTECT,
        related_name="obligations",
        verbose_name=_("unit"),
    )
    provision = models.ForeignKey(
        "regulations.Provision",
        on_delete=models.PROTECT,
        related_name="obligations",
        verbose_name=_("provision"),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    text = models.TextField(_("duty"), blank=True)
    cadence = models.CharField(_("how often"), max_length=12, choices=Cadence)
    due_rule = models.JSONField(_("due rule"), default=dict, blank=True)
    counterparts = models.ManyToManyField(
        "units.UnitPage", blank=True, related_name="owed_to", verbose_name=_("to whom")
    )

    history = HistoricalRecords(m2m_fields=[counterparts])

    class Meta:
        ordering = ["provision__position", "pk"]
        verbose_name = _("obligation")
        verbose_name_plural = _("obligations")

    def __str__(self):
        return f"{self.get_kind_display()} ({self.unit})"
