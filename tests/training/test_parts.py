"""Long lines and their parts."""

from collections.abc import Callable
from types import ModuleType

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from training import parts
from training.parts import LONG, WORDS, most_objecting, split_parts, with_parts


def test_examples(doctest_module: Callable[[ModuleType], None]) -> None:
    """What the docstrings show is so."""
    doctest_module(parts)


@given(st.lists(st.text("абв?", min_size=1, max_size=4), max_size=60))
def test_parts_cover_every_word_of_a_long_line(found: list[str]) -> None:
    """Each part has its ten words, and no word is in none."""
    text = " ".join(found)
    cut = split_parts(text)
    assert bool(cut) == (len(found) > LONG)
    assert all(len(text[start:end].split(" ")) == WORDS for start, end in cut)
    if cut:
        assert {position for start, end in cut for position in range(start, end)} >= {
            position for position, character in enumerate(text) if character != " "
        }


def test_a_long_line_is_the_mean_of_the_whole_and_its_most_objecting_part() -> None:
    """A short one is what it is."""
    long = " ".join(["слово"] * 8 + ["дорого"] + ["слово"] * 8)

    def decision_function(texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
        raw = np.array([[8.0 * text.count("дорого") - text.count("слово") / 10, 0.0] for text in texts])
        return raw.copy(), raw * 10

    category, glossary = with_parts(["дорого", long, "слово"], 1, decision_function)  # type: ignore[arg-type]
    np.testing.assert_allclose(category[:, 0], [8.0, ((8 - 1.6) + (8 - 0.9)) / 2, -0.1])
    np.testing.assert_allclose(glossary[:, 0], category[:, 0] * 10)


def test_the_most_objecting_part_is_told_by_its_strongest_objection() -> None:
    """Against "no objection", not by the sum."""
    raw = np.array([[1.0, 1.0, 1.0, 0.0], [3.0, -9.0, -9.0, 1.0], [5.0, 5.0, 5.0, 9.0]])
    assert most_objecting(raw, 3) == 1
