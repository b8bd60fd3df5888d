"""Words of the vocabularies that DCAT-AP asks for, as addresses of the EU's authority tables."""

from django.utils.translation import gettext_lazy as _

from portal.datasets.models import DatasetPage

AUTHORITY = "http://publications.europa.eu/resource/authority/"
VIETNAMESE = f"{AUTHORITY}language/VIE"
THEMES = f"{AUTHORITY}data-theme"
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
STABLE = f"{AUTHORITY}planned-availability/STABLE"
OPENAPI = "https://spec.openapis.org/oas/v3.1.0"
TABLE_SCHEMA = "https://specs.frictionlessdata.io/table-schema/"

_FREQUENCIES = {
    DatasetPage.Frequency.MONTH: "MONTHLY",
    DatasetPage.Frequency.QUARTER: "QUARTERLY",
    DatasetPage.Frequency.HALF: "ANNUAL_2",
    DatasetPage.Frequency.YEAR: "ANNUAL",
    DatasetPage.Frequency.IRREGULAR: "IRREG",
}
#: Kinds of file: the name people know, the code of the EU's table, the registered media type.
FORMATS = {
    "csv": ("CSV", "CSV", "text/csv"),
    "xlsx": ("XLSX", "XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": ("JSON", "JSON", "application/json"),
    "parquet": ("Parquet", "PARQUET", "application/vnd.apache.parquet"),
    "zip": ("ZIP", "ZIP", "application/zip"),
}
#: What a file of each kind is good for.
FORMS = {
    "csv": _("Text with semicolons and decimal commas, as Excel opens it here."),
    "xlsx": _("A workbook with the data dictionary on a sheet of its own."),
    "json": _("A list of objects, for programs; numbers with decimals are texts."),
    "parquet": _("Columns with their types, for analysis of large tables."),
    "zip": _("A package of the data with metadata, dictionary and a guide to read."),
}
#: How the terms of a licence are found by people; the codes are those of the EU's table.
LICENSE_PAGES = {
    "CC0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC_BY_4_0": "https://creativecommons.org/licenses/by/4.0/",
    "CC_BYSA_4_0": "https://creativecommons.org/licenses/by-sa/4.0/",
}


def frequency(value):
    """Return the address of a frequency of a dataset."""
    return f"{AUTHORITY}frequency/{_FREQUENCIES[value]}"


def access_right(is_public):
    """Return the address of the access right: everybody, or some people under conditions."""
    return f"{AUTHORITY}access-right/{'PUBLIC' if is_public else 'RESTRICTED'}"


def theme(code):
    """Return the address of a theme."""
    return f"{THEMES}/{code}"


def license_address(code):
    """Return the address of a licence."""
    return f"{AUTHORITY}licence/{code}"
