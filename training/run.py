"""``objections train``: from a labelled file to a model in place."""

import io
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

import joblib
import numpy as np
from scipy.special import softmax

from objections import artifact
from objections.artifact import PROTOCOL, SCORER, pack_arrays, publish, sha256
from objections.card import Card, Data, Gate, Metrics
from objections.classifier import Classifier
from objections.errors import DataError
from objections.phrases import Phrase, read_phrases
from objections.scorer import Scorer
from objections.text import normalize
from training import folds
from training.evaluation import Labelled, count_categories, evaluate
from training.evaluation_page import write_page
from training.gate import NO_EVALUATION, Judging, explain, judge
from training.pipeline import FitSettings, Fitted
from training.validation import Validation, fit_and_score_left_out, validate

PIPELINE: Final = "pipeline.joblib"
REPORT: Final = "report.html"
FEWEST_LINES: Final = 20
"""Lines of each category below which a fit says nothing."""

TOLERANCE: Final = 1e-9
"""The arrays must give scikit-learn's probabilities this closely before they are published."""

COMPARED_EVERY: Final = 10
"""One line of so many is compared."""

_LIBRARIES: Final = ("objections", "numpy", "scipy", "scikit-learn", "joblib", "navec", "natasha")


def train(
    data: Path,
    models: Path,
    settings: FitSettings,
    progress: Callable[[str], None],
    judging: Judging | None = None,
) -> Card:
    """Train on `data`, measure, judge, and publish; current becomes what passes the gate.

    Parameters
    ----------
    data : Path
        A labelled CSV.
    models : Path
        The folder of models.
    settings : FitSettings
    progress : callable
        Told in words what is going on.
    judging : Judging or None
        What to judge the new model by; None where there is nothing, and it becomes the current one.

    Returns
    -------
    Card
        Its `gate` says whether the model is the current one.

    Raises
    ------
    DataError
        Where a file is wrong; nothing is written then.
    """
    phrases = _read(data)
    progress(f"read {len(phrases)} labelled lines from {data}")
    labelled = _read_evaluation(judging, phrases, progress)
    fitted, left_out = fit_and_score_left_out(phrases, settings, progress)
    validation = validate(phrases, left_out, folds.describe(phrases, settings.most_folds))
    _tell(validation.metrics, progress)
    fitted.calibrate(validation.category_temperature, validation.glossary_temperature, validation.silence)
    arrays = fitted.to_arrays()
    scorer = Scorer.from_arrays(arrays)
    _compare(fitted, scorer, phrases)
    content = pack_arrays(arrays)
    files = {SCORER: content, PIPELINE: _dump(fitted)}
    about = Data(lines=len(phrases), sha256=sha256(data.read_bytes()), categories=count_categories(phrases))
    card = _make_card(about, settings, validation, content)
    if judging is not None and labelled is not None:
        evaluation = evaluate(Classifier(card, scorer, judging.glossary), labelled)
        _tell(evaluation.metrics, progress)
        gate = judge(judging, models, phrases, card.metrics, evaluation)
        update = {"evaluated_on": labelled.data, "evaluation": evaluation.metrics, "gate": gate}
        card = card.model_copy(update=update)
        files[REPORT] = write_page(evaluation, gate).encode()
    else:
        card = card.model_copy(update={"gate": Gate(passed=True, notes=(NO_EVALUATION,))})
    return _publish(models, card, files, progress)


def _read(data: Path) -> list[Phrase]:
    """Read the lines to learn from; refuse too few."""
    phrases = read_phrases(data)
    counts = count_categories(phrases)
    if few := [f"{category} ({count})" for category, count in counts.items() if count < FEWEST_LINES]:
        raise DataError(
            f"{data}: each category needs at least {FEWEST_LINES} lines; too few of: {', '.join(few)}"
        )
    return phrases


def _read_evaluation(
    judging: Judging | None, phrases: Sequence[Phrase], progress: Callable[[str], None]
) -> Labelled | None:
    """Read the evaluation file before the long work; say where it shares lines with the training file."""
    if judging is None:
        return None
    labelled = Labelled.read(judging.evaluation)
    trained = {normalize(phrase.text) for phrase in phrases}
    if shared := sum(normalize(phrase.text) in trained for phrase in labelled.phrases):
        progress(
            f"{shared} of the {len(labelled.phrases)} lines of {labelled.name} are training lines too: "
            "its figures will flatter; find them with `objections audit --against`"
        )
    return labelled


def _tell(metrics: Metrics, progress: Callable[[str], None]) -> None:
    progress(f"macro-F1 {metrics.macro_f1:.3f} on {metrics.method}")
    for category, scores in metrics.categories.items():
        progress(
            f"  {category:<20} precision {scores.precision:.3f}  recall {scores.recall:.3f}  "
            f"F1 {scores.f1:.3f}  {scores.support} lines"
        )


def _publish(models: Path, card: Card, files: Mapping[str, bytes], progress: Callable[[str], None]) -> Card:
    current = card.gate is not None and card.gate.opens
    folder = publish(models, card, files, current=current)
    for words in explain(card):
        progress(words)
    if current:
        progress(f"{folder} is the current model")
    return artifact.read_card(folder)


def _compare(fitted: Fitted, scorer: Scorer, phrases: list[Phrase]) -> None:
    """Refuse arrays that do not give scikit-learn's numbers."""
    texts = [phrase.text for phrase in phrases[::COMPARED_EVERY]]
    scores = scorer.score(texts)
    for raw, actual in zip(fitted.decision_function(texts), (scores.category, scores.glossary), strict=True):
        worst = float(np.abs(softmax(raw, axis=1) - actual).max())
        if worst > TOLERANCE:
            raise AssertionError(
                f"the exported arrays are off by {worst:.1e} from scikit-learn's probabilities"
            )


def _make_card(data: Data, settings: FitSettings, validation: Validation, content: bytes) -> Card:
    created = datetime.now(UTC).replace(microsecond=0)
    return Card(
        protocol=PROTOCOL,
        id=f"{created:%Y%m%dT%H%M%S}-{sha256(content)[:6]}",
        created=created,
        data=data,
        versions={"python": platform.python_version(), **{name: version(name) for name in _LIBRARIES}},
        settings={
            **asdict(settings),
            "category_temperature": validation.category_temperature,
            "glossary_temperature": validation.glossary_temperature,
            "silence": validation.silence,
        },
        thresholds=validation.thresholds,
        metrics=validation.metrics,
    )


def _dump(fitted: Fitted) -> bytes:
    buffer = io.BytesIO()
    joblib.dump(fitted.pipelines(), buffer, compress=3)
    return buffer.getvalue()
