"""Moments of a call, however a format writes them, in seconds."""

import re
from typing import Final

_MOST: Final = 1e8
"""Three years; a larger number is no moment of a call."""
_NUMBER: Final = re.compile(r"\s*(\d+(?:[.,]\d+)?)\s*(s?)\s*", re.ASCII)
_CLOCK: Final = re.compile(r"\s*(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2}(?:[.,]\d+)?)\s*", re.ASCII)


def seconds(time: str | float | None) -> float | None:
    """Read seconds: a number, ``"1.2s"``, ``"00:01:02,5"``, ``"01:02"`` or a number in a string.

    Returns
    -------
    float, or None where there is no time or none that can be read.

    Examples
    --------
    >>> seconds(1.2), seconds("0.88s"), seconds("01:00:02,500"), seconds("12"), seconds("вчера")
    (1.2, 0.88, 3602.5, 12.0, None)
    """
    return _read(time, 1)


def milliseconds(time: str | float | None) -> float | None:
    """Read milliseconds, as a number or as a string, in seconds; ``"1.2s"`` and clocks are what they say.

    Examples
    --------
    >>> milliseconds("1200"), milliseconds(2900), milliseconds("1.2s"), milliseconds("")
    (1.2, 2.9, 1.2, None)
    """
    return _read(time, 1000)


def _read(time: str | float | None, parts: int) -> float | None:
    """Read a moment whose bare numbers count the parts of a second."""
    if time is None or isinstance(time, int | float):
        return _sane(time, parts)
    if match := _NUMBER.fullmatch(time):
        return _sane(float(match[1].replace(",", ".")), 1 if match[2] else parts)
    if match := _CLOCK.fullmatch(time):
        hours, minutes, rest = match.groups()
        return int(hours or 0) * 3600 + int(minutes) * 60 + float(rest.replace(",", "."))
    return None


def _sane(time: float | None, parts: int) -> float | None:
    """Let nothing through that is no moment: not-a-number, infinity, an eternity."""
    return time / parts if time is not None and 0 <= time < _MOST * parts else None
