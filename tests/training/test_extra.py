"""Extra labelled files: checked, joined, weighed. Nothing is fitted here."""

import csv
from pathlib import Path

import pytest

from objections.errors import BadRowsError
from objections.labels import CATEGORIES, DEFAULT_TERM, DOUBT, NO_OBJECTION, NO_TERM, PRICE, REFUSAL, Category
from objections.phrases import Phrase, read_phrases
from tests.support import make_phrase
from training.extra import ExtraFile, Joined, join

SHIPPED = [
    make_phrase(PRICE, DEFAULT_TERM, "это очень дорого для нас", 2),
    make_phrase(NO_OBJECTION, NO_TERM, "давайте завтра в десять утра", 3),
    make_phrase(REFUSAL, DEFAULT_TERM, "больше мне не звоните никогда", 4),
]
JUDGED = [make_phrase(DOUBT, DEFAULT_TERM, "а оно у вас вообще работает", 7)]


def _write(path: Path, *lines: tuple[str, str], **columns: str) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["text", "category", *columns])
        writer.writerows([*line, *columns.values()] for line in lines)
    return path


def _join(*extras: ExtraFile) -> Joined:
    return join(Path("shipped.csv"), SHIPPED, extras, JUDGED, CATEGORIES)


def test_without_extra_files_nothing_changes() -> None:
    """The same lines in the same order."""
    assert _join() == Joined(SHIPPED, 0, [])


def test_new_lines_stand_at_the_end_weighed_and_in_a_batch_of_their_own(tmp_path: Path) -> None:
    """The batch is called like the file."""
    path = _write(tmp_path / "crm.csv", ("у соседей дешевле вдвое", PRICE))
    joined = _join(ExtraFile(path, 3))
    assert joined.phrases == [
        *SHIPPED,
        Phrase("у соседей дешевле вдвое", PRICE, DEFAULT_TERM, "crm.csv", 2, weight=3),
    ]
    assert joined.n_added == 1


def test_a_batch_that_the_file_names_is_kept(tmp_path: Path) -> None:
    """A company may know its batches better."""
    path = _write(tmp_path / "crm.csv", ("у соседей дешевле вдвое", PRICE), source="autumn")
    assert _join(ExtraFile(path)).phrases[-1].source == "autumn"


def test_lines_that_are_known_count_once(tmp_path: Path) -> None:
    """Whether from the shipped file, from another extra file, or from the same one."""
    lines = ("Это очень дорого для нас", PRICE), ("у соседей дешевле вдвое", PRICE)
    first = _write(tmp_path / "first.csv", *lines, lines[1])
    second = _write(tmp_path / "second.csv", *lines)
    joined = _join(ExtraFile(first), ExtraFile(second))
    assert (len(joined.phrases), joined.n_added) == (4, 1)
    assert [added.in_words() for added in joined.added] == [
        "first.csv: 1 lines added, each counts as 1; 2 known already",
        "second.csv: 0 lines added, each counts as 1; 2 known already",
    ]


def test_a_contradiction_is_refused_with_both_rows_named(tmp_path: Path) -> None:
    """With the shipped lines and with another extra file; without the words of the line."""
    first = _write(tmp_path / "first.csv", ("у соседей дешевле вдвое", PRICE))
    second = _write(
        tmp_path / "second.csv", ("это очень дорого для нас", REFUSAL), ("у соседей дешевле вдвое", DOUBT)
    )
    with pytest.raises(BadRowsError) as caught:
        _join(ExtraFile(first), ExtraFile(second))
    assert [str(row) for row in caught.value.rows] == [
        f"row 2, column category: «{REFUSAL}», but row 2 of shipped.csv has the same text as «{PRICE}»",
        f"row 3, column category: «{DOUBT}», but row 2 of first.csv has the same text as «{PRICE}»",
    ]
    assert "соседей" not in str(caught.value)


def test_another_term_is_a_contradiction_too(tmp_path: Path) -> None:
    """Both heads learn from a line."""
    path = _write(tmp_path / "crm.csv", ("это очень дорого для нас", PRICE), glossary="КЭВ")
    with pytest.raises(BadRowsError, match=f"column glossary: «КЭВ», but row 2 .* «{DEFAULT_TERM}»"):
        _join(ExtraFile(path))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("наберите меня, +7 916 123-45-67", r"row 2, column text: holds personal data \("),
        ("а оно у вас вообще работает?", "row 2, column text: nearly is row 7 of the evaluation file"),
    ],
)
def test_what_an_audit_calls_an_error_is_refused(tmp_path: Path, text: str, said: str) -> None:
    """Personal data, and lines that models are judged by."""
    path = _write(tmp_path / "crm.csv", (text, NO_OBJECTION))
    with pytest.raises(BadRowsError, match=said):
        _join(ExtraFile(path))


def test_a_correction_takes_the_place_of_the_label_that_is_there(tmp_path: Path) -> None:
    """And is counted; one that the models are judged by is left out."""
    path = _write(
        tmp_path / "feedback.csv",
        ("это очень дорого для нас", NO_OBJECTION),
        ("а оно у вас вообще работает", PRICE),
    )
    joined = _join(ExtraFile(path, corrects=True))
    assert [(phrase.text, phrase.category) for phrase in joined.phrases] == [
        *((phrase.text, phrase.category) for phrase in SHIPPED[1:]),
        ("это очень дорого для нас", NO_OBJECTION),
    ]
    assert joined.added[0].in_words() == (
        "feedback.csv: 1 lines added, each counts as 1; 1 take the place of another label; "
        "1 not added, for models are judged by such lines"
    )


def test_a_correction_outweighs_an_extra_file(tmp_path: Path) -> None:
    """The line is learned once, as it was corrected."""
    extra = _write(tmp_path / "crm.csv", ("у соседей дешевле вдвое", PRICE))
    feedback = _write(tmp_path / "feedback.csv", ("у соседей дешевле вдвое", DOUBT))
    joined = _join(ExtraFile(extra), ExtraFile(feedback, corrects=True))
    assert [phrase.category for phrase in joined.phrases[3:]] == [DOUBT]
    assert joined.n_added == 1


def test_the_shipped_lines_with_shuffled_labels_are_refused(
    tmp_path: Path, shipped_phrases: list[Phrase]
) -> None:
    """A poisoned file contradicts what is known, row by row."""
    turned: dict[str, Category] = dict(zip(CATEGORIES, [*CATEGORIES[1:], CATEGORIES[0]], strict=True))
    some = shipped_phrases[:40]
    path = _write(tmp_path / "poison.csv", *((phrase.text, turned[phrase.category]) for phrase in some))
    with pytest.raises(BadRowsError) as caught:
        join(Path("shipped.csv"), shipped_phrases, [ExtraFile(path)], [], CATEGORIES)
    assert {row.row for row in caught.value.rows} == {phrase.row for phrase in read_phrases(path)}
