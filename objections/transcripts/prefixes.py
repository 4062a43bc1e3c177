"""Names in front of what is said, as in «Клиент: дорого», told from other words that a colon follows."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from objections.speaker import parse_speaker

_MOST_CHARACTERS: Final = 40
_MOST_WORDS: Final = 5
# A colon between digits is a time of day, one before // belongs to an address.
_COLON: Final = re.compile(rf"([^:]{{1,{_MOST_CHARACTERS}}})(?:(?<!\d):|:(?!\d))(?!//)")
_DASH: Final = re.compile(rf"(\S.{{0,{_MOST_CHARACTERS}}}?) [-–—] ")
_SHAPE: Final = re.compile(r"[\w+(][\w .'’()№#*+/-]*")
_LABEL: Final = re.compile(
    r"(?:speaker|spk|channel|voice|спикер|канал|участник|собеседник|говорящий|голос)"
    r"[ _#№-]{0,2}(?:\d{1,3}|unknown)|unknown",
    re.IGNORECASE,
)
_FIELDS: Final = frozenset(
    {"дата", "время", "длительность", "звонок", "запись", "файл", "язык", "тема", "статус"}
    | {"номер", "телефон", "почта", "адрес", "сумма", "итого", "комментарий", "вопрос", "ответ"}
    | {"date", "time", "duration", "file", "id", "phone", "email", "from", "to", "subject", "status"}
)
"""Words that stand before colons in cards and headers, and name nobody."""
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.){1,3}[^\W\d_]?")
_PHONE: Final = re.compile(r"[+\d][\d ()*-]{4,}")


@dataclass(frozen=True, slots=True)
class Prefix:
    """What may be a name, and what follows it."""

    name: str
    text: str


def split_prefix(line: str, *, dash: bool = False) -> Prefix | None:
    """Split what may be a speaker's name from the beginning of a line.

    Parameters
    ----------
    line : str
    dash : bool
        Whether a dash with spaces around it comes after the name, instead of a colon.

    Examples
    --------
    >>> split_prefix("[SPEAKER_01]: Дорого."), split_prefix("Клиент — Дорого.", dash=True)
    (Prefix(name='SPEAKER_01', text='Дорого.'), Prefix(name='Клиент', text='Дорого.'))
    >>> split_prefix("созвонимся в 12:30"), split_prefix("и вот что: дорого")
    (None, None)
    """
    match = (_DASH if dash else _COLON).match(line)
    name = match and parse_name(match[1])
    return Prefix(name, line[match.end() :].strip()) if match and name else None


def parse_name(text: str) -> str | None:
    """Read words as a name: a role, or up to five words with a capital letter or a digit in each.

    Examples
    --------
    >>> parse_name(" [Менеджер по продажам]"), parse_name("Иванов И.П."), parse_name("iPhone (Ольга)")
    ('Менеджер по продажам', 'Иванов И.П.', 'iPhone (Ольга)')
    >>> parse_name("Добрый день"), parse_name("Да. Итого"), parse_name("12")
    (None, None, None)
    """
    name = text.strip()
    if name.startswith("[") and name.endswith("]"):
        name = name[1:-1].strip()
    return name if len(name) <= _MOST_CHARACTERS and _is_name(name) else None


@lru_cache(maxsize=4096)  # a call has few speakers, and each takes many turns
def _is_name(name: str) -> bool:
    if not _SHAPE.fullmatch(name):
        return False
    first, *others = name.split()
    if first.lower() in _FIELDS or len(others) >= _MOST_WORDS:
        return False
    return _is_proper(name) or is_label(name) or parse_speaker(name) is not None


def is_label(name: str) -> bool:
    """Whether a name tells by itself that it is one: a role, or what recognisers call a speaker.

    Examples
    --------
    >>> is_label("клиент"), is_label("Менеджер Ольга"), is_label("SPEAKER_00"), is_label("Спикер 2")
    (True, True, True, True)
    >>> is_label("Клиент сказал"), is_label("Ольга")
    (False, False)
    """
    if _LABEL.fullmatch(name):
        return True
    first, *others = name.split() or [""]
    return parse_speaker(first) is not None and (not others or _is_proper(" ".join(others)))


def find_names(heads: Sequence[str | None], *, once: bool = True) -> frozenset[str]:
    """Tell which of the words before colons are names.

    A label always is. Others are where most turns begin with one: those that come again, those of several
    words, and all of them where no turn is without.

    Parameters
    ----------
    heads : sequence of str or None
        What may be a name in each turn, None where there is none; see `split_prefix`.
    once : bool
        Whether what comes but once may be a name though it is no label.

    Examples
    --------
    >>> sorted(find_names(["Иван", "Ольга", "Иван", None, "Смотрите", "Ольга"]))
    ['Иван', 'Ольга']
    """
    counts = Counter(head for head in heads if head)
    named = counts.total()
    labels = {name for name in counts if is_label(name)}
    if 2 * named < len(heads):
        return frozenset(labels)
    without_exception = 1 < named == len(heads)
    return frozenset(
        name
        for name, count in counts.items()
        if name in labels or count > 1 or (once and (without_exception or " " in name))
    )


def _is_proper(name: str) -> bool:
    """Whether it may name a person: «Иван Петров», «Иванов И.П.», «Ольга (гость)», a telephone number."""
    if _PHONE.fullmatch(name):
        return True
    words = name.split()
    return any(map(str.isalpha, name)) and all(
        word.startswith("(")
        or (
            any(letter.isupper() or letter.isdigit() for letter in word)
            and ("." not in word or _INITIALS.fullmatch(word) is not None)
        )
        for word in words
    )
