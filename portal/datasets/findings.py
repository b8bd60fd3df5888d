"""What a check found, in the words and the order in which screens show it."""

from django.utils.translation import gettext as _

from portal.core.formulas import guarded
from portal.datasets.schemas import columns_of_version


def issues_of(version):
    """Return the issues of the check, columns by their printed names."""
    titles = {column.name: column.title or column.name for column in columns_of_version(version)}
    return [
        {
            **issue,
            "column": titles.get(issue["column"], issue["column"]),
            "is_error": issue["severity"] == "error",
        }
        for issue in version.report.get("issues", [])
    ]


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
    reading = version.reading
    words = {
        "format": _("Format"),
        "encoding": _("Characters"),
        "delimiter": _("Between the cells"),
        "sheet": _("Sheet"),
        "header_row": _("Row of the column names"),
    }
    told = [(label, reading[name]) for name, label in words.items() if reading.get(name)]
    titles = {column.name: column.title or column.name for column in columns_of_version(version)}
    styles = {"group": _("a point groups thousands"), "decimal": _("a point begins the decimals")}
    for column, style in (reading.get("number_styles") or {}).items():
        told.append((titles.get(column, column), styles.get(style, style)))
    return told
