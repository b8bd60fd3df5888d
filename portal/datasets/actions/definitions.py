"""A dataset is defined by a Table Schema: its page, its columns, their code lists."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.text import slugify_vi
from portal.datasets.actions.schema_columns import columns_for, keep_details, rules_for
from portal.datasets.definitions.changes import setting_told
from portal.datasets.definitions.content import content_of, content_of_parts
from portal.datasets.definitions.history import effects_on_published
from portal.datasets.models import DatasetIndexPage, DatasetPage
from portal.datasets.schemas import column_of

#: Settings of the page that a schema may say.
SAID_BY_SCHEMA = ("mode", "ignore_unknown")
MERGING = ("upsert", "append")
#: Effects by which published values, or what tells rows apart, are lost, or are kept back no more.
WEIGHTY = frozenset({"lost", "removed", "key_repeats", "opened"})


class EffectsUnconfirmed(ValidationError):
    """Published values would be lost or shown, and nobody said that this is meant."""

    def __init__(self, effects):
        self.effects = effects
        told = " ".join(each.sentence for each in effects)
        super().__init__(
            _("%(effects)s Nothing was changed; it needs a confirmation (--confirm).")
            % {"effects": told}
        )


@dataclass(frozen=True)
class Definition:
    """What became of a dataset: its page, the changes in words, and their ``Effect`` list."""

    page: DatasetPage
    changes: list
    effects: list


@transaction.atomic
def define_dataset(
    code, schema, *, unit, title="", stated=SAID_BY_SCHEMA, user=None, confirmed=False
):
    """Let the dataset ``code`` of ``unit`` be as ``schema`` says; return the ``Definition``.

    A new page is published, internal and due only when something changes. Of a page that is
    there, only columns, title and what the schema itself states (``stated``) change, and what
    nobody changed is not published again. Raise ``ValidationError`` with one sentence, and
    ``EffectsUnconfirmed`` where published values would be lost, or masked and hidden columns
    opened, and it is not ``confirmed``.
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
    _refuse_unfit(page, schema, columns)
    changes += told
    page.columns.set([each.defined for each in columns])
    changes += rules_for(page, schema)
    effects = _effects(page)
    if not confirmed and any(each.code in WEIGHTY and each.count for each in effects):
        raise EffectsUnconfirmed(effects)
    page.drafted_details = {}
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
    return Definition(page, changes, effects)


def _effects(page):
    """Return what the columns and rules of ``page`` mean for the rows that are published."""
    if page.pk is None:
        return []
    columns = list(page.columns.all())
    old = content_of(DatasetPage.objects.get(pk=page.pk))
    new = content_of_parts(page, columns, page.rules.all())
    return effects_on_published(page, old, new, [column_of(each) for each in columns])


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
            changes.append(setting_told(name, value))
    return changes


def _refuse_unfit(page, schema, columns):
    """Refuse what cannot be taken even when it is meant: rows are added to those published."""
    if schema.mode == "upsert" and not schema.keys:
        raise ValidationError(_("Rows can be changed only when a column is the key."))
    if page.pk is None or not page.versions.published_ever().exists():
        return
    kept = {each.defined.column_id for each in columns}
    for old in page._meta.model.objects.get(pk=page.pk).columns.all():
        if old.column_id not in kept and page.mode in MERGING:
            raise ValidationError(
                _("The column “%(title)s” cannot go: new files are added to rows that have it.")
                % {"title": old.title}
            )
