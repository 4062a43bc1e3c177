"""Everything that can go wrong and that a user can mend.

::

    ObjectionsError           the message says what is wrong, where, and what to do next
    ├── DataError             a file given by the user is not what it should be
    │   ├── BadRowsError      … and these are its rows, all of them
    │   └── OutputError       an output cannot be written, for instance because the disk is full
    ├── GlossaryError         data/glossary.toml is missing or does not hold the entries it must
    │   └── UnknownTermError  no such entry
    └── ModelError            the model folder is missing, damaged or of another protocol
        └── UnknownModelError no such model

Anything else that is raised is a defect of the program.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SHOWN_ROWS = 50
"""How many bad rows a message lists before it only counts the rest."""


class ObjectionsError(Exception):
    """A mistake that the user can mend; its text is meant for them."""


class DataError(ObjectionsError):
    """A file given by the user cannot be used as it is."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """One complaint about one row of a file.

    Attributes
    ----------
    row : int
        Row number as a spreadsheet shows it: the header is row 1.
    column : str
        Column that holds the value; empty where the row as a whole is wrong.
    problem : str
        What is wrong, with the value and the values that are allowed.
    """

    row: int
    column: str
    problem: str

    def __str__(self) -> str:
        return f"row {self.row}, {self.said}" if self.column else f"row {self.row}: {self.said}"

    @property
    def said(self) -> str:
        """The complaint without the row."""
        return f"column {self.column}: {self.problem}" if self.column else self.problem


class BadRowsError(DataError):
    """A labelled file with wrong rows; names every one of them.

    Parameters
    ----------
    path : Path
        The file.
    rows : sequence of BadRow
        All complaints, in the order of the file.
    """

    def __init__(self, path: Path, rows: Sequence[BadRow]) -> None:
        self.path = path
        self.rows = tuple(rows)
        shown = [f"  {row}" for row in self.rows[:SHOWN_ROWS]]
        if len(self.rows) > SHOWN_ROWS:
            shown.append(f"  … and {len(self.rows) - SHOWN_ROWS} more")
        head = f"{path}: {len(self.rows)} problem(s) found, nothing was used. Mend these and run again:"
        super().__init__("\n".join([head, *shown]))


class OutputError(DataError):
    """An output cannot be written; nothing is left half-written."""


class GlossaryError(ObjectionsError):
    """The glossary file is missing or incomplete."""


class UnknownTermError(GlossaryError):
    """A term that the glossary does not have; names the ones it has."""


class ModelError(ObjectionsError):
    """The model folder cannot be used as it is."""


class UnknownModelError(ModelError):
    """There is no model of this name; says how to see the ones there are."""
