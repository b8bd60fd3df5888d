"""Fetch one file: each step is checked, and the address checked is the one connected to.

urllib3 speaks HTTP; names are looked up here, once for each hop, and the connection goes to the
number that was found, with the name in “Host” and in the certificate. Redirections are followed
by hand. Nothing is unpacked beyond the limit, and a clock ends what takes too long.
"""

import hashlib
import socket
import ssl
import threading
import time
import zlib
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPException

from django.utils.translation import gettext as _
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, SSLError

from portal.core.fetching.places import read_place, unreachable
from portal.core.fetching.refusals import FetchRefused, by_status, too_large, too_slow

REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOST_REDIRECTS = 5
MOST_ADDRESSES = 4  #: of one name, tried one after the other
CONNECT_SECONDS = 20
PIECE = 64 * 1024
AGENT = "IOC-portal/1"
CONDITIONS = frozenset({"If-None-Match", "If-Modified-Since"})
#: What goes wrong on a line, from below urllib3 and in its words.
BREAKS = (HTTPError, HTTPException, OSError)
TOLD = ("content-type", "content-disposition", "etag", "last-modified")


@dataclass(frozen=True)
class Limits:
    """How much is taken, and how long all of it may last, redirections included."""

    size: int
    seconds: int


@dataclass
class Fetched:
    """What came: ``is_new`` is false where the server said that nothing changed."""

    status: int
    place: object
    headers: dict = field(default_factory=dict)
    size: int = 0
    sha256: str = ""

    @property
    def is_new(self):
        return self.status != 304


def fetch(address, into, *, limits, headers=None, secret=None):
    """Write what stands at ``address`` into the file ``into``; return ``Fetched``.

    ``secret`` is one header (name, value) for the origin of ``address`` alone: it goes to no
    other server, and over http only where the operator named the network. Raise ``FetchRefused``.
    """
    place, end = read_place(address), time.monotonic() + limits.seconds
    origin = place.origin
    for _hop in range(MOST_REDIRECTS + 1):
        carried = secret if place.origin == origin else None
        with closing(_Exchange(place, end, limits)) as exchange:
            answer = exchange.answer(headers or {}, carried)
            if answer.status not in REDIRECTS:
                return exchange.taken(answer, into)
            place = _next_place(place, answer.headers.get("location"))
    raise FetchRefused("redirects", _("The address leads on and on to other addresses."))


def _next_place(place, location):
    if not location:
        raise FetchRefused("redirects", _("The address leads on to nowhere."))
    onward = place.leads_to(location)
    if place.scheme == "https" and onward.scheme == "http":
        raise FetchRefused("redirects", _("The address leads from https on to http."))
    return onward


class _Exchange:
    """One request to one place, and its answer; a clock cuts the line when time is over."""

    def __init__(self, place, end, limits):
        self.place, self.end, self.limits = place, end, limits
        self.connection, self.line, self.asked, self.is_over = None, None, {}, False
        self.alarm = threading.Timer(max(0.01, end - time.monotonic()), self._cut)
        self.alarm.daemon = True

    def close(self):
        self.alarm.cancel()
        if self.connection is not None:
            self.connection.close()

    def _cut(self):
        """End the exchange from beside: whoever waits for the next byte then stops waiting."""
        self.is_over = True
        if self.line is not None:
            try:
                socket.socket.shutdown(self.line, socket.SHUT_RDWR)
            except OSError:  # it has ended by itself
                return

    def answer(self, headers, secret):
        """Return the head of the answer to a GET with ``headers`` and the ``secret`` one."""
        addresses = self.place.addresses()[:MOST_ADDRESSES]
        if secret:
            if self.place.scheme == "http" and not self.place.is_inside(addresses):
                raise FetchRefused("secret", _("A key is sent over https only."))
            headers = {**headers, secret[0]: secret[1]}
        self.asked = headers
        self.alarm.start()
        fault = None
        for address in addresses:
            try:
                return self._asked(address, headers)
            except (SSLError, ssl.SSLError) as distrust:
                if self.is_over:
                    raise too_slow(self.limits.seconds) from distrust
                raise FetchRefused(
                    "certificate", _("The server's certificate cannot be trusted.")
                ) from distrust
            except BREAKS as failed:
                fault = failed
                if self._is_late():
                    break
        raise self._refusal(fault) from fault

    def _connect(self, address):
        if self.connection is not None:
            self.connection.close()
        left = max(0.01, self.end - time.monotonic())
        words = {"timeout": min(left, CONNECT_SECONDS)}
        if self.place.scheme == "https":
            self.connection = HTTPSConnection(
                address,
                self.place.port,
                server_hostname=self.place.host,
                ssl_context=ssl.create_default_context(),
                **words,
            )
        else:
            self.connection = HTTPConnection(address, self.place.port, **words)
        self.connection.connect()
        self.line = self.connection.sock
        self.line.settimeout(left)

    def _asked(self, address, headers):
        self._connect(address)
        self.connection.request(
            "GET",
            self.place.target,
            headers={
                "Host": self.place.authority,
                "User-Agent": AGENT,
                "Accept": "*/*",
                "Accept-Encoding": "identity",
                **headers,
            },
            preload_content=False,
            decode_content=False,
        )
        return self.connection.getresponse()

    def taken(self, answer, into):
        """Write the body of ``answer`` into ``into`` and return what came."""
        kept = {name: answer.headers.get(name, "")[:500] for name in TOLD}
        found = Fetched(answer.status, self.place, kept)
        if answer.status == 304 and CONDITIONS & self.asked.keys():
            return found
        if answer.status != 200:
            raise by_status(answer.status)
        digest = hashlib.sha256()
        for piece in self._pieces(answer):
            found.size += len(piece)
            if found.size > self.limits.size:
                raise too_large(self.limits.size)
            digest.update(piece)
            into.write(piece)
        found.sha256 = digest.hexdigest()
        return found

    def _pieces(self, answer):
        """Yield the body in pieces of bounded length; refuse what is cut off or packed oddly."""
        length = answer.headers.get("content-length", "")
        if length.isascii() and length.isdigit() and int(length[:20]) > self.limits.size:
            raise too_large(self.limits.size)
        packing = _packing(answer.headers.get("content-encoding", ""))
        try:
            while piece := answer.read1(PIECE, decode_content=False):
                if self._is_late():
                    raise too_slow(self.limits.seconds)
                yield from packing.unpacked(piece)
        except (*BREAKS, ValueError, zlib.error) as fault:
            raise self._refusal(fault) from fault
        if self._is_late():
            raise too_slow(self.limits.seconds)
        if not packing.is_whole:
            raise _broken()

    def _is_late(self):
        return self.is_over or time.monotonic() > self.end

    def _refusal(self, fault):
        if self._is_late() or isinstance(fault, TimeoutError):
            return too_slow(self.limits.seconds)
        if self.line is None:
            return FetchRefused("unreachable", unreachable())
        return _broken()


class _Plain:
    """The body as it comes."""

    is_whole = True

    def unpacked(self, piece):
        yield piece


class _Gzip:
    """A body that the server packed although nobody asked: unpacked in pieces of bounded length."""

    def __init__(self):
        self._unzip = zlib.decompressobj(16 + zlib.MAX_WBITS)

    @property
    def is_whole(self):
        return self._unzip.eof

    def unpacked(self, piece):
        while piece:
            yield self._unzip.decompress(piece, PIECE)
            piece = self._unzip.unconsumed_tail


_PACKINGS = {"": _Plain, "identity": _Plain, "gzip": _Gzip, "x-gzip": _Gzip}


def _packing(name):
    if name.strip().lower() not in _PACKINGS:
        raise FetchRefused("encoding", _("The server packs its answer in a way nobody asked for."))
    return _PACKINGS[name.strip().lower()]()


def _broken():
    return FetchRefused("broken", _("The server broke off, or its answer is no HTTP."))
