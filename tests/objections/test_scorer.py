"""The scorer gives scikit-learn's numbers."""

import numpy as np
import pytest
from scipy.special import softmax

from objections.errors import ModelError
from objections.phrases import Phrase
from objections.scorer import Scorer
from objections.text import normalize
from training.pipeline import FitSettings, Fitted


@pytest.fixture(scope="module")
def fitted(shipped_phrases: list[Phrase]) -> Fitted:
    """A model fitted on some lines."""
    return Fitted.fit(shipped_phrases[::20], FitSettings())


def test_probabilities_are_those_of_scikit_learn(fitted: Fitted, shipped_phrases: list[Phrase]) -> None:
    """On lines seen and unseen, and on texts without a known n-gram."""
    texts = [phrase.text for phrase in shipped_phrases[::7]] + ["", "???", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢", "дорого " * 300]
    scorer = fitted.to_scorer()
    raw = scorer.decision_function([normalize(text) for text in texts])
    pipelines = fitted.pipelines()
    for name, actual in zip(pipelines, raw, strict=True):
        expected = pipelines[name].predict_proba(texts)
        np.testing.assert_allclose(softmax(actual, axis=1), expected, rtol=0, atol=1e-12)
    with_parts = fitted.decision_function(texts)
    scores = scorer.score(texts)
    for expected, actual in zip(with_parts, (scores.category, scores.glossary), strict=True):
        np.testing.assert_allclose(actual, softmax(expected, axis=1), rtol=0, atol=1e-12)


def test_neighbours_do_not_change_a_line(fitted: Fitted, shipped_phrases: list[Phrase]) -> None:
    """Bit for bit the same alone and among thousands."""
    scorer = fitted.to_scorer()
    texts = [phrase.text for phrase in shipped_phrases[:2500]]
    together = scorer.score(texts)
    for number in (0, 1, 1023, 1024, 2499):
        alone = scorer.score([texts[number]])
        assert np.array_equal(alone.category[0], together.category[number])
        assert np.array_equal(alone.glossary[0], together.glossary[number])


def test_no_lines_give_no_rows(fitted: Fitted) -> None:
    """An empty batch is a batch."""
    scores = fitted.to_scorer().score([])
    assert (scores.category.shape, scores.glossary.shape) == ((0, 4), (0, 9))


def test_arrays_give_the_same_scorer_back(fitted: Fitted) -> None:
    """What is stored is what scores."""
    scorer = fitted.to_scorer()
    again = Scorer.from_arrays(scorer.to_arrays())
    texts = ["дороговато будет", "а гарантия есть?"]
    assert np.array_equal(scorer.score(texts).category, again.score(texts).category)
    assert again.category.classes == scorer.category.classes


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("word_idf", None),
        ("word_idf", np.zeros(3)),
        ("category_coef", np.zeros((2, 4))),
        ("category_intercept", np.array([0.0, 0.0, np.nan, 0.0])),
        ("glossary_classes", np.array([1.5])),
        ("char_sizes", np.array([1, 2, 3])),
        ("category_table", np.zeros((2, 4))),
    ],
)
def test_unfit_arrays_are_refused(fitted: Fitted, name: str, value: "np.ndarray | None") -> None:
    """A missing array, a wrong shape, a value that is no number: each is told before anything is scored."""
    arrays = fitted.to_scorer().to_arrays()
    if value is None:
        del arrays[name]
    else:
        arrays[name] = value
    with pytest.raises(ModelError, match="train again"):
        Scorer.from_arrays(arrays)
