"""Going through the inputs: one file, a folder into a folder, many files into one table."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from objections.classifier import Classifier
from objections.errors import DataError
from service.bulk.combined import join_parts, part_of, parts_folder
from service.bulk.inputs import Input, find_inputs, state_of
from service.bulk.journal import Entry, Journal, NoJournal
from service.bulk.options import Options
from service.bulk.scoring import score_file
from service.bulk.summary import Summary
from service.bulk.task import Done, Progress, Task, do
from service.locations import is_address
from service.outputs import STANDARD_STREAM
from service.writers import ENDINGS, tell_kind

Workers = Callable[[Sequence[Task], Options], Iterator[Done]]
"""Score files elsewhere and give each as it is done."""

_TABLE_ENDING: Final = ".csv"
"""What transcripts become: ``call.srt`` → ``call.srt.csv``."""


def target_of(one: Input, folder: str) -> str:
    """Say where the answers of an input go: under its own name, with `.csv` behind what is no table."""
    name = one.relative.as_posix()
    ending = "" if one.relative.suffix.lower() in ENDINGS else _TABLE_ENDING
    return f"{folder.rstrip('/')}/{name}{ending}"


@dataclass(frozen=True, slots=True)
class Run:
    """One run over what a user names.

    Attributes
    ----------
    classifier : Classifier
    options : Options
    progress : callable
        Told (rows so far, bytes so far, bytes in all).
    workers : callable or None
        Scores files elsewhere; None: here, one after another.
    """

    classifier: Classifier
    options: Options
    progress: Progress
    workers: Workers | None = None

    def score(self, arguments: Sequence[str], output: str) -> Summary:
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
        summary = self._score(arguments, output)
        if not summary.adds_up:
            raise AssertionError(f"rows are not accounted for: {summary.in_words()}")
        return summary

    def _score(self, arguments: Sequence[str], output: str) -> Summary:
        is_local = output != STANDARD_STREAM and not is_address(output)
        inputs = find_inputs(arguments, without=Path(output) if is_local else None)
        if _is_folder(output, arguments):
            _refuse_stream(inputs)
            return self._into_folder(inputs, output)
        if len(inputs) == 1:  # one task: workers could not share it
            return score_file(self.classifier, inputs[0].path, output, self.options, self.progress)[1]
        _refuse_stream(inputs)
        return self._into_one(inputs, output)

    @property
    def _settings(self) -> str:
        return self.options.digest(self.classifier.card.id)

    def _into_folder(self, inputs: Sequence[Input], folder: str) -> Summary:
        targets = [target_of(one, folder) for one in inputs]
        _refuse_clashes(inputs, targets)
        with NoJournal() if is_address(folder) else Journal(Path(folder), self._settings) as journal:
            return _sum_up(self._score_each(inputs, targets, journal))

    def _into_one(self, inputs: Sequence[Input], output: str) -> Summary:
        if output == STANDARD_STREAM:
            raise DataError("several inputs need a file or a folder to be written to: name it with -o")
        if is_address(output):
            raise DataError(f"several inputs go into a folder there: write {output.rpartition('/')[0]}/")
        tell_kind(output)
        folder = parts_folder(output)
        with Journal(folder, self._settings) as journal:
            entries = self._score_each(inputs, [part_of(one, folder) for one in inputs], journal)
            summary = _sum_up(entries)
            summary.rejected_files = join_parts(entries, output, self.options.encoding)
        return summary

    def _score_each(self, inputs: Sequence[Input], targets: Sequence[str], journal: NoJournal) -> list[Entry]:
        """Score the files that are not done yet; give what became of all, in their order."""
        tasks = [Task(one.path, target) for one, target in zip(inputs, targets, strict=True)]
        states = {task: state_of(task.source) for task in tasks}
        entries = {task: entry for task in tasks if (entry := journal.find(task.source, task.target))}
        size = sum(state[0] for state in states.values())
        rows = sum(entry.summary.read for entry in entries.values())
        read = sum(states[task][0] for task in entries)
        left = [task for task in tasks if task not in entries]
        here = _Here(self, rows, read, size)
        for done in self.workers(left, self.options) if self.workers else here.score(left):
            task = done.task
            entries[task] = journal.note(task.source, states[task], task.target, done.header, done.summary)
            rows, read = rows + done.summary.read, read + states[task][0]
            here.rows, here.read = rows, read
            self.progress(rows, read, size)
        return [entries[task] for task in tasks]


@dataclass(slots=True)
class _Here:
    """Scoring files in this process, one after another."""

    run: Run
    rows: int
    read: int
    size: int

    def score(self, tasks: Sequence[Task]) -> Iterator[Done]:
        for task in tasks:
            yield do(task, self.run.classifier, self.run.options, self._tell)

    def _tell(self, rows: int, read: int, _: int) -> None:
        """Tell the progress in one file as that of all."""
        self.run.progress(self.rows + rows, self.read + read, self.size)


def _sum_up(entries: Sequence[Entry]) -> Summary:
    summary = Summary()
    for entry in entries:
        summary.add(entry.summary)
    return summary


def _is_folder(output: str, arguments: Sequence[str]) -> bool:
    if output == STANDARD_STREAM:
        return False
    if is_address(output):
        return Path(output).suffix.lower() not in ENDINGS
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
