import hashlib
import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

PREFIX = "ioc_"


def hash_of(secret):
    """Return what is kept of a token; the token has enough chance in it to need no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


class UploadTokenQuerySet(models.QuerySet):
    def valid(self, now=None):
        """Keep those that are neither revoked nor over."""
        return self.filter(revoked_at=None, expires_at__gt=now or timezone.now())


class UploadToken(models.Model):
    """Lets a unit's own system send files for chosen datasets; only its hash is kept.

    It acts in the name of the person who issued it, for as long as that person may issue it.
    """

    unit = models.ForeignKey(
        "units.UnitPage",
        on_delete=models.PROTECT,
        related_name="upload_tokens",
        verbose_name=_("unit"),
    )
    title = models.CharField(_("what it is for"), max_length=120)
    hash = models.CharField(max_length=64, unique=True, editable=False)
    beginning = models.CharField(_("begins with"), max_length=12, editable=False)
    datasets = models.ManyToManyField(
        "datasets.DatasetPage", related_name="upload_tokens", verbose_name=_("datasets")
    )
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("issued by"),
    )
    issued_at = models.DateTimeField(_("issued at"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("revoked by"),
    )
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    objects = UploadTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at", "-pk"]
        verbose_name = _("upload token")
        verbose_name_plural = _("upload tokens")

    def __str__(self):
        return f"{self.title} ({self.beginning}…)"

    @property
    def is_valid(self):
        """Tell whether the token is neither revoked nor over."""
        return self.revoked_at is None and self.expires_at > timezone.now()

    def take_new_secret(self):
        """Draw the secret, keep its hash, and return it; nobody can be told it again."""
        secret = PREFIX + secrets.token_urlsafe(32)
        self.hash, self.beginning = hash_of(secret), secret[:10]
        return secret


class TokenUse(models.Model):
    """One request by a token: when, from where, for what, and what it was answered."""

    token = models.ForeignKey(UploadToken, on_delete=models.PROTECT, related_name="uses")
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    address = models.GenericIPAddressField(_("from"), null=True, blank=True)
    dataset = models.CharField(_("dataset"), max_length=64, blank=True)
    version = models.ForeignKey(
        "datasets.DatasetVersion",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="token_uses",
        verbose_name=_("file"),
    )
    answer = models.PositiveSmallIntegerField(_("answer"), default=0)
    key = models.CharField(_("idempotency key"), max_length=128, blank=True)
    content = models.CharField(_("hash of the request"), max_length=64, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["token", "at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["token", "key"], condition=~Q(key=""), name="one_use_per_idempotency_key"
            )
        ]
        verbose_name = _("use of a token")
        verbose_name_plural = _("uses of tokens")

    def __str__(self):
        return f"{self.token} {self.at:%Y-%m-%d %H:%M}: {self.answer}"
