"""Personal data in a line: telephone numbers, e-mail addresses, card numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["phone", "email", "card"]

# It is looked for from the beginning of a word only, so that a long word costs one reading, not one a letter.
_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Eleven digits that begin with +7, 7 or 8, or ten in the grouping of a telephone number.
_PHONE: Final = re.compile(
    r"(?<!\d)(?:\+7|[78])[\s(-]*\d{3}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}(?!\d)"
    r"|(?<!\d)\(?\d{3}\)?[\s-]\d{3}[\s-]\d{2}[\s-]\d{2}(?!\d)"
)
_CARD: Final = re.compile(r"(?<!\d)(?:\d{4}[\s-]?){3}\d{4}(?:\d{3})?(?!\d)")
# Most lines have neither an @ nor two digits that could belong to a number, and are left at once.
_SUSPICIOUS: Final = re.compile(r"@|\d\d")

PLACEHOLDERS: Final[dict[Kind, str]] = {"phone": "[телефон]", "email": "[почта]", "card": "[карта]"}
"""What stands in a masked text for each kind."""


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
    if _SUSPICIOUS.search(text) is None:
        return []
    return sorted(_find(text), key=lambda found: found.start)


def mask(text: str) -> str:
    """Put a placeholder in the place of each piece of personal data.

    Examples
    --------
    >>> mask("пишите a@b.ru или +7 912 000-11-22")
    'пишите [почта] или [телефон]'
    """
    pieces, end = [], 0
    for found in find_personal_data(text):
        pieces += [text[end : found.start], PLACEHOLDERS[found.kind]]
        end = found.end
    return "".join([*pieces, text[end:]])


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
