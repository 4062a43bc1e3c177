"""Models made by hand: each knows a few words, is made in no time, and answers as it is told."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from objections.artifact import PROTOCOL, SCORER, pack_arrays, publish
from objections.card import Card, Data, Metrics
from objections.decision import Thresholds
from objections.kernel import NONE
from objections.labels import DEFAULT_TERM, NO_OBJECTION, NO_TERM, order_categories
from objections.model import pack

SURE = 20.0
_TERMS = (NO_TERM, DEFAULT_TERM)
_METRICS = Metrics(
    method="by hand",
    lines=0,
    macro_f1=0,
    accuracy=0,
    categories={},
    confusion={},
    false_alarms=0,
    calibration_error=0,
    uncertain=0,
    uncertain_errors=0,
    glossary_accuracy=0,
    glossary_recall={},
    glossary_false_alarms=0,
)


def publish_tiny(models: Path, model_id: str, meanings: Mapping[str, str], *, current: bool = True) -> Path:
    """Put a model into `models` that answers each word with its category, and all else with no objection.

    A category may be a company's own.
    """
    card = Card(
        protocol=PROTOCOL,
        id=model_id,
        created=datetime(2030, 1, 1, tzinfo=UTC),
        data=Data(lines=len(meanings), sha256="by hand", categories={}),
        versions={},
        settings={},
        thresholds=Thresholds(uncertain_below=0.5, term_from=0.5),
        metrics=_METRICS,
    )
    return publish(models, card, {SCORER: pack_arrays(_arrays(meanings))}, current=current)


def _arrays(meanings: Mapping[str, str]) -> dict[str, "np.typing.NDArray[np.generic]"]:
    n_words, n_features = len(meanings), len(meanings) + 1  # the last one is a character n-gram of no weight
    categories = order_categories(meanings.values())
    coef = np.zeros((n_features, len(categories)))
    for number, category in enumerate(meanings.values()):
        coef[number, categories.index(category)] = SURE
    nothing = np.full(n_words, NONE, np.int32)
    return {
        "words": pack(meanings),
        "word_features": np.arange(n_words, dtype=np.int32),
        "stem_features": nothing,
        "word_stems": nothing,
        "pairs": np.empty((0, 4), np.int64),
        "line_edges": np.array((NONE, NONE), np.int32),
        "char_ngrams": pack(["☎"]),
        "char_features": np.array([n_words], np.int64),
        "idf": np.ones(n_features),
        "category_classes": pack(categories),
        "category_coef": coef,
        "category_table": np.zeros((1, len(categories))),
        "category_intercept": SURE / 4 * (np.array(categories) == NO_OBJECTION),
        "glossary_classes": pack(_TERMS),
        "glossary_coef": np.zeros((n_features, len(_TERMS))),
        "glossary_table": np.zeros((1, len(_TERMS))),
        "glossary_intercept": np.zeros(len(_TERMS)),
        "stem_sizes": np.array((5, 1, 2)),
        "part_sizes": np.array((12, 10, 5)),
    }
