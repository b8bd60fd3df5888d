"""Which network addresses the portal may connect to.

Everybody's networks are open. What is private, of this machine, of one cable, of many receivers
or reserved is closed, also where an IPv6 address only wraps such an address, unless the operator
names it in ``PORTAL_FETCH_ALLOWED``: a network is open with all that is in it, a host name opens
private addresses only, never those of this machine or of one cable.
"""

from dataclasses import dataclass
from ipaddress import IPv4Address, ip_address, ip_network

from django.conf import settings

#: The one part of IPv6 that is given to networks of everybody.
GLOBAL_UNICAST = ip_network("2000::/3")
#: IPv6 addresses that a translator turns into the IPv4 address in their last 32 bits.
NAT64 = ip_network("64:ff9b::/96")
#: Closed beside what Python's ``is_global`` leaves out.
CLOSED = tuple(
    map(
        ip_network,
        ("192.88.99.0/24", "2001::/23", "2001:db8::/32", "3ffe::/16", "3fff::/20", "5f00::/16"),
    )
)
#: What a host name opens when the operator names it: the networks of an organisation.
PRIVATE = tuple(
    map(
        ip_network,
        ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"),
    )
)
#: Ports of web servers; in networks that the operator named any port may be asked.
WEB_PORTS = frozenset({80, 443, 8080, 8443})


@dataclass(frozen=True)
class Allowed:
    """What the operator opened beside everybody's networks."""

    networks: tuple = ()
    hosts: frozenset = frozenset()

    @classmethod
    def by_settings(cls):
        """Return what ``PORTAL_FETCH_ALLOWED`` names."""
        networks, hosts = [], set()
        for entry in settings.PORTAL_FETCH_ALLOWED:
            try:
                networks.append(ip_network(entry.strip(), strict=False))
            except ValueError:
                hosts.add(entry.strip().lower())
        return cls(tuple(networks), frozenset(hosts))

    def names(self, host, address):
        """Return whether the operator opened ``address``, reached under the name ``host``."""
        inner = unwrapped(address)
        if any(inner in network for network in self.networks):
            return True
        return host in self.hosts and any(inner in network for network in PRIVATE)


def unwrapped(address):
    """Return the IPv4 address that an IPv6 address stands for, or the address itself."""
    address = ip_address(address)
    if isinstance(address, IPv4Address):
        return address
    inner = address.ipv4_mapped or address.sixtofour
    if inner is None and address in NAT64:
        inner = IPv4Address(int(address) & 0xFFFFFFFF)
    return inner or address


def is_open(address):
    """Return whether ``address`` lies in a network of everybody."""
    address = unwrapped(address)
    if any(address in network for network in CLOSED):
        return False
    if address.version == 6 and address not in GLOBAL_UNICAST:
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def may_reach(host, address, port, allowed):
    """Return whether the portal may connect to ``address`` and ``port`` when asked for ``host``."""
    if allowed.names(host, address):
        return True
    return port in WEB_PORTS and is_open(address)
