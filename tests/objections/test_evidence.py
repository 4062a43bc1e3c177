"""Which words decided."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from objections.classifier import Classifier
from objections.line import Line

OBJECTIONS = [
    "ну не знаю, это что-то дороговато для нас",
    "нет, спасибо, нам это не интересно",
    "а вы точно не мошенники, отзывы про вас плохие",
    "Ой, ДОРОГО!!! а скидка будет?..",
    "дóрого, и ждать до\u00adлго",
]


@pytest.mark.parametrize("text", OBJECTIONS)
def test_spans_cut_the_text_that_was_sent(shipped: Classifier, text: str) -> None:
    """start and end count characters of the text as it was sent."""
    (prediction,) = shipped.classify([text], explain=True)
    assert prediction.evidence
    for span in prediction.evidence:
        assert text[span.start : span.end] == span.text
        assert span.weight > 0


@pytest.mark.parametrize("text", OBJECTIONS)
def test_without_the_strongest_span_the_score_falls(shipped: Classifier, text: str) -> None:
    """What is shown is what decided."""
    (prediction,) = shipped.classify([text], explain=True)
    assert prediction.evidence
    assert prediction.category
    assert prediction.scores
    strongest = prediction.evidence[0]
    (without,) = shipped.classify([text[: strongest.start] + text[strongest.end :]])
    assert without.scores
    assert without.scores[prediction.category] < prediction.scores[prediction.category]


@settings(max_examples=50)
@given(st.text(max_size=80))
def test_any_text_can_be_explained(shipped: Classifier, text: str) -> None:
    """Spans stay inside the text, strongest first, for whatever is sent."""
    (prediction,) = shipped.classify([text], explain=True)
    assert prediction.evidence is not None
    weights = [span.weight for span in prediction.evidence]
    assert weights == sorted(weights, reverse=True)
    assert all(text[span.start : span.end] == span.text != "" for span in prediction.evidence)


def test_evidence_comes_only_when_asked_for(shipped: Classifier) -> None:
    """And never for a line that is not scored."""
    (plain,) = shipped.classify(["дорого"])
    (seller,) = shipped.classify([Line("дорого?", "seller")], explain=True)
    assert (plain.evidence, seller.evidence) == (None, None)
