"""Scoring tables: every row kept, in order."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from objections.classifier import Classifier
from objections.errors import DataError
from service.bulk.options import Options
from service.bulk.scoring import score_file
from service.bulk.summary import Summary
from service.columns import ADDED

Run = Callable[..., "CompletedProcess[bytes]"]

CALLS = (
    "Дата;Спикер;Текст\r\n"
    '01.02.2026;Клиент;"Дорого, подумаем; и вообще"\r\n'
    "01.02.2026;Менеджер;Понимаю, дорого\r\n"
    "02.02.2026;Клиент;\r\n"
    "02.02.2026;Клиент\r\n"
    '02.02.2026;Клиент;"нет, спасибо,\r\nне интересно"\r\n'
)


def _score(classifier: Classifier, tmp_path: Path, content: bytes, **options: Any) -> tuple[Summary, Path]:
    source, target = tmp_path / "calls.csv", tmp_path / "scored.csv"
    source.write_bytes(content)
    _, summary = score_file(classifier, str(source), str(target), Options(**options), lambda *_: None)
    assert summary.adds_up
    return summary, target


def _rows(path: Path, delimiter: str = ";", encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_rows_are_kept_in_order_with_the_answer_after_them(
    small: Classifier, tmp_path: Path, encoding: str, delimiter: str
) -> None:
    """Whatever the encoding and the separator."""
    rows = [["n", "Текст", "Примечание"]] + [[str(n), f"дорого, номер {n}", "а;б"] for n in range(50)]
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    summary, target = _score(small, tmp_path, buffer.getvalue().encode(encoding))
    scored = _rows(target, delimiter)
    assert (summary.read, summary.written, summary.rejected) == (50, 50, 0)
    assert list(scored[0]) == [*rows[0], *ADDED]
    assert [[row[column] for column in rows[0]] for row in scored] == rows[1:]


def test_numbers_are_those_of_the_classifier(small: Classifier, tmp_path: Path) -> None:
    """What is served is what is written."""
    _, target = _score(small, tmp_path, "text\nэто дорого\n".encode())
    (row,) = _rows(target, ",")
    (prediction,) = small.classify(["это дорого"])
    assert prediction.scores
    assert prediction.suggestion
    assert row["category"] == prediction.category
    assert float(row["confidence"]) == prediction.confidence
    assert row["uncertain"] == str(prediction.uncertain).lower()
    assert [float(row[name]) for name in ("p_otkaz", "p_somnenie", "p_tsena", "p_net")] == list(
        prediction.scores.values()
    )
    assert row["glossary"] == prediction.suggestion.entry.term


def test_rows_of_the_seller_and_rows_without_words_stay_unscored(small: Classifier, tmp_path: Path) -> None:
    """They are counted, not lost; a short row is filled up."""
    summary, target = _score(small, tmp_path, CALLS.encode("cp1251"))
    assert [bool(row["category"]) for row in _rows(target)] == [True, False, False, False, True]
    assert (summary.read, summary.written, summary.unscored, summary.rejected_files) == (5, 5, 3, [])


def test_what_cannot_be_read_is_set_aside_with_row_and_reason(small: Classifier, tmp_path: Path) -> None:
    """The rest is scored."""
    content = "text,n\nдорого,1\nа,б,в\n".encode() + b"\xff\xfe,3\n" + "да,4\n".encode()
    summary, target = _score(small, tmp_path, content)
    assert (summary.read, summary.written, summary.rejected) == (4, 2, 2)
    assert [row["n"] for row in _rows(target, ",")] == ["1", "4"]
    with Path(summary.rejected_files[0]).open(encoding="utf-8-sig", errors="surrogateescape") as file:
        rejected = list(csv.reader(file))
    assert rejected[0] == ["file", "row", "reason", "text", "n"]
    assert [row[1] for row in rejected[1:]] == ["3", "4"]
    assert "3 cells under 2 columns" in rejected[1][2]
    assert "bytes that are no text in column text" in rejected[2][2]
    assert rejected[2][3] == "\udcff\udcfe"


def test_an_old_list_of_rejected_rows_goes(small: Classifier, tmp_path: Path) -> None:
    """A clean run leaves no complaints of an earlier one."""
    _score(small, tmp_path, b"text,n\na,b,c\n")
    assert (tmp_path / "scored.csv.rejected.csv").exists()
    _score(small, tmp_path, b"text,n\na,b\n")
    assert not (tmp_path / "scored.csv.rejected.csv").exists()


@pytest.mark.parametrize(
    ("content", "options", "said"),
    [
        ("a,b\n1,2\n", {}, r"has no column any of text, текст.*its columns are: a, b.*--text-column"),
        ("a,b\n1,2\n", {"text_column": "c"}, "has no column «c»; its columns are: a, b"),
        ("text,b\n1,2\n", {"speaker_column": "кто"}, "has no column «кто»"),
        ("text,category,glossary\nда,,\n", {}, "already has the column category, glossary.*--prefix"),
        ("", {}, "has no header"),
        ('text\n"open\n', {}, "quotation mark"),
    ],
)
def test_a_table_that_cannot_be_scored_leaves_nothing(
    small: Classifier, tmp_path: Path, content: str, options: dict[str, str], said: str
) -> None:
    """The error says what to do; what stood in the output's place stays."""
    target = tmp_path / "scored.csv"
    target.write_text("older", encoding="utf-8")
    with pytest.raises(DataError, match=said):
        _score(small, tmp_path, content.encode(), **options)
    assert target.read_text(encoding="utf-8") == "older"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["calls.csv", "scored.csv"]


def test_added_columns_can_be_named_otherwise(small: Classifier, tmp_path: Path) -> None:
    """A labelled file can be scored beside its labels."""
    _, target = _score(small, tmp_path, "text,category\nдорого,цена\n".encode(), prefix="model_")
    (row,) = _rows(target, ",")
    assert row["category"] == "цена"
    assert row["model_category"]


def test_only_objections_are_kept_where_asked(small: Classifier, tmp_path: Path) -> None:
    """What is left out is counted."""
    content = 'text\nэто слишком дорого\nда, записывайте\n""\n'.encode()
    summary, target = _score(small, tmp_path, content, only_objections=True)
    assert [row["text"] for row in _rows(target, ",")] == ["это слишком дорого"]
    assert (summary.read, summary.written, summary.left_out, summary.unscored) == (3, 1, 2, 1)


def test_answers_that_are_less_sure_are_left_out_where_asked(small: Classifier, tmp_path: Path) -> None:
    """Rows without an answer stay."""
    content = "speaker,text\nclient,это слишком дорого\nclient,эээ\nseller,дорого?\n".encode()
    _, whole = _score(small, tmp_path, content)
    sure, unsure, _ = (row["confidence"] for row in _rows(whole, ","))
    assert float(sure) > float(unsure)
    _, target = _score(small, tmp_path, content, min_confidence=float(sure))
    assert [row["text"] for row in _rows(target, ",")] == ["это слишком дорого", "дорого?"]


def test_words_that_decided_are_added_where_asked(small: Classifier, tmp_path: Path) -> None:
    """In the last column; nothing for a row without an answer."""
    content = "speaker,text\nclient,это слишком дорого\nseller,дорого?\n".encode()
    _, target = _score(small, tmp_path, content, explain=True)
    first, second = _rows(target, ",")
    assert "дорого" in first["evidence"]
    assert second["evidence"] == ""


def test_personal_data_are_masked_where_asked(small: Classifier, tmp_path: Path) -> None:
    """In every column; the answer stays the one that the words got."""
    content = 'text,Телефон\n"дорого, пишите на ivan@example.com",+7 912 000-11-22\n'.encode()
    _, plain = _score(small, tmp_path, content)
    (answer,) = _rows(plain, ",")
    _, target = _score(small, tmp_path, content, mask=True)
    (row,) = _rows(target, ",")
    assert "example.com" not in row["text"]
    assert "912" not in row["Телефон"]
    assert row["confidence"] == answer["confidence"]


def test_the_input_itself_is_no_output(small: Classifier, tmp_path: Path) -> None:
    """Not by another name either."""
    source = tmp_path / "calls.csv"
    source.write_text("text\nда\n", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to(source)
    with pytest.raises(DataError, match="is the input itself"):
        score_file(small, str(source), str(tmp_path / "link.csv"), Options(), lambda *_: None)
    assert source.read_text(encoding="utf-8") == "text\nда\n"


def test_a_transcript_becomes_a_table_of_its_lines(small: Classifier, tmp_path: Path) -> None:
    """With what the format knows; what nobody said is dropped and counted."""
    content = (
        "1\n00:00:01,000 --> 00:00:02,000\n[Менеджер]: Добрый день!\n\n"
        "2\n00:00:02,500 --> 00:00:04,000\n[Клиент]: Это слишком дорого.\n\n"
        "3\n00:00:05,000 --> 00:00:09,000\nПродолжение следует...\n"
    )
    summary, target = _score(small, tmp_path, content.encode())
    rows = _rows(target, ",")
    assert [(row["number"], row["start"], row["speaker"], row["text"]) for row in rows] == [
        ("1", "1.0", "seller", "Добрый день!"),
        ("2", "2.5", "client", "Это слишком дорого."),
    ]
    assert [bool(row["category"]) for row in rows] == [False, True]
    assert (summary.read, summary.written, summary.dropped.hallucinated) == (3, 2, 1)


def test_columns_can_be_named(small: Classifier, tmp_path: Path) -> None:
    """Where the usual names mean something else."""
    content = "text;Слова;Кто\nid-1;дорого;оператор\nid-2;дорого;Анна\n".encode()
    _, target = _score(small, tmp_path, content, text_column="слова", speaker_column="Кто")
    assert [bool(row["category"]) for row in _rows(target)] == [False, True]


def test_an_output_that_cannot_be_written_is_named(small: Classifier, tmp_path: Path) -> None:
    """A missing folder, a folder in the place of a file."""
    source = tmp_path / "calls.csv"
    source.write_text("text\nда\n", encoding="utf-8")
    for target in (tmp_path / "none" / "scored.csv", tmp_path):
        with pytest.raises(DataError, match="cannot be written"):
            score_file(small, str(source), str(target), Options(), lambda *_: None)


def test_a_full_disk_is_told(small: Classifier, tmp_path: Path) -> None:
    """By the device that is always full, which stays a device."""
    source = tmp_path / "calls.csv"
    source.write_text("text\nда\n", encoding="utf-8")
    with pytest.raises(DataError, match="No space left"):
        score_file(small, str(source), "/dev/full", Options(), lambda *_: None)
    assert Path("/dev/full").is_char_device()


def test_progress_reaches_the_end(small: Classifier, tmp_path: Path) -> None:
    """In rows and in bytes."""
    source = tmp_path / "calls.csv"
    source.write_text("text\n" + "дорого\n" * 20_000, encoding="utf-8")
    told: list[tuple[int, int, int]] = []
    score_file(small, str(source), str(tmp_path / "o.csv"), Options(), lambda *at: told.append(at))
    size = source.stat().st_size
    assert told[-1] == (20_000, size, size)
    assert len(told) == 3


def test_command_reads_and_writes_standard_streams(run_objections: Run) -> None:
    """Data on standard output, without a mark; words on standard error."""
    done = run_objections("score", "-", stdin=CALLS.encode("cp1251"))
    assert done.returncode == 0
    assert done.stdout.decode().startswith("Дата;Спикер;Текст;category;")
    assert "5 rows in = 5 rows out + 0 rejected" in done.stderr.decode()


def test_command_says_by_its_exit_code_that_rows_were_rejected(run_objections: Run, tmp_path: Path) -> None:
    """And where they stand."""
    (tmp_path / "in.csv").write_text("text,n\nда,1\nа,б,в\n", encoding="utf-8")
    done = run_objections("score", tmp_path / "in.csv", "-o", tmp_path / "out.csv")
    assert done.returncode == 5
    assert "2 rows in = 1 rows out + 1 rejected" in done.stderr.decode()
    assert "out.csv.rejected.csv" in done.stderr.decode()


def test_rejected_rows_of_standard_input_have_a_place(run_objections: Run, tmp_path: Path) -> None:
    """In the folder where the command runs, under a name of their own."""
    done = run_objections("score", "-", stdin="text,n\nа,б,в\n".encode(), cwd=tmp_path)
    assert done.returncode == 5
    assert [path.name for path in tmp_path.iterdir()] == ["standard-input.rejected.csv"]
