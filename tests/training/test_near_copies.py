"""Near-copies are found exactly."""

from hypothesis import given
from hypothesis import strategies as st

from objections.text import normalize, words
from training.near_copies import NEAR, find_near_copies

TEXTS = st.lists(st.text(st.sampled_from("аб "), min_size=1, max_size=14), min_size=1, max_size=6)


def _shingles(text: str) -> set[str]:
    folded = f" {' '.join(words(normalize(text)))} "
    return {folded[start : start + 5] for start in range(max(1, len(folded) - 4))}


@given(TEXTS, TEXTS)
def test_the_pairs_are_those_of_comparing_each_with_each(texts: list[str], others: list[str]) -> None:
    """The sparse product finds what the definition says."""
    expected = [
        (left, right)
        for left, text in enumerate(texts)
        for right, other in enumerate(others)
        if len(_shingles(text) & _shingles(other)) >= NEAR * len(_shingles(text) | _shingles(other))
    ]
    assert sorted(map(tuple, find_near_copies(texts, others).tolist())) == expected


@given(TEXTS)
def test_a_file_compared_with_itself_is_read_once_and_gives_the_same_pairs(texts: list[str]) -> None:
    """As two files that hold the same lines."""
    assert find_near_copies(texts, texts).tolist() == find_near_copies(texts, list(texts)).tolist()


def test_a_typo_makes_a_near_copy_and_another_line_does_not() -> None:
    """In a long line one letter changes little."""
    line = "скажите пожалуйста сколько стоит доставка до склада в нашем городе"
    copies = find_near_copies(
        [line, "сколько стоит доставка"], [line.replace("пожалуйста", "пожалуста") + "?"]
    )
    assert copies.tolist() == [[0, 0]]


def test_case_and_punctuation_do_not_hide_a_copy() -> None:
    """They are folded."""
    assert find_near_copies(["Нет, спасибо!"], ["нет спасибо"]).tolist() == [[0, 0]]
