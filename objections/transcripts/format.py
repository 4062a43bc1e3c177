"""What a format is: a name, how to recognise it, how to read it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from objections.document import Document
from objections.line import Line


@dataclass(frozen=True, slots=True)
class Format:
    """One export format.

    Attributes
    ----------
    name : str
        As ``--format`` takes it, for instance ``whisper-json``.
    title : str
        What people call it.
    recognizes : callable
        Whether a document is of this format, told from its content. Never raises but `DataError`.
    read : callable
        Gives all lines of a document in their order, also empty ones; raises `DataError` naming the place
        where the document is not what the format says. `Line.number` is left to the catalogue.
    """

    name: str
    title: str
    recognizes: Callable[[Document], bool]
    read: Callable[[Document], Iterable[Line]]
