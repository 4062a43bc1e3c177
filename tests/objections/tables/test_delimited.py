"""Reading delimited text as it comes."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objections.document import Document
from objections.errors import DataError
from objections.tables.delimited import DelimitedTable
from objections.tables.table import Cell

ROWS = [["Дата", "Текст"], ["01.02", "Дорого, подумаем; «да»"], ["02.02", "две\nстроки"]]


def _open(content: bytes) -> DelimitedTable:
    return DelimitedTable(Document(io.BytesIO(content), "файл"))


def _read(content: bytes) -> list[list[Cell]]:
    table = _open(content)
    return [list(table.header), *(list(row.cells) for row in table)]


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
    table = _open(b"a,b\n1,2\n\n3,4\n")
    assert [(row.number, row.cells) for row in table] == [(2, ["1", "2"]), (4, ["3", "4"])]


def test_some_broken_bytes_do_not_make_utf8_another_encoding() -> None:
    """The rest is read, and the row that holds them says where."""
    content = "текст,n\nдорого".encode() + b"\xff" + ",1\nдолго,2\n".encode()
    broken, whole = _open(content)
    assert (broken.cells, broken.reason) == (
        ["дорого\udcff", "1"],
        "bytes that are no text in column текст: save the file as UTF-8",
    )
    assert whole == (3, ["долго", "2"], None)


def test_a_row_with_more_cells_than_columns_says_so() -> None:
    """A comma in a text that nobody quoted; a short row is no harm."""
    wide, short = _open("текст,n\nдорого, долго,1\nдорого\n".encode())
    assert (wide.cells, wide.reason) == (
        ["дорого", " долго", "1"],
        "3 cells under 2 columns: put a cell that holds the separator into quotes",
    )
    assert short == (3, ["дорого", None], None)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no header"),
        (b"\n\n", "no header"),
        (b'a,b\n1,"open\n2,3\n', "row 2 .*quotation mark"),
        (b'a,b\n1,2\n3,"x"y\n', "row 3 .*quotation mark"),
        (b"\xff\xfea\x00b", "bytes that are no text"),
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
