"""Words borrow from their neighbours."""

from pathlib import Path

import numpy as np
import pytest

from objections.errors import ObjectionsError
from objections.text import normalize, words
from training import word_vectors
from training.word_vectors import DIMENSIONS, WordVectors, load_vectors


def test_words_are_those_that_a_normalized_text_has() -> None:
    """Folded, each once, in the order of the rows."""
    lexicon, vectors = load_vectors()
    assert vectors.shape == (len(lexicon), DIMENSIONS)
    assert list(lexicon.values()) == list(range(len(lexicon)))
    assert all(words(normalize(word)) == [word] for word in list(lexicon)[::500])


def test_words_of_like_meaning_are_near() -> None:
    """«скидка» is nearer to «акция» than to «дождь»."""
    lexicon, vectors = load_vectors()
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    near, far = (float(unit[lexicon["скидка"]] @ unit[lexicon[word]]) for word in ("распродажа", "дождь"))
    assert near > far + 0.2


def test_a_line_is_the_sum_over_its_words() -> None:
    """Divided by the root of their number, unknown ones included."""
    lexicon, vectors = load_vectors()
    (row,) = WordVectors(0.5).transform(["Скидка, кржпщ скидка дождь"]).toarray()
    expected = 2 * vectors[lexicon["скидка"]] + vectors[lexicon["дождь"]]
    np.testing.assert_allclose(row, 0.5 * expected / 2, atol=1e-12)
    assert not WordVectors(0.5).transform(["", "кржпщ"]).toarray().any()


def test_without_the_package_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a traceback."""
    monkeypatch.setattr(word_vectors, "find_spec", lambda _: None)
    with pytest.raises(ObjectionsError, match=r"pip install 'objections\[train\]'"):
        word_vectors._find_file()  # noqa: SLF001 (the cached loader would hide it)
    assert isinstance(word_vectors.FILE, str)
    assert not Path(word_vectors.FILE).is_absolute()
