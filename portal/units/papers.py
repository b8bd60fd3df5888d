"""Papers of the directory as HTML, in the layout of the decree on clerical work.

A paper is Vietnamese whatever language the reader's screen has, and says nothing internal: it is
handed on. Its text is what the worker keys files by, so it holds no moment, only a day.
"""

from django.template.loader import render_to_string
from django.utils import timezone, translation

from portal.regulations.citations import name_in_citations
from portal.units.matrix import READINGS

#: So many columns fit on a sheet across; more are set in further tables below each other.
MOST_COLUMNS = {"dieu": 24, "nghia-vu": 8}


def sheet_html(reading, request):
    """Return the responsibility sheet of one unit."""
    contacts = reading.public_contacts
    context = {"reading": reading, "contacts": contacts, "texts": _texts(reading)}
    return _paper("sheet_pdf", context, request)


def _texts(reading):
    """Return the full names of the texts that the sheet cites, each once."""
    cited = [
        *reading.responsibilities,
        *(each for _kind, some in reading.of_kinds for each in some),
    ]
    provisions = [each.provision for each in cited if each.provision is not None]
    provisions += [owed.obligation.provision for owed in reading.duties]
    regulations = (provision.regulation for provision in provisions)
    names = (
        name_in_citations(each.short_title or each.title, each.document_number)
        for each in regulations
    )
    return list(dict.fromkeys(names))


def matrix_html(matrix, request):
    """Return the matrix across, in as many tables as its columns need."""
    most = MOST_COLUMNS[matrix.reading]
    tables = [
        (
            matrix.columns[start : start + most],
            [(unit, cells[start : start + most]) for unit, cells in matrix.rows],
        )
        for start in range(0, len(matrix.columns), most)
    ]
    context = {"matrix": matrix, "tables": tables, "title": READINGS[matrix.reading]}
    return _paper("matrix_pdf", context, request)


def _paper(name, context, request):
    context["today"] = timezone.localdate()
    with translation.override("vi"):
        return render_to_string(f"units/papers/{name}.html", context, request=request)
