"""One table of many files: each is scored into a part of its own, the parts are joined at the end.

The parts lie in a folder beside the output, which is removed when the output stands.
"""

import csv
import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from objections.errors import DataError
from objections.tables.table import Cell
from service.bulk.inputs import Input
from service.bulk.journal import Entry
from service.bulk.rejected import ENCODING, PLACE, rejected_place
from service.outputs import open_output, remove_output
from service.writers import DelimitedWriter, open_writer, unique_names

FILE: Final = "file"
"""The column that names the file of each row."""


def parts_folder(output: str) -> Path:
    """Say where the parts of an output lie."""
    return Path(output).with_name(f".{Path(output).name}.parts")


def part_of(one: Input, folder: Path) -> str:
    """Name the part of an input: by its path, so that a further input leaves the others where they are."""
    return str(folder / f"{hashlib.sha256(one.path.encode(errors='surrogateescape')).hexdigest()[:16]}.jsonl")


def join_parts(entries: Sequence[Entry], output: str, encoding: str) -> list[str]:
    """Write all parts as one table and all rejected rows as another, then remove the parts.

    Returns
    -------
    list of str
        The file of rejected rows, where there are any.
    """
    read = [entry for entry in entries if entry.header]
    columns = list(dict.fromkeys(column for entry in read for column in unique_names(entry.header)))
    file_column = FILE if FILE not in columns else f"source_{FILE}"
    with open_writer(output, [file_column, *columns], encoding=encoding) as writer:
        for entry in read:
            writer.write(_rows(entry, columns))
    rejected = _join_rejected(entries, output)
    shutil.rmtree(parts_folder(output))
    return rejected


def _rows(entry: Entry, columns: Sequence[str]) -> Iterator[list[Cell]]:
    part = Path(entry.target)
    if not part.exists():
        raise DataError(
            f"{part} is not here though a worker has written it: workers of other machines must share "
            "the folder of the output, or write into a folder with an address"
        )
    with part.open(encoding="utf-8") as file:
        for line in file:
            cells = json.loads(line)
            yield [entry.source, *(cells.get(column) for column in columns)]


def _join_rejected(entries: Sequence[Entry], output: str) -> list[str]:
    files = [name for entry in entries for name in entry.summary.rejected_files]
    place = rejected_place(output, output)
    if not files:
        remove_output(place)
        return []
    columns = list(
        dict.fromkeys(column for name in files for column in _read_rejected(name)[0][len(PLACE) :])
    )
    with open_output(place, ENCODING) as out:
        writer = DelimitedWriter(out, [*PLACE, *columns], ",")
        for name in files:
            header, *rows = _read_rejected(name)
            for row in rows:
                cells = dict(zip(header, row, strict=False))
                # Cells beyond the header are why a row may be here: they go behind all columns.
                under = [cells.get(column, "") for column in columns]
                writer.write([[*row[: len(PLACE)], *under, *row[len(header) :]]])
    return [place]


def _read_rejected(name: str) -> list[list[str]]:
    with Path(name).open(encoding=ENCODING, errors="surrogateescape", newline="") as file:
        return list(csv.reader(file))
