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


AnyCategory = Category | str
"""One of the guide, or a company's own."""


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

    category: AnyCategory | None = Field(
        description="The decision; a category of your own where the model was trained with one.",
        examples=["цена"],
    )
    confidence: float | None = Field(
        ge=0, le=1, description="Calibrated probability of the category.", examples=[0.93]
    )
    uncertain: bool = Field(
        description="True where validation says that such answers are often wrong: let a person look.",
        examples=[False],
    )
    scores: dict[AnyCategory, float] | None = Field(
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


class TranscriptLine(Answer):
    """A line of a call with its answer."""

    text: str = Field(description="What was said.", examples=["дороговато, а скидка будет?"])
    speaker: str | None = Field(
        description="`client`, `seller`, or the file's own name where nobody knows the role.",
        examples=["client"],
    )
    start: float | None = Field(description="Seconds from the beginning of the call.", examples=[61.2])
    end: float | None = Field(description="Seconds from the beginning of the call.", examples=[63.9])
    call_id: str | None = Field(description="The call, as the file names it.", examples=["MTo1"])
    number: int = Field(description="Which line of its call it is, from 1.", examples=[12])


class DroppedLines(BaseModel):
    """Lines that were left out, by reason."""

    empty: int = Field(description="Without words.", examples=[0])
    doubled: int = Field(description="The same phrase at the same time on another channel.", examples=[3])
    hallucinated: int = Field(
        description="Made up by the recogniser, such as «Продолжение следует…».", examples=[1]
    )


class CallAnswer(BaseModel):
    """What came of the calls of a file."""

    calls: int = Field(description="How many.", examples=[1])
    lines: int = Field(description="Lines of all speakers.", examples=[84])
    scored: int = Field(description="Lines that got an answer: not the seller's.", examples=[40])
    objections: int = Field(description="Lines with an objection.", examples=[6])
    uncertain: int = Field(description="Answers that a person should look at.", examples=[4])
    categories: dict[AnyCategory, int] = Field(
        description="Lines of each category.",
        examples=[{"отказ": 1, "сомнение в качестве": 2, "цена": 3, "нет возражения": 34}],
    )
    terms: dict[Term, int] = Field(
        description="Lines by suggested glossary term, most frequent first.", examples=[{"КЭВ": 3, "ЛПР": 1}]
    )
    objections_by_part: list[int] = Field(
        description="Objections in the first tenth of the lines of their call, in the second …",
        examples=[[0, 0, 1, 0, 2, 0, 1, 1, 1, 0]],
    )
    dropped: DroppedLines = Field(description="What was left out of `lines`.")


class TranscriptAnswer(BaseModel):
    """A file with calls, answered."""

    format: str = Field(description="What the file was read as.", examples=["whisper-json"])
    summary: CallAnswer = Field(description="The whole in a few numbers.")
    lines: list[TranscriptLine] = Field(description="All lines that were kept, in their order.")
    model: str = Field(description="The model that answered.", examples=["20261123T101500-3f9c2a"])


class Alive(BaseModel):
    """The process runs."""

    status: str = Field(description="Always `alive`.", examples=["alive"])


class Ready(BaseModel):
    """The service answers."""

    status: str = Field(description="Always `ready`.", examples=["ready"])
    model: str = Field(description="The model in use.", examples=["20261123T101500-3f9c2a"])
