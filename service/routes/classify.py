"""Lines in, answers out."""

from collections.abc import Iterator, Sequence
from typing import Annotated

from fastapi import APIRouter, Body, Request, Response

from objections.line import Line
from objections.text import is_blank
from service.answers import answer_fields, json_response
from service.dependencies import CurrentClassifier, CurrentMetrics, CurrentSettings
from service.doubts import collect_doubts
from service.problems import BAD_REQUEST, TOO_LARGE, UNPROCESSABLE, InputProblem, InvalidInputError, document
from service.schemas import Answer, BatchAnswer, BatchRequest, ClassifyRequest
from service.settings import Settings

router = APIRouter(
    prefix="/v1/classify",
    tags=["classify"],
    responses=document(BAD_REQUEST, TOO_LARGE, UNPROCESSABLE),
)

_LINE_EXAMPLES = {
    "цена": {"value": {"text": "что-то дороговато, а скидка будет?", "explain": True}},
    "отказ": {"value": {"text": "нет, спасибо, мы уже с другими работаем", "speaker": "client"}},
    "сомнение в качестве": {"value": {"text": "а оно точно работает? отзывы у вас так себе"}},
    "нет возражения": {"value": {"text": "давайте, записывайте на четверг"}},
}


@router.post("", response_model=Answer, summary="One line → one answer")
def classify(
    body: Annotated[ClassifyRequest, Body(openapi_examples=_LINE_EXAMPLES)],
    request: Request,
    classifier: CurrentClassifier,
    settings: CurrentSettings,
    metrics: CurrentMetrics,
) -> Response:
    """Say whether the client objects in this line and how, and which glossary entry helps now."""
    _check("text", body.text, settings)
    request.state.lines = 1
    line = Line(body.text, body.speaker)
    (prediction,) = classifier.classify([line], explain=body.explain)
    metrics.count_answers([prediction])
    collect_doubts(request.app, [line], [prediction])
    return json_response(answer_fields(prediction))


@router.post("/batch", response_model=BatchAnswer, summary="Many lines → many answers")
def classify_batch(
    body: BatchRequest,
    request: Request,
    classifier: CurrentClassifier,
    settings: CurrentSettings,
    metrics: CurrentMetrics,
) -> Response:
    """Answer each line on its own: as many results as lines, in the same order."""
    _check_count(body.lines, settings)
    problems = [
        problem
        for number, line in enumerate(body.lines)
        for problem in line_problems(f"lines[{number}].text", line.text, settings)
    ]
    if problems:
        raise InvalidInputError(problems)
    request.state.lines = len(body.lines)
    lines = [Line(line.text, line.speaker) for line in body.lines]
    predictions = classifier.classify(lines, explain=body.explain)
    metrics.count_answers(predictions)
    collect_doubts(request.app, lines, predictions)
    results = []
    for line, prediction in zip(body.lines, predictions, strict=True):
        fields = answer_fields(prediction)
        results.append(fields if line.id is None else {**fields, "id": line.id})
    return json_response({"results": results, "model": classifier.card.id})


def _check(where: str, text: str, settings: Settings) -> None:
    if problems := list(line_problems(where, text, settings)):
        raise InvalidInputError(problems)


def _check_count(lines: Sequence[object], settings: Settings) -> None:
    if len(lines) > settings.max_lines:
        problem = (
            f"holds {len(lines)} lines, more than the {settings.max_lines} that one request may hold "
            "(setting OBJECTIONS_MAX_LINES); send them in several requests"
        )
        raise InvalidInputError([InputProblem(where="lines", problem=problem)])


def line_problems(where: str, text: str, settings: Settings) -> Iterator[InputProblem]:
    """Say why a line cannot be answered."""
    if is_blank(text):
        yield InputProblem(where=where, problem="is empty: send what was said, or leave the line out")
    if len(text) > settings.max_characters:
        problem = (
            f"has {len(text)} characters, more than the {settings.max_characters} that one line may hold "
            "(setting OBJECTIONS_MAX_CHARACTERS); send a call line by line"
        )
        yield InputProblem(where=where, problem=problem)
