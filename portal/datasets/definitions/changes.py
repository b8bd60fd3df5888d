"""What became different between two definitions, one sentence each."""

from django.utils.translation import gettext as _

from portal.datasets.definitions.content import COLUMN_FIELDS, SETTINGS, label_of
from portal.datasets.models import DatasetColumn, DatasetPage


def by_id(content):
    """Return the columns of a definition by their lasting identity."""
    return {column["id"]: column for column in content.get("columns", [])}


def renames_between(old, new):
    """Return ``{old identifier: new identifier}`` of the columns that were renamed."""
    before, after = by_id(old), by_id(new)
    return {
        before[key]["name"]: column["name"]
        for key, column in after.items()
        if key in before and before[key]["name"] != column["name"]
    }


def changed_fields(old, new):
    """Yield (id, title, field) for each field of a kept column that became different."""
    before = by_id(old)
    for key, column in by_id(new).items():
        for field in COLUMN_FIELDS:
            if key in before and _kept(before[key], field) != _kept(column, field):
                yield key, column["title"], field


def _kept(column, field):
    """Return a field of a kept column; what definitions did not say at first counts as empty."""
    return column.get(field, "" if field == "personal" else None)


def sentences_between(old, new):
    """Return what changed as sentences in the active language."""
    before, after = by_id(old), by_id(new)
    told = [
        _("Column “%(title)s” was added.") % {"title": column["title"]}
        for key, column in after.items()
        if key not in before
    ]
    told += [
        _("Column “%(title)s” was taken out.") % {"title": column["title"]}
        for key, column in before.items()
        if key not in after
    ]
    told += [
        _("Column “%(title)s”: %(field)s is now “%(new)s” instead of “%(old)s”.")
        % {
            "title": title,
            "field": label_of(DatasetColumn, field),
            "old": _shown(field, _kept(before[key], field)),
            "new": _shown(field, _kept(after[key], field)),
        }
        for key, title, field in changed_fields(old, new)
    ]
    kept = [key for key in before if key in after]
    if kept != [key for key in after if key in before]:
        told.append(_("The order of the columns was changed."))
    return told + _rules(old, new) + _settings(old, new)


def _rules(old, new):
    if old.get("rules", []) == new.get("rules", []):
        return []
    listed = "; ".join(rule["expression"] for rule in new.get("rules", [])) or _("none")
    return [_("Rules between columns are now: %(rules)s.") % {"rules": listed}]


def _settings(old, new):
    return [setting_told(name, new[name]) for name in SETTINGS if old.get(name) != new[name]]


def setting_told(name, value):
    """Return the sentence that says what a setting of a dataset is now."""
    if name == "mode":
        value = DatasetPage.Mode(value).label
    elif isinstance(value, bool):
        value = _yes_or_no(value)
    field = label_of(DatasetPage, name)
    return _("%(field)s: now “%(value)s”.") % {
        "field": field[:1].upper() + field[1:],
        "value": value,
    }


def _yes_or_no(value):
    return _("yes") if value else _("no")


def _shown(field, value):
    if isinstance(value, bool):
        return _yes_or_no(value)
    if field == "type":
        return str(DatasetColumn.Type(value).label)
    if field == "personal":
        return str(DatasetColumn.Personal(value).label)
    if field == "severity":
        return str(DatasetColumn.Severity(value).label)
    return _("nothing") if value in (None, "") else str(value)
