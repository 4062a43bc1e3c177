"""What each part of the category model pays, beside what was tried and left out; run by ``make ablation``.

Each variant is fitted with whole batches left out, and on all lines for the evaluation set; decided
without the mix of calls, so that features are compared and not thresholds. A second table compares
ways to calibrate the shipped variant.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import click
import numpy as np
import scipy.sparse as sp
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import FeatureUnion

from objections.arrays import Floats
from objections.labels import CATEGORIES, NO_OBJECTION
from objections.phrases import Phrase, read_phrases
from objections.text import normalize, words
from training import folds
from training.calibrations import CALIBRATION_COLUMNS, CALIBRATIONS, measure_calibrations
from training.figures import count_figures, score_both, write_header, write_row
from training.noise import noisy_copies
from training.parts import with_parts
from training.pipeline import SEED, FitSettings, make_features, make_regression
from training.ratios import log_count_ratios, weigh
from training.validation import in_order
from training.word_classes import class_numbers, mark_negation

PLAIN: Final = FitSettings(vector_scale=0.0, noisy_share=0.0, ratio_power=0.0)
SHIPPED: Final = FitSettings()
UNWEIGHED: Final = replace(SHIPPED, ratio_power=0.0)


@dataclass(frozen=True, slots=True)
class Variant:
    """One model that was tried.

    Attributes
    ----------
    name : str
    settings : FitSettings
    blocks : tuple of str
        Which features are used.
    change : dict
        Parameters of the n-gram vectorizers that are set otherwise.
    read_words : callable
        How the word block splits a normalized text.
    one_vs_rest : bool
        Four regressions instead of one multinomial.
    smoothing : float
        Part of each label that is spread over the other categories.
    parts : bool
        Whether long lines are scored with their parts.
    """

    name: str
    settings: FitSettings = SHIPPED
    blocks: tuple[str, ...] = ("word", "stem", "char", "vectors")
    change: dict[str, object] = field(default_factory=dict)
    read_words: Callable[[str], list[str]] = words
    one_vs_rest: bool = False
    smoothing: float = 0.0
    parts: bool = False


SHIPPED_FEATURES: Final = Variant("… + square roots of log-count ratios (shipped features)")
SHIPPED_VARIANT: Final = Variant("… + parts of long lines (shipped)", parts=True)
VARIANTS: Final = (
    Variant("single words", replace(PLAIN, word_range=(1, 1)), ("word",)),
    Variant("words (1, 2)", PLAIN, ("word",)),
    Variant("char_wb (2, 5)", PLAIN, ("char",)),
    Variant("words + char_wb (first version)", PLAIN, ("word", "char")),
    Variant("… + stems, pairs with gaps", PLAIN, ("word", "stem", "char")),
    Variant("… + word vectors", replace(UNWEIGHED, noisy_share=0.0)),
    Variant("… + noisy copies", UNWEIGHED),
    SHIPPED_FEATURES,
    SHIPPED_VARIANT,
    Variant("shipped features, whole ratios", replace(SHIPPED, ratio_power=1.0)),
    Variant("shipped features, whole ratios, C = 5", replace(SHIPPED, ratio_power=1.0, regularization_c=5.0)),
    Variant("without ratios, C = 3", replace(UNWEIGHED, regularization_c=3.0)),
    Variant("without ratios, C = 30", replace(UNWEIGHED, regularization_c=30.0)),
    Variant("without ratios, min_df = 3", replace(UNWEIGHED, min_df=3)),
    Variant("without ratios, char_wb (2, 6)", replace(UNWEIGHED, char_range=(2, 6))),
    Variant("without ratios, words (1, 3)", replace(UNWEIGHED, word_range=(1, 3))),
    Variant("without ratios, vectors at 0.6", replace(UNWEIGHED, vector_scale=0.6)),
    Variant("without ratios, classes weighted", replace(UNWEIGHED, class_weight="balanced")),
    Variant("without ratios, tf not sublinear", UNWEIGHED, change={"sublinear_tf": False}),
    Variant("without ratios, tf binary", UNWEIGHED, change={"binary": True}),
    Variant("without ratios, one-vs-rest", UNWEIGHED, one_vs_rest=True),
    Variant("without ratios, labels smoothed by 0.1", UNWEIGHED, smoothing=0.1),
    Variant(
        "without ratios, the word after a negation marked",
        UNWEIGHED,
        read_words=partial(mark_negation, reach=1),
    ),
    Variant(
        "without ratios, two words after a negation marked",
        UNWEIGHED,
        read_words=partial(mark_negation, reach=2),
    ),
    Variant("without ratios, numbers and money as classes", UNWEIGHED, read_words=class_numbers),
)


def score_variant(variant: Variant, fit: Sequence[Phrase], scored: Sequence[Phrase]) -> Floats:
    """Fit a variant and give its raw scores, columns in the order of `labels.CATEGORIES`."""
    texts = [phrase.text for phrase in fit]
    numbers, copies = noisy_copies(texts, variant.settings.noisy_share, SEED)
    features = _features(variant).fit(texts)
    labels = np.array([phrase.category for phrase in [*fit, *(fit[number] for number in numbers)]])
    matrix = features.transform([*texts, *copies])
    ratios = log_count_ratios(matrix, labels.tolist()) ** variant.settings.ratio_power
    regression = _fit(variant, weigh(matrix, ratios), labels)
    classes = regression.classes_.tolist()

    def decision_function(lines: Sequence[str]) -> tuple[Floats, Floats]:
        raw: Floats = regression.decision_function(weigh(features.transform(lines), ratios))
        return raw, raw.copy()  # each head's scores are changed in place

    lines = [normalize(phrase.text) for phrase in scored]
    if variant.parts:
        raw, _ = with_parts(lines, classes.index(NO_OBJECTION), decision_function)
    else:
        raw, _ = decision_function(lines)
    return in_order(raw, classes, CATEGORIES)


def _features(variant: Variant) -> FeatureUnion:
    union = make_features(variant.settings)
    kept = [(name, block) for name, block in union.transformer_list if name in variant.blocks]
    for name, block in kept:
        if name != "vectors":
            block.set_params(**variant.change)
        if name == "word":
            block.set_params(tokenizer=variant.read_words)
    return FeatureUnion(kept)


def _fit(variant: Variant, matrix: Any, labels: Any) -> Any:  # noqa: ANN401 (sparse matrices; SciPy's types are in motion)
    regression = make_regression(variant.settings, variant.settings.category_tolerance)
    if variant.one_vs_rest:
        return OneVsRestClassifier(regression).fit(matrix, labels)
    if not variant.smoothing:
        return regression.fit(matrix, labels)
    others = [np.array([category] * len(labels)) for category in CATEGORIES]
    weights = [np.where(labels == other, 1 - variant.smoothing, variant.smoothing / 3) for other in others]
    stacked = sp.vstack([matrix] * len(CATEGORIES), format="csr")
    return regression.fit(stacked, np.concatenate(others), sample_weight=np.concatenate(weights))


def measure_variants(
    variants: Sequence[Variant], training: Sequence[Phrase], evaluation: Sequence[Phrase], most_folds: int
) -> Iterator[tuple[str, list[float]]]:
    """Yield each variant's macro-F1 and false alarms, on left-out batches and on the evaluation set."""
    splits = list(folds.leave_out(training, most_folds))
    for variant in variants:
        left_out, judged = score_both(partial(score_variant, variant), training, evaluation, splits)
        yield variant.name, [*count_figures(training, left_out), *count_figures(evaluation, judged)]


@click.command()
@click.argument("training", type=click.Path(path_type=Path))
@click.argument("evaluation", type=click.Path(path_type=Path))
@click.option("--only", help="Measure the variants and calibrations whose name holds this.", default="")
def main(training: Path, evaluation: Path, only: str) -> None:
    """Measure variants and calibrations and print them as two Markdown tables, row by row."""
    lines = read_phrases(training), read_phrases(evaluation)
    if chosen := [variant for variant in VARIANTS if only in variant.name]:
        click.echo(write_header("variant"))
        for name, figures in measure_variants(chosen, *lines, 5):
            click.echo(write_row(name, figures))
        click.echo()
    if names := [name for name in CALIBRATIONS if only in name]:
        click.echo(write_header("calibration of the shipped variant", CALIBRATION_COLUMNS))
        for name, figures in measure_calibrations(names, partial(score_variant, SHIPPED_VARIANT), *lines, 5):
            click.echo(write_row(name, figures))


if __name__ == "__main__":
    main()
