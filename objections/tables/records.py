"""Tables in JSON: an array of objects, objects one after another, or one object a line (JSON Lines).

A column for each key that any object has, in the order of first appearance; values keep their types, also
nested ones. JSON Lines are read twice, once for the keys, and may be of any size; the rest is held in
memory.
"""

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from objections.document import Document
from objections.encoding import is_broken
from objections.errors import DataError
from objections.tables.borrowed import open_text
from objections.tables.table import Row, Table

MOST_COLUMNS: Final = 16_384
"""As a spreadsheet has; objects with more different keys than that are no rows of a table."""


class _Item(NamedTuple):
    """A JSON value with its number, and the text it was read from."""

    number: int
    value: Any
    source: str
    reason: str | None = None


class JsonLinesTable(Table):
    """One JSON object a line.

    Raises
    ------
    DataError
        Where no line holds an object with a key.
    """

    def __init__(self, document: Document) -> None:
        self.name = document.name
        self._file = document.file
        self._text = open_text(document, newline="\n")
        self.header = _collect_keys(self.name, (item.value for item in self._read()))
        self._text.seek(0)

    def __iter__(self) -> Iterator[Row]:
        for item in self._read():
            yield _row(item, self.header)

    def bytes_read(self) -> int:
        """How far the file is read, in bytes; for progress."""
        return self._file.tell()

    def _read(self) -> Iterator[_Item]:
        try:
            for number, line in enumerate(self._text, 1):
                if not line.isspace():
                    yield _parse(number, line.rstrip("\r\n"))
        except UnicodeDecodeError:  # half a character in UTF-16
            raise DataError(f"{self.name} holds bytes that are no text: save the file as UTF-8") from None


class RecordsTable(Table):
    """JSON objects that were read as a whole.

    Parameters
    ----------
    name : str
    values : sequence
        What should be objects; those that are not are rows to reject.
    size : int
        Of the file, in bytes.

    Raises
    ------
    DataError
        Where no value is an object with a key.
    """

    def __init__(self, name: str, values: Sequence[Any], size: int) -> None:
        self.name = name
        self.header = _collect_keys(name, values)
        self._values = values
        self._size = size
        self._given = 0

    def __iter__(self) -> Iterator[Row]:
        for number, value in enumerate(self._values, 1):
            self._given = number
            yield _row(_Item(number, value, ""), self.header)

    def bytes_read(self) -> int:
        """Give the share of the objects that were given, in bytes of the file; for progress."""
        return self._size * self._given // len(self._values)


def open_records(document: Document) -> Table:
    """Open a JSON file as a table.

    Raises
    ------
    DataError
        Where it is not JSON, holds no objects, or is too large for what is no JSON Lines.
    """
    if document.is_json_lines:
        return JsonLinesTable(document)
    values = document.values
    if len(values) == 1:
        values = values[0] if isinstance(values[0], list) else []
    if not any(isinstance(value, dict) for value in values):
        raise DataError(
            f"{document.name} is JSON of a shape that is not known: "
            'a table is a list of objects, [{"text": …}, …]'
        )
    return RecordsTable(document.name, values, document.file.seek(0, io.SEEK_END))


def _parse(number: int, line: str) -> _Item:
    if is_broken(line):
        return _Item(number, None, line, "bytes that are no text: save the file as UTF-8")
    try:
        return _Item(number, json.loads(line), line)
    except json.JSONDecodeError as error:
        return _Item(number, None, line, f"not valid JSON ({error.msg} at column {error.colno})")
    except (RecursionError, ValueError):
        return _Item(number, None, line, "JSON that nests too deep, or has numbers too long")


def _row(item: _Item, keys: Sequence[str]) -> Row:
    if reason := item.reason or _reason_to_reject(item.value):
        return Row(item.number, [item.source or json.dumps(item.value)], reason)
    return Row(item.number, [item.value.get(key) for key in keys])


def _reason_to_reject(value: object) -> str | None:
    if not isinstance(value, dict):
        return 'no JSON object: write {"text": …} with the columns as keys'
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return "half of a character (\\ud800 to \\udfff without its other half): export the row again"
    except RecursionError:
        return "JSON that nests too deep"
    return None


def _collect_keys(name: str, values: Iterable[object]) -> list[str]:
    keys: dict[str, None] = {}
    for value in values:
        if isinstance(value, dict) and not keys.keys() >= value.keys() and _reason_to_reject(value) is None:
            keys.update(dict.fromkeys(value))
            if len(keys) > MOST_COLUMNS:
                raise DataError(
                    f"{name} has objects with more than {MOST_COLUMNS} different keys: it is no table; "
                    "give each row the same keys"
                )
    if not keys:
        raise DataError(f'{name} has no columns: its objects must have keys, one of them the text ("text")')
    return list(keys)
