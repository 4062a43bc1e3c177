"""Who says a line: the client, the seller, or nobody knows."""

import re
from functools import lru_cache
from typing import Final

from objections.labels import Speaker
from objections.text import normalize


def _folded(names: set[str]) -> frozenset[str]:
    """Read names as the text of a line is read, so that case or a doubled letter cannot hide one."""
    return frozenset(map(normalize, names))


_SELLER_NAMES: Final = _folded(
    {
        "seller",
        "manager",
        "agent",
        "operator",
        "sales",
        "salesman",
        "salesperson",
        "rep",
        "representative",
        "employee",
        "consultant",
        "менеджер",
        "агент",
        "оператор",
        "продавец",
        "консультант",
        "сотрудник",
        "специалист",
        "администратор",
        "продажник",
    }
)
_CLIENT_NAMES: Final = _folded(
    {
        "client",
        "customer",
        "buyer",
        "lead",
        "caller",
        "subscriber",
        "клиент",
        "клиентка",
        "покупатель",
        "покупательница",
        "заказчик",
        "заказчица",
        "абонент",
        "лид",
    }
)
# «Менеджер 1», «operator_2:», «[Клиент]» name the same two roles.
_DECORATION: Final = re.compile(r"[\W\d_]+")


@lru_cache(maxsize=4096)  # an export names few speakers, millions of times
def parse_speaker(name: str | None) -> Speaker | None:
    """Read a speaker's name as a role.

    Parameters
    ----------
    name : str or None
        What an export or a request calls the speaker.

    Returns
    -------
    ``"client"``, ``"seller"``, or None where the name tells no role («SPEAKER_01», «Иван»).

    Examples
    --------
    >>> parse_speaker("Менеджер 1"), parse_speaker("CLIENT"), parse_speaker("Иван")
    ('seller', 'client', None)
    """
    first, *_ = _DECORATION.sub(" ", normalize(name or "")).split() or [""]
    if first in _SELLER_NAMES:
        return "seller"
    if first in _CLIENT_NAMES:
        return "client"
    return None


def is_seller(name: str | None) -> bool:
    """Whether the name is surely the seller's: such lines are not scored."""
    return parse_speaker(name) == "seller"
