"""Only public addresses are connected to, whatever names, redirects or odd spellings say.

The check stands where a connection takes its addresses from, so that no answer of a name server between check and
connection can change it. IANA's special-purpose registries (RFC 6890) decide what is public, as `ipaddress` knows them.
"""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

from twisted.internet.address import IPv4Address as TwistedIPv4Address
from twisted.internet.address import IPv6Address as TwistedIPv6Address
from twisted.internet.interfaces import IAddress, IHostnameResolver, IHostResolution, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]  # ships no types

# Translated addresses carry an IPv4 address in their last 32 bits (RFC 6052, RFC 8215).
_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))


def is_public(address: str) -> bool:
    """Whether an IPv4 or IPv6 address may be connected to. Raises ValueError for what is no address."""
    found = ip_address(address.partition("%")[0])
    if not found.is_global or found.is_multicast or found.is_reserved:
        return False
    return all(inner.is_global and not inner.is_multicast for inner in _embedded(found))


def literal_address(host: str) -> str | None:
    """The address that a host name spells out, or None for a real name. Brackets may be there."""
    try:
        return str(ip_address(host.strip("[]").partition("%")[0]))
    except ValueError:
        return None


def _embedded(address: IPv4Address | IPv6Address) -> Sequence[IPv4Address]:
    if isinstance(address, IPv4Address):
        return ()
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if any(address in network for network in _NAT64):
        found.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return [inner for inner in found if inner is not None]


# Twisted's interfaces (zope.interface) are no types; objects that provide them are typed as Any.
@implementer(IResolutionReceiver)
class _PublicReceiver:
    """Passes on public addresses only, and remembers that others were held back."""

    def __init__(self, receiver: Any, host: str, refused: set[str]) -> None:
        self._receiver, self._host, self._refused = receiver, host, refused

    def resolutionBegan(self, resolution: IHostResolution) -> None:  # noqa: N802 - Twisted's interface
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IAddress) -> None:  # noqa: N802 - Twisted's interface
        if isinstance(address, TwistedIPv4Address | TwistedIPv6Address) and is_public(address.host):
            self._receiver.addressResolved(address)
        else:
            self._refused.add(self._host)

    def resolutionComplete(self) -> None:  # noqa: N802 - Twisted's interface
        self._receiver.resolutionComplete()


@implementer(IHostnameResolver)
class PublicOnlyResolver:
    """A resolver that gives out public addresses, and for the hosts of private sources any.

    ``refused`` holds the names whose addresses were held back.
    """

    def __init__(self, resolver: Any, private_hosts: frozenset[str]) -> None:
        """Wrap a reactor's resolver; ``private_hosts`` are host names without ports."""
        self.wrapped = resolver
        self.refused: set[str] = set()
        self._private_hosts = private_hosts

    def resolveHostName(  # noqa: N802 - Twisted's interface
        self,
        resolutionReceiver: Any,  # noqa: N803 - Twisted's interface
        hostName: str,  # noqa: N803 - Twisted's interface
        portNumber: int = 0,  # noqa: N803 - Twisted's interface
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803 - Twisted's interface
        transportSemantics: str = "TCP",  # noqa: N803 - Twisted's interface
    ) -> Any:
        """Resolve a name (or a literal: Twisted asks for those, too)."""
        receiver: Any = resolutionReceiver
        if hostName.lower() not in self._private_hosts:
            receiver = _PublicReceiver(resolutionReceiver, hostName.lower(), self.refused)
        return self.wrapped.resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)
