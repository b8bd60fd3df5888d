"""A sample is read, and where it can be read in several ways, a person says how."""

import tempfile
from pathlib import Path

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from portal.core.table_files.reading import NeedsConfirmation, Reading, UnreadableFile
from portal.core.table_files.sentences import FILE_MESSAGES
from portal.datasets.definitions.waiting_samples import (
    ask_further,
    forget_sample,
    keep_sample,
    waiting_sample,
)
from portal.datasets.forms import ReadingForm
from portal.datasets.imports.schema_error import SchemaError


def read_sample(request, page, file, show, name, schema=None):
    """Return the answer of ``show(request, page, path, reading, schema)`` about an upload.

    Where that raises ``NeedsConfirmation``, the sample is kept and the answer asks; ``name`` is
    the screen to which it is answered.
    """
    with tempfile.TemporaryDirectory(prefix="table-") as folder:
        path = Path(folder) / "sample"
        with path.open("wb") as out:
            out.writelines(file.chunks())
        try:
            return show(request, page, path, Reading(), schema)
        except NeedsConfirmation as doubt:
            asked = keep_sample(
                path,
                request.user,
                filename=Path(file.name).name,
                reading={"chosen": {}, "candidates": doubt.candidates},
                schema=schema,
            )
    return _ask(request, page, name, asked)


def answer_about_sample(request, page, show, name):
    """Read the waiting sample as the person says; ask further where something is still open."""
    sample = waiting_sample(request.user, request.POST["sample"])
    if sample is None:
        messages.error(request, _("The sample is not kept any more. Send it again."))
        return redirect(f"datasets:{name}", page.pk)
    form = ReadingForm(request.POST, version=sample)
    if not form.is_valid():
        return _ask(request, page, name, sample, form)
    chosen = form.chosen()
    try:
        answer = show(request, page, sample.path, Reading.from_dict(chosen), sample.schema)
    except NeedsConfirmation as doubt:
        reading = {"chosen": chosen, "candidates": doubt.candidates}
        return _ask(request, page, name, ask_further(sample, request.user, reading))
    except (SchemaError, UnreadableFile) as fault:
        forget_sample(sample)
        messages.error(request, sentence_about(fault))
        return redirect(f"datasets:{name}", page.pk)
    forget_sample(sample)
    return answer


def sentence_about(fault):
    """Return the words for a ``SchemaError`` or ``UnreadableFile``."""
    if isinstance(fault, SchemaError):
        return str(fault)
    return str(FILE_MESSAGES[fault.code]) % {"value": fault.value, "expected": fault.expected}


def _ask(request, page, name, sample, form=None):
    context = {
        "page": page,
        "sample": sample,
        "reading_form": form or ReadingForm(version=sample),
        "start": f"datasets:{name}",
    }
    return render(request, "datasets/admin/definition_reading.html", context)
