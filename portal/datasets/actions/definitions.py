"""A dataset is defined by a Table Schema: its page, its columns, their code lists."""

import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.text import slugify_vi
from portal.datasets.actions.schema_columns import columns_for, keep_details, rules_for
from portal.datasets.models import DatasetIndexPage, DatasetPage

#: Settings of the page that a schema may say.
SAID_BY_SCHEMA = ("mode", "ignore_unknown")
MERGING = ("upsert", "append")


@transaction.atomic
def define_dataset(code, schema, *, unit, title="", stated=SAID_BY_SCHEMA, user=None):
    """Let the dataset ``code`` of ``unit`` be as ``schema`` says; return page and changes.

    A new page is published, internal and due only when something changes. Of a page that is
    there, only columns, title and what the schema itself states (``stated``) change, and what
    nobody changed is not published again. Raise ``ValidationError`` with one sentence.
    """
    page = DatasetPage.objects.filter(code=code).first()
    changes = []
    if page is None:
        page = _new_page(code, schema, unit, title or code)
        changes.append(_("Dataset “%(code)s” was created.") % {"code": code})
    else:
        page = _present_page(page, unit)
        changes += _settings(page, schema, title, stated)
    columns, told = columns_for(page, schema)
    _refuse_what_was_published(page, schema, columns)
    changes += told
    page.columns.set([each.defined for each in columns])
    changes += rules_for(page, schema)
    if changes or not page.live:
        if page.pk is None:
            _index().add_child(instance=page)
        page.full_clean()
        page.save_revision(user=user).publish(user=user)
        page.refresh_from_db()
    if keep_details(page, schema, columns) and not changes:
        changes.append(_("Details of the table schema were changed."))
    if changes:
        record("datasets.define", page, user=user, changes=changes)
    return page, changes


def _index():
    index = DatasetIndexPage.objects.first()
    if index is None:
        raise ValidationError(
            _("The portal has no catalogue of datasets yet: run “manage.py prepare” first.")
        )
    return index


def _new_page(code, schema, unit, title):
    _index()
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", code):
        raise ValidationError(
            _("“%(code)s” is no code of a dataset: use a–z, 0–9 and hyphens.") % {"code": code}
        )
    return DatasetPage(
        title=title[:255],
        code=code,
        slug=slugify_vi(code.replace("_", "-"), 60),
        owner_unit=unit,
        frequency=DatasetPage.Frequency.IRREGULAR,
        mode=schema.mode,
        ignore_unknown=schema.ignore_unknown,
    )


def _present_page(page, unit):
    if page.owner_unit_id != unit.pk:
        raise ValidationError(
            _("Dataset “%(code)s” belongs to %(unit)s (%(unit_code)s), not to that unit.")
            % {"code": page.code, "unit": page.owner_unit, "unit_code": page.owner_unit.code}
        )
    if page.live and page.has_unpublished_changes:
        raise ValidationError(
            _("Somebody is editing dataset “%(code)s”: its draft has to be published first.")
            % {"code": page.code}
        )
    return page if page.live else page.get_latest_revision_as_object()


def _settings(page, schema, title, stated):
    """Set what the schema states about the page; return what changed."""
    wanted = {name: getattr(schema, name) for name in stated}
    if title:
        wanted["title"] = title[:255]
    changes = []
    for name, value in wanted.items():
        if getattr(page, name) != value:
            setattr(page, name, value)
            label = page._meta.get_field(name).verbose_name
            changes.append(_("%(field)s: now “%(value)s”.") % {"field": label, "value": value})
    return [change[:1].upper() + change[1:] for change in changes]


def _refuse_what_was_published(page, schema, columns):
    """Types of columns stay once a version has been published with them."""
    if schema.mode == "upsert" and not schema.keys:
        raise ValidationError(_("Rows can be changed only when a column is the key."))
    if page.pk is None or not page.versions.published_ever().exists():
        return
    kept = {each.defined.column_id: each.defined.type for each in columns}
    for old in page._meta.model.objects.get(pk=page.pk).columns.all():
        if old.column_id not in kept and page.mode in MERGING:
            raise ValidationError(
                _("The column “%(title)s” cannot go: new files are added to rows that have it.")
                % {"title": old.title}
            )
        if old.column_id in kept and kept[old.column_id] != old.type:
            raise ValidationError(
                _("The type of column “%(title)s” stays: versions with it have been published.")
                % {"title": old.title}
            )
