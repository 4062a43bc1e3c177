"""The scikit-learn model: TF-IDF over words, stems and characters, word vectors, two regressions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline

from objections.arrays import Arrays, Floats, Ints
from objections.labels import NO_OBJECTION
from objections.model import HEADS, pack
from objections.phrases import Phrase
from objections.text import normalize, words
from training.known_words import BLOCKS, number_words, word_arrays
from training.noise import noisy_copies
from training.parts import LONG, STEP, WORDS, with_parts
from training.ratios import log_count_ratios, weigh
from training.stems import GAPS, STEM_LENGTH, stem_ngrams
from training.word_vectors import WordVectors, load_vectors

VECTORS: Final = "vectors"
SEED: Final = 4
"""Of the noise in training copies."""


@dataclass(frozen=True, slots=True)
class FitSettings:
    """What the fit is told; written into the card.

    `own_categories` are a company's, beside those of the guide: other names in a file are errors.

    What each part of the model pays, and what was tried beside it, is measured in ``docs/quality.md``.

    Classes are not weighted: weights that make them equal stand for calls in which three lines of four
    object.

    Features weigh as much for the categories as their log-count ratio to the power of `ratio_power`:
    1 is the ratio itself, 0 is none.

    The glossary's fit is stopped early: on 24,260 lines and copies it takes 4 s instead of 11 s. The
    categories' is not: it would cost 0.3 points of macro-F1 on left-out batches.
    """

    word_range: tuple[int, int] = (1, 2)
    char_range: tuple[int, int] = (2, 5)
    min_df: int = 2
    regularization_c: float = 10.0
    class_weight: str | None = None
    solver: str = "newton-cg"
    max_iter: int = 100
    category_tolerance: float = 1e-4
    glossary_tolerance: float = 1e-3
    vector_scale: float = 0.3
    noisy_share: float = 0.5
    ratio_power: float = 0.5
    most_folds: int = 5
    own_categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fitted:
    """Fitted vectorizers and regressions.

    Attributes
    ----------
    features : FeatureUnion
        From texts as sent to TF-IDF and summed word vectors, ``(n_lines, n_features + n_dimensions)``.
    category, glossary : LogisticRegression
    """

    features: FeatureUnion
    category: LogisticRegression
    glossary: LogisticRegression

    @classmethod
    def fit(cls, phrases: Sequence[Phrase], settings: FitSettings) -> Self:
        """Fit features on labelled lines, and both regressions on them and on noisy copies of some.

        A copy weighs what its line weighs.
        """
        texts = [phrase.text for phrase in phrases]
        numbers, copies = noisy_copies(texts, settings.noisy_share, SEED)
        learned = [*phrases, *(phrases[number] for number in numbers)]
        features = make_features(settings)
        matrix = features.fit_transform(texts)
        if copies:
            matrix = sp.vstack((matrix, features.transform(copies)), format="csr")
        # Most frequent features first: what is read most lies together, and a fit takes a sixth less time.
        order = (-matrix.getnnz(axis=0)).argsort(kind="stable")
        matrix = matrix[:, order]
        matrix.sort_indices()
        categories = [phrase.category for phrase in learned]
        weights = np.array([phrase.weight for phrase in learned])
        ratios = log_count_ratios(matrix, categories) ** settings.ratio_power
        category = make_regression(settings, settings.category_tolerance)
        category.fit(weigh(matrix, ratios), categories, weights)
        category.coef_ *= ratios  # so it takes features as they are
        glossary = make_regression(settings, settings.glossary_tolerance)
        glossary.fit(matrix, [phrase.glossary for phrase in learned], weights)
        for regression in (category, glossary):
            regression.coef_[:, order] = regression.coef_.copy()
        return cls(features, category, glossary)

    def decision_function(self, texts: Sequence[str]) -> tuple[Floats, Floats]:
        """Give the raw scores of both regressions, ``(n_lines, n_classes)`` each, parts considered."""
        silent = self.category.classes_.tolist().index(NO_OBJECTION)
        return with_parts([normalize(text) for text in texts], silent, self._raw_scores)

    def _raw_scores(self, texts: Sequence[str]) -> tuple[Floats, Floats]:
        matrix = self.features.transform(texts)
        return _raw_scores(self.category, matrix), _raw_scores(self.glossary, matrix)

    def calibrate(self, category: float, glossary: float, silence: float) -> None:
        """Fold calibration into the regressions.

        Parameters
        ----------
        category, glossary : float
            Temperatures by which the raw scores are divided.
        silence : float
            What is added to the raw score of "no objection": the mix of calls is not that of the file.
        """
        for regression, temperature in ((self.category, category), (self.glossary, glossary)):
            regression.coef_ /= temperature
            regression.intercept_ /= temperature
        self.category.intercept_[self.category.classes_.tolist().index(NO_OBJECTION)] += silence

    def pipelines(self) -> dict[str, Pipeline]:
        """Give what data scientists load: a pipeline per head, from texts to probabilities."""
        return {
            name: Pipeline([("features", self.features), (name, regression)])
            for name, regression in zip(HEADS, (self.category, self.glossary), strict=True)
        }

    def to_arrays(self) -> Arrays:
        """Give the arrays that `objections.model` describes; vectors become tables of scores."""
        blocks = [self.features.named_transformers[name] for name in BLOCKS]
        idf = np.concatenate([block.idf_ for block in blocks])
        order = idf.argsort(kind="stable")
        starts = np.cumsum([len(block.idf_) for block in blocks])[:-1]
        features = dict(zip(BLOCKS, np.split(order.argsort(), starts), strict=True))
        ngrams = {name: block.get_feature_names_out() for name, block in zip(BLOCKS, blocks, strict=True)}
        lexicon, vectors = load_vectors()
        words, stems = (ngrams[name][features[name].argsort()].tolist() for name in ("word", "stem"))
        numbers = number_words(words, stems, list(lexicon))
        arrays: dict[str, npt.NDArray[np.generic]] = {
            **word_arrays(numbers, ngrams, features),
            "char_ngrams": pack(ngrams["char"]),
            "char_features": features["char"],
            "idf": idf[order],
            "stem_sizes": np.array((STEM_LENGTH, *GAPS)),
            "part_sizes": np.array((LONG, WORDS, STEP)),
        }
        places = [numbers[word] for word in lexicon]
        scaled = np.zeros((max(places) + 1, vectors.shape[1]))
        scaled[places] = vectors * self.features.named_transformers[VECTORS].scale
        for head, regression in zip(HEADS, (self.category, self.glossary), strict=True):
            arrays.update(_head_arrays(head, regression, order, scaled))
        return arrays


def make_features(settings: FitSettings) -> FeatureUnion:
    """Make the vectorizers of all blocks and the word vectors, unfitted."""
    common = {"sublinear_tf": True, "min_df": settings.min_df}
    read = {"preprocessor": normalize, **common}
    vectorizers = (
        TfidfVectorizer(ngram_range=settings.word_range, tokenizer=words, token_pattern=None, **read),
        TfidfVectorizer(analyzer=stem_ngrams, **common),
        TfidfVectorizer(ngram_range=settings.char_range, analyzer="char_wb", **read),
    )
    vectors = (VECTORS, WordVectors(settings.vector_scale))
    return FeatureUnion([*zip(BLOCKS, vectorizers, strict=True), vectors])


def make_regression(settings: FitSettings, tolerance: float) -> LogisticRegression:
    """Make one regression, unfitted."""
    return LogisticRegression(
        C=settings.regularization_c,
        class_weight=settings.class_weight,
        solver=settings.solver,
        max_iter=settings.max_iter,
        tol=tolerance,
    )


def _raw_scores(regression: LogisticRegression, matrix: object) -> Floats:
    """Give a column per class; of two classes scikit-learn gives the second one's only."""
    raw: Floats = regression.decision_function(matrix)
    return raw if raw.ndim > 1 else np.column_stack((np.zeros_like(raw), raw))


def _head_arrays(
    head: str, regression: LogisticRegression, order: Ints, vectors: Floats
) -> dict[str, npt.NDArray[np.generic]]:
    coef, intercept = regression.coef_, regression.intercept_
    if len(coef) == 1:  # of two classes scikit-learn has the second one's only
        coef, intercept = np.vstack((np.zeros_like(coef), coef)), np.append(0.0, intercept)
    return {
        f"{head}_classes": pack(regression.classes_),
        f"{head}_coef": np.ascontiguousarray(coef[:, : len(order)].T[order]),
        f"{head}_table": vectors @ coef[:, len(order) :].T,
        f"{head}_intercept": intercept,
    }
