"""Single cells corrected on the screen: the file stays as it came, the corrections are data."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.datasets.access import may_upload
from portal.datasets.actions.uploads import check_again
from portal.datasets.imports.issues import VALUE_LENGTH
from portal.datasets.models import CellFix, DatasetVersion
from portal.datasets.schemas import columns_of_version

Status = DatasetVersion.Status
FIXABLE = frozenset({Status.REFUSED, Status.CHECKED, Status.RETURNED})
LARGEST_NUMBER = 200  #: more mistakes than that are corrected in the file itself
LONGEST_VALUE = 1000
TOLD = 5  #: corrections that the history quotes


def fix_cells(version, changes, *, user):
    """Correct cells of a file that is not submitted yet, and check the file with them.

    ``changes`` maps (row, column) to the right text. Only cells about which the check said
    something are corrected here, and not too many; ``ValidationError`` says why not.
    """
    _refuse_unfit(version, user)
    found = _cells_with_remarks(version)
    fixes = [
        CellFix(
            version=version,
            row=row,
            column=column,
            old_value=found[row, column],
            new_value=_clean(text),
            fixed_by=user,
        )
        for (row, column), text in sorted(changes.items())
        if (row, column) in found and _clean(text) != found[row, column]
    ]
    if len(changes.keys() - found.keys()):
        raise ValidationError(_("One of the cells has no remark any more. Look at the page again."))
    if not fixes:
        raise ValidationError(_("No cell was changed."))
    _refuse_too_many(version, fixes)
    with transaction.atomic():
        check_again(version, user=user, note=_told(version, fixes))
        CellFix.objects.bulk_create(fixes)
    return fixes


def fixable_cells(version):
    """Return the (row, column) of the listed issues whose cell can be corrected on the screen."""
    return frozenset(_cells_with_remarks(version))


def _refuse_unfit(version, user):
    if not may_upload(user, version.dataset):
        raise ValidationError(_("Only the unit's data officer or head corrects its file."))
    if version.is_trial:
        raise ValidationError(_("This file was only checked as a trial; send it first."))
    if version.status not in FIXABLE:
        raise ValidationError(
            _("Cells are corrected only before the file is submitted; this one is “%(status)s”.")
            % {"status": version.get_status_display()}
        )


def _cells_with_remarks(version):
    """Return ``{(row, column): text in the file}``; a text that the report cut is not corrected."""
    names = {column.name for column in columns_of_version(version)}
    return {
        (issue["row"], issue["column"]): issue["value"] or ""
        for issue in version.listed_issues
        if issue["row"] and issue["column"] in names and len(issue["value"] or "") < VALUE_LENGTH
    }


def _clean(text):
    cleaned = " ".join(text.replace("\x00", "").split())
    if len(cleaned) > LONGEST_VALUE:
        raise ValidationError(
            _("A corrected value is longer than %(count)s characters.") % {"count": LONGEST_VALUE}
        )
    return cleaned


def _refuse_too_many(version, fixes):
    cells = set(version.fixes.values_list("row", "column"))
    cells |= {(fix.row, fix.column) for fix in fixes}
    if len(cells) > LARGEST_NUMBER:
        raise ValidationError(
            _(
                "At most %(count)s cells of a file are corrected here. "
                "Correct the file itself and send it again."
            )
            % {"count": LARGEST_NUMBER}
        )


def _told(version, fixes):
    """Return the words of the history: how many cells, and the first of them."""
    titles = {column.name: column.title or column.name for column in columns_of_version(version)}
    quoted = [
        _("row %(row)s, %(column)s: “%(old)s” → “%(new)s”")
        % {
            "row": fix.row,
            "column": titles[fix.column],
            "old": fix.old_value,
            "new": fix.new_value,
        }
        for fix in fixes[:TOLD]
    ]
    words = ngettext("%(count)d cell corrected", "%(count)d cells corrected", len(fixes))
    more = " …" if len(fixes) > TOLD else ""
    return f"{words % {'count': len(fixes)}}: {'; '.join(quoted)}{more}"
