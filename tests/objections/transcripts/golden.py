"""Golden files: exports written by hand, and beside each the lines that must come out of it."""

import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from objections.document import Document
from objections.line import Line
from objections.transcripts.format import Format

FILES = Path(__file__).parent / "files"


def document(content: bytes | str | list[Any] | dict[str, Any], name: str = "call.json") -> Document:
    """A file with this content; what is no bytes is written in UTF-8, what is no text as JSON."""
    if not isinstance(content, bytes | str):
        content = json.dumps(content, ensure_ascii=False)
    return Document(io.BytesIO(content if isinstance(content, bytes) else content.encode()), name)


def golden(file: str) -> Document:
    """The golden file of this name."""
    return document((FILES / file).read_bytes(), file)


def expected(file: str) -> list[list[Any]]:
    """What must come out of it."""
    path = (FILES / file).with_suffix(".expected.json")
    rows: list[list[Any]] = json.loads(path.read_text(encoding="utf-8"))
    return rows


def rows(lines: Iterable[Line]) -> list[list[Any]]:
    """Lines as golden files write them."""
    return [[line.start, line.end, line.speaker, line.call_id, line.text] for line in lines]


def read(known: Format, content: bytes | str | list[Any] | dict[str, Any]) -> list[list[Any]]:
    """Read this content as this format."""
    return rows(known.read(document(content)))
