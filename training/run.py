"""``objections train``: from a labelled file to a model in place."""

import io
import platform
from collections import Counter
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
from objections.labels import CATEGORIES, order_categories
from objections.phrases import Phrase, read_phrases
from objections.scorer import Scorer
from objections.text import normalize
from training import folds
from training.evaluation import Labelled, count_categories, evaluate
from training.evaluation_page import write_page
from training.extra import ExtraFile, Joined, join
from training.gate import NO_EVALUATION, Judging, explain, judge
from training.pipeline import FitSettings, Fitted
from training.validation import LeftOut, Validation, find_categories, fit_and_score_left_out, validate

PIPELINE: Final = "pipeline.joblib"
REPORT: Final = "report.html"
LONGEST_NAME: Final = 100
"""Letters that a category has at most."""

FEWEST_LINES: Final = 20
"""Lines of each category below which a fit says nothing."""

TOLERANCE: Final = 1e-9
"""The arrays must give scikit-learn's probabilities this closely before they are published."""

COMPARED_EVERY: Final = 10
"""One line of so many is compared."""

_LIBRARIES: Final = ("objections", "numpy", "scipy", "scikit-learn", "joblib", "navec", "natasha")


def train(  # noqa: PLR0913, PLR0917 (what is learned, how, and by what it is judged)
    data: Path,
    models: Path,
    settings: FitSettings,
    progress: Callable[[str], None],
    judging: Judging | None = None,
    extras: Sequence[ExtraFile] = (),
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
    extras : sequence of ExtraFile
        More labelled files to learn from.

    Returns
    -------
    Card
        Its `gate` says whether the model is the current one.

    Raises
    ------
    DataError
        Where a file is wrong; nothing is written then.
    """
    categories = _find_categories(settings)
    shipped = read_phrases(data, categories)
    progress(f"read {len(shipped)} labelled lines from {data}")
    labelled = None if judging is None else Labelled.read(judging.evaluation, categories)
    joined = join(data, shipped, extras, labelled.phrases if labelled else (), categories)
    for added in joined.added:
        progress(added.in_words())
    phrases = joined.phrases
    _refuse_few(data, phrases, categories)
    if labelled is not None:
        _tell_shared(labelled, phrases, progress)
    fitted, left_out = fit_and_score_left_out(phrases, settings, progress)
    validation = validate(phrases, left_out, folds.describe(phrases, settings.most_folds))
    _tell(validation.metrics, progress)
    _tell_added(joined, left_out, progress)
    fitted.calibrate(validation.category_temperature, validation.glossary_temperature, validation.silence)
    arrays = fitted.to_arrays()
    scorer = Scorer.from_arrays(arrays)
    _compare(fitted, scorer, phrases)
    content = pack_arrays(arrays)
    files = {SCORER: content, PIPELINE: _dump(fitted)}
    about = Data(lines=len(phrases), sha256=_digest(data, extras), categories=count_categories(phrases))
    card = _make_card(about, settings, validation, content)
    if extras:
        card = card.model_copy(
            update={"settings": {**card.settings, "extra": [asdict(one) for one in joined.added]}}
        )
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


def _find_categories(settings: FitSettings) -> tuple[str, ...]:
    """Give the categories that a line may have; refuse names that no category can have."""
    for name in settings.own_categories:
        if name in CATEGORIES or name != " ".join(name.split()) or not 0 < len(name) <= LONGEST_NAME:
            raise DataError(
                f"«{name}» cannot be the name of a category of your own: it must be new, have no spaces at "
                f"its ends, and {LONGEST_NAME} letters at most"
            )
    return order_categories(settings.own_categories)


def _refuse_few(data: Path, phrases: Sequence[Phrase], categories: Sequence[str]) -> None:
    """Refuse too few lines to learn from."""
    counts = Counter[str](phrase.category for phrase in phrases)
    if few := [f"{name} ({counts[name]})" for name in categories if counts[name] < FEWEST_LINES]:
        raise DataError(
            f"{data}: each category needs at least {FEWEST_LINES} lines; too few of: {', '.join(few)}"
        )


def _tell_shared(labelled: Labelled, phrases: Sequence[Phrase], progress: Callable[[str], None]) -> None:
    """Say where the evaluation file shares lines with what is learned."""
    trained = {normalize(phrase.text) for phrase in phrases}
    if shared := sum(normalize(phrase.text) in trained for phrase in labelled.phrases):
        progress(
            f"{shared} of the {len(labelled.phrases)} lines of {labelled.name} are training lines too: "
            "its figures will flatter; find them with `objections audit --against`"
        )


def _tell(metrics: Metrics, progress: Callable[[str], None]) -> None:
    progress(f"macro-F1 {metrics.macro_f1:.3f} on {metrics.method}")
    for category, scores in metrics.categories.items():
        progress(
            f"  {category:<20} precision {scores.precision:.3f}  recall {scores.recall:.3f}  "
            f"F1 {scores.f1:.3f}  {scores.support} lines"
        )


def _tell_added(joined: Joined, left_out: LeftOut, progress: Callable[[str], None]) -> None:
    """Say how many added lines are labelled as models answer that have not seen them."""
    if not joined.n_added:
        return
    added = joined.phrases[-joined.n_added :]
    answers = left_out.category[-joined.n_added :].argmax(axis=1).tolist()
    categories = find_categories(joined.phrases)
    agreed = sum(categories[answer] == phrase.category for phrase, answer in zip(added, answers, strict=True))
    progress(
        f"{agreed} of the {len(added)} added lines have the label that models give which have not seen them"
    )


def _digest(data: Path, extras: Sequence[ExtraFile]) -> str:
    """Give the digest of all that was learned; that of the file alone where nothing was added."""
    return sha256(b"".join(path.read_bytes() for path in (data, *(extra.path for extra in extras))))


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
