"""Subtitles: SRT, WebVTT, and the WebVTT of Zoom. Their speakers stand in tags, before colons, on own lines.

A cue whose end comes before its start keeps its text and its start.
"""

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import Final

from objections.document import Document
from objections.errors import DataError
from objections.line import Line
from objections.transcripts.cues import (
    ARROW,
    Cue,
    begins_as_webvtt,
    parse_cues,
    parse_times,
    without_asides,
)
from objections.transcripts.format import Format
from objections.transcripts.prefixes import find_names, is_label, parse_name, split_prefix

_LINES_BEFORE_TIMES: Final = 10
"""With words, in SRT: a counter, sometimes a title."""

# Other angle brackets are text, so is a tag with Russian words in it: nothing that is said may hide there.
_CLASSES: Final = r"(?:\.[!-;=?-~]*)?"
_VOICE: Final = re.compile(rf"<v{_CLASSES}(?:\s([^<>\n]*))?>|</v>")
_TAG: Final = re.compile(
    rf"</?(?:[bcisu]|rt|ruby){_CLASSES}\s*>|</?(?:lang|font)(?:\s[ -;=?-~]*)?>"
    r"|<[0-9:.]+>|\{\\[A-Za-z0-9\\(),.&]*\}",
    re.IGNORECASE,
)
_MARKUP: Final = re.compile("[<{&]")
_BREAK: Final = re.compile(r"<br\s?/?>", re.IGNORECASE)
_ENTITY: Final = re.compile(
    r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|amp|lt|gt|quot|apos|nbsp|lrm|rlm|laquo|raquo|ndash|mdash|hellip);"
)


def _is_srt(document: Document) -> bool:
    if _is_webvtt(document):
        return False
    beginning = islice(
        (line for line in document.head_text.splitlines() if line.strip()), _LINES_BEFORE_TIMES
    )
    return any(map(parse_times, beginning))


def _is_webvtt(document: Document) -> bool:
    return begins_as_webvtt(document.head_text)


def _is_zoom(document: Document) -> bool:
    """Whether it is WebVTT with numbered cues, most of which begin with a name and none with a tag."""
    if not _is_webvtt(document) or _VOICE.search(document.head_text):
        return False
    _, cues = parse_cues(without_asides(document.head_text.splitlines()))
    spoken = [cue for cue in cues if any(cue.lines)]
    if not spoken or spoken[0].number is None:
        return False
    names = _Names(cues, on_lines=True)
    return 2 * sum(names.split(cue)[0][0] is not None for cue in spoken) >= len(spoken)


def _is_other_webvtt(document: Document) -> bool:
    return _is_webvtt(document) and not _is_zoom(document)


def _read_srt(document: Document) -> Iterator[Line]:
    return _read(document, document.text.split("\n"))


def _read_webvtt(document: Document) -> Iterator[Line]:
    return _read(document, without_asides(document.text.split("\n")))


def _read_zoom(document: Document) -> Iterator[Line]:
    return _read(document, without_asides(document.text.split("\n")), names_on_lines=True)


def _read(document: Document, lines: Iterable[str], *, names_on_lines: bool = False) -> Iterator[Line]:
    before, cues = parse_cues(lines)
    if before and not cues and not begins_as_webvtt(document.text):
        raise DataError(
            f"{document.name}: no line with times, such as 00:00:01,200 {ARROW} 00:00:02,900. "
            "These are no subtitles: name another format with --format"
        )
    yield from map(Line, before)
    names = _Names(cues, on_lines=names_on_lines)
    for cue in cues:
        for speaker, text in names.split(cue):
            yield Line(text, speaker, cue.start, cue.end)


class _Names:
    """The names that stand in the text of cues.

    Parameters
    ----------
    cues : sequence of Cue
        All of a file: it takes many to tell names from other words.
    on_lines : bool
        Whether names may stand on lines of their own, without colons.
    """

    def __init__(self, cues: Sequence[Cue], *, on_lines: bool) -> None:
        untagged = [rows for cue in cues if (rows := _rows(_VOICE.split("\n".join(cue.lines))[0]))]
        prefixes = [split_prefix(first) for first, *_ in untagged]
        self._on_lines = _find_lone_names(untagged) if on_lines else frozenset[str]()
        before_colons = find_names([prefix.name if prefix else None for prefix in prefixes])
        self._before_colons = before_colons | self._on_lines

    def split(self, cue: Cue) -> list[tuple[str | None, str]]:
        """Split the text of a cue into speakers and what each says; one empty text where nobody speaks."""
        untagged, *voices = _VOICE.split("\n".join(cue.lines))
        said = list(self._split_untagged(_rows(untagged), cue.speaker))
        for voice, text in zip(voices[::2], voices[1::2], strict=True):
            said.append((_clean(voice or "") or None, " ".join(_rows(text))))
        turns = [
            (speaker, " ".join(text for _, text in turn if text))
            for speaker, turn in groupby(filter(any, said), key=itemgetter(0))
        ]
        return turns or [(cue.speaker, "")]

    def _split_untagged(self, rows: list[str], speaker: str | None) -> Iterator[tuple[str | None, str]]:
        if rows and (name := parse_name(rows[0])) in self._on_lines:
            speaker, rows = name, rows[1:]
            yield speaker, ""
        for row in rows:
            prefix = split_prefix(row) if self._before_colons else None
            if prefix and prefix.name in self._before_colons:
                speaker = prefix.name
                yield speaker, prefix.text
            else:
                yield speaker, row


def _find_lone_names(cues: Sequence[list[str]]) -> frozenset[str]:
    """Find names that stand on the first line of most cues, without a colon, again and again."""
    counts = Counter(name for first, *others in cues if others and (name := parse_name(first)))
    names = {name for name, count in counts.items() if count > 1 or is_label(name)}
    return frozenset(names if 2 * sum(counts[name] for name in names) >= len(cues) else ())


def _rows(text: str) -> list[str]:
    """Clean the lines of a text; those without words are left out."""
    return [row for row in map(_clean, text.split("\n")) if row]


def _clean(text: str) -> str:
    """Remove tags, decode entities, and make each run of spaces one."""
    if _MARKUP.search(text):
        text = _TAG.sub("", _BREAK.sub(" ", text))
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return " ".join(text.split())


FORMATS: Final = (
    Format("zoom-vtt", "Zoom: WebVTT with names", _is_zoom, _read_zoom),
    Format("vtt", "WebVTT", _is_other_webvtt, _read_webvtt),
    Format("srt", "SRT", _is_srt, _read_srt),
)
