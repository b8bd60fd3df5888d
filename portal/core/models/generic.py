"""The link to any other object, shared by the append-only records."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class AppendOnly(Exception):
    """A record that may only be added was about to be changed or deleted."""


class GenericRecordQuerySet(models.QuerySet):
    def about(self, thing):
        """Keep the records of one object."""
        return self.filter(
            content_type=ContentType.objects.get_for_model(thing), object_id=thing.pk
        )

    def about_all(self, model, pks):
        """Keep the records of the objects of ``model`` with these keys."""
        return self.filter(
            content_type=ContentType.objects.get_for_model(model), object_id__in=list(pks)
        )


class AppendOnlyQuerySet(GenericRecordQuerySet):
    def update(self, **kwargs):
        raise AppendOnly

    def delete(self):
        raise AppendOnly


class AppendOnlyModel(models.Model):
    """What is written once; changing or deleting it raises ``AppendOnly``."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnly


class GenericRecord(models.Model):
    """Something said about any other object."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.BigIntegerField(_("object"))
    subject = GenericForeignKey("content_type", "object_id")

    class Meta:
        abstract = True


class AppendOnlyRecord(AppendOnlyModel, GenericRecord):
    """Something said about any other object, once and for all."""

    class Meta:
        abstract = True
