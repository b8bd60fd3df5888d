"""What a check found, in the words and the order in which screens show it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.core.formulas import guarded
from portal.datasets.finding_kinds import kind_of_finding
from portal.datasets.forms import DELIMITERS, ENCODINGS, NOT_RECORDS, NUMBER_STYLES
from portal.datasets.schemas import columns_of_version

#: How people know the formats of files.
FORMATS = {
    "csv": "CSV",
    "xlsx": "Excel (.xlsx)",
    "xls": "Excel (.xls)",
    "ods": "OpenDocument (.ods)",
}
FIRST_ROWS = 5  #: remarks of a kind that the version's page shows


def fix_name(row, column):
    """Return the name under which a form sends the right text of a cell."""
    return f"o-{row}-{column}"


def issues_of(version):
    """Return the issues of the check, columns by their printed names."""
    titles = {column.name: column.title or column.name for column in columns_of_version(version)}
    return [
        {
            **issue,
            "name": issue["column"],
            "column": titles.get(issue["column"], issue["column"]),
            "is_error": issue["severity"] == "error",
            "fix_name": fix_name(issue["row"], issue["column"]),
        }
        for issue in version.listed_issues
    ]


@dataclass(frozen=True)
class FindingGroup:
    """The remarks of one code: how many in all, and those that are listed."""

    code: str
    title: str
    advice: str
    total: int
    is_error: bool
    issues: list

    @property
    def first(self):
        """Return the first few of the listed remarks."""
        return self.issues[:FIRST_ROWS]

    @property
    def more(self):
        """Return how many there are beyond the first few."""
        return self.total - len(self.first)


def groups_of(version, typed=None):
    """Return the remarks grouped by code: mistakes first, then warnings, each in file order.

    ``typed`` are the texts of a refused form by their names; they stand in place of the cells'.
    """
    listed = {}
    for issue in issues_of(version):
        issue["typed"] = (typed or {}).get(issue["fix_name"], issue["value"] or "")
        listed.setdefault(issue["code"], []).append(issue)
    counts = version.report.get("issues_by_code") or {}
    codes = [*listed, *(code for code in counts if code not in listed)]
    groups = [
        FindingGroup(
            code,
            *map(str, kind_of_finding(code)),
            total=max(counts.get(code, 0), len(listed.get(code, []))),
            is_error=any(issue["is_error"] for issue in listed.get(code, [])),
            issues=listed.get(code, []),
        )
        for code in codes
    ]
    return sorted(groups, key=lambda group: not group.is_error)


def fixes_of(version):
    """Return the corrected cells in order, each with the printed ``title`` of its column."""
    titles = {column.name: column.title or column.name for column in columns_of_version(version)}
    fixes = list(version.fixes.select_related("fixed_by"))
    for fix in fixes:
        fix.title = titles.get(fix.column, fix.column)
    return fixes


def rows_of_issues(version):
    """Return the issues as rows of a table: row, column, value, severity, sentence."""
    severities = {True: _("mistake"), False: _("warning")}
    return [
        [
            issue["row"] or "",
            issue["column"] or "",
            guarded(issue["value"] or ""),
            severities[issue["is_error"]],
            issue["message"],
        ]
        for issue in issues_of(version)
    ]


def reading_of(version):
    """Return ``[(what, how)]`` for what was decided about the file."""
    return _told(version, version.reading)


def answers_of(version):
    """Return ``[(what, how)]`` for what people said about the reading, now or last time."""
    return _told(version, version.reading.get("chosen") or {})


def _told(version, reading):
    words = {
        "format": _("Format"),
        "encoding": _("Characters"),
        "delimiter": _("Between the cells"),
        "sheet": _("Sheet"),
        "header_row": _("Row of the column names"),
        "not_records": _("Rows that are no records"),
    }
    spoken = {**FORMATS, **ENCODINGS, **DELIMITERS, **NOT_RECORDS}
    told = [
        (label, spoken.get(reading[name], reading[name]))
        for name, label in words.items()
        if reading.get(name)
    ]
    titles = {column.name: column.title or column.name for column in columns_of_version(version)}
    for column, style in (reading.get("number_styles") or {}).items():
        told.append((titles.get(column, column), NUMBER_STYLES.get(style, style)))
    return told
