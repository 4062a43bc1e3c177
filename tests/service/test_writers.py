"""Writing tables of every kind: what goes in comes out, also in the programs of those who get the file."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from objections.document import Document
from objections.errors import DataError, OutputError
from objections.tables.opening import open_table
from objections.tables.table import Cell, cell_text
from service.writers import ENDINGS, Kind, open_writer, tell_kind, unique_names

HEADER = ["text", "n", "note"]
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
"""Zero bytes make a file look like anything but text."""
ROWS = st.lists(st.tuples(TEXT, TEXT, TEXT).map(list), min_size=1, max_size=5)


def _write(path: Path, rows: Sequence[Sequence[Cell]], header: Sequence[str] = HEADER) -> Path:
    with open_writer(str(path), header) as writer:
        writer.write(rows[:1])
        writer.write(iter(rows[1:]))
    return path


def _broken_off() -> Iterator[list[Cell]]:
    yield ["a", "b", "c"]
    raise KeyError


def _read(path: Path) -> list[list[Cell]]:
    with path.open("rb") as file:
        return [list(row.cells) for row in open_table(Document(file, str(path)))]


def test_delimited_text_for_spreadsheets(tmp_path: Path) -> None:
    """UTF-8 with a mark; typed cells as text; what looks like a formula is the user's own."""
    rows: list[list[Cell]] = [["=1+1", 5, None], ["а,б", True, {"цена": [1]}], [date(2026, 2, 1), 0.5, "\n"]]
    content = _write(tmp_path / "out.csv", rows).read_bytes()
    assert content.decode() == (
        '\ufefftext,n,note\n=1+1,5,\n"а,б",true,"{""цена"": [1]}"\n2026-02-01,0.5,"\n"\n'
    )


def test_encoding_separator_and_tabs(tmp_path: Path) -> None:
    """As asked for; the ending .tsv means tabs."""
    for name, text in (("out.csv", "a;b\nда;нет\n"), ("out.TSV", "a\tb\nда\tнет\n")):
        with open_writer(str(tmp_path / name), ["a", "b"], encoding="cp1251", delimiter=";") as writer:
            writer.write([["да", "нет"]])
        assert (tmp_path / name).read_bytes() == text.encode("cp1251")


def test_json_lines(tmp_path: Path) -> None:
    """Types and nested values stay, dates are ISO 8601, every line has all keys."""
    rows: list[list[Cell]] = [
        ["дорого", 5, {"метки": [1, date(2026, 2, 1)]}],
        [None, float("nan"), [float("inf"), {"a": float("nan")}]],
        [datetime(2026, 2, 1, 10, tzinfo=UTC), time(1, 2), timedelta(hours=30)],
    ]
    text = _write(tmp_path / "out.ndjson", rows).read_text(encoding="utf-8")
    assert text.splitlines() == [
        '{"text": "дорого", "n": 5, "note": {"метки": [1, "2026-02-01"]}}',
        '{"text": null, "n": null, "note": [null, {"a": null}]}',
        '{"text": "2026-02-01T10:00:00+00:00", "n": "01:02:00", "note": "30:00:00"}',
    ]


def test_columns_of_one_name_stay_apart_where_names_are_keys(tmp_path: Path) -> None:
    """None overwrites another."""
    header = ["text", "", "text", "text (2)", ""]
    names = ["text", "column 2", "text (3)", "text (2)", "column 5"]
    assert unique_names(header) == names
    content = _write(tmp_path / "out.jsonl", [["1", "2", "3", "4", "5"]], header).read_text(encoding="utf-8")
    assert json.loads(content) == dict(zip(names, "12345", strict=True))


@given(st.lists(st.sampled_from(["", "a", "a (2)", "column 2", "column 2 (2)"])))
def test_unique_names_are_unique(header: list[str]) -> None:
    """Whatever the columns are called; a name that is alone stays."""
    names = unique_names(header)
    assert len(set(names)) == len(header)
    for name, column in zip(names, header, strict=True):
        if column and header.count(column) == 1:
            assert name == column


@pytest.mark.parametrize("ending", ENDINGS)
@given(rows=ROWS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_every_text_is_read_as_it_was_written(tmp_path: Path, ending: str, rows: list[list[str]]) -> None:
    """Whatever it holds: marks, line breaks, formulas, control characters. An empty cell may be None."""
    read = _read(_write(tmp_path / f"out{ending}", rows))
    filled = [row for row in rows if ending != ".xlsx" or any(row)]
    assert [[cell or "" for cell in row] for row in read] == filled


def test_csv_is_read_by_others(tmp_path: Path) -> None:
    """A lone carriage return ends a row for most readers where it is not quoted."""
    path = _write(tmp_path / "out.csv", [["a\rb", "1", "\r\n"]])
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file, strict=True)) == [HEADER, ["a\rb", "1", "\r\n"]]


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("-", "csv"),
        ("/dev/null", "csv"),
        ("a.CSV", "csv"),
        ("a.tsv", "csv"),
        ("b.a.xlsx", "xlsx"),
        ("a.ndjson", "jsonl"),
    ],
)
def test_the_ending_tells_the_kind(target: str, kind: Kind) -> None:
    """Standard output and devices get delimited text."""
    assert tell_kind(target) == kind


@pytest.mark.parametrize("name", ["scored", "scored.xls", "scored.txt", ".csv"])
def test_an_unknown_ending_is_refused_with_those_that_are_known(tmp_path: Path, name: str) -> None:
    """Before anything is written."""
    with (
        pytest.raises(DataError, match=r"one of \.csv, \.tsv, \.xlsx, \.jsonl, \.ndjson, \.parquet"),
        open_writer(str(tmp_path / name), HEADER),
    ):
        pass
    assert list(tmp_path.iterdir()) == []


def test_the_kind_can_be_named(tmp_path: Path) -> None:
    """Whatever the ending says."""
    with open_writer(str(tmp_path / "scored.txt"), HEADER, kind="jsonl") as writer:
        writer.write([["a", "b", "c"]])
    assert _read(tmp_path / "scored.txt") == [["a", "b", "c"]]


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_output_is_whole_or_not_there(tmp_path: Path, ending: str) -> None:
    """What stood in its place stays when the run is broken off, and nothing is left beside it."""
    target = tmp_path / f"out{ending}"
    target.write_text("older", encoding="utf-8")
    with pytest.raises(KeyError), open_writer(str(target), HEADER) as writer:
        writer.write(_broken_off())
    assert target.read_text(encoding="utf-8") == "older"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "jsonl", "parquet"])
def test_a_full_disk_is_told(kind: Kind) -> None:
    """By the device that is always full."""
    with (
        pytest.raises(OutputError, match=r"/dev/full cannot be written .*No space left"),
        open_writer("/dev/full", HEADER, kind=kind) as writer,
    ):
        writer.write([["a", "b", "c"]])


@pytest.mark.parametrize("kind", ["csv", "xlsx", "jsonl", "parquet"])
def test_every_kind_can_go_to_standard_output(capfdbinary: pytest.CaptureFixture[bytes], kind: Kind) -> None:
    """Which no program can go back in."""
    with open_writer("-", HEADER, kind=kind) as writer:
        writer.write([["да", "нет", "да"]])
    table = open_table(Document(io.BytesIO(capfdbinary.readouterr().out), "output"))
    assert (table.header, [list(row.cells) for row in table]) == (HEADER, [["да", "нет", "да"]])


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_table_without_rows_has_its_header(tmp_path: Path, ending: str) -> None:
    """JSON Lines alone have no place for one."""
    path = _write(tmp_path / f"out{ending}", [])
    if ending in {".jsonl", ".ndjson"}:
        assert path.read_bytes() == b""
        return
    with path.open("rb") as file:
        table = open_table(Document(file, str(path)))
        assert (table.header, list(table)) == (HEADER, [])


def test_text_of_typed_cells_is_that_of_delimited_text(tmp_path: Path) -> None:
    """One rule for both."""
    cells: list[Cell] = [time(1, 2), timedelta(seconds=5), [None]]
    path = _write(tmp_path / "out.csv", [cells])
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert rows[1] == list(map(cell_text, cells))
