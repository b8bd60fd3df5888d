from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from wagtail.search import index

from portal.core.deadlines import CADENCE_KINDS
from portal.core.formats import format_date
from portal.regulations.models import Provision
from portal.units.due_rules import check_due_rule, due_rule_from_text
from portal.units.duty_words import due_words, rhythm_words
from portal.units.models.pages import UnitPage

#: So long is what is owed where a duty is only named, as in a list to choose from.
SHORT_TITLE = 60


class ObligationQuerySet(models.QuerySet):
    def in_force(self, on=None):
        """Keep the duties that hold on a day, today when none is given."""
        day = on or timezone.localdate()
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )

    def binding(self, units):
        """Keep the duties of these units: their own, and those of the kinds they belong to."""
        return self.filter(Q(unit__in=units) | Q(unit__member_units__in=units)).distinct()

    def readable_by(self, request):
        """Keep the duties whose unit and provision the visitor of ``request`` may read."""
        return self.filter(
            unit__in=UnitPage.objects.readable_by(request).values("pk"),
            provision__in=Provision.objects.readable_by(request).values("pk"),
        )

    def for_listing(self, request):
        """Load what one line of a list shows; of units, those that the visitor may read."""
        readable = UnitPage.objects.readable_by(request)
        return self.select_related(
            "unit", "provision__regulation", "provision__article"
        ).prefetch_related(models.Prefetch("counterparts", queryset=readable))

    def for_choices(self):
        """Load what the names of many duties need."""
        return self.select_related("unit", "provision__regulation")


class Obligation(index.Indexed, models.Model):
    """A duty as data: who owes what, by which provision, how often, due when, to whom.

    ``unit`` is one unit, or a kind of unit (``is_group``), whose every member then owes it.
    ``due_rule`` is empty where the regulation names no day, else ``{"day", "month_of_period",
    "strictly_before"}``. A duty that passes to another unit ends, and the unit that takes it over
    gets one of its own that names it in ``succeeds``.
    """

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
    due_rule = models.JSONField(
        _("due rule"), default=dict, blank=True, validators=[check_due_rule]
    )
    name_as_written = models.CharField(_("unit as the text names it"), max_length=255, blank=True)
    words = models.TextField(_("words of the text"), blank=True)
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_to = models.DateField(_("in force to"), null=True, blank=True)
    succeeds = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="successors",
        verbose_name=_("takes over from"),
    )
    counterparts = models.ManyToManyField(
        "units.UnitPage", blank=True, related_name="owed_to", verbose_name=_("to whom")
    )

    objects = ObligationQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[counterparts])

    search_fields = [
        index.SearchField("text", boost=2),
        index.SearchField("words"),
        index.SearchField("name_as_written"),
        index.RelatedFields("unit", [index.SearchField("title")]),
        index.RelatedFields("provision", [index.SearchField("label")]),
        index.FilterField("id"),
    ]

    class Meta:
        ordering = ["provision__position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="obligation_ends_after_it_starts",
                violation_error_message=_("A duty cannot end before it starts."),
            )
        ]
        verbose_name = _("obligation")
        verbose_name_plural = _("obligations")

    def __str__(self):
        title = Truncator(self.title).chars(SHORT_TITLE)
        return f"{self.unit}: {title} ({self.provision.label})"

    @property
    def title(self):
        """Return what is owed, in one line: the words kept for it, or its kind."""
        lines = self.text.strip().splitlines()
        return lines[0] if lines else self.get_kind_display().capitalize()

    @property
    def due_words(self):
        """Return the due rule in words, empty where the regulation names no day."""
        return due_words(self.due_rule, self.cadence)

    @property
    def rhythm(self):
        """Return how often and by when, in one line."""
        return rhythm_words(self)

    @property
    def force_words(self):
        """Return from when to when the duty is in force, in words."""
        begins, ends = format_date(self.valid_from), format_date(self.valid_to)
        if begins and ends:
            return _("%(start)s to %(end)s") % {"start": begins, "end": ends}
        if ends:
            return _("to %(day)s") % {"day": ends}
        return _("from %(day)s") % {"day": begins} if begins else _("in force")

    @property
    def counterpart_names(self):
        """Return to whom it is owed, in one line."""
        return ", ".join(unit.title for unit in self.counterparts.all())

    @property
    def is_recurring(self):
        """Return whether it is owed for periods of the calendar."""
        return self.cadence in CADENCE_KINDS

    @property
    def is_settled(self):
        """Return whether the duty is in force and no end is known, so that no day need be said."""
        begun = not self.valid_from or self.valid_from <= timezone.localdate()
        return begun and not self.valid_to

    @property
    def is_over(self):
        """Return whether the duty has ended."""
        return bool(self.valid_to and self.valid_to < timezone.localdate())

    @property
    def due(self):
        """Return the ``DueRule`` of a period, or None where the regulation names no day."""
        return due_rule_from_text(self.due_rule, self.cadence)

    def bound_units(self):
        """Return the units that owe it: the unit itself, or the members of the kind of unit."""
        if self.unit.is_group:
            return list(
                self.unit.member_units.live().existing(timezone.localdate()).order_by("sort_key")
            )
        return [self.unit]
