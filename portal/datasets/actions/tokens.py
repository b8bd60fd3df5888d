"""Tokens of units: issued and revoked by people, used by systems, every use written down."""

import hashlib
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.audit import record
from portal.core.jobs import at_once
from portal.datasets.access import may_issue_tokens
from portal.datasets.actions.uploads import receive_file
from portal.datasets.models import DatasetPage, TokenUse, UploadToken

LONGEST_DAYS = 366
TOO_LONG = gettext_lazy("A token is valid for 1 to %(days)s days.")
USES_PER_MINUTE = 60
UNANSWERED = 0
#: A file of at most so many bytes is checked before the request is answered.
CHECKED_AT_ONCE = 1024 * 1024


class KeyTaken(Exception):
    """An idempotency key came again with another content."""


@transaction.atomic
def issue_token(unit, datasets, *, user, title, days):
    """Issue a token of ``unit`` for some of its datasets; return it and the secret, told once."""
    if not may_issue_tokens(user, unit.pk):
        raise ValidationError(_("Only the unit's head or an administrator issues tokens."))
    own = list(DatasetPage.objects.filter(pk__in=[each.pk for each in datasets], owner_unit=unit))
    if not own or len(own) < len(datasets):
        raise ValidationError({"datasets": _("Choose datasets that the unit owns.")})
    token = UploadToken(unit=unit, title=title, issued_by=user, expires_at=end_after(days))
    secret = token.take_new_secret()
    token.save()
    token.datasets.set(own)
    record("datasets.issue_token", token, user=user, datasets=[each.code for each in own])
    return token, secret


def revoke_token(token, *, user):
    """End a token at once; what it sent stays."""
    if not may_issue_tokens(user, token.unit_id):
        raise ValidationError(_("Only the unit's head or an administrator revokes tokens."))
    end_at_once(token, user=user)
    record("datasets.revoke_token", token, user=user)


def end_after(days):
    """Return the moment when a token that holds for so many days ends; refuse too many."""
    if not 1 <= days <= LONGEST_DAYS:
        raise ValidationError({"days": TOO_LONG % {"days": LONGEST_DAYS}})
    return timezone.now() + timedelta(days=days)


def end_at_once(token, *, user):
    """Revoke a token of any kind; refuse one that is revoked already."""
    standing = type(token).objects.filter(pk=token.pk, revoked_at=None)
    if not standing.update(revoked_at=timezone.now(), revoked_by=user):
        raise ValidationError(_("This token is revoked already."))


def is_over_limit(token, now=None):
    """Return whether the token was used too often within the last minute."""
    since = (now or timezone.now()) - timedelta(minutes=1)
    return token.uses.filter(at__gt=since).count() >= USES_PER_MINUTE


def note_use(token, *, address, dataset, answer, version=None):
    """Write down one request of a token and what it was answered."""
    now = timezone.now()
    UploadToken.objects.filter(pk=token.pk).update(last_used_at=now)
    told = {"address": address, "answer": answer}
    unanswered = token.uses.filter(version=version, answer=UNANSWERED) if version else None
    if unanswered is None or not unanswered.update(**told):
        TokenUse.objects.create(token=token, at=now, dataset=dataset[:64], version=version, **told)


def deliver(token, dataset, file, *, key, **words):
    """Receive a file that a unit's system sends; the same key with the same content comes once.

    Return the version and whether it is new. ``words`` are those of ``receive_file``. A small
    file is checked before this returns. Raise ``KeyTaken`` when the key stands for another content.
    """
    content = _content(dataset, file, words)
    earlier = _earlier(token, key, content)
    if earlier is not None:
        return earlier, False
    try:
        if file.size <= CHECKED_AT_ONCE:
            with at_once():
                return _receive(token, dataset, file, key, content, words), True
        return _receive(token, dataset, file, key, content, words), True
    except IntegrityError:  # the same key came twice at the same moment
        earlier = _earlier(token, key, content)
        if earlier is None:
            raise
        return earlier, False


@transaction.atomic
def _receive(token, dataset, file, key, content, words):
    version = receive_file(dataset, file, user=token.issued_by, token=token, **words)
    if key:
        TokenUse.objects.create(
            token=token, dataset=dataset.code, version=version, key=key, content=content
        )
    return version


def _earlier(token, key, content):
    used = token.uses.filter(key=key).select_related("version").first() if key else None
    if used is None:
        return None
    if used.content != content or used.version is None:
        raise KeyTaken
    return used.version


def _content(dataset, file, words):
    digest = hashlib.sha256()
    # How numbers are read in rows of JSON follows from the definition, which may change.
    said = {key: value for key, value in words["chosen"].items() if key != "number_styles"}
    told = [dataset.code, words["period"], words["note"], words["is_trial"], said]
    if words.get("answers"):
        told += [words["answers"].code, words["counts_for_period"]]
    digest.update(repr(told).encode())
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
