from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from portal.core.models.generic import AppendOnlyModel
from portal.datasets.models.secret_token import SecretToken


class AccessGrantQuerySet(models.QuerySet):
    def in_force(self, on=None):
        """Keep those that hold on a day, today when none is given."""
        day = on or timezone.localdate()
        return self.filter(revoked_at=None, valid_from__lte=day, valid_until__gte=day)

    def for_listing(self):
        return self.select_related("dataset__owner_unit", "unit", "granted_by")


class AccessGrant(models.Model):
    """A unit may read these columns and rows of a dataset, from a day to a day, until revoked.

    ``columns`` and ``unmasked`` are lasting identities of columns: what may be read at all, and
    which of the masked ones may be read in clear. ``limits`` are
    ``[identity, operator, value, kind of values]``, all of which a row has to keep; none stands
    for all rows. Versions in which the column holds another kind of values show nothing.
    """

    dataset = models.ForeignKey(
        "datasets.DatasetPage",
        on_delete=models.PROTECT,
        related_name="access_grants",
        verbose_name=_("dataset"),
    )
    unit = models.ForeignKey(
        "units.UnitPage",
        on_delete=models.PROTECT,
        related_name="access_grants",
        verbose_name=_("unit"),
    )
    request = models.OneToOneField(
        "datasets.AccessRequest",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="grant",
        verbose_name=_("request"),
    )
    columns = models.JSONField(_("columns"))
    unmasked = models.JSONField(_("in clear"), default=list, blank=True)
    limits = models.JSONField(_("only rows where"), default=list, blank=True)
    purpose = models.TextField(_("purpose"))
    legal_ground = models.TextField(_("legal ground"))
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("valid until"))
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("granted by"),
    )
    granted_at = models.DateTimeField(_("granted at"), default=timezone.now, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("revoked by"),
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revocation_reason = models.TextField(_("reason of the revocation"), blank=True)

    objects = AccessGrantQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-granted_at", "-pk"]
        indexes = [models.Index(fields=["unit", "valid_until"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")),
                name="grant_ends_after_it_starts",
                violation_error_message=_("A grant cannot end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | ~Q(revocation_reason=""),
                name="a_revocation_says_why",
            ),
        ]
        verbose_name = _("grant of access")
        verbose_name_plural = _("grants of access")

    def __str__(self):
        return f"{self.dataset.title} → {self.unit.title}"

    def former_units(self):
        """Return the units that held the grant before its unit took it over, first to last."""
        rows = self.history.exclude(unit=self.unit_id).select_related("unit")
        found = {row.unit_id: row.unit for row in rows.order_by("history_date", "history_id")}
        return list(found.values())

    @property
    def is_in_force(self):
        """Tell whether the grant holds today."""
        return self.state == "in_force"

    @property
    def state(self):
        """Return ``revoked``, ``coming``, ``over`` or ``in_force``."""
        if self.revoked_at is not None:
            return "revoked"
        today = timezone.localdate()
        if today < self.valid_from:
            return "coming"
        return "over" if today > self.valid_until else "in_force"


class AccessToken(SecretToken):
    """Lets a unit's own system read: what a grant gives or, without one, what the unit is shared.

    It holds while the person who issued it may issue it, and its grant is in force.
    """

    PREFIX = "iocr_"

    grant = models.ForeignKey(
        AccessGrant,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tokens",
        verbose_name=_("grant of access"),
    )

    class Meta(SecretToken.Meta):
        verbose_name = _("token for reading")
        verbose_name_plural = _("tokens for reading")


class AccessEvent(AppendOnlyModel):
    """One reading of rows that are not for everybody: who, what, when, under which grant."""

    class Way(models.TextChoices):
        PAGE = "page", _("looked at the page")
        ROWS = "rows", _("rows by API")
        PROFILE = "profile", _("profile by API")
        DOWNLOAD = "download", _("download")
        COMPARISON = "comparison", _("comparison of versions")
        TRACE = "trace", _("source of a figure")

    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    way = models.CharField(_("what"), max_length=12, choices=Way)
    dataset = models.ForeignKey(
        "datasets.DatasetPage", on_delete=models.PROTECT, related_name="access_events"
    )
    version = models.ForeignKey(
        "datasets.DatasetVersion", on_delete=models.PROTECT, related_name="access_events"
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("who"),
    )
    unit = models.ForeignKey(
        "units.UnitPage",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("for the unit"),
    )
    grant = models.ForeignKey(
        AccessGrant, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    token = models.ForeignKey(
        AccessToken, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    address = models.GenericIPAddressField(_("from"), null=True, blank=True)
    query = models.CharField(_("asked"), max_length=500, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["dataset", "-at"]),
            models.Index(fields=["grant", "-at"]),
            models.Index(fields=["token", "-at"]),
        ]
        verbose_name = _("reading of closed rows")
        verbose_name_plural = _("readings of closed rows")

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.way}: {self.dataset_id}"
