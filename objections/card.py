"""The card of a model: where it comes from, how it was made, what it is worth, whether it may serve."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from objections.decision import Thresholds

Share = Annotated[float, Field(ge=0, le=1)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Data(_Part):
    """A labelled file."""

    lines: int = Field(description="Labelled lines used.", examples=[7530])
    sha256: str = Field(description="Digest of the labelled file.", examples=["20a39d40b73d…"])
    categories: dict[str, int] = Field(description="Lines by category.", examples=[{"цена": 1374}])


class ClassScores(_Part):
    """Figures of one class."""

    precision: Share = Field(description="Right among the lines answered so.", examples=[0.79])
    recall: Share = Field(description="Right among the lines labelled so.", examples=[0.81])
    f1: Share = Field(description="Harmonic mean of both.", examples=[0.8])
    support: int = Field(ge=0, description="Lines labelled so.", examples=[1374])


class Interval(_Part):
    """Where a figure lies with 95 % confidence, were the lines drawn anew."""

    low: float = Field(description="Lower end.", examples=[0.89])
    high: float = Field(description="Upper end.", examples=[0.92])


class Intervals(_Part):
    """Bootstrap intervals over lines; null where no line speaks for a figure."""

    macro_f1: Interval | None = Field(description="Of `macro_f1`.")
    f1: dict[str, Interval | None] = Field(
        description="Of each category's F1.", examples=[{"цена": {"low": 0.86, "high": 0.91}}]
    )
    false_alarms: Interval | None = Field(description="Of `false_alarms`.")
    glossary_accuracy: Interval | None = Field(description="Of `glossary_accuracy`.")


class Metrics(_Part):
    """Figures of a model on labelled lines that it was not fitted on."""

    method: str = Field(
        description="Which lines they were.", examples=["15 batches left out whole in 5 folds"]
    )
    lines: int = Field(description="Lines scored.", examples=[7530])
    macro_f1: Share = Field(description="Mean F1 over the categories that have lines.", examples=[0.78])
    accuracy: Share = Field(description="Share of lines with the right category.", examples=[0.78])
    categories: dict[str, ClassScores] = Field(description="Figures by category.")
    confusion: dict[str, dict[str, int]] = Field(
        description="Lines by true, then by answered category.",
        examples=[{"цена": {"цена": 1115, "отказ": 43, "сомнение в качестве": 52, "нет возражения": 164}}],
    )
    false_alarms: Share = Field(
        description="Share of the lines without objection taken for one.", examples=[0.2]
    )
    calibration_error: Share = Field(
        description="Expected calibration error of `confidence`, 15 bins.", examples=[0.01]
    )
    uncertain: Share = Field(description="Share of lines marked `uncertain`.", examples=[0.15])
    uncertain_errors: Share = Field(
        description="Share of the wrong answers that are marked `uncertain`.", examples=[0.37]
    )
    glossary_accuracy: Share = Field(
        description="Share of the objections with the right term.", examples=[0.73]
    )
    glossary_recall: dict[str, Share] = Field(
        description="By term: share of its lines that get it.", examples=[{"КЭВ": 0.77}]
    )
    glossary_false_alarms: Share = Field(
        description="Share of the lines without a term that get one.", examples=[0.24]
    )
    intervals: Intervals | None = Field(
        default=None, description="How far chance moves them; null where it was not asked."
    )


class Change(_Part):
    """A figure of the candidate beside that of the model it would replace."""

    now: Share = Field(description="Of the candidate.", examples=[0.81])
    then: Share = Field(description="Of the model that was current.", examples=[0.9])

    @property
    def difference(self) -> float:
        """Candidate minus current."""
        return self.now - self.then


class Comparison(_Part):
    """Candidate and current model on the same evaluation lines."""

    model: str = Field(description="Id of the model that was current.", examples=["20261123T101500-3f9c2a"])
    macro_f1: Change = Field(description="Macro-F1 of both.")
    categories: dict[str, Change] = Field(
        description="F1 of both by category.", examples=[{"цена": {"now": 0.81, "then": 0.9}}]
    )
    difference: float = Field(description="Macro-F1, candidate minus current.", examples=[-0.09])
    interval: Interval = Field(description="Of the difference, by paired bootstrap.")
    worse: bool = Field(description="Whether the whole interval is below 0.", examples=[False])


class Shortfall(_Part):
    """A figure below its floor."""

    value: float = Field(description="What the candidate scores.", examples=[0.84])
    floor: float = Field(description="The least allowed.", examples=[0.88])


class Gate(_Part):
    """Whether a candidate may become the current model, and why."""

    passed: bool = Field(
        description="Not worse than the current model and not below a floor.", examples=[True]
    )
    comparison: Comparison | None = Field(
        default=None, description="With the current model; null where there was none to compare with."
    )
    floors: bool = Field(
        default=False, description="Whether the quality floors were applied.", examples=[True]
    )
    below: dict[str, Shortfall] = Field(
        default={},
        description="Figures below their floor.",
        examples=[{"macro_f1": {"value": 0.84, "floor": 0.88}}],
    )
    notes: tuple[str, ...] = Field(
        default=(),
        description="What could not be judged, and why.",
        examples=[["no current model to compare with"]],
    )
    forced: str | None = Field(
        default=None,
        description="Why it was made current although it did not pass.",
        examples=["the evaluation set is being relabelled"],
    )

    @property
    def opens(self) -> bool:
        """Whether the candidate becomes the current model."""
        return self.passed or self.forced is not None


class Card(_Part):
    """What a model is: where it comes from, how it was made and what it is worth."""

    protocol: int = Field(description="Version of the model folder's layout.", examples=[2])
    id: str = Field(
        description="The model's name.",
        examples=["20261123T101500-3f9c2a"],
        pattern=r"^[0-9]{8}T[0-9]{6}-[0-9a-f]{6}$",
    )
    created: datetime = Field(description="When it was trained (UTC).", examples=["2026-11-23T10:15:00Z"])
    data: Data = Field(description="What it was trained on.")
    versions: dict[str, str] = Field(
        description="Versions of Python and the libraries that made it.", examples=[{"scikit-learn": "1.9.1"}]
    )
    settings: dict[str, object] = Field(
        description="What the fit was told.", examples=[{"regularization_c": 10.0}]
    )
    thresholds: Thresholds = Field(description="What its decisions turn on.")
    metrics: Metrics = Field(description="What it is worth on lines left out of the fit.")
    evaluated_on: Data | None = Field(
        default=None, description="The evaluation file; null where there was none."
    )
    evaluation: Metrics | None = Field(
        default=None, description="What it is worth on the evaluation file, with intervals."
    )
    gate: Gate | None = Field(default=None, description="Whether it was let into service, and why.")
    files: dict[str, str] = Field(
        default={},
        description="SHA-256 of each file of the folder.",
        examples=[{"scorer.npz": "16bb23a72188…"}],
    )
