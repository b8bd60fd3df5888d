"""Who asks for rows: a person, or a unit's system with a token for reading."""

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.addresses import client_address
from portal.core.models.page import closed_paths, keep_readable, visitor_of
from portal.core.prepared import PreparedQuery
from portal.datasets.access import may_issue_read_tokens, may_see_all
from portal.datasets.models import AccessGrant, AccessToken, DatasetPage
from portal.datasets.models.pages import naming
from portal.datasets.models.secret_token import hash_of
from portal.units.permissions import unit_ids_of

Sharing = DatasetPage.Sharing
#: The parameter by which a reader with several grants chooses one.
GRANT = "quyen"


#: A system reads so many times within a minute at the most.
READINGS_PER_MINUTE = 600


class TokenRefused(PermissionDenied):
    """A request came with a token for reading that is not, or no longer, valid."""

    status = 401


class TooManyReadings(TokenRefused):
    """A token was used too often within a minute."""

    status = 429


@dataclass(frozen=True)
class Reader:
    """Who asks: a person, or a unit's system with ``token``; ``wanted`` is the pk of a grant."""

    user: object
    token: AccessToken | None = None
    wanted: int | None = None
    address: str = ""

    def grants_for(self, dataset):
        """Return the grants by which the reader may read of ``dataset``, the newest first."""
        if self.token is not None:
            return [self.token.grant] if self.token.grant_id else []
        return _grants_of(self.user).get(dataset.pk, [])

    def is_shared_by_default(self, dataset):
        """Return whether the reader may read by the sharing of ``dataset`` alone."""
        if dataset.on_request:
            return False
        if dataset.sharing == Sharing.PUBLIC:
            return True
        if self.token is not None:
            return self.token.grant_id is None and (
                dataset.sharing == Sharing.INTERNAL
                or dataset.owner_unit_id == self.token.unit_id
                or naming([self.token.unit_id]).filter(datasetpage=dataset.pk).exists()
            )
        if not self.user.is_authenticated or not self.user.is_active:
            return False
        return dataset.sharing == Sharing.INTERNAL or dataset.pk in _named_to(self.user)

    def looks_after(self, dataset):
        """Return whether the reader sees all of ``dataset``; a system with a token never does."""
        return self.token is None and may_see_all(self.user, dataset)


def reader_of(request):
    """Return who asks; read once for each request. Raise ``TokenRefused`` for a token gone bad."""
    if not hasattr(request, "_portal_reader"):
        wanted = request.GET.get(GRANT, "")
        request._portal_reader = Reader(
            user=request.user,
            token=_token_of(request),
            wanted=int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 12 else 0,
            address=client_address(request) or "",
        )
    return request._portal_reader


def _token_of(request):
    kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer":
        return None
    found = AccessToken.objects.valid().filter(hash=hash_of(secret.strip()))
    token = found.select_related("unit", "issued_by", "grant__dataset").first()
    if token is None or not _holds(token):
        raise TokenRefused(_("This token for reading is not valid, or not any more."))
    since = timezone.now() - timedelta(minutes=1)
    if token.events.filter(at__gt=since).count() >= READINGS_PER_MINUTE:
        raise TooManyReadings(_("Too many requests. Come again in a minute."))
    return token


def _holds(token):
    grant = token.grant
    return (
        token.issued_by.is_active
        and may_issue_read_tokens(token.issued_by, token.unit_id)
        and (grant is None or (grant.is_in_force and grant.unit_id == token.unit_id))
    )


def datasets_for(request):
    """Return the live datasets of which whoever asks may know."""
    token = reader_of(request).token
    if token is None:
        return DatasetPage.objects.readable_by(request)
    if token.grant_id:
        return DatasetPage.objects.live().filter(pk=token.grant.dataset_id)
    return keep_readable(DatasetPage.objects.shared_with(token.unit_id), request)


def dataset_for(request, code):
    """Return of ``datasets_for(request)`` the one with ``code``, or None.

    Visitors without a name all ask the same, again and again: for them the query is kept.
    """
    reader = reader_of(request)
    if reader.token is None and not reader.user.is_authenticated:
        return _known_to_visitors(closed_paths(request)).first(code)
    return datasets_for(request).filter(code=code).first()


@lru_cache(maxsize=16)
def _known_to_visitors(closed):
    """Return the query for a code among what a visitor sees to whom the paths ``closed`` are."""
    visitor = visitor_of(AnonymousUser(), closed)
    return PreparedQuery(
        lambda code: DatasetPage.objects.readable_by(visitor).filter(code=code), "§"
    )


def _grants_of(user):
    """Return ``{dataset pk: grants in force}`` of the user's units; read once per user object."""
    if not hasattr(user, "_portal_grants"):
        found, units = {}, unit_ids_of(user)
        if units:
            for grant in AccessGrant.objects.in_force().filter(unit__in=units):
                found.setdefault(grant.dataset_id, []).append(grant)
        user._portal_grants = found
    return user._portal_grants


def _named_to(user):
    """Return the pks of the datasets that name a unit of ``user``; read once per user object."""
    if not hasattr(user, "_portal_named"):
        user._portal_named = frozenset(
            naming(unit_ids_of(user)).values_list("datasetpage", flat=True)
        )
    return user._portal_named
