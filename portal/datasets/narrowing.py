"""A condition as people type it into the form of a page, made into one that an address keeps."""

import json

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal.core.formats import UnreadableValue, parse_number, plain_decimal
from portal.core.periods import parse_period
from portal.core.text import fold
from portal.datasets.page_links import page_address
from portal.datasets.rows.operators import EMPTINESS, PARTS
from portal.datasets.rows.reading import reading_of

TYPED = ("them_cot", "them_phep", "them_gia_tri")


def narrow(request, code):
    """Add the condition of the form to those that stand, and lead back to the page.

    What cannot be read goes back with what was typed: the page says what is wrong.
    """
    try:
        reading = reading_of(request, code, request.GET.get("phien-ban", ""))
    except ValidationError as nothing:
        raise Http404 from nothing
    parameters = request.GET.copy()
    parameters.pop("trang", None)
    try:
        added = typed_filter(reading.sight, *(request.GET.get(key, "") for key in TYPED))
    except ValidationError:
        return redirect(page_address(reading, request))
    for key in TYPED:
        parameters.pop(key, None)
    if added and added not in parameters.getlist("loc"):
        parameters.appendlist("loc", added)
    request.GET = parameters
    return redirect(f"{page_address(reading, request)}#cac-dong")


def typed_filter(sight, name, operator, text):
    """Return ``column__operator:value`` for what was typed, empty for nothing.

    Raise ``ValidationError`` with a sentence.
    """
    if not name:
        if text.strip():
            raise ValidationError(
                _("Choose the column in which “%(text)s” is to stand.") % {"text": text[:80]}
            )
        return ""
    asker = sight.asker
    asker.known(name)
    [column] = [column for column in sight.clear if column.name == name]
    operator = operator or "exact"
    if not text.strip() and operator not in EMPTINESS:
        raise ValidationError(
            _("Type the value that “%(column)s” is compared with.")
            % {"column": column.title or name}
        )
    written = f"{name}__{operator}:{_value(column, operator, text.strip())}"
    asker.filter(written)
    return written


def _value(column, operator, text):
    if operator in EMPTINESS:
        return "1"
    if operator in PARTS or operator in ("contains", "notcontains", "startswith", "endswith"):
        return text
    if operator in ("in", "notin"):
        values = [_one(column, each.strip()) for each in text.split(";") if each.strip()]
        is_plain = not any("," in each or each.startswith("[") for each in values)
        return ",".join(values) if is_plain else json.dumps(values, ensure_ascii=False)
    return _one(column, text)


def _one(column, text):
    """Return one value, which people write their way, as an address writes it."""
    try:
        if column.is_number:
            return plain_decimal(parse_number(text, point_is="group"))
        if column.type == "period":
            return parse_period(text).code
    except UnreadableValue as fault:
        raise ValidationError(str(fault), code=fault.code) from fault
    codes = column.codes or {}
    if text not in codes:
        wanted = [code for code, label in codes.items() if fold(label or "") == fold(text)]
        return wanted[0] if len(wanted) == 1 else text
    return text
