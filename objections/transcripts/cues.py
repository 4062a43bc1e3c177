"""Cues of subtitles: the lines that stand between one pair of times and the next.

The parsing is our own, since the libraries lose without a word what was said: webvtt-py drops text after an
empty line and cues with decimal commas, pysubs2 a last line of digits and what stands before the first
times; srt stops at the first oddity, or skips it, and takes cubic time over a long run of digits.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from objections.times import seconds

ARROW: Final = "-->"
_TIME: Final = re.compile(r"[0-9.,]*:[0-9:.,]*")
_SETTING: Final = re.compile(r"(?:vertical|line|position|size|align|region|[XY][12]):[!-~]*")
_COUNTER: Final = re.compile(r'([0-9]{1,9})(?: "([^"]*)"(?: \([0-9]*\))?)?')
"""``1``, or ``1 "Иван Петров" (1042436864)`` as Zoom also writes."""
_IDENTIFIER: Final = re.compile(r"[!-~]*[0-9][!-~]*")
"""WebVTT allows any words above the times; what has no digit in it may as well be said."""
_METADATA: Final = re.compile(r"[A-Za-z-]+\s*[:=][ -~]*")
_ASIDE: Final = re.compile(r"NOTE(?:\s|$)|(?:STYLE|REGION)$")


@dataclass(slots=True)
class Cue:
    """What is shown at one time.

    Attributes
    ----------
    start, end : float or None
        Seconds; see `read_span`. None where the time cannot be read.
    lines : list of str
        Without outer spaces; may be empty.
    speaker : str or None
        Who speaks, where the line above the times says so.
    number : int or None
        The number above the times.
    """

    start: float | None = None
    end: float | None = None
    lines: list[str] = field(default_factory=list)
    speaker: str | None = None
    number: int | None = None


def parse_cues(lines: Iterable[str]) -> tuple[list[str], list[Cue]]:
    """Part lines into those before the first times, and cues.

    Every line ends up somewhere, also text after an empty line; only counters and identifiers are left out.
    """
    before = current = Cue()
    cues: list[Cue] = []
    for raw in lines:
        line = _strip(raw)
        if (cue := parse_times(line)) is None:
            current.lines.append(line)
            continue
        _take_counter(cue, current, is_first=current is before)
        cues.append(cue)
        current = cue
    return [line for line in before.lines if line], cues


def parse_times(line: str) -> Cue | None:
    """Read a line of times; None where it is another.

    Examples
    --------
    >>> parse_times("00:01.200 --> 00:00:02,900 align:start")
    Cue(start=1.2, end=2.9, lines=[], speaker=None, number=None)
    >>> parse_times("цена --> скидка")
    """
    if ARROW not in line:
        return None
    before, _, after = line.partition(ARROW)
    start = _strip(before)
    end, *others = after.split() or [""]
    if not _TIME.fullmatch(start) or not _TIME.fullmatch(end):
        return None
    text = " ".join(word for word in others if not _SETTING.fullmatch(word))
    return Cue(*read_span(start, end), [text] if text else [])


def read_span(start: str | None, end: str | None) -> tuple[float | None, float | None]:
    """Read two times in seconds; an end before the start is none.

    Examples
    --------
    >>> read_span("00:05", "00:07,5"), read_span("00:05", "00:04")
    ((5.0, 7.5), (5.0, None))
    """
    first, last = seconds(start), seconds(end)
    return first, None if first is not None and last is not None and last < first else last


def begins_as_webvtt(text: str) -> bool:
    """Whether the first word is ``WEBVTT``."""
    return text.lstrip("\ufeff \t\r\n")[:7].split()[:1] == ["WEBVTT"]


def without_asides(lines: Iterable[str]) -> Iterator[str]:
    """Empty the lines of WebVTT that nobody says: header, metadata, comments, styles, regions."""
    after_blank, in_aside, begun = True, False, False
    for raw in lines:
        line = _strip(raw)
        if not line:
            in_aside = False
        elif parse_times(line):
            in_aside, begun = False, True
        elif after_blank:
            in_aside = _ASIDE.match(line) is not None
        is_header = after_blank and begins_as_webvtt(line)
        is_metadata = not begun and _METADATA.fullmatch(line) is not None
        yield "" if in_aside or is_header or is_metadata else line
        after_blank = not line


def _strip(line: str) -> str:
    return line.strip("\ufeff \t")


def _take_counter(cue: Cue, previous: Cue, *, is_first: bool) -> None:
    """Take what stands above the times from the text before it, where it is a counter or an identifier.

    It is one directly above the times and below an empty line. A number is one also where it goes on with
    the count or stands alone before the first times: then empty lines may be missing, or be one too many.
    """
    lines = previous.lines
    place = next((place for place in reversed(range(len(lines))) if lines[place]), None)
    if place is None:
        return
    counter = _COUNTER.fullmatch(lines[place])
    number = int(counter[1]) if counter else None
    is_alone = is_first and not any(lines[:place])
    is_next = previous.number is not None and number == previous.number + 1
    is_block = place == len(lines) - 1 and (not lines[place - 1] if place else is_first)
    if (counter and (is_next or is_alone)) or (is_block and (counter or _IDENTIFIER.fullmatch(lines[place]))):
        cue.number, cue.speaker = number, (counter and counter[2]) or None
        del lines[place:]
