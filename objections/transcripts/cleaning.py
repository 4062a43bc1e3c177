"""What nobody said: empty lines, one phrase on both channels, phrases that recognisers make of silence."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from objections.line import Line
from objections.text import normalize

# What Whisper and its kin learned from the subtitles of films and write where nobody speaks. Only whole
# lines: «музыка у вас громко играет» is said by clients.
_MOODS: Final = (
    *("весёлая", "грустная", "спокойная", "тревожная", "динамичная", "торжественная", "напряжённая"),
    *("лирическая", "драматическая", "интригующая"),
)
_HALLUCINATIONS: Final = frozenset(
    map(
        normalize,
        (
            *("продолжение следует", "спасибо за просмотр", "благодарю за просмотр"),
            *("подписывайтесь на канал", "подписывайтесь на наш канал", "подписывайтесь на мой канал"),
            *("не забудьте подписаться на канал", "ставьте лайки", "ставьте лайки и подписывайтесь на канал"),
            *("смотрите продолжение в следующей серии", "смотрите продолжение в следующей части"),
            *("музыка", "играет музыка", "музыка играет", "музыкальная заставка", "аплодисменты", "смех"),
            *(f"{mood} музыка" for mood in _MOODS),
            *("thank you for watching", "thanks for watching"),
        ),
    )
)
# Normalized: one letter stands for a doubled one. The names are those that recognisers sign with.
_CREDITS: Final = re.compile(
    r"субтитры (с?делал|создавал|создал|подготовил|подогнал|добавил)( \w+){1,2}"
    r"|редактор субтитров [а-я] \w+( коректор [а-я] \w+)?"
    r"|коректор [а-я] (егорова|кулакова)"
)
_NOT_WORDS: Final = re.compile(r"[\W_]+")
_SILENCE: Final = re.compile(r"[\s.,–—_*♪♫-]*")
"""What stands for nothing said; «?», «+» and «))» are answers in a chat."""

_TOGETHER: Final = 0.5
"""Part of the shorter of two phrases that must lie in the other for them to be one."""
_NEAR: Final = 10
"""Seconds within which an echo begins; nothing further away is compared,"""
_COMPARED: Final = 8
"""… nor more phrases than these of the same words."""
_HALF: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Dropped:
    """Lines that were left out.

    Attributes
    ----------
    empty : int
        Without words, or dots alone.
    doubled : int
        The same phrase at the same time on another channel; the first is kept.
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


class _Moment(NamedTuple):
    """When words were said, and on which channel."""

    start: float
    end: float
    speaker: str | None


_Spoken = dict[tuple[str | None, str, int], list[_Moment]]
"""What was said in each call, by its words and by the stretch of `_NEAR` seconds in which it begins."""


def clean(lines: Iterable[Line]) -> tuple[list[Line], Dropped]:
    """Leave out what nobody said, and count it."""
    kept: list[Line] = []
    empty = doubled = hallucinated = 0
    spoken: _Spoken = {}
    for line in map(_writable, lines):
        normalized = normalize(line.text)
        if _SILENCE.fullmatch(normalized):
            empty += 1
        elif is_hallucination(normalized):
            hallucinated += 1
        elif _was_heard(line, _words(normalized) or normalized, spoken):
            doubled += 1
        else:
            kept.append(line)
    return kept, Dropped(empty, doubled, hallucinated)


def is_hallucination(normalized: str) -> bool:
    """Whether a normalized line is one of the phrases that recognisers write into silence.

    Examples
    --------
    >>> is_hallucination("продолжение следует..."), is_hallucination("[музыка]"), is_hallucination("дорого")
    (True, True, False)
    """
    words = _words(normalized)
    return words in _HALLUCINATIONS or _CREDITS.fullmatch(words) is not None


def _words(normalized: str) -> str:
    """Leave out the marks, which recognisers set by what they hear on one channel."""
    return _NOT_WORDS.sub(" ", normalized).strip()


def _was_heard(line: Line, words: str, spoken: _Spoken) -> bool:
    """Whether another channel has the line too; remembers it otherwise. Without times nobody can tell."""
    if line.start is None or line.end is None:
        return False
    moment = _Moment(line.start, line.end, line.speaker)
    stretch = int(line.start // _NEAR)
    for near in (stretch - 1, stretch, stretch + 1):
        if any(_is_echo(moment, other) for other in spoken.get((line.call_id, words, near), ())):
            return True
    same = spoken.setdefault((line.call_id, words, stretch), [])
    same.append(moment)
    del same[:-_COMPARED]
    return False


def _is_echo(one: _Moment, other: _Moment) -> bool:
    """Whether two channels have the same words at the same time."""
    together = min(one.end, other.end) - max(one.start, other.start)
    shorter = min(one.end - one.start, other.end - other.start)
    return one.speaker != other.speaker and together > 0 and together >= _TOGETHER * shorter


def _writable(line: Line) -> Line:
    """Mark halves of surrogate pairs as lost letters: JSON can hold them, no file can."""
    if not _HALF.search(f"{line.text}{line.speaker}{line.call_id}"):
        return line
    return replace(
        line,
        text=_HALF.sub("\ufffd", line.text),
        speaker=line.speaker and _HALF.sub("\ufffd", line.speaker),
        call_id=line.call_id and _HALF.sub("\ufffd", line.call_id),
    )
