"""The scikit-learn model: TF-IDF over words and over characters within words, two regressions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline

from objections.phrases import Phrase
from objections.scorer import BLOCKS, HEADS, Block, Floats, Head, Scorer
from objections.text import normalize, words


@dataclass(frozen=True, slots=True)
class FitSettings:
    """What the fit is told; written into the card.

    The values were chosen by macro-F1 with each batch left out in turn (7,530 lines): words (1, 2) and
    char_wb (2, 5) with ``min_df=2`` and ``C=10`` 0.789, ``min_df=1`` 0.786, char_wb (3, 6) 0.787,
    ``C=3`` 0.784, ``C=30`` 0.787, single words alone 0.745.

    Classes are not weighted: weights that make them equal stand for calls in which three lines of four
    object. On 20,934 lines they take 15 of 100 lines without objection for one, unweighted classes 10
    (macro-F1 on left-out batches 0.803 and 0.796, on the evaluation set 0.877 and 0.904).

    On 14,938 lines newton-cg takes 1.6 s for the categories and ends at 0.825 on left-out batches, where
    lbfgs takes 9.9 s and ends, short of the optimum, at 0.824.
    """

    word_range: tuple[int, int] = (1, 2)
    char_range: tuple[int, int] = (2, 5)
    min_df: int = 2
    regularization_c: float = 10.0
    class_weight: str | None = None
    solver: str = "newton-cg"
    max_iter: int = 100
    most_folds: int = 5


@dataclass(frozen=True, slots=True)
class Fitted:
    """Fitted vectorizers and regressions.

    Attributes
    ----------
    features : FeatureUnion
        From texts as sent to TF-IDF, ``(n_lines, n_features)``.
    category, glossary : LogisticRegression
    """

    features: FeatureUnion
    category: LogisticRegression
    glossary: LogisticRegression

    @classmethod
    def fit(cls, phrases: Sequence[Phrase], settings: FitSettings) -> Self:
        """Fit features and both regressions on labelled lines."""
        features = _make_features(settings)
        matrix = features.fit_transform([phrase.text for phrase in phrases])
        return cls(
            features,
            _make_regression(settings).fit(matrix, [phrase.category for phrase in phrases]),
            _make_regression(settings).fit(matrix, [phrase.glossary for phrase in phrases]),
        )

    def decision_function(self, texts: Sequence[str]) -> tuple[Floats, Floats]:
        """Give the raw scores of both regressions, ``(n_lines, n_classes)`` each."""
        matrix = self.features.transform(texts)
        return _raw_scores(self.category, matrix), _raw_scores(self.glossary, matrix)

    def soften(self, category: float, glossary: float) -> None:
        """Divide the raw scores by a temperature each, so that probabilities are calibrated."""
        for regression, temperature in ((self.category, category), (self.glossary, glossary)):
            regression.coef_ /= temperature
            regression.intercept_ /= temperature

    def pipelines(self) -> dict[str, Pipeline]:
        """Give what data scientists load: a pipeline per head, from texts to probabilities."""
        return {
            name: Pipeline([("features", self.features), (name, regression)])
            for name, regression in zip(HEADS, (self.category, self.glossary), strict=True)
        }

    def to_scorer(self) -> Scorer:
        """Turn everything into the arrays that the service reads."""
        word, char = (vectorizer for _, vectorizer in self.features.transformer_list)
        return Scorer(
            _block(word, 0),
            _block(char, len(word.vocabulary_)),
            _head(self.category),
            _head(self.glossary),
        )


def _make_features(settings: FitSettings) -> FeatureUnion:
    common = {"preprocessor": normalize, "sublinear_tf": True, "min_df": settings.min_df}
    vectorizers = (
        TfidfVectorizer(ngram_range=settings.word_range, tokenizer=words, token_pattern=None, **common),
        TfidfVectorizer(ngram_range=settings.char_range, analyzer="char_wb", **common),
    )
    return FeatureUnion(list(zip(BLOCKS, vectorizers, strict=True)))


def _make_regression(settings: FitSettings) -> LogisticRegression:
    return LogisticRegression(
        C=settings.regularization_c,
        class_weight=settings.class_weight,
        solver=settings.solver,
        max_iter=settings.max_iter,
    )


def _block(vectorizer: TfidfVectorizer, offset: int) -> Block:
    ngrams = {str(ngram): int(number) for ngram, number in vectorizer.vocabulary_.items()}
    return Block(ngrams, vectorizer.idf_, vectorizer.ngram_range, offset)


def _raw_scores(regression: LogisticRegression, matrix: object) -> Floats:
    """Give a column per class; of two classes scikit-learn gives the second one's only."""
    raw: Floats = regression.decision_function(matrix)
    return raw if raw.ndim > 1 else np.column_stack((np.zeros_like(raw), raw))


def _head(regression: LogisticRegression) -> Head:
    coef, intercept = regression.coef_, regression.intercept_
    if len(coef) == 1:  # two classes, see `_raw_scores`
        coef, intercept = np.vstack((np.zeros_like(coef), coef)), np.append(0.0, intercept)
    classes = tuple(str(name) for name in regression.classes_)
    return Head(classes, np.ascontiguousarray(coef.T), intercept)
