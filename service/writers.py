"""Writing tables: CSV, workbooks, JSON Lines and Parquet, told by the ending of the output's name.

Whatever the kind, an output takes its place whole or not at all, and no cell is lost or changed silently:
what a kind cannot hold as it is becomes text (dates before 1900 in a workbook, mixed columns in Parquet,
nested values in all but JSON Lines), or is refused with an error that says what to do.
"""

import contextlib
import csv
import io
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import chain
from pathlib import Path
from types import NoneType
from typing import Any, Final, Literal, Protocol, TextIO

from objections.errors import DataError
from objections.tables.table import Cell, cell_text
from service.outputs import STANDARD_STREAM, open_output
from service.parquet_writer import open_parquet
from service.workbook_writer import open_workbook

Kind = Literal["csv", "xlsx", "jsonl", "parquet"]
ENDINGS: Final[dict[str, Kind]] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".xlsx": "xlsx",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
}
_PLAIN: Final = {str, NoneType}


class Writer(Protocol):
    """What rows are written to.

    Attributes
    ----------
    typed : bool
        Whether numbers, truths and dates keep their types; where not, text is fastest.
    """

    typed: bool

    def write(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Write rows that are as wide as the header."""


@contextlib.contextmanager
def open_writer(
    target: str,
    header: Sequence[str],
    *,
    encoding: str = "utf-8-sig",
    delimiter: str = ",",
    kind: Kind | None = None,
) -> Iterator[Writer]:
    """Open an output for a table.

    Parameters
    ----------
    target : str
        A path, or ``-`` for standard output.
    header : sequence of str
    encoding, delimiter : str
        Of delimited text; ``.tsv`` has tabs. JSON Lines are UTF-8.
    kind : Kind or None
        None: by the ending of the target; standard output, pipes and devices get delimited text.

    Raises
    ------
    DataError
        Where the ending is unknown, or a cell does not fit into this kind.
    OutputError
        Where the output cannot be written; what stood there stays.
    """
    delimiter = "\t" if target.lower().endswith(".tsv") else delimiter
    with _open(target, header, encoding, delimiter, kind or tell_kind(target)) as writer:
        yield writer


def tell_kind(target: str) -> Kind:
    """Tell by the ending of its name what kind of table an output is to be.

    Raises
    ------
    DataError
        Where the ending is not known, naming those that are.
    """
    path = Path(target)
    if target == STANDARD_STREAM or (path.exists() and not path.is_file()):
        return "csv"
    kind = ENDINGS.get(path.suffix.lower())
    if kind is None:
        raise DataError(f"{target}: the ending must say what to write, one of {', '.join(ENDINGS)}")
    return kind


def _open(
    target: str, header: Sequence[str], encoding: str, delimiter: str, kind: Kind
) -> AbstractContextManager[Writer]:
    match kind:
        case "csv":
            return _open_delimited(target, header, encoding, delimiter)
        case "xlsx":
            return open_workbook(target, header)
        case "jsonl":
            return _open_json_lines(target, header)
        case "parquet":
            return open_parquet(target, unique_names(header))


def unique_names(header: Sequence[str]) -> list[str]:
    """Give each column a name of its own, as keys must have.

    Examples
    --------
    >>> unique_names(["текст", "", "текст"])
    ['текст', 'column 2', 'текст (2)']
    """
    names: dict[str, None] = {}
    for number, column in enumerate(header, 1):
        wanted = name = column or f"column {number}"
        copy = 1
        while name in names or (name != column and name in header):
            copy += 1
            name = f"{wanted} ({copy})"
        names[name] = None
    return list(names)


@contextlib.contextmanager
def _open_delimited(
    target: str, header: Sequence[str], encoding: str, delimiter: str
) -> Iterator["DelimitedWriter"]:
    with open_output(target, encoding) as out:
        yield DelimitedWriter(out, header, delimiter)


class DelimitedWriter:
    """Writes delimited text; cells go out as they are, also those that a spreadsheet takes for formulas."""

    typed = False

    def __init__(self, out: TextIO, header: Sequence[str], delimiter: str) -> None:
        self._out = out
        self._delimiter = delimiter
        self.write([header])

    def write(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Write rows."""
        rows = list(rows)
        if not set(map(type, chain.from_iterable(rows))) <= _PLAIN:
            rows = [list(map(cell_text, row)) for row in rows]
        text = self._format(rows, csv.QUOTE_MINIMAL)
        if "\r" in text:  # which the library leaves unquoted, though every reader ends a row there
            text = self._format(rows, csv.QUOTE_ALL)
        self._out.write(text)

    def _format(self, rows: Sequence[Sequence[Cell]], quoting: Literal[0, 1]) -> str:
        block = io.StringIO(newline="")
        csv.writer(block, delimiter=self._delimiter, lineterminator="\n", quoting=quoting).writerows(rows)
        return block.getvalue()


@contextlib.contextmanager
def _open_json_lines(target: str, header: Sequence[str]) -> Iterator["JsonLinesWriter"]:
    with open_output(target, "utf-8") as out:
        yield JsonLinesWriter(out, unique_names(header))


class JsonLinesWriter:
    """Writes one JSON object a line: nested values as they are, dates in ISO 8601.

    JSON has no infinity and no "not a number"; they become null.
    """

    typed = True

    def __init__(self, out: TextIO, keys: Sequence[str]) -> None:
        self._out = out
        self._keys = keys

    def write(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Write rows."""
        self._out.writelines(_as_json(dict(zip(self._keys, row, strict=True))) + "\n" for row in rows)


def _as_json(value: dict[str, Any]) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, default=_json_default)
    except ValueError:  # what is no number is null, which every reader of JSON knows
        return json.dumps(_without_nan(value), ensure_ascii=False, default=_json_default)


def _json_default(value: Any) -> str:  # noqa: ANN401 (what JSON has no notation for)
    """Write dates and times in ISO 8601, durations as clocks show them."""
    return str(value.isoformat()) if hasattr(value, "isoformat") else cell_text(value)


def _without_nan(value: Any) -> Any:  # noqa: ANN401 (JSON may be anything)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {key: _without_nan(item) for key, item in value.items()}
    if isinstance(value, list):
        return list(map(_without_nan, value))
    return value
