"""Model fields that keep Vietnamese text in one normal form, however it was typed."""

from django.db import models

from portal.core.text import nfc


class NFCMixin:
    """Normalise to NFC whenever a value enters, from a form, an import or code."""

    def to_python(self, value):
        value = super().to_python(value)
        return nfc(value) if isinstance(value, str) else value

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return nfc(value) if isinstance(value, str) else value

    def pre_save(self, model_instance, add):
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = nfc(value)
            setattr(model_instance, self.attname, value)
        return value


class NFCCharField(NFCMixin, models.CharField):
    """A CharField in NFC."""


class NFCTextField(NFCMixin, models.TextField):
    """A TextField in NFC."""
