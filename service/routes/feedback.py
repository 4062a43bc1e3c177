"""Corrections in."""

from typing import Annotated

from fastapi import APIRouter, Body, Header, Request

from service.correcting import check_corrections, keep, mask_and_keep, prepare
from service.correction_schemas import CorrectionRequest, FeedbackAnswer, FeedbackRequest, StoredCorrection
from service.dependencies import Caller, CurrentClassifier, CurrentDatabase, CurrentSettings
from service.problems import (
    BAD_REQUEST,
    CONFLICT,
    TOO_LARGE,
    UNPROCESSABLE,
    InputProblem,
    InvalidInputError,
    document,
)
from service.store.corrections import add_corrections

router = APIRouter(
    prefix="/v1/feedback",
    tags=["corrections"],
    responses=document(BAD_REQUEST, CONFLICT, TOO_LARGE, UNPROCESSABLE),
)

_EXAMPLES = {
    "one": {
        "value": {"text": "ну это надо считать", "category": "цена", "glossary": "КЭВ", "author": "anna"}
    },
    "many": {
        "value": {"corrections": [{"text": "мы подумаем", "category": "отказ", "call_id": "17", "number": 4}]}
    },
}


@router.post("", summary="Correct answers: one or many")
def add_feedback(
    body: Annotated[FeedbackRequest, Body(openapi_examples=_EXAMPLES)],
    request: Request,
    classifier: CurrentClassifier,
    settings: CurrentSettings,
    database: CurrentDatabase,
    caller: Caller,
    idempotency_key: Annotated[
        str | None,
        Header(max_length=150, description="Your own name for this request: sent twice, it counts once."),
    ] = None,
) -> FeedbackAnswer:
    """Store what answers should have been; all of it or nothing.

    A correction that was sent before counts once: by its `id` or the header `Idempotency-Key`; without
    either, where it says what the latest correction of this line by this person says. The latest one wins.
    """
    many = not isinstance(body, CorrectionRequest)
    corrections = body.corrections if not isinstance(body, CorrectionRequest) else [body]
    _refuse_too_many(len(corrections), settings.max_lines)
    places = [f"corrections[{number}]" if many else "" for number in range(len(corrections))]
    if problems := check_corrections(corrections, places, classifier.categories):
        raise InvalidInputError(problems)
    if idempotency_key is not None:
        named = [f"{idempotency_key}/{number}" for number in range(len(corrections))]
        corrections = [
            one if one.id is not None else one.model_copy(update={"id": name})
            for one, name in zip(corrections, named, strict=True)
        ]
    request.state.lines = len(corrections)
    stored_as = mask_and_keep if settings.mask_personal_data else keep
    with database.session() as session:
        stored = add_corrections(session, prepare(corrections, caller, stored_as, classifier))
    return FeedbackAnswer(
        results=[StoredCorrection(id=one.id, status="stored" if one.new else "known") for one in stored]
    )


def _refuse_too_many(count: int, most: int) -> None:
    if count > most:
        problem = (
            f"holds {count}, more than the {most} that one request may hold (setting OBJECTIONS_MAX_LINES)"
        )
        raise InvalidInputError([InputProblem(where="corrections", problem=problem)])
