"""Ledgers: tables whose rows are only ever added, and the seals that show when one was changed.

Status events, audit entries, extensions, corrected cells, the histories of registers: whoever
holds the database can rewrite any of them. So the clock hashes every hour what was added, each
seal carries the hash of the one before, and the manifest of each version published carries the
last of them out of the house.

A seal ends where the ledgers ended when the seal before was made: keys are given out before rows
are committed, and by the next hour whatever had a lower key is there. So no writer waits, and
what is not sealed yet is at most two hours old.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.canonical import canonical, sha256_of
from portal.core.models.generic import AppendOnlyModel
from portal.core.models.ledger import LedgerSeal

FORMAT = 1
#: A row is committed within this time after it got its key.
SETTLED = timedelta(minutes=30)
CHUNK = 2_000
#: The keys of what django-simple-history keeps, of things and of their relations to many.
HISTORY_KEYS = ("history_id", "m2m_history_id")


@dataclass(frozen=True)
class LedgerBreak:
    """The first place where a ledger is not what was sealed."""

    seal: int
    reason: str

    def __str__(self):
        return _("Seal %(number)s of the ledgers: %(reason)s") % {
            "number": self.seal,
            "reason": self.reason,
        }


def ledgers():
    """Return ``{label: model}`` of all ledgers."""
    return {
        model._meta.label: model
        for model in apps.get_models()
        if model is not LedgerSeal and _is_ledger(model)
    }


def _is_ledger(model):
    return issubclass(model, AppendOnlyModel) or model._meta.pk.name in HISTORY_KEYS


def last_seal():
    """Return ``{"number": …, "sha256": …}`` of the newest seal; None before the first."""
    return LedgerSeal.objects.order_by("-number").values("number", "sha256").first()


def seal_ledgers(*, now=None):
    """Seal what the ledgers held when they were sealed last; return the seal, or None.

    None comes when nothing was added, and when the last seal is too young for its horizon.
    """
    now = now or timezone.now()
    last = list(LedgerSeal.objects.order_by("-number")[:2])
    before = last[0] if last else None
    if before is not None and now - before.at < SETTLED:
        return None
    reached = last[1].horizon if len(last) > 1 else {}
    models, horizon = ledgers(), _horizon()
    stretches = {
        label: _stretch(models[label], reached.get(label, 0), end)
        for label, end in (before.horizon if before else {}).items()
        if label in models and end > reached.get(label, 0)
    }
    if before is not None and not stretches and before.horizon == horizon:
        return None
    document = {
        "format": FORMAT,
        "number": before.number + 1 if before else 1,
        "at": now.isoformat(),
        "previous": before.sha256 if before else "",
        "ledgers": stretches,
    }
    return LedgerSeal.objects.create(
        number=document["number"],
        document=document,
        sha256=sha256_of(document),
        horizon=horizon,
        at=now,
    )


def _horizon():
    """Return how far each ledger goes now."""
    found = {label: model._base_manager.aggregate(Max("pk")) for label, model in ledgers().items()}
    return {label: told["pk__max"] for label, told in found.items() if told["pk__max"]}


def _stretch(model, after, up_to):
    columns = sorted(field.attname for field in model._meta.concrete_fields)
    rows, digest = _hashed(model, columns, after, up_to)
    return {"after": after, "up_to": up_to, "columns": columns, "rows": rows, "sha256": digest}


def _hashed(model, columns, after, up_to):
    """Return how many rows there are after a key up to another, and the hash of all of them."""
    found = model._base_manager.filter(pk__gt=after, pk__lte=up_to).order_by("pk")
    digest, count = hashlib.sha256(), 0
    for row in found.values_list(*columns).iterator(chunk_size=CHUNK):
        digest.update(canonical(row, DjangoJSONEncoder).encode())
        digest.update(b"\n")
        count += 1
    return count, digest.hexdigest()


def first_ledger_break(remarks=None):
    """Return the first ``LedgerBreak``, None when all that is sealed stands as it was.

    Into the list ``remarks`` go sentences about what cannot be hashed any more, because a later
    release took the table or a column away.
    """
    previous, number, reached = "", 0, {}
    for number, seal in enumerate(LedgerSeal.objects.order_by("number").iterator(), start=1):
        reason = _fault(seal, number, previous, reached, remarks if remarks is not None else [])
        if reason:
            return LedgerBreak(number, reason)
        previous = seal.sha256
    return None


def _fault(seal, number, previous, reached, remarks):
    document = seal.document
    if seal.number != number:
        return _("it is missing.")
    if not _is_whole(document, number) or sha256_of(document) != seal.sha256:
        return _("it has been changed.")
    if document["previous"] != previous:
        return _("it does not follow from the seal before.")
    models = ledgers()
    for label, told in document["ledgers"].items():
        if told["after"] != reached.get(label, 0):
            return _("it does not follow from the seal before.")
        reached[label] = told["up_to"]
        model = models.get(label)
        if model is None or not _has(model, told["columns"]):
            remarks.append(
                _("Seal %(number)s: “%(ledger)s” is kept otherwise since, and was not hashed.")
                % {"number": number, "ledger": label}
            )
            continue
        rows, digest = _hashed(model, told["columns"], told["after"], told["up_to"])
        if rows != told["rows"]:
            return _row_sentence(model, told, rows)
        if digest != told["sha256"]:
            return _("a row of “%(ledger)s” (%(first)s to %(last)s) has been changed.") % {
                "ledger": _name_of(model),
                "first": told["after"] + 1,
                "last": told["up_to"],
            }
    return ""


def _is_whole(document, number):
    needed = {"number", "previous", "ledgers"}
    is_document = isinstance(document, dict) and needed <= set(document)
    return is_document and document["number"] == number


def _name_of(model):
    """Return what people call a ledger; the history of a register by the register's name."""
    register = getattr(model, "instance_type", None)
    if register is None:
        return str(model._meta.verbose_name)
    return _("history of %(register)s") % {"register": register._meta.verbose_name}


def _has(model, columns):
    return set(columns) <= {field.attname for field in model._meta.concrete_fields}


def _row_sentence(model, told, rows):
    return _(
        "“%(ledger)s” had %(sealed)s rows from %(first)s to %(last)s, and has %(found)s now."
    ) % {
        "ledger": _name_of(model),
        "sealed": told["rows"],
        "found": rows,
        "first": told["after"] + 1,
        "last": told["up_to"],
    }
