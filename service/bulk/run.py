"""Going through the inputs: one file, a folder into a folder, many files into one table."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from objections.classifier import Classifier
from objections.errors import DataError, OutputError
from service.bulk.combined import join_parts, part_of, parts_folder
from service.bulk.inputs import Input, find_inputs
from service.bulk.journal import Entry, Journal, state_of
from service.bulk.options import Options
from service.bulk.rejected import reject_file
from service.bulk.scoring import score_file
from service.bulk.summary import Summary
from service.outputs import STANDARD_STREAM
from service.writers import ENDINGS, tell_kind

Progress = Callable[[int, int, int], None]
"""Told (rows so far, bytes so far, bytes in all)."""

_TABLE_ENDING: Final = ".csv"
"""What transcripts become: ``call.srt`` → ``call.srt.csv``."""


def score_inputs(
    classifier: Classifier, arguments: Sequence[str], output: str, options: Options, progress: Progress
) -> Summary:
    """Score what the arguments mean, into a file or a folder.

    A folder given, or several inputs and an output that is a folder, makes a folder with the same names;
    several inputs and a file make one table with a column that names the file of each row. Either can be
    stopped at any moment and goes on where it was when it is run again.

    Raises
    ------
    DataError
        Where an argument means nothing, or the only input cannot be read.
    OutputError
        Where an output cannot be written.
    """
    run = _Run(classifier, options, progress)
    if _is_folder(output, arguments):
        inputs = find_inputs(arguments, without=Path(output))
        _refuse_stream(inputs)
        return run.into_folder(inputs, Path(output))
    inputs = find_inputs(arguments)
    if len(inputs) == 1:
        return score_file(classifier, inputs[0].path, output, options, progress)[1]
    _refuse_stream(inputs)
    return run.into_one(inputs, output)


def target_of(one: Input, folder: Path) -> str:
    """Say where the answers of an input go: under its own name, with `.csv` behind what is no table."""
    name = one.relative if one.relative.suffix.lower() in ENDINGS else Path(f"{one.relative}{_TABLE_ENDING}")
    return str(folder / name)


@dataclass(frozen=True, slots=True)
class _Run:
    """What one run scores with."""

    classifier: Classifier
    options: Options
    progress: Progress

    @property
    def settings(self) -> str:
        return self.options.digest(self.classifier.card.id)

    def into_folder(self, inputs: Sequence[Input], folder: Path) -> Summary:
        targets = [target_of(one, folder) for one in inputs]
        _refuse_clashes(inputs, targets)
        with Journal(folder, self.settings) as journal:
            return _sum_up(self._score_each(inputs, targets, journal))

    def into_one(self, inputs: Sequence[Input], output: str) -> Summary:
        if output == STANDARD_STREAM:
            raise DataError("several inputs need a file or a folder to be written to: name it with -o")
        tell_kind(output)
        folder = parts_folder(output)
        with Journal(folder, self.settings) as journal:
            entries = self._score_each(inputs, [part_of(one, folder) for one in inputs], journal)
            summary = _sum_up(entries)
            summary.rejected_files = join_parts(entries, output, self.options.encoding)
        return summary

    def _score_each(self, inputs: Sequence[Input], targets: Sequence[str], journal: Journal) -> list[Entry]:
        """Score the files that are not done; one that cannot be read is set aside, and the others go on."""
        sizes = [Path(one.path).stat().st_size for one in inputs]
        entries, rows = [], 0
        for number, (one, target) in enumerate(zip(inputs, targets, strict=True)):
            entry = journal.find(one.path, target)
            if entry is None:
                entry = self._shifted(rows, sum(sizes[:number]), sum(sizes)).score_one(one, target, journal)
            entries.append(entry)
            rows += entry.summary.read
            self.progress(rows, sum(sizes[: number + 1]), sum(sizes))
        return entries

    def score_one(self, one: Input, target: str, journal: Journal) -> Entry:
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        state = state_of(one.path)
        try:
            header, summary = score_file(self.classifier, one.path, target, self.options, self.progress)
        except OutputError:
            raise
        except DataError as error:
            header, summary = [], reject_file(one.path, target, error)
        return journal.note(one.path, state, target, header, summary)

    def _shifted(self, rows: int, done: int, size: int) -> "_Run":
        """Tell the progress of one file as that of all."""
        tell = self.progress
        return replace(
            self, progress=lambda rows_here, done_here, _: tell(rows + rows_here, done + done_here, size)
        )


def _sum_up(entries: Sequence[Entry]) -> Summary:
    summary = Summary()
    for entry in entries:
        summary.add(entry.summary)
    return summary


def _is_folder(output: str, arguments: Sequence[str]) -> bool:
    if output == STANDARD_STREAM:
        return False
    named = output.endswith((os.sep, "/")) or Path(output).is_dir()
    some_folder = any(argument != STANDARD_STREAM and Path(argument).is_dir() for argument in arguments)
    return named or (some_folder and Path(output).suffix.lower() not in ENDINGS)


def _refuse_clashes(inputs: Sequence[Input], targets: Sequence[str]) -> None:
    """Refuse two inputs that would be written to one place."""
    first: dict[str, Input] = {}
    for one, target in zip(inputs, targets, strict=True):
        other = first.setdefault(target, one)
        if other is not one:
            raise DataError(
                f"{other.path} and {one.path} would both be written to {target}: "
                "name the folder that holds both, or score them apart"
            )


def _refuse_stream(inputs: Sequence[Input]) -> None:
    if any(one.path == STANDARD_STREAM for one in inputs):
        raise DataError(
            "- (standard input) goes alone: put what it holds into a file to score it with others"
        )
