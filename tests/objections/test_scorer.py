"""The compiled scorer gives scikit-learn's numbers."""

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.special import softmax

from objections.arrays import Arrays
from objections.errors import ModelError
from objections.phrases import Phrase
from objections.scorer import LINES_AT_ONCE, Scorer
from objections.text import normalize, word_spans
from training.pipeline import FitSettings, Fitted


def _assert_close(actual: "np.ndarray", expected: "np.ndarray | float") -> None:
    np.testing.assert_allclose(actual, expected, rtol=0, atol=1e-9)


WORDS = ("не", "дорого,", "дороговато?", "гарантия…", "работает", "у", "вас", "нет")

ANY_TEXT = st.one_of(
    st.text(max_size=200),
    st.text(st.characters(exclude_categories=()), max_size=60),  # lone surrogates too
    st.text(
        st.sampled_from("абвгдоргнет АБВ ?!.,-7<>…_\u0301\u0306\u200b\ufe0fёйabceё\n\x00😀مرحبا"),
        max_size=200,
    ),
    st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join),
)


@pytest.fixture(scope="module")
def fitted(shipped_phrases: list[Phrase]) -> Fitted:
    """A model fitted on some lines."""
    return Fitted.fit(shipped_phrases[::20], FitSettings())


@pytest.fixture(scope="module")
def arrays(fitted: Fitted) -> Arrays:
    """Its arrays."""
    return fitted.to_arrays()


@pytest.fixture(scope="module")
def scorer(arrays: Arrays) -> Scorer:
    """Its compiled scorer."""
    return Scorer.from_arrays(arrays)


def _assert_same(fitted: Fitted, scorer: Scorer, texts: list[str]) -> None:
    raw = fitted.decision_function(texts)
    scores = scorer.score(texts)
    actual = (scores.category, scores.glossary)
    for reference, compiled, probabilities in zip(raw, scorer.decision_function(texts), actual, strict=True):
        _assert_close(compiled, reference)
        _assert_close(probabilities, softmax(reference, axis=1))


def test_training_lines_get_the_numbers_of_the_pipeline(
    fitted: Fitted, scorer: Scorer, shipped_phrases: list[Phrase]
) -> None:
    """Lines seen and unseen, raw scores and probabilities, parts of long lines included."""
    _assert_same(fitted, scorer, [phrase.text for phrase in shipped_phrases[::4]])


def test_a_short_line_gets_what_the_dumped_pipelines_say(fitted: Fitted, scorer: Scorer) -> None:
    """What data scientists load is what is served; it knows no parts, so long lines differ."""
    texts = ["ну это дороговато", "а гарантия есть?", ""]
    for head, pipeline in fitted.pipelines().items():
        _assert_close(getattr(scorer.score(texts), head), pipeline.predict_proba(texts))


@settings(max_examples=300)
@given(ANY_TEXT)
@example("")
@example("\x00")
@example("e\u0301\u0301 й и\u0306 Ё")
@example("да\u202eнет\u202c 𝔘𝔫𝔦 👩‍👩‍👧 ﷺ ㍿")
@example("\ud800 дорого")
@example("< > … <дорого> не…надо")
@example("_ __ 7_7 а_а")
@example("цeна cлишком дорооогая")
def test_any_text_gets_the_numbers_of_the_pipeline(fitted: Fitted, scorer: Scorer, text: str) -> None:
    """Whatever Unicode holds."""
    _assert_same(fitted, scorer, [text])


@pytest.mark.parametrize("piece", ["дорого ", "а", "не надо, спасибо. ", "аб", "а ", "?!", "\U00020000", " "])
def test_a_line_of_100_000_characters_is_a_line(fitted: Fitted, scorer: Scorer, piece: str) -> None:
    """Counts of one n-gram, words and runs without end."""
    _assert_same(fitted, scorer, [(piece * 100_000)[:100_000]])


def test_neighbours_do_not_change_a_line(scorer: Scorer, shipped_phrases: list[Phrase]) -> None:
    """Bit for bit the same alone and among thousands, whatever the number of threads."""
    texts = [phrase.text for phrase in shipped_phrases[: 5 * LINES_AT_ONCE]]
    together = scorer.score(texts)
    for number in (0, 1, LINES_AT_ONCE - 1, LINES_AT_ONCE, len(texts) - 1):
        alone = scorer.score([texts[number]])
        assert np.array_equal(alone.category[0], together.category[number])
        assert np.array_equal(alone.glossary[0], together.glossary[number])


def test_many_threads_at_once_get_the_same_numbers(scorer: Scorer, shipped_phrases: list[Phrase]) -> None:
    """The scorer is shared; its scratch is not."""
    texts = [phrase.text for phrase in shipped_phrases[:1500]]
    alone = scorer.score(texts).category
    with ThreadPoolExecutor(8) as pool:
        for scores in pool.map(scorer.score, [texts] * 40):
            assert np.array_equal(scores.category, alone)


def test_a_system_that_does_not_say_which_cores_are_free_gives_all(
    scorer: Scorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only Linux says; a number that the caller gives is taken as it is."""
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 7)
    assert scorer.with_threads(0).threads == 7
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert scorer.with_threads(0).threads == 1
    assert scorer.with_threads(3).threads == 3


def test_no_lines_give_no_rows(scorer: Scorer) -> None:
    """An empty batch is a batch."""
    scores = scorer.score([])
    assert (scores.category.shape, scores.glossary.shape) == ((0, 4), (0, 9))


@settings(max_examples=100)
@given(ANY_TEXT)
@example("ну это дороговато, а скидка будет?!")
@example("дорого дорого, ой как дорого " * 6)
def test_what_characters_weigh_adds_up_to_the_raw_score(scorer: Scorer, text: str) -> None:
    """Nothing is left out and nothing counted twice; without words there is nothing to lay it on."""
    text = normalize(text)
    if not word_spans(text):
        return
    raw, _ = scorer.decision_function([text])
    silence, _ = scorer.decision_function([""])
    laid = np.array([scorer.weigh_characters(text, category).sum() for category in scorer.categories])
    intercept = scorer._model.intercept[: len(laid)]  # noqa: SLF001 (no answer shows it)
    pushed = raw[0] - intercept
    lost = pushed - pushed.mean() - laid
    # Punctuation before the first word has no word to lie on.
    if text[: word_spans(text)[0][0]]:
        assert np.isfinite(lost).all()
    else:
        _assert_close(lost, 0)
    assert np.isfinite(silence).all()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("idf", None),
        ("idf", np.zeros(3)),
        ("words", np.zeros(3)),
        ("word_features", np.array([1, 2])),
        ("pairs", np.array([[0, 2, 10**9, 0]])),
        ("pairs", np.array([[0, 3, 0, 0]])),
        ("char_features", np.array([0.5])),
        ("line_edges", np.array([0, 10**9])),
        ("category_coef", np.zeros((2, 4))),
        ("category_intercept", np.array([0.0, 0.0, np.nan, 0.0])),
        ("glossary_classes", np.array([1.5])),
        ("stem_sizes", np.array([5, 2])),
        ("part_sizes", np.array([12, 10, 0])),
        ("category_table", np.zeros((2, 4))),
    ],
)
def test_unfit_arrays_are_refused(arrays: Arrays, name: str, value: "np.ndarray | None") -> None:
    """A missing array, a wrong shape, a value that is no number: each is told before anything is scored."""
    wrong = {key: array for key, array in arrays.items() if key != name}
    if value is not None:
        wrong[name] = value
    with pytest.raises(ModelError, match="train again"):
        Scorer.from_arrays(wrong)
