"""The audit of a labelled file."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from objections.phrases import Phrase
from service.exit_codes import ExitCode
from tests.support import QUICK
from training import repetition
from training.audit import Audit, Finding, audit
from training.audit_report import write_findings, write_report
from training.balance import measure_balance

HEADER = "text,category,glossary,speaker,industry,channel,source\n"


def _audit(tmp_path: Path, rows: str, other: str | None = None) -> Audit:
    path = tmp_path / "labelled.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    against = None
    if other is not None:
        against = tmp_path / "evaluation.csv"
        against.write_text(HEADER + other, encoding="utf-8")
    return audit(path, against, QUICK, lambda _: None)


def _found(audited: Audit) -> list[tuple[int, str]]:
    return [(finding.row, finding.check) for finding in audited.findings]


def test_errors_are_found_and_the_rest_is_audited(tmp_path: Path) -> None:
    """Bad rows do not hide the others."""
    rows = "дорого,Цена,КЭВ,client,,,b\nзвоните 89000000000,нет возражения,,client,,,b\n"
    assert _found(_audit(tmp_path, rows)) == [(2, "error"), (3, "personal data")]


def test_contradictions_are_errors(tmp_path: Path) -> None:
    """Both rows are named."""
    rows = "я подумаю,отказ,Возражение,client,,,b\nЯ подумаю,нет возражения,,client,,,b\n"
    (error, copy) = _audit(tmp_path, rows).findings
    assert (error.row, error.check) == (3, "error")
    assert "row 2 has the same text as «отказ»" in error.detail
    assert copy.check == "duplicate"


def test_copies_and_near_copies_are_told_apart(tmp_path: Path) -> None:
    """Punctuation makes no other line; a letter makes a near-copy."""
    rows = (
        "нет спасибо,отказ,Возражение,client,,,b\n"
        '"Нет, спасибо!",отказ,Возражение,client,,,b\n'
        "скажите сколько стоит доставка до склада,цена,КЭВ,client,,,b\n"
        "скажите сколько стоит доставка до склад,цена,КЭВ,client,,,b\n"
    )
    assert _found(_audit(tmp_path, rows)) == [(3, "duplicate"), (5, "near-copy")]


def test_lines_shared_with_the_other_file_are_found(tmp_path: Path) -> None:
    """Training and evaluation may not share a line, not even nearly."""
    row = "скажите сколько стоит доставка до склада,цена,КЭВ,client,,,b\n"
    audited = _audit(tmp_path, row, row.replace("скажите", "Скажите"))
    assert _found(audited) == [(2, "in the other file")]
    assert audited.findings[0].is_hard


def test_openings_that_stand_too_often_are_found(tmp_path: Path) -> None:
    """The trace of a template."""
    ends = ["утром", "на складе", "у метро", "с сыном", "без очереди"]
    rows = "".join(f"давайте мы встретимся {end},нет возражения,,client,,,b\n" for end in ends)
    assert _found(_audit(tmp_path, rows))[:5] == [(row, "opening") for row in range(2, 7)]


def test_frames_find_slots_in_any_place() -> None:
    """Frequent words stay, the others are slots."""
    filler = [Phrase(f"а у вас есть это {word} вот", "цена", "КЭВ", "b", 2) for word in "абвгд"]
    groups = repetition.frames(filler * 40 + [Phrase("а у вас есть это вот", "цена", "КЭВ", "b", 3)])
    assert max(map(len, groups.values())) >= 40


def test_a_wrong_label_is_doubted(small_csv: Path, tmp_path: Path) -> None:
    """Confident learning finds labels that were turned round."""
    rows = list(csv.DictReader(io.StringIO(small_csv.read_text(encoding="utf-8"))))
    turned = [number for number, row in enumerate(rows) if row["category"] == "цена"][:15]
    for number in turned:
        rows[number].update(category="отказ", glossary="Ледоруб")
    path = tmp_path / "turned.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    doubted = {
        f.row for f in audit(path, None, QUICK, lambda _: None).findings if f.check == "doubtful label"
    }
    found = len(doubted & {number + 2 for number in turned}) / len(turned)
    assert found > 2 * len(doubted) / len(rows)


def test_balance_counts_every_column() -> None:
    """With the aims of the shipped set beside them."""
    phrases = [
        Phrase("дорого", "цена", "КЭВ", "b", 2, "client", "окна", "asr"),
        Phrase("слово " * 15, "нет возражения", "ЛПР", "b", 3, "client", "окна", "chat"),
    ]
    shares = {(share.column, share.value): (share.lines, share.aim) for share in measure_balance(phrases)}
    assert shares["category", "цена"] == (1, None)
    assert shares["channel", "asr"] == (1, 0.45)
    assert shares["length", "1-3 words"] == (1, 0.20)
    assert shares["length", "11-20 words"] == (1, 0.24)
    assert shares["glossary", "any, нет возражения"] == (1, None)


def test_the_report_counts_and_shows_and_the_table_has_all() -> None:
    """Five examples in words, every row in the table."""
    findings = [Finding(row, "duplicate", "of row 2", "да") for row in range(3, 11)]
    audited = Audit(20, findings, [], [("окна", 0.5)])
    words, table = io.StringIO(), io.StringIO()
    write_report(audited, words)
    write_findings(audited, table)
    assert "duplicate: 8 rows, must be mended" in words.getvalue()
    assert "… and 3 more" in words.getvalue()
    rows = list(csv.DictReader(io.StringIO(table.getvalue())))
    assert [row["row"] for row in rows] == [str(row) for row in range(3, 11)]
    assert {row["must be mended"] for row in rows} == {"yes"}


@pytest.mark.parametrize(("row", "code"), [("дорого,Цена", ExitCode.DATA), ("дорого,цена", ExitCode.OK)])
def test_the_command_says_by_its_exit_code_whether_something_must_be_mended(
    run_objections: Callable[..., "CompletedProcess[bytes]"], tmp_path: Path, row: str, code: ExitCode
) -> None:
    """The report goes to standard output, the rows to a file."""
    path, rows = tmp_path / "labelled.csv", tmp_path / "rows.csv"
    path.write_text(f"text,category\n{row}\n", encoding="utf-8")
    done = run_objections("audit", path, "-o", rows)
    assert done.returncode == code
    assert b"well-formed lines" in done.stdout
    assert rows.read_text(encoding="utf-8-sig").startswith("row,check,")
