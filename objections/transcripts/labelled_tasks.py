"""Tasks that people have labelled in Label Studio as a labelled table."""

from collections.abc import Iterator
from typing import Final

from objections.document import Document
from objections.labels import NO_TERM
from objections.speaker import parse_speaker
from objections.tables.table import Row, Table
from objections.transcripts.label_studio import FORMATS, read_labels

_COLUMNS: Final = ("text", "category", "glossary", "speaker")


def is_labelled(document: Document) -> bool:
    """Whether a document is an export of Label Studio."""
    return any(known.recognizes(document) for known in FORMATS)


class TaskTable(Table):
    """The tasks of an export that have a label; those that were skipped are not there.

    Without a term column in the labelling, an objection gets the default term, as in every labelled file.
    Rows are numbered as the tasks are, from 1.

    Parameters
    ----------
    document : Document

    Raises
    ------
    DataError
        Where the document is no such export, or a task has no text.
    """

    def __init__(self, document: Document) -> None:
        self.name = document.name
        self._tasks = [task for task in read_labels(document) if task.category is not None]
        self._with_terms = any(task.glossary is not None for task in self._tasks)
        self.header = [name for name in _COLUMNS if name != "glossary" or self._with_terms]

    def __iter__(self) -> Iterator[Row]:
        for task in self._tasks:
            speaker = parse_speaker(task.speaker) or ""
            terms = [task.glossary or NO_TERM] if self._with_terms else []
            yield Row(task.number, [task.text, task.category, *terms, speaker])

    def bytes_read(self) -> int:
        """Say nothing: the file is read as a whole."""
        return 0
