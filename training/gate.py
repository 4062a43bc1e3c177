"""The gate: a new model takes the current one's place only if it is not worse beyond what chance explains."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from objections.artifact import CURRENT
from objections.card import Card, Change, Comparison, Gate, Metrics, Shortfall
from objections.classifier import Classifier
from objections.errors import ModelError
from objections.glossary import Glossary
from objections.phrases import Phrase, read_phrases
from training.bootstrap import find_difference
from training.evaluation import Evaluation, Labelled, count_categories, evaluate
from training.floors import Floors, hold_for

NO_EVALUATION: Final = "no evaluation file, so nothing was compared and no floor applied"


@dataclass(frozen=True, slots=True)
class Judging:
    """What a new model is judged by.

    Attributes
    ----------
    glossary : Glossary
        What the model will be served with.
    evaluation : Path
        A labelled file that it must not have learned from.
    floors, shipped : Path or None
        Quality floors, and the shipped lines that a model must have learned from for them to hold.
    force : str or None
        Why the model is to be made current whatever the gate says.
    """

    glossary: Glossary
    evaluation: Path
    floors: Path | None = None
    shipped: Path | None = None
    force: str | None = None


def judge(
    judging: Judging, models: Path, phrases: Sequence[Phrase], left_out: Metrics, candidate: Evaluation
) -> Gate:
    """Compare a candidate with the current model of `models` and with the floors.

    Parameters
    ----------
    judging : Judging
    models : Path
    phrases : sequence of Phrase
        What the candidate was trained on.
    left_out : Metrics
        Of the candidate.
    candidate : Evaluation
        Of the candidate, on the evaluation file.
    """
    comparison, notes = None, []
    current = models / CURRENT
    if current.exists():
        try:
            other = evaluate(Classifier.load(current, judging.glossary), candidate.labelled)
        except ModelError as error:
            said = str(error).replace(str(current.resolve()), current.resolve().name)
            notes.append(f"the current model cannot be loaded, so there is nothing to compare with: {said}")
        else:
            comparison = compare(candidate, other)
    else:
        notes.append("no current model, so there is nothing to compare with")
    floors = _find_floors(judging, phrases, candidate.labelled)
    if isinstance(floors, str):
        notes.append(floors)
    below = floors.find_below(left_out, candidate.metrics) if isinstance(floors, Floors) else {}
    passed = not below and not (comparison and comparison.worse)
    return Gate(
        passed=passed,
        comparison=comparison,
        floors=isinstance(floors, Floors),
        below=below,
        notes=tuple(notes),
        forced=None if passed else judging.force,
    )


def compare(candidate: Evaluation, current: Evaluation) -> Comparison:
    """Compare two models on the same lines; worse is a whole interval below 0."""
    now, then = candidate.metrics, current.metrics
    interval = find_difference(candidate.labelled.phrases, candidate.verdicts, current.verdicts)
    return Comparison(
        model=current.card.id,
        macro_f1=Change(now=now.macro_f1, then=then.macro_f1),
        categories={
            name: Change(now=scores.f1, then=then.categories[name].f1)
            for name, scores in now.categories.items()
            if name in then.categories
        },
        difference=round(now.macro_f1 - then.macro_f1, 4),
        interval=interval,
        worse=interval.high < 0,
    )


def _find_floors(judging: Judging, phrases: Sequence[Phrase], labelled: Labelled) -> Floors | str:
    """Give the floors that hold, or say why none do."""
    floors = Floors.read(judging.floors) if judging.floors else None
    if floors is None or judging.shipped is None or not judging.shipped.exists():
        return "no quality floors here"
    if floors.evaluation_sha256 != labelled.sha256:
        return f"quality floors not applied: they were measured on another file than {labelled.name}"
    if not hold_for(phrases, read_phrases(judging.shipped, tuple(count_categories(phrases)))):
        return "quality floors not applied: they are for models that learned from every shipped line"
    return floors


def explain(card: Card) -> Iterator[str]:
    """Say in words what the gate found and, where it stayed shut, what to do next."""
    if (gate := card.gate) is None:
        return
    yield from gate.notes
    if comparison := gate.comparison:
        yield (
            f"beside the current model {comparison.model}: macro-F1 {_in_words(comparison.macro_f1)}, "
            f"95 % interval {comparison.interval.low:+.3f} … {comparison.interval.high:+.3f}"
        )
        if comparison.worse:
            fallen = {name: change for name, change in comparison.categories.items() if change.difference < 0}
            yield "it is worse beyond what chance explains; what fell:"
            yield from (f"  {name:<20} F1 {_in_words(change)}" for name, change in fallen.items())
    if gate.floors and not gate.below:
        yield "every quality floor is kept"
    yield from (f"below its floor: {_shortfall(name, short)}" for name, short in gate.below.items())
    if gate.forced is not None:
        yield f"made current all the same, for this reason: {gate.forced}"
    elif not gate.passed:
        yield (
            f"kept as models/{card.id} and not made current. See its report.html for the worst mistakes, "
            "look through the data with `objections audit`, train again; or, knowing better, repeat with "
            '`--force "the reason"`'
        )


def _in_words(change: Change) -> str:
    return f"{change.now:.3f} now, {change.then:.3f} then ({change.difference:+.3f})"


def _shortfall(name: str, short: Shortfall) -> str:
    return f"{name} is {short.value:.3f}, must be {short.floor:.2f}"
