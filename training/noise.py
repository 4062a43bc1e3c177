"""What happens to a line on its way into a transcript: for training copies and for measuring robustness.

Copies and measurements draw from different fillers, so that what is measured was not learned by heart.
"""

import re
from collections.abc import Callable, Sequence
from random import Random
from typing import Final

from objections.text import normalize, words

Corruption = Callable[[str, Random], str]

LEARNED_FILLERS: Final = ("ну", "вот", "короче", "слушайте", "значит", "ээ", "это", "да", "ну вот", "в общем")
MEASURED_FILLERS: Final = ("так сказать", "как бы", "эм", "типа", "блин", "знаете", "это самое", "скажем")

_LATIN: Final = str.maketrans("асеорхукмАСЕОРХКТНМВ", "aceopxykmACEOPXKTHMB")
_WORD: Final = re.compile(r"\w+")
_SHORTEST: Final = 4
"""Letters below which a typo may make another word."""


def misspell(text: str, random: Random) -> str:
    """Drop a letter of every tenth word, or swap two."""
    return _on_words(text, random, 0.1, _drop_or_swap)


def double(text: str, random: Random) -> str:
    """Type a letter of every fifth word twice."""
    return _on_words(text, random, 0.2, _double)


def bare(text: str, random: Random) -> str:  # noqa: ARG001 (each corruption is called alike)
    """Take out case and punctuation, as recognisers do; a line of marks alone stays."""
    return " ".join(words(text.lower())) or text


def plain_e(text: str, random: Random) -> str:  # noqa: ARG001 (as above)
    """Write ё as е."""
    return text.replace("ё", "е").replace("Ё", "Е")


def look_alike(text: str, random: Random) -> str:
    """Write Latin letters for Cyrillic ones in every third word."""
    return _on_words(text, random, 0.33, lambda word, _: word[:1] + word[1:].translate(_LATIN))


def pad(text: str, random: Random, fillers: Sequence[str] = MEASURED_FILLERS) -> str:
    """Put a filler before every sixth word, at least one."""
    found = text.split()
    for _ in range(max(1, len(found) // 6)):
        found.insert(random.randrange(len(found) + 1), random.choice(fillers))
    return " ".join(found)


CORRUPTIONS: Final[dict[str, tuple[Corruption, ...]]] = {
    "letters dropped or swapped in every tenth word": (misspell,),
    "letters doubled in every fifth word": (double,),
    "no punctuation, no case": (bare,),
    "fillers added": (pad,),
    "ё → е": (plain_e,),
    "Latin look-alikes in every third word": (look_alike,),
    "all of these at once": (misspell, double, pad, bare, plain_e, look_alike),
}


def corrupt(text: str, corruptions: Sequence[Corruption], random: Random) -> str:
    """Apply corruptions one after the other."""
    for corruption in corruptions:
        text = corruption(text, random)
    return text


def noisy_copies(texts: Sequence[str], share: float, seed: int) -> tuple[list[int], list[str]]:
    """Make noisy copies of a share of the texts.

    Returns
    -------
    numbers : list of int
        Which texts were copied.
    copies : list of str
        None that is read as the original is.
    """
    random = Random(seed)  # noqa: S311 (no secret)
    numbers: list[int] = []
    copies: list[str] = []
    for number, text in enumerate(texts):
        if random.random() < share:
            copy = _copy(text, random)
            if normalize(copy) != normalize(text):
                numbers.append(number)
                copies.append(copy)
    return numbers, copies


def _copy(text: str, random: Random) -> str:
    if _coin(random):
        text = pad(text, random, LEARNED_FILLERS)
    if _coin(random):
        text = bare(text, random)
    return misspell(misspell(text, random), random)


def _coin(random: Random) -> bool:
    return random.choice((True, False))


def _on_words(text: str, random: Random, share: float, change: Callable[[str, Random], str]) -> str:
    def maybe(match: re.Match[str]) -> str:
        word = match[0]
        if len(word) < _SHORTEST or not word.isalpha() or random.random() >= share:
            return word
        return change(word, random)

    return _WORD.sub(maybe, text)


def _drop_or_swap(word: str, random: Random) -> str:
    place = random.randrange(1, len(word) - 1)
    if _coin(random):
        return word[:place] + word[place + 1 :]
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _double(word: str, random: Random) -> str:
    place = random.randrange(len(word))
    return word[:place] + word[place] + word[place:]
