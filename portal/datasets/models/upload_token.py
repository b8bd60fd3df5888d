from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.datasets.models.secret_token import SecretToken


class UploadToken(SecretToken):
    """Lets a unit's own system send files for chosen datasets."""

    datasets = models.ManyToManyField(
        "datasets.DatasetPage", related_name="upload_tokens", verbose_name=_("datasets")
    )

    class Meta(SecretToken.Meta):
        verbose_name = _("upload token")
        verbose_name_plural = _("upload tokens")


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
