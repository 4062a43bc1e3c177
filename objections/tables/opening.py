"""Opening a table of any kind; the kind is told by the content of the file, never by its name."""

from typing import Final

from objections.document import Document
from objections.errors import DataError
from objections.tables.delimited import DelimitedTable
from objections.tables.parquet import ParquetTable
from objections.tables.records import open_records
from objections.tables.sheets import SheetTable
from objections.tables.table import Table

_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How XLSX and ODS begin, and XLS."""
_PARQUET: Final = b"PAR1"
_EXPORT: Final = "export the table as CSV, XLSX, JSON Lines or Parquet and name that file"
_SAVE: Final = "open it in a spreadsheet program and save it as XLSX"
_COMPRESSED: Final = ("a compressed file", "expand it and name the file in it")
_SOUND: Final = ("a recording", "recognise its speech first and name the transcript")
_PICTURE: Final = ("a picture", _EXPORT)
_FOREIGN: Final = (
    (b"%PDF", "a PDF document", _EXPORT),
    (b"{\\rtf", "a text document (RTF)", _EXPORT),
    (b"PK\x05\x06", "an empty archive", _EXPORT),
    (b"\x1f\x8b", *_COMPRESSED),
    (b"BZh", *_COMPRESSED),
    (b"\xfd7zXZ", *_COMPRESSED),
    (b"7z\xbc\xaf", *_COMPRESSED),
    (b"Rar!", *_COMPRESSED),
    (b"\x28\xb5\x2f\xfd", *_COMPRESSED),
    (b"RIFF", *_SOUND),
    (b"ID3", *_SOUND),
    (b"OggS", *_SOUND),
    (b"fLaC", *_SOUND),
    (b"\x89PNG", *_PICTURE),
    (b"\xff\xd8\xff", *_PICTURE),
    (b"GIF8", *_PICTURE),
    (b"SQLite format 3", "a database", _EXPORT),
)
"""How files begin that are no tables, what they are, and what to do."""
_MARKUP: Final = (
    ("<!doctype html", "a web page", _SAVE),
    ("<html", "a web page", _SAVE),
    ("<table", "a web page", _SAVE),
    ("mime-version:", "a web page", _SAVE),
    ("<?xml", "an XML file", _SAVE),
    ("<workbook", "an XML file", _SAVE),
)
"""How text begins that is no table either; some systems name such files .xls."""
_RARE: Final = 100
"""Text has no zero bytes; one in so many is dirt, more are another kind of file."""


def open_table(document: Document, text_column: str | None = None, sheet: str | None = None) -> Table:
    """Open a table of any kind.

    Parameters
    ----------
    document : Document
    text_column : str or None
        By which the header of a sheet is found, below a title; None: by the usual names.
    sheet : str or None
        The sheet of a workbook to read.

    Raises
    ------
    DataError
        Where the file is damaged or no table at all, saying what it seems to be and what to do.
    """
    if document.head.startswith(_WORKBOOKS):
        return SheetTable(document, text_column, sheet)
    if document.head.startswith(_PARQUET):
        return ParquetTable(document)
    _refuse_foreign(document)
    if document.looks_like_json:
        return open_records(document)
    return DelimitedTable(document)


def _refuse_foreign(document: Document) -> None:
    start = document.head_text.lstrip()[:32].lower()
    for beginning, kind, advice in _FOREIGN:
        if document.head.startswith(beginning):
            raise DataError(f"{document.name} is {kind}, not a table: {advice}")
    for opening, kind, advice in _MARKUP:
        if start.startswith(opening):
            raise DataError(f"{document.name} is {kind}, not a table: {advice}")
    if document.head_text.count("\0") * _RARE > len(document.head_text):
        raise DataError(f"{document.name} is neither text nor a file of a kind that is known: {_EXPORT}")
