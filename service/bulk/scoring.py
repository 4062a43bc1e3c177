"""Answering the rows of one table, in blocks, so that memory does not grow with the file.

Every row is kept, in order, with the answer's columns added. What cannot be scored is set aside with the
reason; the rest is scored.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np

from objections.classifier import Classifier
from objections.decision import WHOLE, Verdicts
from objections.errors import DataError
from objections.labels import CATEGORIES, NO_OBJECTION
from objections.privacy import mask
from objections.tables.columns import Columns, find_columns
from objections.tables.table import Cell, Row, Table, cell_text
from objections.text import is_blank
from objections.transcripts.cleaning import Dropped
from service.bulk.options import Options
from service.bulk.rejected import Rejected
from service.bulk.source import open_source
from service.bulk.summary import Summary
from service.columns import added_columns, answer_cells
from service.outputs import STANDARD_STREAM
from service.writers import open_writer, tell_kind

ROWS_AT_ONCE: Final = 8192
"""Rows of a block: several for each core, and some megabytes."""
EVIDENCE_SEPARATOR: Final = "; "

_NO_OBJECTION: Final = CATEGORIES.index(NO_OBJECTION)
_Rows = list[Sequence[Cell]]


def score_file(
    classifier: Classifier,
    source: str,
    target: str,
    options: Options,
    progress: Callable[[int, int, int], None],
) -> tuple[list[str], Summary]:
    """Score one file.

    Parameters
    ----------
    classifier : Classifier
    source, target : str
        Paths, or ``-`` for standard input and output.
    options : Options
    progress : callable
        Told (rows so far, bytes so far, bytes in all) after each block.

    Returns
    -------
    header : list of str
        Columns of the output.
    summary : Summary

    Raises
    ------
    DataError
        Where the input is missing, has no header or no text column.
    OutputError
        Where an output cannot be written; no output is left behind then.
    """
    if _is_same_file(source, target):
        raise DataError(f"{target} is the input itself: name another output")
    with open_source(source, options) as (table, size):
        scoring = _Scoring.of(classifier, table, options)
        summary = Summary(files=1, dropped=getattr(table, "dropped", Dropped()))
        summary.read = summary.dropped.total
        rows = iter(table)
        delimiter = table.delimiter_to_write if tell_kind(target) == "csv" else ","
        with (
            Rejected(target, table.name, table.header, delimiter) as rejected,
            open_writer(target, scoring.header, encoding=options.encoding, delimiter=delimiter) as writer,
        ):
            while block := list(islice(rows, ROWS_AT_ONCE)):
                good = _keep_readable(block, len(table.header), rejected)
                answered = scoring.answer(good, typed=writer.typed)
                writer.write(answered.rows)
                summary.add(answered.summary)
                summary.add(Summary(read=len(block), rejected=len(block) - len(good)))
                progress(summary.read, table.bytes_read(), size)
        if rejected.path:
            summary.rejected_files = [rejected.path]
    return scoring.header, summary


def _keep_readable(block: Sequence[Row], n_columns: int, rejected: Rejected) -> _Rows:
    """Put aside the rows that cannot be read; fill short ones up to the header."""
    good = []
    for row in block:
        if row.reason is not None:
            rejected.add(row.number, row.reason, row.cells)
        else:
            missing = n_columns - len(row.cells)
            good.append([*row.cells, *[""] * missing] if missing else row.cells)
    return good


@dataclass(frozen=True, slots=True)
class _Answered:
    rows: _Rows
    summary: Summary


@dataclass(frozen=True, slots=True)
class _Scoring:
    """How the rows of one table are answered."""

    classifier: Classifier
    options: Options
    columns: Columns
    header: list[str]

    @classmethod
    def of(cls, classifier: Classifier, table: Table, options: Options) -> "_Scoring":
        columns = find_columns(table.header, table.name, options.text_column, options.speaker_column)
        added = added_columns(
            table.header, table.name, options.prefix, classifier.categories, explain=options.explain
        )
        return cls(classifier, options, columns, [*table.header, *added])

    def answer(self, rows: _Rows, *, typed: bool) -> _Answered:
        """Give the rows to write, and what became of all."""
        scored = [number for number, cells in enumerate(rows) if self._is_scored(cells)]
        texts = [cell_text(rows[number][self.columns.text]) for number in scored]
        verdicts = self.classifier.decide(texts)
        n_added = len(self.header) - len(rows[0]) if rows else 0
        answers: list[Sequence[Cell]] = [(None if typed else "",) * n_added] * len(rows)
        cells = answer_cells(verdicts, typed=typed)
        for number, answer in zip(scored, self._with_evidence(cells, texts, verdicts), strict=True):
            answers[number] = answer
        kept = self._kept(len(rows), scored, verdicts)
        written: _Rows = [[*self._masked(rows[number]), *answers[number]] for number in kept]
        objections = int((verdicts.category != _NO_OBJECTION).sum())
        return _Answered(
            written,
            Summary(
                written=len(written),
                left_out=len(rows) - len(written),
                unscored=len(rows) - len(scored),
                objections=objections,
            ),
        )

    def _is_scored(self, cells: Sequence[Cell]) -> bool:
        text, speaker = cells[self.columns.text], self.columns.speaker
        if text is None or is_blank(cell_text(text)):
            return False
        if speaker is None or cells[speaker] is None:
            return True
        return self.options.names.role(cell_text(cells[speaker])) != "seller"

    def _with_evidence(
        self, answers: Iterator[tuple[Cell, ...]], texts: Sequence[str], verdicts: Verdicts
    ) -> Iterator[tuple[Cell, ...]]:
        if not self.options.explain:
            yield from answers
            return
        for answer, text, category in zip(answers, texts, verdicts.category, strict=True):
            spans = self.classifier.explain(text, verdicts.categories[category])
            words = EVIDENCE_SEPARATOR.join(dict.fromkeys(span.text for span in spans))
            yield (*answer, mask(words) if self.options.mask else words)

    def _kept(self, n_rows: int, scored: Sequence[int], verdicts: Verdicts) -> Sequence[int]:
        """Give the numbers of the rows that the user wants to see."""
        if not self.options.only_objections and not self.options.min_confidence:
            return range(n_rows)
        keep = np.full(n_rows, not self.options.only_objections)
        wanted = verdicts.confidence >= self.options.min_confidence * WHOLE
        if self.options.only_objections:
            wanted &= verdicts.category != _NO_OBJECTION
        keep[list(scored)] = wanted
        kept: list[int] = np.flatnonzero(keep).tolist()
        return kept

    def _masked(self, cells: Sequence[Cell]) -> Sequence[Cell]:
        if not self.options.mask:
            return cells
        return [mask(cell) if isinstance(cell, str) else cell for cell in cells]


def _is_same_file(source: str, target: str) -> bool:
    if STANDARD_STREAM in {source, target} or not Path(target).is_file() or not Path(source).exists():
        return False
    return Path(source).samefile(target)
