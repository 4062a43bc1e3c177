"""What the model in use is worth when lines are noisy, long or nonsense; run by ``make robustness``.

The lines of ``data/long_phrases.csv`` and ``data/nonsense_lines.csv`` are never trained on.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

import click
import numpy as np

from objections.artifact import CURRENT
from objections.classifier import Classifier, Prediction
from objections.glossary import Glossary
from objections.labels import CATEGORIES, NO_OBJECTION
from objections.phrases import Phrase, read_phrases
from training.balance import count_words
from training.evaluation import Labelled, evaluate
from training.noise import CORRUPTIONS, corrupt

SHORTEST_LONG: Final = 20
"""Words of the shortest of the long lines; the short ones of the pairs have 4-10."""

SEED: Final = 20


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured.

    Attributes
    ----------
    what : str
    value : float
    aim : str
        What is to be reached, in words; empty where nothing is.
    """

    what: str
    value: float
    aim: str = ""


def measure_noise(classifier: Classifier, evaluation: Labelled) -> Iterator[Figure]:
    """Give the macro-F1 on the evaluation lines, then what each corruption changes."""
    clean = evaluate(classifier, evaluation).metrics.macro_f1
    yield Figure("macro-F1, clean", clean)
    for name, corruptions in CORRUPTIONS.items():
        random = Random(SEED)  # noqa: S311 (no secret)
        noisy = [
            _with_text(phrase, corrupt(phrase.text, corruptions, random)) for phrase in evaluation.phrases
        ]
        labelled = Labelled(evaluation.name, evaluation.sha256, noisy)
        yield Figure(name, evaluate(classifier, labelled).metrics.macro_f1 - clean, "≥ −0.03")


def measure_long(classifier: Classifier, phrases: Sequence[Phrase]) -> Iterator[Figure]:
    """Give how often objections are found in short lines and, the same ones, buried in long lines."""
    answered = classifier.classify([phrase.text for phrase in phrases])
    right = np.array([p.category == a.category for p, a in zip(phrases, answered, strict=True)])
    objects = np.array([phrase.category != NO_OBJECTION for phrase in phrases])
    long = np.array([count_words(phrase.text) >= SHORTEST_LONG for phrase in phrases])
    short_recall, long_recall = right[objects & ~long].mean(), right[objects & long].mean()
    yield Figure("recall of objections, alone", float(short_recall))
    yield Figure("recall of the same objections, buried in 20-40 words", float(long_recall))
    yield Figure("difference", float(long_recall - short_recall), "≥ −0.05")
    for category in CATEGORIES:
        among = long & (np.array([phrase.category for phrase in phrases]) == category)
        if among.any():
            yield Figure(f"recall of {category}, long", float(right[among].mean()))


def measure_nonsense(classifier: Classifier, lines: Sequence[tuple[str, str]]) -> Iterator[Figure]:
    """Give the share of (text, kind) answered "no objection" or marked uncertain."""
    answered = classifier.classify([text for text, _ in lines])
    calm = np.array([_is_calm(prediction) for prediction in answered])
    kinds = np.array([kind for _, kind in lines])
    yield Figure("all", float(calm.mean()), "≥ 0.95")
    for kind in dict.fromkeys(kinds.tolist()):
        yield Figure(kind, float(calm[kinds == kind].mean()))


def read_lines(path: Path) -> list[tuple[str, str]]:
    """Read (text, kind) of a table with these two columns."""
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["kind"]) for row in csv.DictReader(file)]


def table(title: str, figures: Iterator[Figure]) -> str:
    """Write figures as a Markdown table."""
    rows = [f"| {figure.what} | {figure.value:.3f} | {figure.aim} |" for figure in figures]
    return "\n".join([f"| {title} | | aim |", "|---|---:|---|", *rows, ""])


def _is_calm(prediction: Prediction) -> bool:
    return prediction.category == NO_OBJECTION or prediction.uncertain


def _with_text(phrase: Phrase, text: str) -> Phrase:
    return Phrase(text, phrase.category, phrase.glossary, phrase.source, phrase.row)


@click.command()
@click.argument("home", type=click.Path(path_type=Path, exists=True))
def main(home: Path) -> None:
    """Measure the current model of HOME and print the tables."""
    data = home / "data"
    classifier = Classifier.load(home / "models" / CURRENT, Glossary.read(data / "glossary.toml"))
    noise = measure_noise(classifier, Labelled.read(data / "evaluation_phrases.csv"))
    click.echo(table("noise: change of macro-F1", noise))
    click.echo(table("long lines", measure_long(classifier, read_phrases(data / "long_phrases.csv"))))
    nonsense = measure_nonsense(classifier, read_lines(data / "nonsense_lines.csv"))
    click.echo(table("nonsense: no objection or uncertain", nonsense))


if __name__ == "__main__":
    main()
