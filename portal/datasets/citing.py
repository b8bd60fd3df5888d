"""How a version is cited, and what goes with its rows: metadata and a text to read first."""

from urllib.parse import unquote_plus

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from portal.core.formats import format_date, format_number
from portal.datasets.definitions.words import codes_in_words, rules_in_words, type_in_words

FORMAT = 1


def citation_of(dataset, version, owner, address):
    """Return one sentence by which others find the same figures again."""
    period = f" ({version.period_label})" if version.period else ""
    return _(
        "%(unit)s. %(title)s%(period)s, version %(number)s, published %(day)s. %(address)s"
    ) % {
        "unit": owner,
        "title": dataset.title,
        "period": period,
        "number": version.number,
        "day": format_date(version.published_at),
        "address": address,
    }


def metadata_of(dataset, sight, columns, *, owner, address, asked="", is_part=False):
    """Return what is known of the rows in ``sight`` as plain data; ``asked`` chose them.

    ``is_part`` tells whether rows or columns of what readers may see at best are missing.
    """
    version = sight.version
    return {
        "format": FORMAT,
        "code": dataset.code,
        "title": dataset.title,
        "description": strip_tags(dataset.description).strip(),
        "owner_unit": owner,
        "frequency": dataset.frequency,
        "sharing": dataset.sharing,
        "address": address,
        "version": version.number,
        "period": version.period or None,
        "published_at": version.published_at.isoformat(),
        "rows_of_version": version.row_count,
        "asked": asked or None,
        "is_part": is_part,
        "sha256_of_received_file": sight.file_hash or None,
        "sha256_of_manifest": version.manifest_sha256,
        "citation": citation_of(dataset, version, owner, address),
        "columns": [
            {
                "name": column.name,
                "title": column.title or column.name,
                "type": column.type,
                "unit_of_measure": column.unit_of_measure or None,
                "description": column.description or None,
            }
            for column in columns
        ],
    }


def dictionary_of(columns):
    """Return the dictionary as rows of texts, the head first."""
    head = [
        _("Name"),
        _("Identifier"),
        _("Type"),
        _("Unit of measure"),
        _("What it has to keep"),
        _("Codes"),
        _("Description"),
    ]
    rows = [
        [
            column.title or column.name,
            column.name,
            type_in_words(column),
            column.unit_of_measure,
            "; ".join(map(str, rules_in_words(column))),
            codes_in_words(column.codes) if column.codes else "",
            column.description,
        ]
        for column in columns
    ]
    return [head, *rows]


def readme_of(told):
    """Return the text that goes with a package, from ``metadata_of``."""
    lines = [
        told["title"],
        "",
        told["description"],
        "",
        _("Unit that answers for it: %(unit)s") % {"unit": told["owner_unit"]},
        _("Version %(number)s, %(rows)s rows in all")
        % {"number": told["version"], "rows": format_number(told["rows_of_version"])},
    ]
    if told["is_part"]:
        lines.append(_("Only a part of it stands here."))
    if told["asked"]:
        asked = " ".join(unquote_plus(told["asked"]).split())  # in one line, whatever was asked
        lines.append(_("Asked for by: %(asked)s") % {"asked": asked})
    lines += [
        _("Where it comes from: %(address)s") % {"address": told["address"]},
        _("How to cite it: %(citation)s") % {"citation": told["citation"]},
        "",
        _("The rows are CSV in UTF-8 with semicolons and decimal commas, as Excel opens it."),
        _("An apostrophe stands before a text that a spreadsheet would calculate."),
        _("The columns are explained in tu-dien.csv and, for programs, in metadata.json."),
    ]
    return "\r\n".join(lines) + "\r\n"
