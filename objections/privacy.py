"""Personal data in a line: telephone numbers, e-mail addresses, card numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["phone", "email", "card"]

_EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Eleven digits that begin with +7, 7 or 8, or ten in the grouping of a telephone number.
_PHONE: Final = re.compile(
    r"(?<!\d)(?:\+7|[78])[\s(-]*\d{3}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}(?!\d)"
    r"|(?<!\d)\(?\d{3}\)?[\s-]\d{3}[\s-]\d{2}[\s-]\d{2}(?!\d)"
)
_CARD: Final = re.compile(r"(?<!\d)(?:\d{4}[\s-]?){3}\d{4}(?:\d{3})?(?!\d)")


@dataclass(frozen=True, slots=True)
class PersonalData:
    """Where a piece of personal data stands.

    Attributes
    ----------
    kind : str
        ``phone``, ``email`` or ``card``.
    start, end : int
        ``text[start:end]``.
    """

    kind: Kind
    start: int
    end: int


def find_personal_data(text: str) -> list[PersonalData]:
    """Find telephone numbers, e-mail addresses and card numbers, in the order of the text.

    Examples
    --------
    >>> [found.kind for found in find_personal_data("пишите a@b.ru или +7 912 000-11-22")]
    ['email', 'phone']
    >>> find_personal_data("заказ 4511, код 0300300003, оборот 5 000 000")
    []
    """
    return sorted(_find(text), key=lambda found: found.start)


def _find(text: str) -> Iterator[PersonalData]:
    taken: list[range] = []
    patterns: tuple[tuple[Kind, re.Pattern[str]], ...] = (
        ("email", _EMAIL),
        ("card", _CARD),
        ("phone", _PHONE),
    )
    for kind, pattern in patterns:
        for match in pattern.finditer(text):
            start, end = match.span()
            overlaps = any(start < other.stop and other.start < end for other in taken)
            if not overlaps and (kind != "card" or _passes_luhn(match[0])):
                taken.append(range(start, end))
                yield PersonalData(kind, start, end)


def _passes_luhn(number: str) -> bool:
    """Check the last digit of a card number (ISO/IEC 7812-1)."""
    digits = [int(digit) for digit in number if digit.isdigit()]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
