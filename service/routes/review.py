"""Doubtful lines out, what people say of them in."""

from datetime import UTC, datetime
from typing import Annotated, cast

from fastapi import APIRouter, Path, Query

from service.correcting import NOBODY, check_labels, fill_term
from service.correction_schemas import Name, ReviewAnswer, ReviewedLine, ReviewLine, ReviewVerdict
from service.dependencies import Caller, CurrentClassifier, CurrentDatabase, CurrentSettings
from service.problems import BAD_REQUEST, CONFLICT, NOT_FOUND, UNPROCESSABLE, InvalidInputError, document
from service.store.review import Answer, answer_item, answered_count, take, take_back, waiting
from service.store.review_items import ReviewItem

router = APIRouter(prefix="/v1/review", tags=["corrections"], responses=document(BAD_REQUEST, UNPROCESSABLE))

Author = Annotated[Name | None, Query(description="Who reviews, where the API key does not say it.")]
ItemId = Annotated[int, Path(ge=1, le=2**31 - 1, description="Number of the line in the queue.")]


@router.get("", summary="The most useful doubtful lines")
def get_review(
    settings: CurrentSettings,
    database: CurrentDatabase,
    caller: Caller,
    author: Author = None,
    limit: Annotated[int, Query(ge=1, le=100, description="How many lines.")] = 1,
) -> ReviewAnswer:
    """Give the most doubtful lines that are not alike, and hold them: nobody else gets them meanwhile."""
    reviewer = caller or author or NOBODY
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    with database.session() as session:
        items = take(session, reviewer, limit, settings.review_lease_minutes)
        return ReviewAnswer(
            lines=[_line(item) for item in items],
            waiting=waiting(session),
            answered_today=answered_count(session, reviewer, midnight),
        )


@router.post("/{item_id}", summary="Answer a line", responses=document(CONFLICT, NOT_FOUND))
def post_review(
    item_id: ItemId,
    body: ReviewVerdict,
    database: CurrentDatabase,
    classifier: CurrentClassifier,
    caller: Caller,
) -> ReviewedLine:
    """Label a line, skip it, or say that no client spoke. The same answer sent twice counts once."""
    labels = None
    if body.answer == "label":
        if problems := list(check_labels("", body.category, body.glossary, classifier.categories)):
            raise InvalidInputError(problems)
        labels = (str(body.category), fill_term(str(body.category), body.glossary))
    with database.session() as session:
        item = answer_item(session, item_id, caller or body.author or NOBODY, body.answer, labels)
        return _reviewed(item)


@router.delete("/{item_id}/answer", summary="Take an answer back", responses=document(CONFLICT, NOT_FOUND))
def delete_answer(
    item_id: ItemId,
    settings: CurrentSettings,
    database: CurrentDatabase,
    caller: Caller,
    author: Author = None,
) -> ReviewedLine:
    """Undo one's own answer: the line waits again, and one has it."""
    with database.session() as session:
        item = take_back(session, item_id, caller or author or NOBODY, settings.review_lease_minutes)
        return _reviewed(item)


def _line(item: ReviewItem) -> ReviewLine:
    return ReviewLine(
        id=item.id,
        text=item.text,
        speaker=item.speaker,
        category=item.category,
        confidence=item.confidence,
        glossary=item.term,
        model=item.model,
        seen=item.seen,
    )


def _reviewed(item: ReviewItem) -> ReviewedLine:
    return ReviewedLine(id=item.id, answer=cast("Answer | None", item.answer))
