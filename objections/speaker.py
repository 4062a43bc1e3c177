"""Who says a line: the client, the seller, or nobody knows."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Self

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


@dataclass(frozen=True, slots=True)
class Names:
    """Who is who in these calls, as the user says: comes before what names tell by themselves.

    Attributes
    ----------
    client, seller : frozenset of str
        Names as the source has them, normalized.
    """

    client: frozenset[str] = frozenset()
    seller: frozenset[str] = frozenset()

    @classmethod
    def of(cls, client: Iterable[str] = (), seller: Iterable[str] = ()) -> Self:
        """Take names as typed; case and outer spaces do not matter."""
        return cls(frozenset(map(normalize, client)), frozenset(map(normalize, seller)))

    def role(self, name: str | None) -> Speaker | None:
        """Give the role of a speaker, or None where nobody knows.

        Examples
        --------
        >>> Names.of(client=["speaker_01"]).role("SPEAKER_01"), Names().role("Менеджер")
        ('client', 'seller')
        """
        if name is not None and (self.client or self.seller):
            folded = normalize(name)
            if folded in self.client:
                return "client"
            if folded in self.seller:
                return "seller"
        return parse_speaker(name)


def is_seller(name: str | None) -> bool:
    """Whether the name is surely the seller's: such lines are not scored."""
    return parse_speaker(name) == "seller"
