"""Scoring exported tables: every row kept, in order, with the answer's columns added.

Rows go through in blocks, so memory does not grow with the file. What cannot be read goes to
``<output>.rejected.csv`` with its row and the reason; the rest is scored.
"""

import contextlib
import csv
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final, Self, cast

from objections.classifier import Classifier
from objections.decision import Verdicts
from objections.encoding import is_broken
from objections.errors import DataError
from objections.labels import CATEGORIES, NO_OBJECTION
from objections.speaker import is_seller
from objections.tables import Row, Table
from objections.text import is_blank
from service.columns import NO_ANSWER, Columns, added_columns, answer_cells, find_columns
from service.outputs import STANDARD_STREAM, open_output

ROWS_AT_ONCE: Final = 8192
"""Rows of a block: several for each core, and some megabytes."""

_NO_OBJECTION: Final = CATEGORIES.index(NO_OBJECTION)


@dataclass(frozen=True, slots=True)
class Options:
    """How to read the input and name what is added.

    Attributes
    ----------
    text_column, speaker_column : str or None
        None: found by its usual names.
    prefix : str
        Goes before the names of the added columns.
    encoding : str
        Of an output file.
    """

    text_column: str | None = None
    speaker_column: str | None = None
    prefix: str = ""
    encoding: str = "utf-8-sig"


@dataclass(slots=True)
class Summary:
    """What became of the rows: ``read == written + rejected``.

    Attributes
    ----------
    read, written, rejected : int
    unscored : int
        Rows written without an answer: said by the seller, or without words.
    objections : int
        Rows with an objection.
    rejected_file : str or None
        Where the rejected rows stand.
    """

    read: int = 0
    written: int = 0
    rejected: int = 0
    unscored: int = 0
    objections: int = 0
    rejected_file: str | None = None

    def add(self, read: int, written: int, verdicts: Verdicts) -> None:
        """Count one block: rows read and written, and the answers among them."""
        self.read += read
        self.written += written
        self.rejected += read - written
        self.unscored += written - len(verdicts)
        self.objections += int((verdicts.category != _NO_OBJECTION).sum())


def score_table(
    classifier: Classifier,
    source: str,
    target: str,
    options: Options,
    progress: Callable[[int, int, int], None],
) -> Summary:
    """Score a delimited table.

    Parameters
    ----------
    classifier : Classifier
    source, target : str
        Paths, or ``-`` for standard input and output.
    options : Options
    progress : callable
        Told (rows so far, bytes so far, bytes in all) after each block.

    Raises
    ------
    DataError
        Where the input is missing, has no header or no text column, or an output cannot be written;
        no output is left behind then.
    """
    with _open_input(source) as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        table = Table(file, "standard input" if source == STANDARD_STREAM else source)
        columns = find_columns(table.header, table.name, options.text_column, options.speaker_column)
        header = [*table.header, *added_columns(table.header, table.name, options.prefix)]
        with Rejected(target, table) as rejected, open_output(target, options.encoding) as out:
            writer = csv.writer(out, delimiter=table.delimiter_to_write, lineterminator="\n")
            writer.writerow(header)
            summary = Summary()
            while block := list(islice(table, ROWS_AT_ONCE)):
                good = _keep_readable(block, table.header, rejected)
                answers, verdicts = _answer(classifier, good, columns)
                writer.writerows([*cells, *answer] for cells, answer in zip(good, answers, strict=True))
                summary.add(len(block), len(good), verdicts)
                progress(summary.read, table.bytes_read(), size)
        summary.rejected_file = rejected.path
    return summary


def _keep_readable(block: Sequence[Row], header: Sequence[str], rejected: "Rejected") -> list[list[str]]:
    """Put aside the rows that cannot be read; fill short ones up to the header."""
    good = []
    for row in block:
        if reason := _reason_to_reject(row, header):
            rejected.add(row, reason)
        else:
            good.append(row.cells + [""] * (len(header) - len(row.cells)))
    return good


def _reason_to_reject(row: Row, header: Sequence[str]) -> str | None:
    if len(row.cells) > len(header):
        return (
            f"{len(row.cells)} cells under {len(header)} columns: "
            "put a cell that holds the separator into quotes"
        )
    if is_broken("".join(row.cells)):
        broken = [name for name, cell in zip(header, row.cells, strict=False) if is_broken(cell)]
        return f"bytes that are no text in column {', '.join(broken)}: save the file as UTF-8"
    return None


def _answer(
    classifier: Classifier, rows: Sequence[Sequence[str]], columns: Columns
) -> tuple[list[tuple[str, ...]], Verdicts]:
    """Answer the rows of clients that have words; give the cells to add to every row, and the answers."""
    speaker = columns.speaker
    scored = [
        number
        for number, cells in enumerate(rows)
        if not is_blank(cells[columns.text]) and (speaker is None or not is_seller(cells[speaker]))
    ]
    verdicts = classifier.decide([rows[number][columns.text] for number in scored])
    answers = [NO_ANSWER] * len(rows)
    for number, answer in zip(scored, answer_cells(verdicts), strict=True):
        answers[number] = answer
    return answers, verdicts


class Rejected:
    """The rows that could not be read, written beside the output; no file where there are none.

    Parameters
    ----------
    target : str
        The output they were kept out of.
    table : Table
        Where they come from.
    """

    def __init__(self, target: str, table: Table) -> None:
        self.path: str | None = None
        beside = table.name.replace(" ", "-") if target == STANDARD_STREAM else target
        self._place = f"{beside}.rejected.csv"
        self._table = table
        self._stack = contextlib.ExitStack()
        self._write: Callable[[Sequence[object]], object] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.__exit__(*error)  # type: ignore[arg-type]  # the three are passed on as they came
        if self._write is None and error[0] is None:
            # A file of an earlier run would speak of rows that this run has scored.
            Path(self._place).unlink(missing_ok=True)

    def add(self, row: Row, reason: str) -> None:
        """Write one row with its file, its number and the reason."""
        if self._write is None:
            self.path = self._place
            out = self._stack.enter_context(open_output(self._place, "utf-8-sig"))
            writer = csv.writer(out, delimiter=self._table.delimiter_to_write, lineterminator="\n")
            self._write = writer.writerow
            self._write(["file", "row", "reason", *self._table.header])
        self._write([self._table.name, row.number, reason, *row.cells])


def _open_input(source: str) -> BinaryIO:
    """Open an input so that it can be read twice; standard input is kept in a temporary file."""
    if source != STANDARD_STREAM:
        try:
            return Path(source).open("rb")
        except OSError as error:
            raise DataError(f"{source} cannot be read: {error.strerror}") from None
    spool = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115 (the caller closes it)
    shutil.copyfileobj(sys.stdin.buffer, spool)
    return spool
