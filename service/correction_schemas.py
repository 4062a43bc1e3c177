"""What goes in and out where people correct answers and review lines, described for people who read /docs."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from service.schemas import Text, Unicode

Name = Annotated[Unicode, Field(min_length=1, max_length=200)]


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid")


class GivenAnswer(_Request):
    """The answer that is corrected."""

    category: Name | None = Field(default=None, description="Its category.", examples=["нет возражения"])
    confidence: float | None = Field(default=None, ge=0, le=1, description="Its confidence.", examples=[0.61])
    glossary: Name | None = Field(default=None, description="The term it suggested.", examples=[None])


class CorrectionRequest(_Request):
    """What an answer should have been."""

    text: Text
    category: Unicode = Field(description="The right category.", examples=["цена"])
    glossary: Unicode | None = Field(
        default=None,
        description="The right glossary term. Where it is missing: `Возражение` for an objection, none for a "
        "line without one.",
        examples=["КЭВ"],
    )
    speaker: Name | None = Field(default=None, description="Who said it.", examples=["client"])
    call_id: Name | None = Field(default=None, description="The call.", examples=["call-17"])
    number: int | None = Field(
        default=None, ge=0, le=2**31 - 1, description="Which line of the call.", examples=[12]
    )
    answer: GivenAnswer | None = Field(
        default=None, description="The answer that was given; asked of the current model where it is missing."
    )
    model: Name | None = Field(
        default=None, description="The model that gave it.", examples=["20261123T101500-3f9c2a"]
    )
    author: Name | None = Field(
        default=None,
        description="Who corrects, where the API key does not say it.",
        examples=["anna"],
    )
    id: Name | None = Field(
        default=None,
        description="Your own name for this correction: sent twice, it counts once.",
        examples=["b7f1c1e2"],
    )


class CorrectionsRequest(_Request):
    """Many corrections; all are stored or none."""

    corrections: list[CorrectionRequest] = Field(min_length=1, description="The corrections.")


def _one_or_many(body: Any) -> str:  # noqa: ANN401 (before it is checked)
    many = isinstance(body, CorrectionsRequest) or (isinstance(body, dict) and "corrections" in body)
    return "many" if many else "one"


FeedbackRequest = Annotated[
    Annotated[CorrectionRequest, Tag("one")] | Annotated[CorrectionsRequest, Tag("many")],
    Discriminator(_one_or_many),
]


class StoredCorrection(BaseModel):
    """What became of one correction."""

    id: int = Field(description="Its number in the store.", examples=[42])
    status: Literal["stored", "known"] = Field(
        description="`known`: it was sent before, or says what the latest one of this person says.",
        examples=["stored"],
    )


class FeedbackAnswer(BaseModel):
    """What became of the corrections, in their order."""

    results: list[StoredCorrection] = Field(description="What became of each.")


class ReviewLine(BaseModel):
    """A doubtful line that waits for a person."""

    id: int = Field(description="Its number in the queue.", examples=[7])
    text: str = Field(
        description="What was said; personal data are masked.", examples=["ну это надо считать"]
    )
    speaker: str | None = Field(description="Who said it.", examples=["client"])
    category: str = Field(description="What the model took it for.", examples=["цена"])
    confidence: float = Field(description="How sure it was.", examples=[0.52])
    glossary: str | None = Field(description="The term it suggested.", examples=["КЭВ"])
    model: str = Field(description="The model.", examples=["20261123T101500-3f9c2a"])
    seen: int = Field(description="How often this phrase has come.", examples=[3])


class ReviewAnswer(BaseModel):
    """The most useful lines of the queue; nobody else gets them for some minutes."""

    lines: list[ReviewLine] = Field(description="The lines; none where none waits.")
    waiting: int = Field(description="Lines in the queue.", examples=[120])
    answered_today: int = Field(
        description="Lines that you have answered since midnight (UTC).", examples=[14]
    )


class ReviewVerdict(_Request):
    """What a person says about a line of the queue."""

    answer: Literal["label", "skip", "not_client"] = Field(
        description="`label` with a category; `skip` where one cannot tell; `not_client` where no client "
        "spoke.",
        examples=["label"],
    )
    category: Unicode | None = Field(default=None, description="For `label`.", examples=["цена"])
    glossary: Unicode | None = Field(default=None, description="As in a correction.", examples=["КЭВ"])
    author: Name | None = Field(
        default=None, description="Who answers, where the API key does not say it.", examples=["anna"]
    )


class ReviewedLine(BaseModel):
    """What became of an answer."""

    id: int = Field(description="Its number in the queue.", examples=[7])
    answer: Literal["label", "skip", "not_client"] | None = Field(
        description="Null where the line waits again: it was taken back, or skipped and goes to others.",
        examples=["label"],
    )
