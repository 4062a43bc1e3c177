"""Retraining with what a company adds: its own labelled files, its people's corrections."""

import csv
import os
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from objections.artifact import UNFINISHED
from objections.card import Card
from objections.errors import DataError
from objections.glossary import Glossary
from objections.labels import order_categories
from objections.registry import prune
from service.settings import Settings
from service.store.corrections import labelled_lines
from service.store.database import Database

if TYPE_CHECKING:
    from training.gate import Judging

FEEDBACK: Final = "feedback.csv"
"""How the corrections are called in words and in cards."""

_COLUMNS: Final = ("text", "category", "glossary", "source")

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What to train on and how.

    Attributes
    ----------
    data : Path or None
        The labelled file; None for the shipped one.
    extras : tuple of Path
        More labelled files.
    feedback : bool
        Whether to learn from corrections too.
    weight : float
        How many lines each line of `extras` and each correction counts as.
    folds : int or None
        Most folds in which batches are left out to measure.
    evaluation : Path or None
        The file to judge by; None for the shipped one, where there is one.
    force : str or None
        Why the model is to be made current whatever the gate says.
    new_categories : tuple of str
        A company's own, beside those of the guide.
    """

    data: Path | None = None
    extras: tuple[Path, ...] = ()
    feedback: bool = False
    weight: float = 1.0
    folds: int | None = None
    evaluation: Path | None = None
    force: str | None = None
    new_categories: tuple[str, ...] = ()


def retrain(order: Order, settings: Settings, say: Say) -> Card:
    """Train a model, let the gate decide, and remove models that are too old to keep.

    Returns
    -------
    Card
        Its `gate` says whether the model is the current one.

    Raises
    ------
    ObjectionsError
        Where a file or the database cannot be used; nothing is written then.
    """
    from training.extra import ExtraFile
    from training.pipeline import FitSettings
    from training.run import train

    fit_settings = FitSettings(own_categories=order.new_categories)
    extras = [ExtraFile(path, order.weight) for path in order.extras]
    settings.models.mkdir(parents=True, exist_ok=True)
    # So named, the corrections are swept away by the next training where this one is killed.
    with tempfile.TemporaryDirectory(f"-{os.getpid()}", UNFINISHED, settings.models) as folder:
        if order.feedback and (feedback := _export_corrections(order, settings, Path(folder), say)):
            extras.append(ExtraFile(feedback, order.weight, corrects=True))
        card = train(
            order.data or settings.labeled_phrases,
            settings.models,
            fit_settings if order.folds is None else replace(fit_settings, most_folds=order.folds),
            say,
            _judging(order, settings),
            extras,
        )
    if removed := prune(settings.models, settings.models_kept):
        say(f"removed {len(removed)} old model(s): {', '.join(removed)}")
    return card


def _judging(order: Order, settings: Settings) -> "Judging | None":
    from training.gate import Judging

    if order.evaluation is None and not settings.evaluation_phrases.exists():
        return None
    return Judging(
        Glossary.read(settings.glossary),
        order.evaluation or settings.evaluation_phrases,
        settings.quality_floors,
        settings.labeled_phrases,
        order.force,
    )


def _export_corrections(order: Order, settings: Settings, folder: Path, say: Say) -> Path | None:
    """Write the corrections as a labelled file; None where there are none.

    Raises
    ------
    DataError
        Where they have a category that nobody asked for.
    """
    with closing(Database.open(settings.database)) as database, database.session() as session:
        corrections, disputed = labelled_lines(session)
        rows = [(one.text, one.category, one.term, "feedback") for one in corrections]
    say(
        f"{len(rows)} corrected lines in {database.name}"
        + (f"; on {disputed} of them people disagree, and the latest word counts" if disputed else "")
    )
    if not rows:
        return None
    if unknown := {category for _, category, _, _ in rows} - set(order_categories(order.new_categories)):
        raise DataError(
            f"corrections have a category that was not asked for: {', '.join(sorted(unknown))}; "
            "name it with --new-category, or in `new_categories` over HTTP"
        )
    path = folder / FEEDBACK
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([_COLUMNS, *rows])
    return path
