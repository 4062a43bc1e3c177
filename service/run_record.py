"""What is known of a training run: a file in its folder, written whole each time, and what HTTP shows."""

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from objections.card import Gate, Share

RECORD: Final = "run.json"

State = Literal["queued", "running", "passed", "refused", "failed", "stopped", "timed out"]
UNDER_WAY: Final = ("queued", "running")


class TrainingRequest(BaseModel):
    """What to train with, beside the shipped lines."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    feedback: bool = Field(default=True, description="Whether to learn from corrections.", examples=[True])
    weight: Annotated[float, Field(gt=0, le=1000)] = Field(
        default=1.0, description="How many lines each correction counts as.", examples=[3]
    )
    new_categories: list[str] = Field(
        default=[],
        description="Categories of your own that corrections may have.",
        examples=[["перенос встречи"]],
    )


class RunResult(BaseModel):
    """What came of a training."""

    model: str = Field(description="The model it made.", examples=["20261123T101500-3f9c2a"])
    current: bool = Field(description="Whether the gate let it become the current model.", examples=[True])
    lines: int = Field(description="Labelled lines it learned from.", examples=[7530])
    gate: Gate | None = Field(
        description="Why; `comparison.categories` says what changed, category by category."
    )


class Run(BaseModel):
    """A training run."""

    id: str = Field(description="Its name.", examples=["20261123T101500-5b1e77"])
    state: State = Field(
        description="`passed`: the new model answers; `refused`: the gate stayed shut, the old one goes on; "
        "`failed`: see `problem`.",
        examples=["running"],
    )
    asked: TrainingRequest = Field(description="What was asked for.")
    by: str | None = Field(
        description="Name of the API key that asked; null where there are no keys.", examples=["anna"]
    )
    created: datetime = Field(description="When it was asked for (UTC).", examples=["2026-11-23T10:15:00Z"])
    started: datetime | None = Field(
        default=None, description="When it began (UTC).", examples=["2026-11-23T10:15:01Z"]
    )
    ended: datetime | None = Field(default=None, description="When it ended (UTC).", examples=[None])
    done: Share = Field(default=0.0, description="Rough share of the work that is done.", examples=[0.5])
    progress: list[str] = Field(
        default=[],
        description="What the training has said so far, line by line.",
        examples=[["read 25658 labelled lines"]],
    )
    result: RunResult | None = Field(default=None, description="Null until a model was made.")
    problem: str | None = Field(
        default=None, description="Why it failed; null where it did not.", examples=[None]
    )

    @property
    def is_under_way(self) -> bool:
        """Whether it has not ended, as far as it was written down."""
        return self.state in UNDER_WAY

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read the record of a run's folder."""
        return cls.model_validate_json((folder / RECORD).read_bytes())

    def write(self, folder: Path) -> None:
        """Write the record; whoever reads meanwhile finds the old one or this one."""
        unfinished = folder / f".{RECORD}.{os.getpid()}"
        with unfinished.open("w", encoding="utf-8") as file:
            file.write(self.model_dump_json(indent=2))
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(folder / RECORD)
