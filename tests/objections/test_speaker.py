"""Who speaks."""

from collections.abc import Callable
from types import ModuleType

import pytest

from objections import speaker as module
from objections.speaker import Names, parse_speaker


@pytest.mark.parametrize(
    "name",
    [
        "seller",
        "manager",
        "Agent",
        "OPERATOR",
        "менеджер",
        "Оператор",
        "продавец",
        "Менеджер 2",
        "[operator]:",
    ],
)
def test_names_of_the_seller(name: str) -> None:
    """However an export writes it, the seller is the seller."""
    assert parse_speaker(name) == "seller"


@pytest.mark.parametrize("name", ["client", "Клиент", "customer_1", "Покупатель:", "абонент"])
def test_names_of_the_client(name: str) -> None:
    """However an export writes it, the client is the client."""
    assert parse_speaker(name) == "client"


@pytest.mark.parametrize("name", [None, "", "SPEAKER_00", "Иван", "менеджерский чат клиентов", "7"])
def test_other_names_tell_no_role(name: str | None) -> None:
    """A name that is no role is not guessed at."""
    assert parse_speaker(name) is None


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("SPEAKER_00", "seller"),
        (" speaker_00", "seller"),
        ("Алёна", "client"),
        ("АЛЕНА", "client"),
        ("Канал 1", "client"),
        ("Менеджер", "client"),
        ("Оператор", "seller"),
        ("клиент", "client"),
        ("SPEAKER_01", None),
        ("Канал 2", None),
        (None, None),
    ],
)
def test_what_the_user_says_comes_before_what_a_name_tells(name: str | None, role: str | None) -> None:
    """Names are compared whole, whatever their case; the others are read as ever."""
    names = Names.of(client=["алёна", "Канал 1", "менеджер"], seller=["speaker_00"])
    assert names.role(name) == role


def test_without_names_only_what_they_tell_counts() -> None:
    """As `parse_speaker` reads it."""
    assert [Names().role(name) for name in ("Менеджер", "client", "Иван", "", None)] == [
        "seller",
        "client",
        None,
        None,
        None,
    ]


def test_examples_in_docstrings_hold(doctest_module: Callable[[ModuleType], None]) -> None:
    """What the docstrings show is what comes out."""
    doctest_module(module)
