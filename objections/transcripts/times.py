"""Moments of a call, however a format writes them, in seconds."""

import re
from typing import Final

_SUFFIXED: Final = re.compile(r"\s*(\d+(?:[.,]\d+)?)\s*s\s*", re.ASCII)
_MOST: Final = 1e11
"""Three years of milliseconds; a larger number is no moment of a call."""
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
    if time is None or isinstance(time, int | float):
        return _sane(time)
    if match := _SUFFIXED.fullmatch(time):
        return _sane(float(match[1].replace(",", ".")))
    if match := _CLOCK.fullmatch(time):
        hours, minutes, rest = match.groups()
        return int(hours or 0) * 3600 + int(minutes) * 60 + float(rest.replace(",", "."))
    try:
        return _sane(float(time.replace(",", ".")))
    except ValueError:
        return None


def milliseconds(time: str | float | None) -> float | None:
    """Read milliseconds, as a number or as a string, in seconds.

    Examples
    --------
    >>> milliseconds("1200"), milliseconds(2900), milliseconds("")
    (1.2, 2.9, None)
    """
    read = seconds(time)
    return None if read is None else read / 1000


def _sane(time: float | None) -> float | None:
    """Let nothing through that is no moment: not-a-number, infinity, an eternity."""
    return float(time) if time is not None and 0 <= time < _MOST else None
