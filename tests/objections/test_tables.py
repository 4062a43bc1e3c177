"""Reading delimited text as it comes."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objections.encoding import is_broken
from objections.errors import DataError
from objections.tables import Table

ROWS = [["Дата", "Текст"], ["01.02", "Дорого, подумаем; «да»"], ["02.02", "две\nстроки"]]


def _read(content: bytes) -> list[list[str]]:
    table = Table(io.BytesIO(content), "файл")
    return [table.header, *(row.cells for row in table)]


def _write(rows: list[list[str]], delimiter: str) -> str:
    quoted = [['"' + cell.replace('"', '""') + '"' for cell in row] for row in rows]
    return "\r\n".join(delimiter.join(row) for row in quoted)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_usual_encoding_and_separator(encoding: str, delimiter: str) -> None:
    """What Excel in Russia and everybody else write is read alike."""
    assert _read(_write(ROWS, delimiter).encode(encoding)) == ROWS


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1251", "utf-16"])
def test_the_first_line_may_name_the_separator(encoding: str) -> None:
    """Excel's «sep=;» is no row."""
    content = "sep=;\r\nДата;Текст, как есть\r\n1;дорого".encode(encoding)
    assert _read(content) == [["Дата", "Текст, как есть"], ["1", "дорого"]]


def test_a_single_column_may_hold_any_separator() -> None:
    """A list of lines needs no quotes."""
    assert _read("текст\nдорого, долго; да\n".encode()) == [["текст"], ["дорого, долго; да"]]


def test_empty_lines_are_no_rows_but_numbers_follow_the_file() -> None:
    """The last empty line of a file is nothing; rows are numbered as a spreadsheet shows them."""
    table = Table(io.BytesIO(b"a,b\n1,2\n\n3,4\n"), "файл")
    assert [(row.number, row.cells) for row in table] == [(2, ["1", "2"]), (4, ["3", "4"])]


def test_some_broken_bytes_do_not_make_utf8_another_encoding() -> None:
    """The rest is read, and the broken cell can be told."""
    content = "текст,n\nдорого".encode() + b"\xff" + ",1\nдолго,2\n".encode()
    (_, broken, whole) = _read(content)
    assert [is_broken(broken[0]), is_broken(whole[0])] == [True, False]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no header"),
        (b"\n\n", "no header"),
        (b"PK\x03\x04\x14\x00\x06\x00", "a workbook, not text: save its sheet as CSV"),
        (b'a,b\n1,"open\n2,3\n', "row 2 .*quotation mark"),
        (b'a,b\n1,2\n3,"x"y\n', "row 3 .*quotation mark"),
    ],
)
def test_what_is_no_table_is_refused_with_its_place(content: bytes, said: str) -> None:
    """The error names the file and the row."""
    with pytest.raises(DataError, match=said) as caught:
        _read(content)
    assert "файл" in str(caught.value)


@given(st.binary(max_size=200))
def test_no_bytes_crash_the_reader(content: bytes) -> None:
    """Any bytes give rows or a clear error."""
    try:
        _read(content)
    except DataError as error:
        assert "файл" in str(error)  # noqa: PT017 (most inputs raise nothing)


@given(
    st.lists(st.lists(st.text("абв ,;\"'\nAZ", min_size=1), min_size=2, max_size=2), min_size=1),
    st.sampled_from([",", ";", "\t"]),
)
def test_what_is_written_is_read(rows: list[list[str]], delimiter: str) -> None:
    """Cells come back as they were, whatever they hold."""
    assert _read(_write([["a", "b"], *rows], delimiter).encode()) == [["a", "b"], *rows]
