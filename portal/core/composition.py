"""Text in one normal form at the entrance of the database, however it was typed.

Vietnamese comes composed (NFC) from most keyboards and decomposed (NFD) from others and from many
converted files. Here every text of our own models is composed before it is stored. What must stay
as it came says ``keeps_text_as_received = True`` on its model.
"""

import json
from functools import cache

from django.db.models import CharField, TextField
from django.db.models.signals import pre_save
from wagtail.fields import StreamField

from portal.core.text import nfc


def compose_texts(thing):
    """Compose the texts of a model instance in place, those inside stream fields included."""
    for field in _text_fields(type(thing)):
        value = thing.__dict__.get(field.attname)
        if isinstance(value, str):
            composed = nfc(value)
            if composed != value:
                setattr(thing, field.attname, composed)
    for field in _stream_fields(type(thing)):
        _compose_stream(thing, field)


def _compose_stream(thing, field):
    stored = json.dumps(getattr(thing, field.attname).get_prep_value(), ensure_ascii=False)
    composed = nfc(stored)
    if composed != stored:
        setattr(thing, field.attname, field.to_python(composed))


@cache
def _text_fields(model):
    return [
        field for field in model._meta.concrete_fields if isinstance(field, CharField | TextField)
    ]


@cache
def _stream_fields(model):
    return [field for field in model._meta.concrete_fields if isinstance(field, StreamField)]


def _before_saving(sender, instance, raw=False, **kwargs):
    is_ours = sender.__module__.startswith(("portal.", "search."))
    if is_ours and not raw and not getattr(sender, "keeps_text_as_received", False):
        compose_texts(instance)


def connect():
    """Compose whatever our models save."""
    pre_save.connect(_before_saving, dispatch_uid="compose-texts")
