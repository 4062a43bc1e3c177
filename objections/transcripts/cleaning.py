"""What nobody said: empty lines, one phrase on both channels, phrases that recognisers make of silence."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from objections.line import Line
from objections.text import is_blank, normalize

# What Whisper and its kin learned from the subtitles of films and write where nobody speaks.
_HALLUCINATION: Final = re.compile(
    r"продолжение следует"
    r"|(редактор субтитров|корректор|субтитры (сделал|делал|создавал|подготовил|подогнал))\b.*"
    r"|(спасибо|благодарю) за просмотр"
    r"|(не забудьте )?(подписывайтесь|подписаться) на (наш |мой )?канал"
    r"|ставьте лайки?( и подписывайтесь на (наш |мой )?канал)?"
    r"|(веселая |грустная |спокойная |тревожная |динамичная )?музыка( играет)?|играет музыка"
    r"|аплодисменты|смех|thanks? (you )?for watching"
)
_NOT_WORDS: Final = re.compile(r"[\W_]+")
_TOGETHER: Final = 0.5
"""Part of the shorter of two phrases that must lie in the other for them to be one."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """Lines that were left out.

    Attributes
    ----------
    empty : int
        Without words.
    doubled : int
        The same phrase at the same time on another channel.
    hallucinated : int
        Made up by a recogniser, such as «Продолжение следует…».
    """

    empty: int = 0
    doubled: int = 0
    hallucinated: int = 0

    def __add__(self, other: "Dropped") -> "Dropped":
        return Dropped(
            self.empty + other.empty, self.doubled + other.doubled, self.hallucinated + other.hallucinated
        )

    @property
    def total(self) -> int:
        """All of them."""
        return self.empty + self.doubled + self.hallucinated


def clean(lines: Iterable[Line]) -> tuple[list[Line], Dropped]:
    """Leave out what nobody said, and count it."""
    kept: list[Line] = []
    empty = doubled = hallucinated = 0
    latest: dict[tuple[str | None, str], Line] = {}
    for line in lines:
        words = normalize(line.text)
        if is_blank(line.text):
            empty += 1
        elif is_hallucination(words):
            hallucinated += 1
        elif _is_echo(line, latest.get((line.call_id, words))):
            doubled += 1
        else:
            latest[line.call_id, words] = line
            kept.append(line)
    return kept, Dropped(empty, doubled, hallucinated)


def is_hallucination(normalized: str) -> bool:
    """Whether a normalized line is one of the phrases that recognisers write into silence.

    Examples
    --------
    >>> is_hallucination("продолжение следует..."), is_hallucination("[музыка]"), is_hallucination("дорого")
    (True, True, False)
    """
    return _HALLUCINATION.fullmatch(_NOT_WORDS.sub(" ", normalized).strip()) is not None


def _is_echo(line: Line, other: Line | None) -> bool:
    """Whether a line is what the other channel has at the same time. Without times nobody can tell."""
    if other is None or line.speaker == other.speaker:
        return False
    if line.start is None or line.end is None or other.start is None or other.end is None:
        return False
    together = min(line.end, other.end) - max(line.start, other.start)
    shorter = min(line.end - line.start, other.end - other.start)
    return together > 0 and together >= _TOGETHER * shorter
