"""Plain text: a dialogue with names in front of the turns, and text without any.

A line with a name, or with a time in square brackets, begins a turn; the lines after it belong to it. What
stands before the first turn becomes lines without a speaker.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, dropwhile, groupby
from typing import Final

from objections.document import Document
from objections.line import Line
from objections.speaker import parse_speaker
from objections.transcripts.cues import ARROW, begins_as_webvtt, read_span
from objections.transcripts.format import Format
from objections.transcripts.prefixes import Prefix, find_names, is_label, parse_name, split_prefix

_CLOCK: Final = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
_SPAN: Final = rf"({_CLOCK})(?: ?[-–—] ?({_CLOCK}))?"
_BRACKETED_TIME: Final = re.compile(rf"[\[(]{_SPAN}[\])]", re.ASCII)
_BARE_TIME: Final = re.compile(rf"{_SPAN}(?= )", re.ASCII)
_AROUND_TIME: Final = " -–—:"
_TIME_WITHIN: Final = 60
"""Characters from the beginning of a line in which the time of a turn stands."""
_MOST_HEADER: Final = 10
"""Lines before the first turn of what is recognised as a dialogue."""
_FEWEST_TURNS: Final = 2
_MOST_SPEAKERS: Final = 10
_MOST_ONCE: Final = 0.25
"""Part of the turns whose speakers say nothing else and have no known role."""


@dataclass(frozen=True, slots=True)
class _Opening:
    """A line read as the beginning of a turn, which it may be or not.

    Attributes
    ----------
    line : str
        The whole of it.
    untimed : str
        Without its time.
    prefix : Prefix or None
        The speaker's name, and what follows it.
    start, end : float or None
    in_brackets : bool
        Whether it begins with a time in square brackets, which nobody says.
    """

    line: str
    untimed: str
    prefix: Prefix | None = None
    start: float | None = None
    end: float | None = None
    in_brackets: bool = False

    @property
    def speaker(self) -> str | None:
        """The speaker's name."""
        return self.prefix.name if self.prefix else None


def _is_dialogue(document: Document) -> bool:
    """Whether most lines, or the first lines of most paragraphs, begin with one of a few names."""
    text = document.head_text
    if ARROW in text or begins_as_webvtt(text):  # subtitles
        return False
    paragraphs = _open_lines(text.splitlines())
    speakers = [opening.speaker for opening in chain.from_iterable(paragraphs)]
    firsts = [first.speaker for first, *_ in paragraphs]
    are_most = _are_most(speakers) or (len(set(filter(None, firsts))) > 1 and _are_most(firsts))
    return are_most and _belong_to_call(speakers) and not _is_table(text, has_header=speakers[0] is None)


def _read_dialogue(document: Document) -> Iterator[Line]:
    turns: list[tuple[Line, list[str]]] = []
    begun = False
    for opening in chain.from_iterable(_open_lines(document.text.split("\n"))):
        if opening.prefix or opening.in_brackets:
            begun = True
            speaker = opening.speaker or (turns[-1][0].speaker if turns else None)
            said = opening.prefix.text if opening.prefix else opening.untimed
            turns.append((Line("", speaker, opening.start, opening.end), [said]))
        elif begun:
            turns[-1][1].append(opening.line)
        else:
            turns.append((Line(""), [opening.line]))
    for line, texts in turns:
        yield replace(line, text=" ".join(filter(None, texts)))


def _read_text(document: Document) -> Iterator[Line]:
    return (Line(line.strip()) for line in document.text.split("\n") if line.strip())


def _open_lines(lines: Iterable[str]) -> list[list[_Opening]]:
    """Read each line as the beginning of a turn, by paragraphs.

    Colons come after the names, or dashes where no name stands before a colon. Dashes come after many other
    words, so a name before one must be a label or come again.
    """
    spoken = [" ".join(line.split()) for line in lines]
    timed = [list(map(_split_time, rows)) for has_words, rows in groupby(spoken, key=bool) if has_words]
    for dash in (False, True):
        split = [[split_prefix(opening.untimed, dash=dash) for opening in rows] for rows in timed]
        names = _find_names(chain.from_iterable(split), once=not dash)
        if len(split) > 1:
            names |= _find_names((first for first, *_ in split), once=not dash)
        if names:
            return [
                [
                    replace(opening, prefix=prefix) if prefix and prefix.name in names else opening
                    for opening, prefix in zip(*paragraph, strict=True)
                ]
                for paragraph in zip(timed, split, strict=True)
            ]
    return timed


def _find_names(prefixes: Iterable[Prefix | None], *, once: bool) -> frozenset[str]:
    """Find the names; a header before the first line that may have one does not count."""
    begun = dropwhile(lambda prefix: prefix is None, prefixes)
    return find_names([prefix.name if prefix else None for prefix in begun], once=once)


def _split_time(line: str) -> _Opening:
    """Part a line from the time at its beginning, or in brackets after the name."""
    if time := _BRACKETED_TIME.match(line) or _BARE_TIME.match(line):
        untimed = line[time.end() :].lstrip(_AROUND_TIME)
        return _Opening(line, untimed, None, *read_span(*time.groups()), in_brackets=line.startswith("["))
    if (time := _BRACKETED_TIME.search(line, 0, _TIME_WITHIN)) and (name := parse_name(line[: time.start()])):
        untimed = f"{name}: {line[time.end() :].lstrip(_AROUND_TIME)}"
        return _Opening(line, untimed, None, *read_span(*time.groups()))
    return _Opening(line, line)


def _are_most(speakers: Sequence[str | None]) -> bool:
    """Whether most of what follows the header has a speaker, and the header is short."""
    named = list(map(bool, speakers))
    if sum(named) < _FEWEST_TURNS or named.index(True) > _MOST_HEADER:
        return False
    return 2 * sum(named) > len(named) - named.index(True)


def _belong_to_call(speakers: Iterable[str | None]) -> bool:
    """Whether there are few, and those of no role come again: in a card («Город: Псков») none does."""
    counts = Counter(filter(None, speakers))
    once = [
        name for name, count in counts.items() if count == 1 and not (is_label(name) or parse_speaker(name))
    ]
    return len(counts) <= _MOST_SPEAKERS and len(once) <= _MOST_ONCE * counts.total()


def _is_table(text: str, *, has_header: bool) -> bool:
    """Whether it is a table: semicolons in most lines, or a header and the same delimiters in each line."""
    rows = [line for line in text.splitlines() if line.strip()]
    if 2 * sum(";" in row for row in rows) > len(rows):
        return True
    whole = rows[:-1] or rows  # the last may be cut off
    return has_header and any(
        whole[0].count(delimiter) and len({row.count(delimiter) for row in whole}) == 1
        for delimiter in (",", "\t")
    )


def _never(_: Document) -> bool:
    """Any text might be one: it must be asked for."""
    return False


FORMATS: Final = (
    Format("dialogue", "Text with names in front of the turns", _is_dialogue, _read_dialogue),
    Format("text", "Text, a phrase in each line", _never, _read_text),
)
