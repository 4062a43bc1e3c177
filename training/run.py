"""``objections train``: from a labelled file to a model in place."""

import io
import platform
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

import joblib
import numpy as np

from objections import artifact
from objections.artifact import PROTOCOL, SCORER, Card, Data, pack_arrays, publish, sha256
from objections.errors import DataError
from objections.labels import CATEGORIES
from objections.phrases import Phrase, read_phrases
from objections.scorer import Scorer
from training import folds
from training.pipeline import FitSettings, Fitted
from training.validation import Validation, score_left_out, validate

PIPELINE: Final = "pipeline.joblib"
FEWEST_LINES: Final = 20
"""Lines of each category below which a fit says nothing."""

TOLERANCE: Final = 1e-9
"""The arrays must give scikit-learn's probabilities this closely before they are published."""

_LIBRARIES: Final = ("objections", "numpy", "scipy", "scikit-learn", "joblib")


def train(data: Path, models: Path, settings: FitSettings, progress: Callable[[str], None]) -> Card:
    """Train on `data`, measure, and make the new model the current one in `models`.

    Parameters
    ----------
    data : Path
        A labelled CSV.
    models : Path
        The folder of models.
    settings : FitSettings
    progress : callable
        Told in words what is going on.

    Raises
    ------
    DataError
        Where the file is wrong; nothing is written then.
    """
    phrases = read_phrases(data)
    counts = {category: sum(phrase.category == category for phrase in phrases) for category in CATEGORIES}
    if few := [f"{category} ({count})" for category, count in counts.items() if count < FEWEST_LINES]:
        raise DataError(
            f"{data}: each category needs at least {FEWEST_LINES} lines; too few of: {', '.join(few)}"
        )
    progress(f"read {len(phrases)} labelled lines from {data}")
    left_out = score_left_out(phrases, settings, progress)
    validation = validate(phrases, left_out, folds.describe(phrases, settings.most_folds))
    progress(f"macro-F1 on left-out lines: {validation.metrics.macro_f1:.3f}; fitting on all lines")
    fitted = Fitted.fit(phrases, settings)
    fitted.soften(validation.category_temperature, validation.glossary_temperature)
    scorer = fitted.to_scorer()
    _compare(fitted, scorer, phrases)
    content = pack_arrays(scorer.to_arrays())
    card = _make_card(
        Data(lines=len(phrases), sha256=sha256(data.read_bytes()), categories=counts),
        settings,
        validation,
        content,
    )
    folder = publish(models, card, {SCORER: content, PIPELINE: _dump(fitted)})
    progress(f"{folder} is the current model")
    return artifact.read_card(folder)


def _compare(fitted: Fitted, scorer: Scorer, phrases: list[Phrase]) -> None:
    """Refuse arrays that do not give scikit-learn's numbers."""
    texts = [phrase.text for phrase in phrases]
    scores = scorer.score(texts)
    matrix = fitted.features.transform(texts)
    for expected, actual in (
        (fitted.category.predict_proba(matrix), scores.category),
        (fitted.glossary.predict_proba(matrix), scores.glossary),
    ):
        worst = float(np.abs(expected - actual).max())
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
        },
        thresholds=validation.thresholds,
        metrics=validation.metrics,
    )


def _dump(fitted: Fitted) -> bytes:
    buffer = io.BytesIO()
    joblib.dump(fitted.pipelines(), buffer, compress=3)
    return buffer.getvalue()
