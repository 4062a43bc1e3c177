"""Which addresses only this machine can reach."""

import ipaddress
import socket


def is_loopback(host: str) -> bool:
    """Say whether a server that listens on `host` can be reached from this machine alone.

    A name counts by the addresses that it stands for; one that stands for none is taken for an outer one,
    and so is the empty name, which means every address.

    Examples
    --------
    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("0.0.0.0"), is_loopback("")
    (True, True, False, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return bool(host) and _names_loopback(host)


def _names_loopback(name: str) -> bool:
    try:
        found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return False
    return all(ipaddress.ip_address(address[0]).is_loopback for *_, address in found)
