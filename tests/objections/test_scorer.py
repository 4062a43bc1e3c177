"""The scorer gives scikit-learn's numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer

from objections.errors import ModelError
from objections.phrases import Phrase
from objections.scorer import Scorer, char_ngrams, word_ngrams
from objections.text import normalize, words
from training.pipeline import FitSettings, Fitted

TEXTS = st.text(st.sampled_from("абвгдорогНЕТ ?!.,-7\n"), max_size=60)


@pytest.fixture(scope="module")
def fitted(shipped_phrases: list[Phrase]) -> Fitted:
    """A model fitted on some lines."""
    return Fitted.fit(shipped_phrases[::20], FitSettings())


@given(TEXTS)
def test_ngrams_are_those_of_scikit_learn(text: str) -> None:
    """Word and char_wb n-grams, with their counts, are what the reference finds."""
    text = normalize(text)
    word = CountVectorizer(ngram_range=(1, 2), tokenizer=words, token_pattern=None, lowercase=False)
    char = CountVectorizer(ngram_range=(2, 5), analyzer="char_wb", lowercase=False)
    assert [ngram for ngram, _, _ in word_ngrams(text, (1, 2))] == word.build_analyzer()(text)
    assert sorted(ngram for ngram, _, _ in char_ngrams(text, (2, 5))) == sorted(char.build_analyzer()(text))


def test_probabilities_are_those_of_scikit_learn(fitted: Fitted, shipped_phrases: list[Phrase]) -> None:
    """On lines seen and unseen, and on texts without a known n-gram."""
    texts = [phrase.text for phrase in shipped_phrases[::7]] + ["", "???", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢", "дорого " * 300]
    scores = fitted.to_scorer().score(texts)
    pipelines = fitted.pipelines()
    for name, actual in (("category", scores.category), ("glossary", scores.glossary)):
        np.testing.assert_allclose(actual, pipelines[name].predict_proba(texts), rtol=0, atol=1e-12)


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
        ("char_range", np.array([1, 2, 3])),
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
