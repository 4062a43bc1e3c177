"""Finding out before a workbook is opened that it would fill the memory."""

import io
import zipfile

import pytest

from objections.errors import DataError
from objections.tables import workbook_size
from objections.tables.workbook_size import check_size
from tests.objections.tables.workbooks import change_part, make_ods, make_workbook, rows

SHEET = "xl/worksheets/sheet1.xml"
WORKBOOK = make_workbook(Лист1=rows(["text"], ["дорого"]))


def _check(content: bytes) -> list[str]:
    return check_size(io.BytesIO(content), "файл")


def _sheet(cells: str) -> bytes:
    return change_part(WORKBOOK, SHEET, f"<worksheet><sheetData>{cells}</sheetData></worksheet>".encode())


def test_a_usual_workbook_passes_and_its_parts_are_named() -> None:
    """Nothing is said of it."""
    assert SHEET in _check(WORKBOOK)


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1048576"><v>1</v></c><c r="XFD1"><v>1</v></c></row>',
        '<x:row><x:c t="n" r="&#88;FD1048576"><x:f>1</x:f></x:c></x:row>',
        f'<row r="900000">{"<c/>" * 100}<c><is><t>x</t></is></c></row>',
    ],
)
def test_a_cell_in_the_far_corner_is_found_however_it_is_written(cells: str) -> None:
    """By its reference, or by counting."""
    with pytest.raises(DataError, match=r"файл has a sheet that spreads over \d+ rows and \d+ columns"):
        _check(_sheet(cells))


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>',
        '<row r="1048576"><c r="A1048576"><v>1</v></c></row>',
    ],
)
def test_empty_cells_and_long_columns_take_no_room(cells: str) -> None:
    """A whole column that is coloured, a full sheet of one column."""
    _check(_sheet(cells))


def test_repeated_cells_of_ods_count_when_they_hold_something() -> None:
    """One cell can stand for all of a sheet; the empty rest that every sheet ends with is harmless."""
    filled = '<table:table-cell office:value-type="string"{}><text:p>text</text:p></table:table-cell>'
    rest = (
        '<table:table-row table:number-rows-repeated="1048575">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    _check(make_ods(f"<table:table-row>{filled.format('')}</table:table-row>{rest}"))
    repeated = filled.format(' table:number-columns-repeated="16384"')
    with pytest.raises(DataError, match="spreads over 1048576 rows and 16384 columns"):
        _check(
            make_ods(f'<table:table-row table:number-rows-repeated="1048576">{repeated}</table:table-row>')
        )


def test_sheets_of_ods_count_together() -> None:
    """All of them are opened at once."""
    half = (
        '<table:table-row table:number-rows-repeated="500000">'
        '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="60"/>'
        "</table:table-row>"
    )
    _check(make_ods(half))
    with pytest.raises(DataError, match="spreads over 500000 rows and 60 columns"):
        _check(make_ods(f'{half}</table:table><table:table table:name="Лист2">{half}'))


def test_what_expands_without_end_is_stopped_whatever_size_it_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    """The archive's own word on its size is not taken."""
    monkeypatch.setattr(workbook_size, "MOST_EXPANDED", 1 << 20)
    size = 2 << 20
    bomb = change_part(WORKBOOK, "xl/media/image1.png", bytes(size))
    claims = bomb.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert claims != bomb
    for content in (bomb, claims):
        with pytest.raises(DataError, match="holds more than 1 MB when expanded"):
            _check(content)


@pytest.mark.parametrize(
    "content",
    [
        WORKBOOK[:-40],
        WORKBOOK[: len(WORKBOOK) // 2],
        b"PK\x03\x04" + bytes(100),
        change_part(WORKBOOK, SHEET, b"<worksheet><sheetData></worksheet>"),
        change_part(WORKBOOK, SHEET, b'<?xml version="1.0" encoding="UTF-99"?><worksheet/>'),
        change_part(WORKBOOK, SHEET, b'<sheetData><row r="many"/></sheetData>'),
        change_part(WORKBOOK, SHEET, b'<sheetData><row><c r="A0x"/></row></sheetData>'),
        change_part(WORKBOOK, "xl/sheet.bin", b"junk <sheetData/>"),
    ],
)
def test_what_is_damaged_is_said_to_be(content: bytes) -> None:
    """Cut off, or with parts that are no XML."""
    with pytest.raises(DataError, match="файл is a workbook that is damaged or cut off"):
        _check(content)


def test_encrypted_ods_is_told_by_its_manifest() -> None:
    """Its parts look like noise."""
    locked = change_part(
        change_part(make_ods(""), "content.xml", b"\x8a\x11\xfe"),
        "META-INF/manifest.xml",
        b"<manifest:encryption-data/>",
    )
    with pytest.raises(DataError, match="файл is protected by a password"):
        _check(locked)


def test_an_encrypted_archive_is_told() -> None:
    """By the flag of its parts."""
    content = bytearray(WORKBOOK)
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as archive:
        first = archive.infolist()[0].header_offset
    content[first + 6] |= 1
    central = content.index(b"PK\x01\x02")
    content[central + 8] |= 1
    with pytest.raises(DataError, match="файл is protected by a password"):
        _check(bytes(content))
