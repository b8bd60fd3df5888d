"""The address of a file on another server, read once and by one reader only."""

import re
import socket
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urljoin

from django.utils.translation import gettext as _
from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from portal.core.fetching.networks import Allowed, may_reach
from portal.core.fetching.refusals import FetchRefused

LONGEST = 2000
PORTS = {"http": 80, "https": 443}
#: Never part of an address; programs disagree on what they mean in one.
_STRANGE = re.compile(r"[\x00-\x20\x7f\\]")


@dataclass(frozen=True)
class Place:
    """An http(s) address in its parts; the connection is made from these and nothing else."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self):
        """Return scheme, host and port: what a secret is meant for."""
        return self.scheme, self.host, self.port

    @property
    def told(self):
        """Return the address for people: without the query, in which keys are often written."""
        return f"{self.scheme}://{self.authority}{self.target.partition('?')[0]}"

    @property
    def authority(self):
        """Return host and port as the server expects them in “Host”."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    def leads_to(self, location):
        """Return the place to which a redirection leads from here."""
        return read_place(urljoin(f"{self.scheme}://{self.authority}{self.target}", location))

    def refuse_closed_number(self):
        """Refuse a host written as a number in a closed network; a name is looked up at fetching.

        Looking names up while somebody types would ask the centre's own name servers for them.
        """
        with suppress(OSError, UnicodeError):  # it is a name
            self._looked_up(socket.AI_NUMERICHOST)

    def addresses(self):
        """Return the network addresses of the host, each of them allowed; refuse otherwise.

        A name with one address that is not allowed is refused whole: nobody needs such a name.
        """
        try:
            return self._looked_up()
        except (OSError, UnicodeError) as fault:
            raise FetchRefused("unreachable", unreachable()) from fault

    def _looked_up(self, flags=0):
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM, flags=flags)
        addresses = list(dict.fromkeys(sockaddr[0] for *_rest, sockaddr in found))
        allowed = Allowed.by_settings()
        if not addresses or not all(self._allows(each, allowed) for each in addresses):
            raise FetchRefused("unreachable", unreachable())
        return addresses

    def _allows(self, address, allowed):
        return "%" not in address and may_reach(self.host, address, self.port, allowed)

    def is_inside(self, addresses):
        """Return whether the operator named the network: there http is no risk for a key."""
        allowed = Allowed.by_settings()
        return all(allowed.names(self.host, each) for each in addresses)


def read_place(text):
    """Return the ``Place`` that ``text`` names; raise ``FetchRefused`` for anything else."""
    text = text.strip()
    if len(text) > LONGEST or _STRANGE.search(text):
        raise FetchRefused("address", _("This is not an address that can be fetched."))
    try:
        url = parse_url(text)
    except LocationParseError as fault:
        raise FetchRefused("address", _("This is not an address that can be fetched.")) from fault
    if url.scheme not in PORTS or not url.host:
        raise FetchRefused("address", _("Write an address that begins with https:// or http://."))
    if url.auth is not None:
        raise FetchRefused(
            "address", _("Leave name and password out of the address; write a key as a header.")
        )
    host = url.host.strip("[]").rstrip(".")
    if not host or "%" in host:
        raise FetchRefused("address", _("This is not an address that can be fetched."))
    target = f"{url.path or '/'}{'' if url.query is None else f'?{url.query}'}"
    return Place(url.scheme, host, PORTS[url.scheme] if url.port is None else url.port, target)


def unreachable():
    """Return one sentence for a name without server and for one in a closed network.

    Two would let whoever writes addresses learn which names stand in the centre's own network.
    """
    return _(
        "No server that the portal may reach stands at this address. Servers of internal networks "
        "have to be allowed by the operator."
    )
