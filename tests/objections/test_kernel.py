"""The tables of the compiled pass."""

import random

import numpy as np

from objections.folding import encode
from objections.kernel import LETTERS, NONE, WORD_COLUMNS, _find_word, _hash, add_words, spell

LOW = (1 << 32) - 1


def _table(words: list[str]) -> tuple["np.ndarray", "np.ndarray", "np.ndarray"]:
    codes, starts = encode(words)
    table = np.zeros((len(words) + 1, WORD_COLUMNS), np.int32)
    table[:, LETTERS] = starts
    places = np.zeros(1 << (2 * len(words)).bit_length(), np.uint64)
    add_words(places, codes, table)
    return places, codes, table


def _find(table: tuple["np.ndarray", "np.ndarray", "np.ndarray"], word: str) -> int:
    codes, _ = encode([word])
    return _find_word(*table, codes, 0, len(codes), np.uint64(_hash(codes, 0, len(codes))))


def test_a_word_whose_hash_collides_is_not_taken_for_the_known_one() -> None:
    """What the table compares of the hash is the same in both; their letters are not."""
    letters = random.Random(5)
    seen: dict[int, str] = {}
    colliding: list[tuple[str, str]] = []
    while not colliding:
        word = "".join(letters.choices("абвгдежзиклмнопрстуф", k=8))
        codes, _ = encode([word])
        other = seen.setdefault(int(_hash(codes, 0, len(codes))) & LOW, word)
        colliding += [(other, word)] if other != word else []
    known, unknown = colliding[0]
    assert _find(_table([known]), known) == 0
    assert _find(_table([known]), unknown) == NONE
    both = _table([unknown, known])
    assert (_find(both, unknown), _find(both, known)) == (0, 1)


def test_every_known_word_finds_itself() -> None:
    """And no beginning or continuation of one does."""
    words = [f"{left}{right}" for left in "абвгд" * 40 for right in ("", "ж", "жз")]
    words = sorted(set(words) | {"дорог" + "о" * n for n in range(200)})
    table = _table(words)
    assert [_find(table, word) for word in words] == list(range(len(words)))
    assert _find(table, "дорог" + "о" * 200) == NONE


def test_the_trie_grows_and_keeps_every_path() -> None:
    """A table that begins with four places holds thousands of letters."""
    words = [str(number) for number in range(3000)]
    codes, starts = encode(words)
    nodes = np.zeros(len(words), np.int64)
    edges, n_nodes = spell(np.zeros(4, np.uint64), 1, codes, starts, nodes)
    again = np.zeros(len(words), np.int64)
    assert spell(edges, n_nodes, codes, starts, again)[1] == n_nodes == 3001
    assert np.array_equal(nodes, again)
    assert len(set(nodes.tolist())) == len(words)
