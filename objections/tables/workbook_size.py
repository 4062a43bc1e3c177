"""Whether a workbook of zipped XML (XLSX, ODS) is safe to open: whole, and no larger than memory allows.

The reader of workbooks keeps every sheet as a full rectangle in memory, so a single cell in the far corner,
or one cell that is said to be repeated a million times, would end the process. A few kilobytes can also
expand to gigabytes. Both are found here first, by expanding and reading the parts piece by piece.
"""

import re
import zipfile
import zlib
from functools import lru_cache
from typing import BinaryIO, Final
from xml.parsers import expat

from objections.errors import DataError

MOST_EXPANDED: Final = 2 << 30
"""Bytes of all parts together."""
MOST_CELLS: Final = 50_000_000
"""Of the rectangles that hold all that the sheets of one part have; each takes 32 bytes."""

_BYTES_AT_ONCE: Final = 1 << 20
_REFERENCE: Final = re.compile(r"([A-Za-z]{1,4})(\d{1,7})")
_MANIFEST: Final = "META-INF/manifest.xml"
_SHEET: Final = b"sheetData"
"""What every sheet of an XLSX file holds, whatever its name is."""


def check_size(file: BinaryIO, name: str) -> list[str]:
    """Check a zipped workbook; give the names of its parts.

    Raises
    ------
    DataError
        Where it is damaged, protected by a password or too large.
    """
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            if _is_locked(archive):
                raise RuntimeError  # noqa: TRY301 (as for an encrypted part)
            room = MOST_EXPANDED
            for part in archive.infolist():
                room -= _check_part(archive, part, room)
            return archive.namelist()
    except _TooLargeError as error:
        raise DataError(f"{name} {error}: save the sheet as CSV") from None
    except (
        zipfile.BadZipFile,
        zlib.error,
        expat.ExpatError,
        LookupError,  # an encoding that does not exist
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,  # a method of compression that spreadsheet programs do not use
    ):
        raise DataError(f"{name} is a workbook that is damaged or cut off: export it again") from None
    except RuntimeError:  # what the library raises for an encrypted part
        raise DataError(f"{name} is protected by a password: save it without one") from None


class _TooLargeError(Exception):
    """Says in its text how the workbook is too large."""


def _is_locked(archive: zipfile.ZipFile) -> bool:
    """Whether an ODS file says that its parts are encrypted: the archive itself does not show it."""
    if _MANIFEST not in archive.namelist():
        return False
    with archive.open(_MANIFEST) as manifest:
        return b"encryption-data" in manifest.read(_BYTES_AT_ONCE)


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, room: int) -> int:
    """Expand a part whatever size it claims, reading it where it is XML; give the bytes it has."""
    part.file_size = room + 2 * _BYTES_AT_ONCE
    expanded = 0
    extent: _Extent | None = _Extent()
    end = b""
    with archive.open(part) as content:
        while piece := content.read(_BYTES_AT_ONCE):
            expanded += len(piece)
            if expanded > room:
                raise _TooLargeError(f"holds more than {MOST_EXPANDED >> 20} MB when expanded")
            try:
                if extent:
                    extent.read(piece)
            except (expat.ExpatError, LookupError):
                if part.filename.endswith(".xml"):
                    raise
                extent = None  # a picture, most likely
            if extent is None and _SHEET in end + piece:
                raise zipfile.BadZipFile
            end = piece[-len(_SHEET) :]
    return expanded


class _Extent:
    """How far the cells of a sheet reach, read from its XML: the part's own words, not what it claims.

    Elements are told by their local names. Those of XLSX are ``row``, ``c`` and, in a cell that is not
    empty, ``v``, ``is`` or ``f``; those of ODS ``table``, ``table-row``, ``table-cell`` and ``p``.
    """

    def __init__(self) -> None:
        self._row = self._column = self._rows = self._columns = 0
        self._cells_before = 0
        self._readers = {
            "row": self._start_row,
            "c": self._start_cell,
            "v": self._fill,
            "is": self._fill,
            "f": self._fill,
            "table": self._start_table,
            "table-row": self._start_repeated_row,
            "table-cell": self._start_repeated_cell,
            "covered-table-cell": self._start_repeated_cell,
            "p": self._fill,
        }
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start

    def read(self, piece: bytes) -> None:
        """Read on."""
        self._parser.Parse(piece, False)  # noqa: FBT003 (the parser takes no names)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        reader = self._readers.get(name.rpartition(":")[2])
        if reader:
            reader(attributes)

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row = int(attributes.get("r", self._row + 1))
        self._column = 0

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if reference := attributes.get("r"):
            self._row, self._column = _place(reference)
        else:
            self._column += 1

    def _start_table(self, _attributes: dict[str, str]) -> None:
        self._cells_before += self._rows * self._columns
        self._row = self._rows = self._columns = 0

    def _start_repeated_row(self, attributes: dict[str, str]) -> None:
        self._row += _repeated(attributes, "number-rows-repeated")
        self._column = 0

    def _start_repeated_cell(self, attributes: dict[str, str]) -> None:
        self._column += _repeated(attributes, "number-columns-repeated")
        if any(name.endswith("value-type") for name in attributes):
            self._fill(attributes)

    def _fill(self, _attributes: dict[str, str]) -> None:
        """Note that the cell is not empty."""
        if self._row > self._rows or self._column > self._columns:
            self._rows = max(self._rows, self._row)
            self._columns = max(self._columns, self._column)
            if self._cells_before + self._rows * self._columns > MOST_CELLS:
                raise _TooLargeError(
                    f"has a sheet that spreads over {self._rows} rows and {self._columns} columns"
                )


def _place(reference: str) -> tuple[int, int]:
    """Read a cell's place as a row and a column."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        raise zipfile.BadZipFile
    return int(match[2]), _column(match[1])


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _repeated(attributes: dict[str, str], wanted: str) -> int:
    return next((int(value) for name, value in attributes.items() if name.endswith(wanted)), 1)
