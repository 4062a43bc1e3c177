"""Transcripts in plain text: golden files, what is read from them, and damage done to them."""

import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from hypothesis import strategies as st

from objections.document import Document
from objections.errors import DataError
from objections.line import Line
from objections.transcripts import dialogue, subtitles
from objections.transcripts.format import Format

FILES: Final = Path(__file__).parent / "files"
FORMATS: Final = {known.name: known for known in (*subtitles.FORMATS, *dialogue.FORMATS)}

_MARKS: Final = (
    *(
        "\n",
        "\n\n",
        " ",
        "\ufeff",
        "\r",
        "\r\n",
        "\x0b",
        "1\n",
        "99999999999\n",
        ":",
        ": ",
        " - ",
        "[",
        "]",
        "(",
    ),
    *(
        "<",
        ">",
        "<v ",
        "<v>",
        "</v>",
        "<v.a ",
        "<c.",
        "<b>",
        "&amp;",
        "&#",
        "50;",
        "{\\an8}",
        "{\\",
        "}",
        "\t",
    ),
    *("-->", "00:05.000 --> 00:04.000\n", "99:99:99,999 --> 9999999999:00:00.000 ", "[00:01:02] ", "00:01 "),
    *("Клиент: ", "Клиент\n", "Иван Петров: ", "Дата: ", '5 "Ольга" (12)\n', "align:start ", "7-a\n"),
)
"""What means something in one of the formats, wherever it does not belong."""


def document(content: str | bytes) -> Document:
    """A file with this content, in UTF-8."""
    return Document(io.BytesIO(content if isinstance(content, bytes) else content.encode()), "call")


def golden_files(*formats: str) -> list[tuple[str, Path]]:
    """Golden files of these formats, by their names: ``srt.srt``, ``srt-whisperx.srt``."""
    return [
        (known, path)
        for known in formats
        for path in sorted(FILES.glob(f"{known}*.*"))
        if path.suffix in {".srt", ".vtt", ".txt"}
    ]


def expected_rows(path: Path) -> list[list[Any]]:
    """What must come out of a golden file."""
    rows: list[list[Any]] = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
    return rows


def rows(lines: Iterable[Line]) -> list[list[Any]]:
    """Lines as golden files write them."""
    return [[line.start, line.end, line.speaker, line.text] for line in lines]


def read(known: str, content: str | bytes) -> list[list[Any]]:
    """Read a content as a format."""
    return rows(FORMATS[known].read(document(content)))


def recognizing(content: Document) -> list[str]:
    """The formats that take a document for theirs."""
    return [known.name for known in FORMATS.values() if known.recognizes(content)]


def try_to_read(known: Format, content: str | bytes) -> list[Line] | None:
    """Read a content, in whichever state; None where the reader says that it cannot."""
    try:
        return list(known.read(document(content)))
    except DataError:
        return None


@st.composite
def damaged(draw: st.DrawFn, whole: str) -> str:
    """A text with things inserted, cut out, put in another order."""
    text = whole
    for _ in range(draw(st.integers(1, 5))):
        place = draw(st.integers(0, len(text)))
        match draw(st.sampled_from(["insert", "delete", "cut", "shuffle", "repeat"])):
            case "insert":
                text = text[:place] + draw(st.text(max_size=5) | st.sampled_from(_MARKS)) + text[place:]
            case "delete":
                text = text[:place] + text[place + draw(st.integers(1, 20)) :]
            case "cut":
                text = text[:place] or text
            case "shuffle":
                text = "".join(draw(st.permutations(text.splitlines(keepends=True))))
            case "repeat":
                text += text[place:]
    return text


def check_any_bytes(name: str, content: bytes, whole: str) -> None:
    """Whatever bytes come, alone or behind a whole file, there are lines or a clear error."""
    FORMATS[name].recognizes(document(content))
    try_to_read(FORMATS[name], content)
    try_to_read(FORMATS[name], whole.encode() + content)
