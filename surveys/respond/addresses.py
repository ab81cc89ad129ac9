"""Which network address a request came from: to be counted by, and never stored or logged."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

# What one household or one telephone gets of IPv6 (RFC 6177): within it, a machine picks freely.
HOUSEHOLD = 64


def address_of(request: HttpRequest) -> str:
    """The address of whoever asks, an IPv6 one by its /64; empty where the server does not know it.

    Behind a proxy it is the last entry of X-Forwarded-For, which the proxy itself wrote: those
    before it are whatever the visitor likes.
    """
    written = str(request.META.get("REMOTE_ADDR") or "")
    if settings.BEHIND_PROXY:
        last = request.headers.get("x-forwarded-for", "").rpartition(",")[2]
        written = last.strip() or written
    return _normal(written)


def _normal(written: str) -> str:
    """One spelling for each address; empty for what is none."""
    try:
        address = ip_address(_without_port(written))
    except ValueError:
        return ""
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ip_network((int(address), HOUSEHOLD), strict=False))


def _without_port(written: str) -> str:
    """Some proxies add the port: `192.0.2.1:4711`, `[2001:db8::1]:4711`."""
    if written.startswith("["):
        return written[1:].partition("]")[0]
    return written.partition(":")[0] if written.count(":") == 1 else written
