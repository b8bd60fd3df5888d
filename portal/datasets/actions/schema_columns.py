"""From the columns of a Table Schema to those that the editor of a dataset shows."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.core.text import slugify_vi
from portal.datasets.imports.column import Column
from portal.datasets.imports.descriptors import field_of
from portal.datasets.models import (
    CodeList,
    CodeListItem,
    DatasetColumn,
    DatasetRule,
    SchemaDetails,
)
from portal.datasets.schemas import stored_type

_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,47}")
LONGEST_CODE, LONGEST_LABEL = 64, 255
#: What a column of the editor takes over as it stands.
_TAKEN_OVER = (
    "required", "is_key", "unique", "scale", "min_length", "max_length", "pattern", "severity",
    "is_public", "personal", "unit_of_measure", "description",
)  # fmt: skip


@dataclass(frozen=True)
class Defined:
    """A column of the schema and the editor's column that was made of it."""

    column: Column
    defined: DatasetColumn


def columns_for(page, schema, *, drafting=False):
    """Return the ``Defined`` columns in the order of the schema, and what changed, in words.

    While ``drafting`` no code list changes that columns choose from already: another is made.
    """
    present = {each.column_id: each for each in page.columns.all()}
    names = {each.name: each.column_id for each in present.values()}
    found, changes = [], []
    for place, (column, identifier) in enumerate(_identified(schema.columns)):
        known = column.id if column.id in present else names.get(identifier)
        old = present.pop(known, None)
        defined = old or _new_column(column, identifier)
        wanted = _wanted(column, identifier, place)
        wanted["code_list"] = _code_list(page, column, identifier, drafting=drafting)
        different = [name for name, value in wanted.items() if getattr(defined, name) != value]
        for name in different:
            setattr(defined, name, wanted[name])
        _refuse_unfit(defined, column)
        found.append(Defined(column, defined))
        sentence = _told(old, defined, different, column)
        changes += [sentence] if sentence else []
    changes += [
        _("Column “%(name)s” was taken out.") % {"name": name}
        for name in sorted(each.name for each in present.values())
    ]
    return found, changes


def _new_column(column, identifier):
    """Return a new column, with the identity that one of our own schemas gives it."""
    own = {} if column.id == column.name else {"column_id": column.id[:64]}
    return DatasetColumn(name=identifier, **own)


def rules_for(page, schema):
    """Let the rules between columns be those of the schema; return what changed, in words."""
    fields = ("expression", "title", "severity")
    wanted = [{name: getattr(rule, name) for name in fields} for rule in schema.rules]
    present = [{name: getattr(rule, name) for name in fields} for rule in page.rules.all()]
    if wanted == present:
        return []
    page.rules.set([DatasetRule(**each, sort_order=place) for place, each in enumerate(wanted)])
    return [_("Rules between columns were changed.")]


def _identified(columns):
    """Yield each column with an identifier that the editor allows, its own where it may be."""
    taken = {each.name for each in columns if _IDENTIFIER.fullmatch(each.name)}
    for column in columns:
        if _IDENTIFIER.fullmatch(column.name):
            yield column, column.name
            continue
        stem = slugify_vi(column.name, 40).replace("-", "_")
        stem = stem if stem[:1].isalpha() else f"cot_{stem}"
        identifier, number = stem, 2
        while identifier in taken:
            identifier, number = f"{stem}_{number}", number + 1
        taken.add(identifier)
        yield column, identifier


def _wanted(column, identifier, place):
    """Return the values that the editor's column should have."""
    wanted = {name: getattr(column, name) for name in _TAKEN_OVER}
    aliases = dict.fromkeys(column.aliases)
    if identifier != column.name and column.title:
        aliases = dict.fromkeys([column.name, *column.aliases])
    is_limited, is_day = column.is_number, column.type == "date"
    return wanted | {
        "name": identifier,
        "type": stored_type(column),
        "title": column.title or column.name,
        "aliases": "\n".join(aliases),
        "minimum": column.minimum if is_limited else None,
        "maximum": column.maximum if is_limited else None,
        "earliest": column.minimum if is_day else None,
        "latest": column.maximum if is_day else None,
        "sort_order": place,
    }


def _code_list(page, column, identifier, *, drafting):
    """Return the list of the column's codes, made or brought up to date; None without codes."""
    if column.codes is None:
        return None
    wanted = {code: label or code for code, label in column.codes.items()}
    for code, label in wanted.items():
        if len(code) > LONGEST_CODE or len(label) > LONGEST_LABEL:
            raise ValidationError(
                _("Column “%(name)s” lists “%(code)s”, which is longer than %(length)s characters.")
                % {"name": column.name, "code": code[:80], "length": LONGEST_CODE}
            )
    slug = slugify_vi(f"{page.code}-{identifier}".replace("_", "-"), 50)
    if drafting:
        slug = _free_list(slug, wanted)
    found, _is_new = CodeList.objects.get_or_create(
        code=slug, defaults={"title": f"{page.title} – {column.title or column.name}"[:255]}
    )
    if _items_of(found) != wanted:
        CodeListItem.objects.filter(code_list=found).delete()
        CodeListItem.objects.bulk_create(
            CodeListItem(code_list=found, code=code, label=label, sort_order=place)
            for place, (code, label) in enumerate(wanted.items())
        )
    return found


def _items_of(code_list):
    return dict(code_list.items.order_by("sort_order", "pk").values_list("code", "label"))


def _free_list(slug, wanted):
    """Return the code of a list that may hold the ``wanted`` items: no column chooses others."""
    code, number = slug, 2
    while True:
        found = CodeList.objects.filter(code=code).first()
        if found is None or _items_of(found) == wanted or not found.columns.exists():
            return code
        code, number = f"{slug[:44]}-{number}", number + 1


def _refuse_unfit(defined, column):
    """Refuse what the editor would refuse, naming the column of the schema."""
    low, high = column.minimum, column.maximum
    if low is not None and high is not None and low > high:
        raise ValidationError(
            _("Column “%(name)s”: the maximum is below the minimum.") % {"name": column.name}
        )
    try:
        defined.full_clean(exclude=["dataset"], validate_unique=False, validate_constraints=False)
    except ValidationError as fault:
        reason = " ".join(fault.messages)
        raise ValidationError(
            _("Column “%(name)s”: %(reason)s") % {"name": column.name, "reason": reason}
        ) from fault


def _told(old, defined, different, column):
    if old is None:
        if defined.name != column.name:
            return _("Column “%(name)s” was added under the identifier %(identifier)s.") % {
                "name": column.name,
                "identifier": defined.name,
            }
        return _("Column “%(name)s” was added.") % {"name": defined.name}
    if not different:
        return ""
    labels = ", ".join(str(defined._meta.get_field(name).verbose_name) for name in different)
    return _("Column “%(name)s” was changed: %(fields)s.") % {
        "name": defined.name,
        "fields": labels,
    }


def keep_details(page, schema, columns):
    """Keep what the schema says beyond the editor's columns; return whether that changed."""
    wanted = {
        "missing_values": list(schema.missing_values),
        "unchecked": list(schema.unchecked),
        "columns": {each.defined.column_id: field_of(each.column) for each in columns},
    }
    details, is_new = SchemaDetails.objects.get_or_create(dataset=page, defaults=wanted)
    if is_new or all(getattr(details, name) == value for name, value in wanted.items()):
        return False
    for name, value in wanted.items():
        setattr(details, name, value)
    details.save()
    return True
