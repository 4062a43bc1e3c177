"""Quality floors: the least that a model of the shipped lines must score. They rise, and never fall silently.

They were measured on one evaluation file and stand for one set of training lines, so they hold only for
a model judged on that very file and trained on every shipped line, or more. A model of somebody's own
lines is not judged by them. Raised by ``make floors`` after `FLOORS_SLACK`.
"""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Self

import click
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from objections.artifact import CURRENT, read_card, sha256
from objections.card import Metrics, Shortfall
from objections.decision import DECIMALS
from objections.errors import DataError, ObjectionsError
from objections.phrases import Phrase
from objections.text import normalize

FLOORS_SLACK: Final = 0.02
"""A floor stands this far below what was measured: one batch more or less moves a figure by about as much."""

LEFT_OUT: Final = "left_out_macro_f1"


class Lowering(BaseModel):
    """Floors that were lowered, and why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    reason: str = Field(min_length=1)
    before: dict[str, float]


class Floors(BaseModel):
    """The content of ``data/quality_floors.json``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    evaluation_sha256: str
    floors: dict[str, float]
    lowered: tuple[Lowering, ...] = ()

    @classmethod
    def read(cls, path: Path) -> Self | None:
        """Read the file; None where there is none.

        Raises
        ------
        DataError
            Where it is not what it should be.
        """
        try:
            return cls.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            return None
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            place = ".".join(map(str, first["loc"])) or "the whole file"
            raise DataError(
                f"{path} is damaged ({place}: {first['msg']}); take it from the repository"
            ) from None

    def write(self, path: Path) -> None:
        """Write the file."""
        path.write_text(self.model_dump_json(indent=2) + "\n", encoding="utf-8")

    def find_below(self, left_out: Metrics, evaluation: Metrics) -> dict[str, Shortfall]:
        """Find the figures that lie below their floor."""
        figures = take_figures(left_out, evaluation)
        return {
            name: Shortfall(value=figures.get(name, 0.0), floor=floor)
            for name, floor in self.floors.items()
            if figures.get(name, 0.0) < floor
        }

    def raise_to(self, sha: str, figures: dict[str, float], reason: str | None) -> "Floors":
        """Give the floors that these figures allow: each the higher of the old one and the new one.

        Raises
        ------
        DataError
            Where a figure lies below its old floor, or was measured on another file and asks for a lower
            one, and no reason is given; with one, all floors follow the figures and the reason is kept.
        """
        allowed = {name: _allow(value) for name, value in figures.items()}
        known = sha == self.evaluation_sha256
        fall = [
            name
            for name, floor in self.floors.items()
            if (figures if known else allowed).get(name, 0.0) < floor
        ]
        if reason is not None:
            lowering = Lowering(reason=reason, before=self.floors)
            return Floors(evaluation_sha256=sha, floors=allowed, lowered=(*self.lowered, lowering))
        if fall:
            raise DataError(
                "these floors would fall: "
                + ", ".join(f"{name} {self.floors[name]:.2f} → {allowed.get(name, 0.0):.2f}" for name in fall)
                + '; mend the model, or say why they may: make floors LOWER="the reason"'
            )
        floors = {name: max(value, self.floors.get(name, 0.0)) for name, value in allowed.items()}
        return self.model_copy(update={"evaluation_sha256": sha, "floors": floors})


def take_figures(left_out: Metrics, evaluation: Metrics) -> dict[str, float]:
    """Take the figures that have floors; of each, more is better."""
    return {
        LEFT_OUT: left_out.macro_f1,
        "macro_f1": evaluation.macro_f1,
        **{f"f1 {name}": scores.f1 for name, scores in evaluation.categories.items()},
        "no_false_alarm": round(1 - evaluation.false_alarms, DECIMALS),
        "glossary_accuracy": evaluation.glossary_accuracy,
    }


def hold_for(phrases: Sequence[Phrase], shipped: Sequence[Phrase]) -> bool:
    """Whether a model of `phrases` has learned from every shipped line, or from more."""
    return {normalize(phrase.text) for phrase in shipped} <= {normalize(phrase.text) for phrase in phrases}


def raise_floors(home: Path, reason: str | None) -> Floors:
    """Raise the floors of `home` to what its current model allows, and write them.

    Raises
    ------
    ObjectionsError
        Where the model is not of the shipped lines, was not evaluated on the shipped evaluation file, or
        a floor would fall without a reason.
    """
    card, data = read_card(home / "models" / CURRENT), home / "data"
    evaluation_sha256 = sha256((data / "evaluation_phrases.csv").read_bytes())
    if card.data.sha256 != sha256((data / "labeled_phrases.csv").read_bytes()):
        raise DataError("the current model is not trained on data/labeled_phrases.csv; run `make train`")
    if card.evaluation is None or card.evaluated_on is None or card.evaluated_on.sha256 != evaluation_sha256:
        raise DataError(
            "the current model was not evaluated on data/evaluation_phrases.csv; run `make train`"
        )
    path = data / "quality_floors.json"
    old = Floors.read(path) or Floors(evaluation_sha256=evaluation_sha256, floors={})
    new = old.raise_to(evaluation_sha256, take_figures(card.metrics, card.evaluation), reason)
    new.write(path)
    return new


def _allow(value: float) -> float:
    """Go down by the slack, then to the next hundredth."""
    return max(0.0, math.floor(round((value - FLOORS_SLACK) * 100, 6)) / 100)


@click.command()
@click.argument("home", type=click.Path(path_type=Path, exists=True), default=Path())
@click.option("--lower", "reason", help="Let floors fall to what the current model allows, for this reason.")
def main(home: Path, reason: str | None) -> None:
    """Raise the quality floors of HOME to what its current model allows."""
    try:
        new = raise_floors(home, reason or None)
    except ObjectionsError as error:
        raise click.ClickException(str(error)) from None
    for name, floor in new.floors.items():
        click.echo(f"{floor:.2f}  {name}")


if __name__ == "__main__":
    main()
