"""The review queue: doubtful lines, each shown to one person at a time, the most useful first."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from sqlalchemy import (
    and_,
    delete,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session

from objections.errors import ObjectionsError
from objections.text import normalize, words
from service.store.base import hold_writers, now
from service.store.corrections import Correction, NewCorrection, add_corrections
from service.store.review_items import ReviewItem, Skip, is_waiting
from service.store.variety import choose

Answer = Literal["label", "skip", "not_client"]

LOOKED_AT: Final = 300
"""Most doubtful lines among which the most useful ones are chosen."""
ENOUGH_SKIPS: Final = 3
"""People who skip a line before it leaves the queue."""
_RECENT: Final = 50
"""Lines shown or answered lately to which others should not be alike."""


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A line with an answer that is often wrong, its text already masked.

    Attributes
    ----------
    text : str
    category : str
    confidence : float
    term : str or None
    model : str
    speaker, call_id : str or None
    number : int or None
    """

    text: str
    category: str
    confidence: float
    term: str | None
    model: str
    speaker: str | None = None
    call_id: str | None = None
    number: int | None = None

    @property
    def digest(self) -> str:
        """What copies of one phrase share."""
        return hashlib.sha256(
            " ".join(words(normalize(self.text))).encode(errors="surrogatepass")
        ).hexdigest()


class NoSuchItemError(ObjectionsError):
    """There is no line of this number in the queue."""


class AnsweredError(ObjectionsError):
    """Somebody else has the line, or has answered it."""


def offer(session: Session, doubtful: Iterable[Doubtful], most: int, days: int) -> int:
    """Put doubtful lines into the queue; give how many are new.

    A phrase that was ever in the queue is only counted. A full queue keeps the most doubtful lines.

    Parameters
    ----------
    session : Session
    doubtful : iterable of Doubtful
    most : int
        Lines that may wait.
    days : int
        How long a line waits before it expires.
    """
    hold_writers(session, ReviewItem)
    session.execute(delete(ReviewItem).where(ReviewItem.answer.is_(None), ReviewItem.expires <= now()))
    added = 0
    for one in doubtful:
        known = session.scalar(select(ReviewItem).where(ReviewItem.digest == one.digest))
        if known is not None:
            known.seen += 1
            continue
        if _has_room(session, one, most):
            session.add(_row(one, days))
            session.flush()
            added += 1
    return added


def waiting(session: Session) -> int:
    """Count the lines that wait."""
    return session.scalar(select(func.count()).where(is_waiting())) or 0


def take(session: Session, author: str, limit: int, minutes: int) -> list[ReviewItem]:
    """Give a person the most useful lines, and hold them so that nobody else gets them meanwhile.

    A line that the person holds already comes again first, the one held last before others: a page that is
    loaded anew goes on where it was, and what was taken back is there again.

    Parameters
    ----------
    session : Session
    author : str
    limit : int
    minutes : int
        How long the lines are held.
    """
    hold_writers(session, ReviewItem)  # or two people would choose the same line
    moment = now()
    held = session.scalars(
        select(ReviewItem)
        .where(is_waiting(), ReviewItem.held_by == author, ReviewItem.held_until > moment)
        .order_by(ReviewItem.held_until.desc(), ReviewItem.id)
        .limit(limit)
    ).all()
    skipped = exists().where(Skip.item_id == ReviewItem.id, Skip.author == author)
    free = session.scalars(
        select(ReviewItem)
        .where(is_waiting(), or_(ReviewItem.held_until.is_(None), ReviewItem.held_until <= moment), ~skipped)
        .order_by(ReviewItem.doubt.desc(), ReviewItem.id)
        .limit(LOOKED_AT)
    ).all()
    taken = [*held, *choose(free, limit - len(held), _recent_texts(session))]
    for item in taken:
        item.held_by, item.held_until = author, moment + timedelta(minutes=minutes)
    return taken


def answer_item(
    session: Session, item_id: int, author: str, answer: Answer, labels: tuple[str, str] | None = None
) -> ReviewItem:
    """Take the answer of a person; the same answer sent twice counts once.

    Parameters
    ----------
    session : Session
    item_id : int
    author : str
    answer : {"label", "skip", "not_client"}
    labels : tuple of str, optional
        Category and term, for ``label``.

    Raises
    ------
    NoSuchItemError, AnsweredError
    """
    item = _find(session, item_id)
    if item.answer is not None:
        if item.answered_by == author and item.answer == answer and _labels_of(session, item) == labels:
            return item
        raise AnsweredError("this line has been answered; take the next one")
    if item.held_by not in {None, author} and item.held_until is not None and item.held_until > now():
        raise AnsweredError("somebody else has this line; take the next one")
    item.held_by = item.held_until = None
    if answer == "skip":
        _skip(session, item, author)
        return item
    if labels is not None:
        (stored,) = add_corrections(session, [_correction(item, author, labels)])
        item.correction_id = stored.id
    _close(item, author, answer)
    return item


def take_back(session: Session, item_id: int, author: str, minutes: int) -> ReviewItem:
    """Undo the answer of a person: the line waits again, and the person has it.

    Raises
    ------
    NoSuchItemError, AnsweredError
        Where the line is not there, or somebody else has answered it.
    """
    item = _find(session, item_id)
    if item.answer is not None and item.answered_by != author:
        raise AnsweredError("somebody else has answered this line; only that person can undo it")
    correction, item.correction_id = item.correction_id, None
    item.answer = item.answered_by = item.answered = None
    item.held_by, item.held_until = author, now() + timedelta(minutes=minutes)
    session.flush()
    if correction is not None:
        session.execute(delete(Correction).where(Correction.id == correction))
    session.execute(delete(Skip).where(Skip.item_id == item_id, Skip.author == author))
    return item


def answered_count(session: Session, author: str, since: datetime) -> int:
    """Count what a person has answered since a moment."""
    mine = and_(ReviewItem.answered_by == author, ReviewItem.answered >= since)
    return session.scalar(select(func.count()).where(mine)) or 0


def _has_room(session: Session, one: Doubtful, most: int) -> bool:
    if waiting(session) < most:
        return True
    surest = session.scalar(
        select(ReviewItem)
        .where(is_waiting(), ReviewItem.held_by.is_(None))
        .order_by(ReviewItem.doubt)
        .limit(1)
    )
    if surest is None or surest.doubt >= 1 - one.confidence:
        return False
    session.delete(surest)
    session.flush()
    return True


def _row(one: Doubtful, days: int) -> ReviewItem:
    return ReviewItem(
        digest=one.digest,
        text=one.text,
        speaker=one.speaker,
        call_id=one.call_id,
        number=one.number,
        category=one.category,
        confidence=one.confidence,
        term=one.term,
        model=one.model,
        doubt=1 - one.confidence,
        expires=now() + timedelta(days=days),
    )


def _recent_texts(session: Session) -> Sequence[str]:
    """Give what was answered or is held: others should not be more of the same."""
    touched = or_(ReviewItem.answer.is_not(None), ReviewItem.held_until > now())
    latest = func.coalesce(ReviewItem.answered, ReviewItem.held_until).desc()
    return session.scalars(select(ReviewItem.text).where(touched).order_by(latest).limit(_RECENT)).all()


def _find(session: Session, item_id: int) -> ReviewItem:
    item = session.get(ReviewItem, item_id, with_for_update=True)
    if item is None:
        raise NoSuchItemError(f"there is no line {item_id} in the review queue; it may have expired")
    return item


def _labels_of(session: Session, item: ReviewItem) -> tuple[str, str] | None:
    correction = session.get(Correction, item.correction_id) if item.correction_id else None
    return (correction.category, correction.term) if correction else None


def _skip(session: Session, item: ReviewItem, author: str) -> None:
    session.merge(Skip(item_id=item.id, author=author))
    session.flush()
    if (session.scalar(select(func.count()).where(Skip.item_id == item.id)) or 0) >= ENOUGH_SKIPS:
        _close(item, author, "skip")


def _close(item: ReviewItem, author: str, answer: Answer) -> None:
    item.answer, item.answered_by, item.answered = answer, author, now()


def _correction(item: ReviewItem, author: str, labels: tuple[str, str]) -> NewCorrection:
    category, term = labels
    return NewCorrection(
        author=author,
        text=item.text,
        category=category,
        term=term,
        model=item.model,
        answered_category=item.category,
        answered_confidence=item.confidence,
        answered_term=item.term,
        speaker=item.speaker,
        call_id=item.call_id,
        number=item.number,
        source="review",
    )
