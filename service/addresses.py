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
    if not host:
        return False
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return False
    return all(ipaddress.ip_address(str(address[0]).partition("%")[0]).is_loopback for *_, address in found)
