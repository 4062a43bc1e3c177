"""Which addresses only this machine can reach."""

from collections.abc import Callable
from types import ModuleType

import pytest

from service import addresses
from service.addresses import is_loopback


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "localhost"])
def test_this_machine_alone(host: str) -> None:
    """By number or by name."""
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "192.0.2.1", "no.such.host.invalid", "\udcff", "0"])  # noqa: S104 (what is refused)
def test_others_too(host: str) -> None:
    """And what cannot be told."""
    assert not is_loopback(host)


def test_examples(doctest_module: Callable[[ModuleType], None]) -> None:
    """In docstrings."""
    doctest_module(addresses)
