"""Granting a unit access to columns and rows for some time, revoking it, and its tokens."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.statuses import move
from portal.datasets.access import current_version, may_issue_read_tokens
from portal.datasets.actions.acting import acting_as
from portal.datasets.actions.tokens import end_after, end_at_once
from portal.datasets.models import AccessGrant, AccessRequest, AccessToken, DatasetPage
from portal.datasets.rows.operators import meaning_of
from portal.datasets.schemas import columns_of_version
from portal.datasets.sharing.letters import tell_asking_unit, tell_of_grant, tell_of_revocation
from portal.datasets.sharing.requests import columns_to_share, refuse_own_matter
from portal.datasets.sights import MASKED, asker_of

MOST_LIMITS = 5


@transaction.atomic
def grant_access(
    dataset,
    unit,
    *,
    user,
    columns,
    valid_from,
    valid_until,
    purpose,
    legal_ground,
    unmasked=(),
    limits=(),
    request=None,
    answer="",
):
    """Let ``unit`` read ``columns`` of the rows that keep ``limits``; return the ``AccessGrant``.

    ``columns``, ``unmasked`` and the first of each limit are lasting identities. With a
    ``request`` the grant is its answer. Raise ``ValidationError`` with a sentence.
    """
    dataset = DatasetPage.objects.select_for_update(of=("self",)).get(pk=dataset.pk)
    refuse_own_matter(user, dataset, unit.pk, request)
    if unit.pk == dataset.owner_unit_id:
        raise ValidationError(_("The unit owns this dataset and reads all of it."))
    if unit.is_group:  # people belong to units, never to a kind of them: nobody would read
        raise ValidationError(_("This is a kind of units; let each unit read by itself."))
    grant = AccessGrant(
        dataset=dataset,
        unit=unit,
        request=request,
        limits=_told_limits(dataset, limits),
        purpose=purpose.strip(),
        legal_ground=legal_ground.strip(),
        valid_from=valid_from,
        valid_until=valid_until,
        granted_by=user,
        **_chosen(dataset, columns, unmasked),
    )
    if valid_until < timezone.localdate():
        raise ValidationError({"valid_until": _("This day has passed.")})
    grant.full_clean()
    grant._history_user = user
    grant.save()
    record("datasets.grant_access", grant, user=user, unit=unit.code, until=str(valid_until))
    if request is not None:
        move(
            request,
            AccessRequest.Status.GRANTED,
            user=user,
            acting_unit=acting_as(user, dataset),
            note=answer,
            answer=answer.strip(),
            answered_by=user,
            answered_at=timezone.now(),
        )
        transaction.on_commit(lambda: tell_asking_unit(request))
    else:
        transaction.on_commit(lambda: tell_of_grant(grant))
    return grant


def _chosen(dataset, columns, unmasked):
    """Return the columns in the order of the definition; only masked ones are given in clear."""
    offered = columns_to_share(dataset)
    given = [each.column_id for each in offered if each.column_id in set(columns)]
    if not given:
        raise ValidationError({"columns": _("Choose at least one column.")})
    hidden = {each.column_id for each in offered if each.personal == MASKED}
    clear = [identity for identity in given if identity in hidden and identity in set(unmasked)]
    return {"columns": given, "unmasked": clear}


def _told_limits(dataset, limits):
    """Return limits with the kind of values that they are about.

    Refuse those that today's rows cannot be asked by.
    """
    if not limits:
        return []
    if len(limits) > MOST_LIMITS:
        raise ValidationError(_("At most %(most)s conditions.") % {"most": MOST_LIMITS})
    version = current_version(dataset)
    if version is None:
        raise ValidationError(
            _("Rows can be chosen once a version is published; nothing is published yet.")
        )
    known = {column.id: column for column in columns_of_version(version)}
    asker, told = asker_of(version), []
    for identity, operator, value in limits:
        if identity not in known:
            raise ValidationError(_("The published rows do not have this column."))
        asker.filter(f"{known[identity].name}__{operator}:{value}")
        told.append([identity, operator, value, meaning_of(known[identity])])
    return told


@transaction.atomic
def revoke_grant(grant, *, user, reason):
    """End a grant at once, with its tokens; who read by it stays on record. Return the grant."""
    grant = AccessGrant.objects.select_for_update(of=("self",)).get(pk=grant.pk)
    refuse_own_matter(user, grant.dataset, grant.unit_id)
    if not reason.strip():
        raise ValidationError({"reason": _("This is needed.")})
    if grant.revoked_at is not None:
        raise ValidationError(_("This grant is revoked already."))
    end_grant(grant, user=user, reason=reason.strip())
    return grant


def end_grant(grant, *, user, reason):
    """End a locked grant that stands, and tell its unit; nobody's rights are asked for here."""
    grant.revoked_at, grant.revoked_by = timezone.now(), user
    grant.revocation_reason = reason
    grant._history_user = user
    grant.save()
    record("datasets.revoke_grant", grant, user=user)
    transaction.on_commit(lambda: tell_of_revocation(grant))


@transaction.atomic
def issue_read_token(unit, *, user, title, days, grant=None):
    """Let a system of ``unit`` read, by ``grant`` or what is shared by default.

    Return the token and its secret, told once.
    """
    if not may_issue_read_tokens(user, unit.pk):
        raise ValidationError(
            _("The unit's head, its data officer or an administrator issues tokens for reading.")
        )
    if grant is not None and (grant.unit_id != unit.pk or not grant.is_in_force):
        raise ValidationError(_("This grant does not hold today."))
    token = AccessToken(
        unit=unit, grant=grant, title=title, issued_by=user, expires_at=end_after(days)
    )
    secret = token.take_new_secret()
    token.save()
    record("datasets.issue_read_token", token, user=user, grant=grant.pk if grant else None)
    return token, secret


def revoke_read_token(token, *, user):
    """End a token for reading at once: by its unit, or by the owner of what it reads."""
    own = may_issue_read_tokens(user, token.unit_id)
    if not own:
        if token.grant is None:
            raise ValidationError(_("Only the unit itself or an administrator revokes this token."))
        refuse_own_matter(user, token.grant.dataset, token.unit_id)
    end_at_once(token, user=user)
    record("datasets.revoke_read_token", token, user=user)
