"""Telling the kind of a table by its content."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objections.document import Document
from objections.errors import DataError
from objections.tables.opening import open_table
from objections.tables.table import Cell
from tests.objections.tables.workbooks import make_workbook, rows

FILES = Path(__file__).parent / "files"
BEGINNINGS = [
    b"",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"PAR1",
    b"[",
    b"{",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
]


def _read(content: bytes) -> list[list[Cell]]:
    table = open_table(Document(io.BytesIO(content), "файл.xls"))
    return [list(table.header), *(list(row.cells) for row in table)]


@pytest.mark.parametrize(
    "content",
    [
        "text,n\nдорого,да\n".encode(),
        "text;n\nдорого;да\n".encode("cp1251"),
        b'{"text": "\xd0\xb4\xd0\xbe\xd1\x80\xd0\xbe\xd0\xb3\xd0\xbe", "n": "\\u0434\\u0430"}',
        '[\n{"text": "дорого",\n"n": "да"}]'.encode("utf-16"),
        make_workbook(Лист1=rows(["text", "n"], ["дорого", "да"])),
    ],
)
def test_every_kind_is_told_by_its_content(content: bytes) -> None:
    """The name of the file says nothing."""
    assert _read(content) == [["text", "n"], ["дорого", "да"]]


@pytest.mark.parametrize("name", ["calls.xls", "calls.ods"])
def test_workbooks_of_every_kind(name: str) -> None:
    """XLS and ODS."""
    assert _read((FILES / name).read_bytes())[0] == ["Дата", "Спикер", "Текст", "Номер"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html><table><tr><td>text</td></tr></table>", "a web page.*open it in a spreadsheet program"),
        ("\ufeff <!DOCTYPE html>".encode(), "a web page"),
        (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook", "a web page"),
        (b'<?xml version="1.0"?><Workbook/>', "an XML file.*save it as XLSX"),
        (b"%PDF-1.7\n\x80", "a PDF document.*export the table"),
        (b"\x1f\x8b\x08\x00", "a compressed file.*expand it"),
        (b"RIFF\x00\x00\x00\x00WAVE", "a recording.*recognise its speech"),
        (b"\x89PNG\r\n", "a picture"),
        (bytes(1000), "neither text nor a file of a kind that is known"),
        ("text,n\nдорого,1\n".encode("utf-16-le"), "neither text nor"),
        (b"", "has no header"),
    ],
)
def test_what_is_no_table_is_named_with_what_to_do(content: bytes, said: str) -> None:
    """Whatever its name is."""
    with pytest.raises(DataError, match=f"файл.xls.*{said}"):
        _read(content)


def test_a_stray_zero_byte_does_not_make_text_another_kind() -> None:
    """Exports have them."""
    assert len(_read(b"text\n" + b"abcdefghij\n" * 100 + b"a\x00b\n")) == 102


@given(st.sampled_from(BEGINNINGS), st.binary(max_size=200))
def test_no_bytes_crash_the_readers(beginning: bytes, content: bytes) -> None:
    """Any bytes give rows or a clear error."""
    try:
        _read(beginning + content)
    except DataError as error:
        assert "файл" in str(error)  # noqa: PT017 (most inputs raise nothing)
