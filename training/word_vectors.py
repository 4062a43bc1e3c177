"""Static Russian word vectors as features, so that a word never seen in training borrows from its neighbours.

The vectors are navec's (github.com/natasha/navec, MIT licence): 250,000 words of news, 300 dimensions,
shipped inside the package natasha, of which nothing else is used.
"""

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from navec import Navec
from sklearn.base import BaseEstimator, TransformerMixin

from objections.arrays import Floats
from objections.errors import ObjectionsError
from objections.text import normalize, words

FILE: Final = "data/emb/navec_news_v1_1B_250K_300d_100q.tar"

KEPT: Final = 120_000
"""The most frequent words are kept: they hold all but a few of the words of calls."""

DIMENSIONS: Final = 100
"""Principal components that are kept of 300."""

_RARE: Final = 1e-3
"""Words more frequent than this part of all words count less: weight a / (a + p), after Arora et al.,
"A Simple but Tough-to-Beat Baseline for Sentence Embeddings" (ICLR 2017)."""


class WordVectors(TransformerMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn ships no types
    """Turn texts into the sum of their words' vectors, divided by the root of the number of words.

    Parameters
    ----------
    scale : float
        Length of a rare word's vector: how much the regression may lean on vectors beside n-grams.
    """

    def __init__(self, scale: float) -> None:
        self.scale = scale

    def fit(self, X: Sequence[str], y: object = None) -> Self:  # noqa: ARG002, N803 (scikit-learn's names)
        """Learn nothing: the vectors are given."""
        return self

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def transform(self, X: Sequence[str]) -> Any:  # noqa: ANN401, N803 (a sparse matrix; scikit-learn's name)
        """Give a matrix of shape (n_texts, n_dimensions)."""
        lexicon, vectors = load_vectors()
        rows: list[int] = []
        columns: list[int] = []
        values: list[float] = []
        for row, text in enumerate(X):
            found = words(normalize(text))
            known = [lexicon[word] for word in found if word in lexicon]
            rows += [row] * len(known)
            columns += known
            values += [self.scale / max(1, len(found)) ** 0.5] * len(known)
        counts = sp.csr_matrix((values, (rows, columns)), shape=(len(X), len(lexicon)))
        return sp.csr_matrix(counts @ vectors)


@cache
def load_vectors() -> tuple[dict[str, int], Floats]:
    """Load the words, in the order of their rows, and their vectors, weighted by rarity.

    Returns
    -------
    lexicon : dict of str to int
        Normalized; of words that become the same, the most frequent.
    vectors : array, shape (n_words, n_dimensions)

    Raises
    ------
    ObjectionsError
        Where the package natasha is not installed.
    """
    navec = Navec.load(_find_file())
    counts = np.array(navec.vocab.counts, dtype=np.float64)
    lexicon: dict[str, int] = {}
    numbers: list[int] = []
    for number in np.argsort(-counts, kind="stable").tolist():
        word = normalize(navec.vocab.words[number])
        if words(word) == [word] and word not in lexicon:
            lexicon[word] = len(numbers)
            numbers.append(number)
            if len(numbers) == KEPT:
                break
    vectors = _unpack(navec, numbers)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors = vectors @ _principal(vectors)
    share = counts[numbers] / counts.sum()
    return lexicon, vectors * (_RARE / (_RARE + share))[:, None]


def _unpack(navec: Navec, numbers: Sequence[int]) -> npt.NDArray[np.float64]:
    pq = navec.pq
    parts = [pq.codes[part, pq.indexes[numbers, part]] for part in range(pq.qdim)]
    return np.hstack(parts).astype(np.float64)


def _principal(vectors: Floats) -> Floats:
    """Give the `DIMENSIONS` directions in which the vectors differ most, shape (300, `DIMENSIONS`)."""
    _, directions = np.linalg.eigh(vectors.T @ vectors)
    return np.ascontiguousarray(directions[:, ::-1][:, :DIMENSIONS])


def _find_file() -> Path:
    package = find_spec("natasha")  # found, not imported: the import would load its parsers
    if package is None or not package.submodule_search_locations:
        raise ObjectionsError(
            "word vectors are missing; install what training needs: pip install 'objections[train]'"
        )
    return Path(package.submodule_search_locations[0]) / FILE
