"""What goes in and out over HTTP, described for people who read /docs."""

import re
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, StrictInt, StrictStr
from pydantic_core import PydanticCustomError

from objections.labels import Category, Term

Scalar = TypeVar("Scalar", str, int)

_SURROGATE = re.compile("[\ud800-\udfff]")


def _whole_unicode(text: Scalar) -> Scalar:
    r"""Refuse half a surrogate pair (``\\ud800`` in JSON): it is no character and cannot be sent back."""
    if isinstance(text, str) and _SURROGATE.search(text):
        raise PydanticCustomError(
            "string_unicode", "is not valid Unicode: it holds half of a surrogate pair, such as \\ud800"
        )
    return text


Unicode = Annotated[StrictStr, AfterValidator(_whole_unicode)]

Text = Annotated[
    Unicode,
    Field(
        description="What one person said or typed: one line of a call or chat, at most 5,000 characters "
        "(setting OBJECTIONS_MAX_CHARACTERS).",
        examples=["ну не знаю, дороговато для нас"],
    ),
]
Speaker = Annotated[
    Unicode | None,
    Field(
        description="Who said it. Lines of the seller (`seller`, `manager`, `agent`, `operator`, «менеджер», "
        "«оператор», «продавец» …) are not scored; any other name, or none, is read as the client's.",
        examples=["client"],
    ),
]
Explain = Annotated[
    StrictBool, Field(description="Whether to say which words decided (`evidence`).", examples=[True])
]
LineId = Annotated[
    Annotated[StrictStr | StrictInt, AfterValidator(_whole_unicode)] | None,
    Field(description="Your own name for the line; comes back with its answer.", examples=["call-17/4"]),
]


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ClassifyRequest(_Request):
    """One line of a call."""

    text: Text
    speaker: Speaker = None
    explain: Explain = False


class BatchLine(_Request):
    """One line among many."""

    text: Text
    speaker: Speaker = None
    id: LineId = None


class BatchRequest(_Request):
    """Many lines, of one call or of several; each is answered on its own."""

    lines: list[BatchLine] = Field(
        description="At most 10,000 lines (setting OBJECTIONS_MAX_LINES).",
        examples=[
            [
                {"id": 1, "speaker": "manager", "text": "Добрый день! Удобно говорить?"},
                {"id": 2, "speaker": "client", "text": "да, но мы уже с другими работаем"},
            ]
        ],
    )
    explain: Explain = False


class GlossaryAnswer(BaseModel):
    """The glossary entry that helps the seller with this line."""

    term: Term = Field(description="The term.", examples=["КЭВ"])
    name: str = Field(description="Its full name.", examples=["Ключевой этап воронки"])
    definition: str = Field(
        description="What it means.", examples=["Точка в сделке, от которой сильнее всего зависит её исход…"]
    )
    points: list[str] = Field(
        description="What belongs to it.", examples=[["Разговор о цене и условиях оплаты"]]
    )
    advice: str = Field(
        description="What the seller does next.",
        examples=["Не торопитесь и не роняйте цену: сначала спросите…"],
    )
    confidence: float = Field(
        ge=0, le=1, description="Probability of this term among those that fit.", examples=[0.88]
    )


class EvidenceAnswer(BaseModel):
    """Words that pushed the decision."""

    start: int = Field(ge=0, description="First character in the text that was sent.", examples=[13])
    end: int = Field(ge=0, description="Character after the last.", examples=[23])
    text: str = Field(description="The words themselves.", examples=["дороговато"])
    weight: float = Field(
        description="How much they pushed: log-odds against the mean category.", examples=[1.7]
    )


class Answer(BaseModel):
    """What the line means. For a line of the seller everything but `model` is null or false."""

    category: Category | None = Field(description="The decision.", examples=["цена"])
    confidence: float | None = Field(
        ge=0, le=1, description="Calibrated probability of the category.", examples=[0.93]
    )
    uncertain: bool = Field(
        description="True where validation says that such answers are often wrong: let a person look.",
        examples=[False],
    )
    scores: dict[Category, float] | None = Field(
        description="Calibrated probability of each category; they sum to 1.",
        examples=[{"отказ": 0.02, "сомнение в качестве": 0.03, "цена": 0.93, "нет возражения": 0.02}],
    )
    glossary: GlossaryAnswer | None = Field(
        description="The entry that helps now; null where none does. Every objection has one."
    )
    evidence: list[EvidenceAnswer] | None = Field(
        default=None, description="Only when asked for by `explain`: the deciding words, strongest first."
    )
    model: str = Field(description="The model that answered.", examples=["20261123T101500-3f9c2a"])


class BatchItem(Answer):
    """The answer to one line of many."""

    id: LineId = None


class BatchAnswer(BaseModel):
    """One answer per line, in the order of the lines."""

    results: list[BatchItem] = Field(description="The answers.")
    model: str = Field(
        description="The model that answered all of them.", examples=["20261123T101500-3f9c2a"]
    )


class Alive(BaseModel):
    """The process runs."""

    status: str = Field(description="Always `alive`.", examples=["alive"])


class Ready(BaseModel):
    """The service answers."""

    status: str = Field(description="Always `ready`.", examples=["ready"])
    model: str = Field(description="The model in use.", examples=["20261123T101500-3f9c2a"])
