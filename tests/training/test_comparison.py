"""Methods, means and second opinions on a few hundred lines; the encoders are fake, all else is real."""

import sys
import uuid
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import click
import numpy as np
import pytest
from click.testing import CliRunner

from objections.arrays import Floats
from objections.labels import CATEGORIES, NO_OBJECTION
from objections.phrases import Phrase
from objections.text import normalize
from tests.support import make_phrase
from training.ablation import PLAIN, Variant
from training.comparison import (
    Encoded,
    FastText,
    Method,
    Ours,
    Row,
    Rules,
    list_rows,
    main,
    measure_rows,
    take_mean,
    take_second_opinion,
)
from training.embeddings import Embeddings, Encode
from training.figures import COLUMNS, write_header

WORDS = Variant("words", replace(PLAIN, char_range=(2, 3)), ("word",))
DIMENSIONS = 64


def _load_fake() -> Encode:
    """An encoder that throws the letter triples of a text into a few dozen boxes."""
    return lambda texts: [_boxes(normalize(text)) for text in texts]


def _boxes(text: str) -> Floats:
    boxes = np.zeros(DIMENSIONS)
    for place in range(len(text) - 2):
        boxes[zlib.crc32(text[place : place + 3].encode()) % DIMENSIONS] += 1
    return boxes


class Counted(Method):
    """Says «цена»; leaves a file for each preparation and each fit."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def prepare(self, texts: Sequence[str]) -> None:
        """Leave a file."""
        (self.folder / f"prepared {len(texts)} {uuid.uuid4()}").touch()

    def score(self, fit: Sequence[Phrase], scored: Sequence[Phrase]) -> Floats:
        """Leave a file."""
        (self.folder / f"fitted {len(fit)} {uuid.uuid4()}").touch()
        return np.tile([0.1, 0.1, 0.7, 0.1], (len(scored), 1))


@pytest.mark.parametrize(
    "method",
    [Rules(), Encoded(Embeddings("fake", _load_fake)), Ours(WORDS)],
    ids=lambda method: type(method).__name__,
)
def test_each_method_gives_probabilities(method: Method, shipped_phrases: list[Phrase]) -> None:
    """Better than chance on lines it has not seen."""
    fit, scored = shipped_phrases[::20], shipped_phrases[1::40]
    method.prepare([phrase.text for phrase in (*fit, *scored)])
    probabilities = method.score(fit, scored)
    true = [CATEGORIES.index(phrase.category) for phrase in scored]
    assert probabilities.sum(axis=1) == pytest.approx(1)
    assert (probabilities.argmax(axis=1) == true).mean() > 0.45


def test_figures_are_given_left_out_and_on_the_evaluation_set(shipped_phrases: list[Phrase]) -> None:
    """In the columns of the table; here the evaluation lines were fitted on."""
    lines = shipped_phrases[::40]
    ((name, figures),) = measure_rows([Row("words", (Ours(WORDS),))], lines, lines[:60], 3)
    assert name == "words"
    assert len(figures) == len(COLUMNS)
    assert all(0 <= figure <= 1 for figure in figures)
    assert figures[2] > figures[0]


def test_rows_of_the_same_methods_share_their_fits(tmp_path: Path, shipped_phrases: list[Phrase]) -> None:
    """One preparation, one fit for each fold and one on all lines."""
    counted = Counted(tmp_path)
    rows = [
        Row("alone", (counted,)),
        Row("mean", (counted, counted), take_mean),
        Row("second opinion", (counted, counted), take_second_opinion),
    ]
    figures = [
        figures for _, figures in measure_rows(rows, shipped_phrases[::100], shipped_phrases[::500], 3)
    ]
    counts = Counter(path.name.split()[0] for path in tmp_path.iterdir())
    assert counts == {"prepared": 1, "fitted": 4}
    assert figures[0] == figures[1] == figures[2]


def test_texts_of_both_files_are_prepared(tmp_path: Path, shipped_phrases: list[Phrase]) -> None:
    """Before anything is fitted."""
    list(measure_rows([Row("it", (Counted(tmp_path),))], shipped_phrases[::100], shipped_phrases[::500], 3))
    (prepared,) = tmp_path.glob("prepared *")
    assert prepared.name.split()[1] == str(len(shipped_phrases[::100]) + len(shipped_phrases[::500]))


def test_a_mean_lies_between_both() -> None:
    """And stays a probability."""
    assert take_mean(np.array([[0.8, 0.2]]), np.array([[0.2, 0.8]])).tolist() == [[0.5, 0.5]]


def test_a_second_opinion_is_heard_on_the_least_sure_lines_only() -> None:
    """Fifteen of a hundred; the rest stay as they are."""
    sure = np.linspace(0.5, 1, 100)
    ours = np.column_stack((sure, 1 - sure))[::-1]
    heard = take_second_opinion(ours, np.tile([0.0, 1.0], (100, 1)))
    changed = (heard != ours).any(axis=1)
    assert changed.nonzero()[0].tolist() == list(range(85, 100))
    assert heard[99].tolist() == [0.25, 0.75]


def test_every_row_has_a_name_of_its_own_and_methods_are_shared() -> None:
    """Nine rows of five methods."""
    rows = list_rows(None)
    assert len({row.name for row in rows}) == len(rows) == 9
    assert len({method for row in rows for method in row.methods}) == 5


def test_fasttext_learns_from_labelled_lines_without_line_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in reads its file and puts the last label first, half sure."""
    read: list[str] = []

    def train_supervised(path: str, **_: object) -> SimpleNamespace:
        read.extend(Path(path).read_text(encoding="utf-8").splitlines())
        return SimpleNamespace(predict=predict)

    def predict(texts: list[str], k: int) -> tuple[list[list[str]], list[list[float]]]:
        assert k == len(CATEGORIES)
        return [["__label__3", "__label__2"]] * len(texts), [[0.5, 0.25]] * len(texts)

    monkeypatch.setitem(sys.modules, "fasttext", SimpleNamespace(train_supervised=train_supervised))
    answered = FastText().score([make_phrase("цена", "КЭВ", "ДорОго,\nда?")], [make_phrase(NO_OBJECTION)] * 2)
    assert read == ["__label__2 дорого да"]
    assert answered.tolist() == [[0, 0, 0.25, 0.5]] * 2


def test_a_missing_package_is_said_before_anything_is_fitted(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the extra that holds it."""
    monkeypatch.setitem(sys.modules, "fasttext", None)
    with pytest.raises(click.ClickException, match="objections\\[compare\\]"):
        FastText().prepare([])


def test_the_command_prints_the_rows_that_are_asked_for(small_csv: Path) -> None:
    """As a Markdown table."""
    result = CliRunner().invoke(main, [str(small_csv), str(small_csv), "--only", "keyword"])
    assert result.exit_code == 0, result.output
    head, rule, row = result.output.splitlines()
    assert [head, rule] == write_header("method").splitlines()
    assert row.startswith("| rules by keyword | 0.")
