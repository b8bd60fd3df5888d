"""What hangs on an object, so that taking it away would take or loosen something else."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.models import Page

#: What belongs to a page itself: its revisions, its log, its place in the tree.
_OWN = {"wagtailcore", "wagtailsearch", "contenttypes"}


def hanging_on(thing, among=()):
    """Return the name of a kind of thing that refers to ``thing``, or an empty text.

    ``among`` are the keys of objects of the same model that go together with it.
    """
    for relation in thing._meta.related_objects:
        related = relation.related_model
        if related._meta.app_label in _OWN or _is_part(relation, thing):
            continue
        found = related._base_manager.filter(**{relation.field.name: thing.pk})
        if relation.related_model is type(thing):
            found = found.exclude(pk__in=among)
        if found.exists():
            return str(related._meta.verbose_name_plural)
    return ""


def _is_part(relation, thing):
    """Tell whether the relation holds parts of the thing itself, or of its base class."""
    is_parent_link = getattr(relation.field, "remote_field", None) and getattr(
        relation.field.remote_field, "parent_link", False
    )
    is_through = isinstance(relation.field, models.ForeignKey) and relation.related_model in {
        field.remote_field.through for field in thing._meta.many_to_many
    }
    # The inline parts of a page go with its revisions, which the caller compares.
    is_inline = isinstance(relation.field, ParentalKey) and isinstance(thing, Page)
    return is_inline or bool(is_parent_link) or is_through
