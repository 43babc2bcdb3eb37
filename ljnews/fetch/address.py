"""Which addresses may be connected to: names, numbers, ports. `Guard` resolves once, checks all answers, and gives what to connect to."""

from __future__ import annotations

import ipaddress
import queue
import re
import socket
import threading
from collections.abc import Callable, Sequence
from typing import Any

from ljnews.errors import AddressRefused, FetchFailed

Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Sequence[str]]

#: IPv4 ranges that `ipaddress` calls global and that are not the public Internet (measured on 3.11.7), and clouds' metadata services.
_REFUSED_4 = [
    ipaddress.IPv4Network(n)
    for n in ("0.0.0.0/8", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32")
]
#: Of IPv6 only global unicast is public; inside it these are special: protocol assignments with Teredo, documentation, 6to4.
_PUBLIC_6 = ipaddress.IPv6Network("2000::/3")
_REFUSED_6 = [ipaddress.IPv6Network(n) for n in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")]
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
#: Names that only mean something inside a machine, a house or a cloud.
_REFUSED_NAMES = re.compile(r"(^|\.)(localhost|localdomain|local|internal|intranet|home\.arpa|onion)$")
#: Ports of services that must never be spoken to in HTTP: databases, caches, mail, remote control, and those that browsers refuse.
_REFUSED_PORTS = frozenset((
    87, 88, 1433, 1434, 1521, 1719, 1720, 1723, 2049, 2181, 2375, 2376, 2379, 2380, 3306, 3389, 3659, 4045, 4190, 5060, 5061, 5432, 5433,
    5672, 5900, 5984, 6000, 6379, 6443, 6566, 6665, 6666, 6667, 6668, 6669, 6697, 9042, 9092, 9200, 9300, 10080, 10250, 10255, 11211,
    15672, 27017, 27018, 50070,
))  # fmt: skip


#: The system's resolver has no deadline of its own; a dead name server must not hold a page longer than this.
_RESOLVE_SECONDS = 10.0


def system_resolver(host: str, port: int) -> list[str]:
    """Return all addresses that the system gives for a name; OSError where it knows none, or does not answer within ten seconds."""
    answered: queue.SimpleQueue[list[Any] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answered.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except Exception as error:  # handed over to the thread that waits
            answered.put(error)

    threading.Thread(target=ask, daemon=True, name="ljnews-resolve").start()
    try:
        found = answered.get(timeout=_RESOLVE_SECONDS)
    except queue.Empty:
        raise TimeoutError("the name server does not answer") from None
    if isinstance(found, Exception):
        raise found
    return list(dict.fromkeys(str(answer[4][0]) for answer in found))


def is_public(ip: Ip) -> bool:
    """Say whether an address belongs to the public Internet.

    Stricter than `ip.is_global`, which is True for 6to4, NAT64 and multicast addresses of loopback and private hosts.

    >>> is_public(ipaddress.ip_address("2002:7f00:1::")), is_public(ipaddress.ip_address("1.1.1.1"))
    (False, True)
    """
    if isinstance(ip, ipaddress.IPv4Address):
        return ip.is_global and not any(ip in net for net in _REFUSED_4)
    if ip.scope_id is not None:
        return False
    if ip.ipv4_mapped is not None:
        return is_public(ip.ipv4_mapped)
    if ip in _NAT64:  # a network without IPv4 reaches public IPv4 hosts this way: the host inside is what counts
        return is_public(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    return ip in _PUBLIC_6 and not any(ip in net for net in _REFUSED_6)


class Guard:
    """Decides on names, ports and addresses. `allow` opens address ranges, `ports` opens ports."""

    def __init__(self, *, allow: Sequence[str] = (), ports: Sequence[int] = (), resolver: Resolver | None = None) -> None:
        self._allow = [ipaddress.ip_network(net, strict=False) for net in allow]
        self._ports = frozenset(ports)
        self._resolver = resolver or system_resolver

    def check_port(self, host: str, port: int) -> None:
        """Refuse ports on which no newspaper is published: those under 1024 save 80–90 and 443, and known services."""
        fine = port in (443, *range(80, 91)) or 1024 <= port <= 65535
        if port not in self._ports and (not fine or port in _REFUSED_PORTS):
            raise AddressRefused(f"{host}:{port}: not a port of web sites; allow it by allow_ports", host=host, port=port)

    def check_name(self, host: str) -> None:
        """Refuse names of this machine and of clouds' insides, unless address ranges are opened."""
        name = host.rstrip(".").lower()
        if not self._allow and _REFUSED_NAMES.search(name):
            raise AddressRefused(f"{host}: a name of this machine or network; open its range by allow_networks", host=host)

    def check_address(self, host: str, address: str) -> Ip:
        """Return the address if it may be connected to; raise AddressRefused otherwise."""
        try:
            ip = ipaddress.ip_address(address)
        except ValueError as error:
            raise AddressRefused(f"{host}: resolves to {address!r}, not an address", host=host) from error
        inner = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped else ip
        if is_public(ip) or any(inner in net for net in self._allow if net.version == inner.version):
            return ip
        raise AddressRefused(
            f"{host} is at {address}, not on the public Internet; open its range by allow_networks if that is meant",
            host=host,
            address=address,
        )

    def addresses(self, host: str, port: int) -> list[str]:
        """Return the addresses of a host, every one checked: one forbidden answer refuses the name."""
        self.check_port(host, port)
        self.check_name(host)
        try:
            found = list(self._resolver(host, port))
        except UnicodeError as error:
            raise AddressRefused(f"{host[:80]}: not a host name", host=host[:80]) from error
        except OSError as error:
            raise FetchFailed(f"{host}: the name does not resolve ({error.strerror or error})", host=host) from error
        if not found:
            raise FetchFailed(f"{host}: the name has no address", host=host)
        return [str(self.check_address(host, one)) for one in found]
