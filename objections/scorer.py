"""TF-IDF and logistic regression without scikit-learn: the same probabilities, to 1e-9, in one compiled pass.

The workshop fits scikit-learn's vectorizers and regressions and writes what it found as arrays (`model`);
the compiled pass (`kernel`) reads them. Two heads, category and glossary term, share one set of features:

- n-grams of words, of stems and of characters. Their value is ``(1 + ln tf) · idf``, each of the three
  blocks scaled to length 1, as ``TfidfVectorizer`` does with ``sublinear_tf=True``;
- word vectors, so that a word never seen in training borrows from its neighbours. A regression over the
  sum of the vectors of a line is a sum over its words, so each word's scores stand in a table and the
  vectors stay in the workshop.

A long line is also cut into overlapping parts; its raw scores are the mean of the whole line's and of
those of the part that objects most.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Final, Self

import numpy as np

from objections import kernel
from objections.arrays import Arrays, Floats, Raw
from objections.errors import ModelError
from objections.folding import encode, normalize_all
from objections.model import read_model

LINES_AT_ONCE: Final = 256
"""Lines that a thread takes at a time: enough that handing them over costs nothing, few enough to share."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Probabilities of both heads.

    Attributes
    ----------
    category : array, shape (n_lines, n_categories)
    glossary : array, shape (n_lines, n_terms + 1)
    """

    category: Floats
    glossary: Floats


class Scorer:
    """The fitted model, ready to score; threads may share it.

    Parameters
    ----------
    model : kernel.Model
    categories, terms : tuple of str
        Classes of the two heads, in the order of the columns.
    threads : int, default 0
        Cores that a batch is spread over; 0 takes all that the process may use.
    """

    def __init__(
        self, model: kernel.Model, categories: tuple[str, ...], terms: tuple[str, ...], threads: int = 0
    ) -> None:
        self.categories = categories
        self.terms = terms
        self.threads = threads or _count_cores()
        self._model = model
        self._idle: list[kernel.Numbers] = []

    @classmethod
    def from_arrays(cls, arrays: Arrays, threads: int = 0) -> Self:
        """Build a scorer from the arrays of a model, checking every shape.

        Raises
        ------
        ModelError
            Where an array is missing or does not fit the others.
        """
        try:
            return cls(*read_model(arrays), threads)
        except KeyError as error:
            raise ModelError(f"the array {error} is missing; train again with `objections train`") from None
        except (ValueError, TypeError) as error:
            raise ModelError(f"an array is unfit ({error}); train again with `objections train`") from None

    def with_threads(self, threads: int) -> Self:
        """Give a scorer of the same model that spreads batches over so many threads."""
        return type(self)(self._model, self.categories, self.terms, threads)

    def score(self, texts: Sequence[str]) -> Scores:
        """Give the probabilities of each text; a text's numbers do not depend on its neighbours.

        Parameters
        ----------
        texts : sequence of str, ``n_lines`` long
            As sent; normalized here.
        """
        return Scores(*self._split(self._over_threads(texts, self._probabilities)))

    def decision_function(self, texts: Sequence[str]) -> Raw:
        """Give the raw scores of both heads for each text, of which `score` makes probabilities."""
        return self._split(self._over_threads(texts, self._raw))

    def weigh_characters(self, text: str, category: str) -> Floats:
        """Say what each character of a normalized text adds to the raw score of a category.

        Coefficients are taken against their mean over the categories, for a softmax does not change when
        all of them move together.

        Returns
        -------
        array, shape (n_characters,)
            0 between words. They sum to the raw score less the intercept.
        """
        codes, _ = encode([text])
        counts = self._take_counts()
        weights = kernel.weigh_characters(self._model, codes, self.categories.index(category), counts)
        self._idle.append(counts)
        return weights

    def _raw(self, texts: Sequence[str]) -> Floats:
        counts = self._take_counts()
        raw = kernel.score_lines(self._model, *normalize_all(texts), counts)
        self._idle.append(counts)
        return raw

    def _probabilities(self, texts: Sequence[str]) -> Floats:
        raw = self._raw(texts)
        kernel.soften(raw, len(self.categories))
        return raw

    def _over_threads(self, texts: Sequence[str], work: Callable[[Sequence[str]], Floats]) -> Floats:
        if len(texts) <= LINES_AT_ONCE:
            return work(texts)
        blocks = [texts[start : start + LINES_AT_ONCE] for start in range(0, len(texts), LINES_AT_ONCE)]
        done = map(work, blocks) if self.threads == 1 else _pool(self.threads).map(work, blocks)
        return np.concatenate(list(done))

    def _split(self, both: Floats) -> Raw:
        return both[:, : len(self.categories)], both[:, len(self.categories) :]

    def _take_counts(self) -> kernel.Numbers:
        """Give an array of zeros that no other thread has; it goes back to `_idle` as it came."""
        try:
            return self._idle.pop()  # atomic, as `append` is
        except IndexError:
            return np.zeros((len(self._model.weights), 2), np.int32)


def _count_cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # only Linux says which cores a process may use
        return os.cpu_count() or 1


@cache
def _pool(threads: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(threads, thread_name_prefix="scorer")
