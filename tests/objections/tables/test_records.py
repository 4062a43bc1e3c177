"""Reading JSON as tables."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objections.document import Document
from objections.errors import DataError
from objections.tables.records import MOST_COLUMNS, open_records
from objections.tables.table import Row, Table

LINES = '{"text": "дорого", "n": 1}\r\n\r\n{"text": "да", "extra": {"метки": [1, null]}}\r\n'


def _open(content: bytes) -> Table:
    return open_records(Document(io.BytesIO(content), "файл"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_json_lines_keep_types_and_all_keys(encoding: str) -> None:
    """Columns come in the order of their first appearance; numbers are those of the lines."""
    table = _open(LINES.encode(encoding))
    assert table.header == ["text", "n", "extra"]
    assert list(table) == [
        (1, ["дорого", 1, None], None),
        (3, ["да", None, {"метки": [1, None]}], None),
    ]


def test_a_key_that_comes_late_is_a_column() -> None:
    """Nothing is lost in the last of many lines."""
    content = b'{"text": "a"}\n' * 5000 + b'{"text": "b", "late": true}\n'
    table = _open(content)
    assert table.header == ["text", "late"]
    assert list(table)[-1] == (5001, ["b", True], None)
    assert table.bytes_read() == len(content)


def test_lines_that_are_no_objects_say_why() -> None:
    """With what stands there, so that it can be mended."""
    content = '{"text": "дорого"}\n[1]\n{"text": \n{"text": "\\ud83d"}\n{"text": "'.encode()
    content += b'\xff"}\n' + b"[" * 100_000
    _, array, cut, half, broken, deep = _open(content)
    assert array == Row(2, ["[1]"], 'no JSON object: write {"text": …} with the columns as keys')
    assert (cut.cells, cut.reason) == (['{"text": '], "not valid JSON (Expecting value at column 10)")
    assert half.cells == ['{"text": "\\ud83d"}']
    assert "half of a character" in str(half.reason)
    assert broken == Row(5, ['{"text": "\udcff"}'], "bytes that are no text: save the file as UTF-8")
    assert "nests too deep" in str(deep.reason)


@pytest.mark.parametrize(
    "content",
    [
        '[{"text": "a",\n "n": 1}, 5, {"b": "\\ud83d"}, {"text": null}]',
        '{"text": "a",\n"n": 1} 5 {"b": "\\ud83d"} {}',
    ],
)
def test_arrays_and_objects_one_after_another(content: str) -> None:
    """Numbered from 1; what is no object is set aside."""
    table = _open(content.encode())
    first, number, half, empty = table
    assert table.header == ["text", "n"]
    assert first == (1, ["a", 1], None)
    assert (number.cells, number.reason is None) == (["5"], False)
    assert (half.cells, half.reason is None) == (['{"b": "\\ud83d"}'], False)
    assert empty == (4, [None, None], None)
    assert table.bytes_read() == len(content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[]", "JSON of a shape that is not known"),
        (b"[1, 2]", "JSON of a shape that is not known"),
        (b'{"calls":\n[]}', "JSON of a shape that is not known"),
        (b"[{}]", "has no columns"),
        (b"{}\n{}\n", "has no columns"),
        (b'[{"text": "a"}, {', "not valid JSON"),
        ('[{"text": "дорого'.encode() + b'\xff"}]', "line 1: bytes that are no text"),
    ],
)
def test_what_is_no_list_of_objects_is_refused(content: bytes, said: str) -> None:
    """The error names the file."""
    with pytest.raises(DataError, match=f"файл.*{said}"):
        _open(content)


def test_objects_that_share_no_keys_are_no_table() -> None:
    """A column for each would fill the memory."""
    content = "".join(f'{{"{number}": 1}}\n' for number in range(MOST_COLUMNS + 1))
    with pytest.raises(DataError, match="more than 16384 different keys"):
        _open(content.encode())


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abв"), inner, max_size=3),
    max_leaves=5,
)


@given(st.lists(st.dictionaries(st.text("abв", min_size=1), _JSON, min_size=1), min_size=1), st.booleans())
def test_every_value_is_read_as_it_was_written(records: list[dict[str, object]], as_lines: bool) -> None:  # noqa: FBT001 (Hypothesis gives it)
    """Whatever it holds."""
    lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    table = _open((lines if as_lines else json.dumps(records)).encode())
    read = [dict(zip(table.header, row.cells, strict=True)) for row in table]
    assert read == [{key: record.get(key) for key in table.header} for record in records]
    assert set(table.header) == {key for record in records for key in record}
