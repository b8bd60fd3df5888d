"""Secrets with which units' own systems come, to send and to read."""

import hashlib
import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def hash_of(secret):
    """Return what is kept of a token; the token has enough chance in it to need no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


class SecretTokenQuerySet(models.QuerySet):
    def valid(self, now=None):
        """Keep those that are neither revoked nor over."""
        return self.filter(revoked_at=None, expires_at__gt=now or timezone.now())


class SecretToken(models.Model):
    """A secret with which a unit's own system comes; only its hash is kept.

    It acts in the name of the person who issued it, or took it over from a person who left, for as
    long as that person may issue it.
    """

    PREFIX = "ioc_"

    unit = models.ForeignKey(
        "units.UnitPage",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("unit"),
    )
    title = models.CharField(_("what it is for"), max_length=120)
    hash = models.CharField(max_length=64, unique=True, editable=False)
    beginning = models.CharField(_("begins with"), max_length=12, editable=False)
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

    objects = SecretTokenQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-issued_at", "-pk"]

    def __str__(self):
        return f"{self.title} ({self.beginning}…)"

    @property
    def is_valid(self):
        """Tell whether the token is neither revoked nor over."""
        return self.revoked_at is None and self.expires_at > timezone.now()

    def take_new_secret(self):
        """Draw the secret, keep its hash, and return it; nobody can be told it again."""
        secret = self.PREFIX + secrets.token_urlsafe(32)
        self.hash, self.beginning = hash_of(secret), secret[:10]
        return secret
