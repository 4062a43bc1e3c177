"""The tables of the review queue."""

from datetime import datetime

from sqlalchemy import ColumnElement, Float, ForeignKey, Integer, String, Text, and_
from sqlalchemy.orm import Mapped, mapped_column

from service.store.base import Base, Moment, now
from service.store.corrections import Correction


class ReviewItem(Base):
    """A row of the queue; `answer` is null while it waits."""

    __tablename__ = "review_items"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    text: Mapped[str] = mapped_column(Text)
    speaker: Mapped[str | None] = mapped_column(String(200))
    call_id: Mapped[str | None] = mapped_column(String(200))
    number: Mapped[int | None] = mapped_column(Integer)
    category: Mapped[str] = mapped_column(String(100))
    confidence: Mapped[float] = mapped_column(Float)
    term: Mapped[str | None] = mapped_column(String(100))
    model: Mapped[str] = mapped_column(String(100))
    doubt: Mapped[float] = mapped_column(Float, index=True)
    seen: Mapped[int] = mapped_column(Integer, default=1)
    created: Mapped[datetime] = mapped_column(Moment, default=now)
    expires: Mapped[datetime] = mapped_column(Moment, index=True)
    held_by: Mapped[str | None] = mapped_column(String(200))
    held_until: Mapped[datetime | None] = mapped_column(Moment)
    answer: Mapped[str | None] = mapped_column(String(20), index=True)
    answered_by: Mapped[str | None] = mapped_column(String(200))
    answered: Mapped[datetime | None] = mapped_column(Moment)
    correction_id: Mapped[int | None] = mapped_column(ForeignKey(Correction.id))


class Skip(Base):
    """That a person has skipped a line."""

    __tablename__ = "review_skips"

    item_id: Mapped[int] = mapped_column(ForeignKey(ReviewItem.id, ondelete="CASCADE"), primary_key=True)
    author: Mapped[str] = mapped_column(String(200), primary_key=True)


def is_waiting() -> ColumnElement[bool]:
    """Say which lines wait for an answer."""
    return and_(ReviewItem.answer.is_(None), ReviewItem.expires > now())
