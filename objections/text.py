"""One way to read a text, the same in training, evaluation, service and bulk scoring.

``normalize`` folds away what does not change the meaning of a line: case, ё/е, accents, widths,
invisible characters, extra spaces, Latin letters in Russian words, doubled letters. ``align`` gives the
same text and says where each of its characters stood in the text that was sent.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

# Characters that need nothing but lower() and ё→е; most lines of a call consist of them alone.
_PLAIN: Final = re.compile(r"[ -~А-Яа-яЁё«»—–₽]*")
_WORD: Final = re.compile(r"\w+")
_SURELY_READ: Final = re.compile(r"[0-9A-Za-zА-Яа-яЁё]")
_BREVE: Final = "\u0306"

# «цeна» typed with a Latin e, «скидка» with a Latin c: in a word that has Cyrillic letters too.
_LATIN: Final = re.compile(r"[a-z]")
_CYRILLIC: Final = re.compile(r"[а-я]")
LOOK_ALIKES: Final = str.maketrans("abcehkmnoprtxyu", "авсенкмпоргтхуи")
# «дороого», «немного» typed in a hurry, «коммерческое» with one м: one letter stands for a run of it.
_RUN: Final = re.compile(r"([^\W\d_])\1+")


@dataclass(frozen=True, slots=True)
class Aligned:
    """A normalized text with the way back.

    Attributes
    ----------
    text : str
        What ``normalize`` returns.
    starts, ends : tuple of int, each of ``len(text)``
        Character ``text[i]`` comes from ``original[starts[i]:ends[i]]``.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def normalize(text: str) -> str:
    r"""Fold case, ё/е, accents, compatibility forms, invisible characters and runs of spaces.

    Idempotent; any string is accepted, lone surrogates and control characters included.

    Examples
    --------
    >>> normalize("  ДорОго,\tещЁ  и\xa0до\u0301рого…")
    'дорого, еще и дорого...'
    >>> normalize("цeна cлишком дорооогая")
    'цена слишком дорогая'
    """
    if _PLAIN.fullmatch(text):
        folded = " ".join(text.lower().replace("ё", "е").split())
    else:
        folded = " ".join("".join(fold(cluster) for _, cluster in _clusters(text)).split())
    return _RUN.sub(r"\1", _one_script(folded))


def align(text: str) -> Aligned:
    """Normalize `text`, keeping where each character came from.

    Examples
    --------
    >>> aligned = align("Ещё  раз")
    >>> aligned.text, aligned.starts
    ('еще раз', (0, 1, 2, 3, 5, 6, 7))
    """
    characters: list[tuple[str, int, int]] = []
    for start, cluster in _clusters(text):
        for character in fold(cluster):
            if not character.isspace():
                characters.append((character, start, start + len(cluster)))
            elif characters and characters[-1][0] != " ":
                characters.append((" ", start, start + len(cluster)))
    if characters and characters[-1][0] == " ":
        characters.pop()
    folded = _one_script("".join(character for character, _, _ in characters))
    kept = list(_runs(folded))
    return Aligned(
        "".join(folded[first] for first, _ in kept),
        tuple(characters[first][1] for first, _ in kept),
        tuple(characters[last][2] for _, last in kept),
    )


def is_blank(text: str) -> bool:
    """Whether nothing is left to read: only spaces, control or invisible characters."""
    return _SURELY_READ.search(text) is None and not normalize(text)


def words(text: str) -> list[str]:
    """Split a normalized text into words: runs of letters, digits and underscores."""
    return _WORD.findall(text)


def word_spans(text: str) -> list[tuple[int, int]]:
    """Where the ``words`` of a normalized text stand, as (start, end)."""
    return [match.span() for match in _WORD.finditer(text)]


def _one_script(text: str) -> str:
    """Write the Latin look-alikes in words with Cyrillic letters as the letters they stand for."""
    if _LATIN.search(text) is None or _CYRILLIC.search(text) is None:
        return text
    return _WORD.sub(
        lambda word: word[0].translate(LOOK_ALIKES) if _CYRILLIC.search(word[0]) else word[0], text
    )


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Yield (first, last) of each character, of each run of one letter."""
    position = 0
    for run in _RUN.finditer(text):
        yield from ((single, single) for single in range(position, run.start()))
        yield run.start(), run.end() - 1
        position = run.end()
    yield from ((single, single) for single in range(position, len(text)))


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Yield (start, a character with the marks that combine with it)."""
    start = 0
    for position in range(1, len(text) + 1):
        if position == len(text) or not unicodedata.combining(text[position]):
            if text[start:position]:
                yield start, text[start:position]
            start = position


def fold(cluster: str) -> str:
    """Fold one character with its marks.

    upper() before casefold() makes 'ſ', 'ß' and 'ı' the same in either case.
    """
    upper = unicodedata.normalize("NFKD", cluster.upper()).upper()
    folded = unicodedata.normalize("NFKD", upper.casefold())
    kept = "".join(
        _visible(character)
        for character in folded
        if not unicodedata.combining(character) or character == _BREVE
    )
    # The one mark that makes another letter in Russian: й is not и. Elsewhere it is an accent.
    return kept.replace("и" + _BREVE, "й").replace(_BREVE, "")


def _visible(character: str) -> str:
    """Drop format characters (soft hyphen, zero-width); make controls and stray surrogates spaces."""
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    return " " if category in {"Cc", "Cs"} else character
