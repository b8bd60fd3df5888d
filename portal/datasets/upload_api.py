"""Files and rows that a unit's own system sends with a token of the unit."""

from django.core.exceptions import RequestDataTooBig, ValidationError
from django.core.files.base import ContentFile
from django.http import JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Router
from ninja.security import HttpBearer

from portal.core.addresses import client_address
from portal.core.models import Job
from portal.datasets.access import token_reaches
from portal.datasets.actions.checks import STEP_LABELS
from portal.datasets.actions.tokens import KeyTaken, deliver, is_over_limit, note_use
from portal.datasets.imports.apart import ANSWERS
from portal.datasets.json_rows import ROWS_NAME, csv_of, parsed, reading_of_rows
from portal.datasets.models import DatasetPage, DatasetVersion, UploadToken
from portal.datasets.models.secret_token import hash_of
from portal.datasets.schemas import schema_of

router = Router(tags=["gui-du-lieu"])
LONGEST_KEY = 128
YES = {"1", "true", "yes", "co"}
_FIELDS = {
    "period": {"type": "string", "description": "2026, 2026-H1, 2026-Q1 or 2026-03"},
    "note": {"type": "string"},
    "check_only": {"type": "boolean", "description": "a trial: nothing is received"},
    "special_request": {"type": "string", "description": "what it answers, such as dot-xuat-12"},
    "counts_for_period": {
        "type": "boolean",
        "description": "with special_request: it is the regular submission of its period as well",
    },
}
_READING = {
    "sheet": {"type": "string", "description": "the sheet to read"},
    "encoding": {"type": "string"},
    "delimiter": {"type": "string"},
    "header_row": {"type": "integer", "minimum": 1},
}
_NOT_RECORDS = {
    "not_records": {
        "type": "string",
        "enum": list(ANSWERS),
        "description": "what becomes of totals, notes and repeated headings",
    }
}
_ROWS = {"type": "array", "items": {"type": "object"}, "description": "a point begins decimals"}
_ANSWERS = {
    "201": "received and checked; the report",
    "200": "checked only, or the same idempotency key again; the report",
    "202": "received; the worker checks it, ask the address in “status_url”",
    "401": "no valid token",
    "404": "no dataset of this token",
    "409": "the idempotency key stands for another content",
    "413": "too large",
    "422": "what was sent cannot be used; “detail” says why",
    "429": "too many requests; “Retry-After” says when to come again",
}
_OPENAPI = {
    "parameters": [
        {
            "in": "header",
            "name": "Idempotency-Key",
            "schema": {"type": "string", "maxLength": LONGEST_KEY},
        }
    ],
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        **_FIELDS,
                        **_READING,
                        **_NOT_RECORDS,
                    },
                }
            },
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["rows"],
                    "properties": {"rows": _ROWS, **_FIELDS, **_NOT_RECORDS},
                }
            },
        },
    },
    "responses": {code: {"description": words} for code, words in _ANSWERS.items()},
}


class TokenAuth(HttpBearer):
    """Lets in who comes with a valid token of a unit."""

    def __call__(self, request):
        return super().__call__(request) or _Refused()

    def authenticate(self, request, token):
        found = UploadToken.objects.valid().filter(hash=hash_of(token))
        return found.select_related("unit", "issued_by").first()


class _Refused:
    """Stands for a request without a valid token, which is answered like any other refusal."""

    pk = None


class Refusal(Exception):
    """The request cannot be served; ``answer`` says so in JSON."""

    def __init__(self, status, sentence, **more):
        self.answer = JsonResponse({"detail": sentence, **more}, status=status)


@router.post(
    "{code}/tep/",
    auth=TokenAuth(),
    openapi_extra=_OPENAPI,
    summary=gettext_lazy("Send a file or rows"),
    description=gettext_lazy(
        'Takes a multipart “file”, or JSON {"rows": […]}, and answers with the report of the '
        "check. The report counts the header as row 1, so that the first of “rows” is row 2."
    ),
)
def send_table(request, code: str):
    return _answered(request, code, _sent)


@router.get(
    "{code}/tep/{receipt}/",
    auth=TokenAuth(),
    summary=gettext_lazy("What became of a file sent"),
    description=gettext_lazy("Says how far the check is, and gives its report once it is done."),
)
def sent_table(request, code: str, receipt: str):
    return _answered(request, code, lambda request, dataset: _looked_up(request, dataset, receipt))


def _answered(request, code, serve):
    """Serve one request of a token and write it down, whatever the answer."""
    token, version = request.auth, None
    if token.pk is None:
        return Refusal(401, _("Send a valid token: Authorization: Bearer …")).answer
    try:
        if is_over_limit(token):
            raise Refusal(429, _("Too many requests. Come again in a minute."))
        answer, version = serve(request, _dataset(token, code))
    except Refusal as refusal:
        answer = refusal.answer
    if answer.status_code == 429:
        answer["Retry-After"] = "60"
        return answer
    address = client_address(request) or None
    note_use(token, address=address, dataset=code, answer=answer.status_code, version=version)
    return answer


def _dataset(token, code):
    found = DatasetPage.objects.live().select_related("owner_unit").filter(code=code).first()
    if found is None or not token_reaches(token, found):
        raise Refusal(404, _("This token sends for no such dataset."))
    return found


def _sent(request, dataset):
    file, words = _file_and_words(request, dataset)
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > LONGEST_KEY:
        raise Refusal(
            422, _("The idempotency key is longer than %(count)s characters.") % {"count": 128}
        )
    try:
        version, is_new = deliver(request.auth, dataset, file, key=key, **words)
    except KeyTaken as fault:
        raise Refusal(409, _("This idempotency key stands for another content.")) from fault
    except ValidationError as fault:
        raise _unusable(fault) from fault
    version.refresh_from_db()
    status = 201 if is_new and not version.is_trial else 200
    return _told(request, version, status), version


def _unusable(fault):
    fields = fault.message_dict if hasattr(fault, "error_dict") else {}
    return Refusal(422, " ".join(fault.messages), fields=fields)


def _file_and_words(request, dataset):
    """Return the file to be received and the words that go with it."""
    try:
        if request.content_type == "application/json":
            return _from_json(request, dataset)
        return _from_form(request, dataset)
    except RequestDataTooBig as fault:
        raise Refusal(413, _("So many rows are sent as a file, not as JSON.")) from fault
    except ValidationError as fault:
        raise _unusable(fault) from fault


def _from_form(request, dataset):
    file = request.FILES.get("file")
    if file is None:
        raise ValidationError({"file": _("Send the file as “file” of a multipart form.")})
    chosen = {name: request.POST[name] for name in _READING if request.POST.get(name)}
    row = chosen.get("header_row")
    if row is not None:
        if not (row.isascii() and row.isdigit() and int(row[:9]) > 0):
            raise ValidationError({"header_row": _("Send the number of a row, from 1.")})
        chosen["header_row"] = int(row[:9])
    return file, {**_words(request.POST, dataset), "chosen": chosen | _not_records(request.POST)}


def _from_json(request, dataset):
    found = parsed(request.body)
    unknown = found.keys() - {"rows", *_FIELDS, *_NOT_RECORDS}
    if unknown:
        raise ValidationError(
            _("“%(name)s” is not known here.") % {"name": str(sorted(unknown)[0])[:100]}
        )
    file = ContentFile(csv_of(found.get("rows")), name=ROWS_NAME)
    chosen = reading_of_rows(schema_of(dataset)) | _not_records(found)
    return file, {**_words(found, dataset), "chosen": chosen}


def _not_records(found):
    answer = found.get("not_records")
    if not answer:
        return {}
    if answer not in ANSWERS:
        raise ValidationError(
            {"not_records": _("Send one of: %(values)s.") % {"values": ", ".join(ANSWERS)}}
        )
    return {"not_records": answer}


def _words(found, dataset):
    period, note = (str(found.get(name) or "") for name in ("period", "note"))
    told = {"period": period, "note": note[:4000], "is_trial": _is_yes(found, "check_only")}
    code = str(found.get("special_request") or "")
    if not code:
        return told
    asked = {each.code: each for each in dataset.special_requests.all()}
    if code not in asked:
        raise ValidationError(
            {"special_request": _("This request does not ask for this dataset now.")}
        )
    both = _is_yes(found, "counts_for_period")
    return {**told, "answers": asked[code], "counts_for_period": both}


def _is_yes(found, name):
    return str(found.get(name) or "").lower() in YES


def _looked_up(request, dataset, receipt):
    version = DatasetVersion.objects.filter(
        dataset=dataset, receipt_number=receipt, token__unit=request.auth.unit_id
    ).first()
    if version is None:
        raise Refusal(404, _("No file was sent under this number."))
    return _told(request, version, 200), version


def _told(request, version, status):
    """Return the report of the contract with the receipt; 202 while the worker has it."""
    job = Job.objects.about(version).first()
    is_waiting = job is not None and not job.is_finished
    address = reverse(
        "api:sent_table", kwargs={"code": version.dataset.code, "receipt": version.receipt_number}
    )
    told = {
        **({} if is_waiting else version.told_report),
        "receipt": version.receipt_number,
        "version": version.number,
        "dataset": version.dataset.code,
        "period": version.period,
        "check_only": version.is_trial,
        "status": version.status,
        "status_text": version.get_status_display(),
        "is_finished": not is_waiting,
        "difference": _counts(version),
        "status_url": request.build_absolute_uri(address),
    }
    if is_waiting:
        step = str(STEP_LABELS.get(job.step, job.get_status_display()))
        told["progress"] = {"step": step, "percent": job.percent}
    elif job is not None and job.status == Job.Status.FAILED:
        told["error"] = job.error
    return JsonResponse(told, status=202 if is_waiting else status)


def _counts(version):
    kinds = ("added", "changed", "removed", "unchanged")
    return {kind: version.difference[kind] for kind in kinds if kind in version.difference}
