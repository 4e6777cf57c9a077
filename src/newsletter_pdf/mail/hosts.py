"""Whether a host is this computer, which no packet leaves."""

from __future__ import annotations

from ipaddress import ip_address


def is_loopback(host: str) -> bool:
    """True for this computer's own addresses."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def host_of(address: str) -> str:
    """The host in ``tcp://host:8786``, ``host:8786`` and ``tcp://[::1]:8786``."""
    return address.rpartition("://")[2].rpartition(":")[0].strip("[]") or address
