"""Corrections: what people say that an answer should have been."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Float, Integer, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from objections.errors import ObjectionsError
from objections.text import normalize
from service.store.base import Base, Moment, hold_writers, now


class KeyReusedError(ObjectionsError):
    """A key that was sent with one correction came again with another.

    Parameters
    ----------
    place : int
        Which of the corrections sent it is.
    """

    def __init__(self, place: int) -> None:
        self.place = place
        super().__init__(
            "the id was sent before with another correction: give each correction an id of its own"
        )


class Correction(Base):
    """A row of the table of corrections. Nothing is ever overwritten: the latest of a line counts."""

    __tablename__ = "corrections"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    line: Mapped[str] = mapped_column(String(64), index=True)
    author: Mapped[str] = mapped_column(String(200), index=True)
    text: Mapped[str] = mapped_column(Text)
    speaker: Mapped[str | None] = mapped_column(String(200))
    call_id: Mapped[str | None] = mapped_column(String(200))
    number: Mapped[int | None] = mapped_column(Integer)
    answered_category: Mapped[str | None] = mapped_column(String(100))
    answered_confidence: Mapped[float | None] = mapped_column(Float)
    answered_term: Mapped[str | None] = mapped_column(String(100))
    model: Mapped[str] = mapped_column(String(100))
    category: Mapped[str] = mapped_column(String(100))
    term: Mapped[str] = mapped_column(String(100))
    source: Mapped[str] = mapped_column(String(20))
    created: Mapped[datetime] = mapped_column(Moment, default=now)


@dataclass(frozen=True, slots=True)
class NewCorrection:
    """A correction as it comes in, its text already masked.

    Attributes
    ----------
    author : str
        Who corrects.
    text : str
    category, term : str
        What is right; `labels.NO_TERM` where no entry helps.
    model : str
        The model that gave the answer.
    answered_category, answered_term : str or None
    answered_confidence : float or None
        The answer that is corrected.
    speaker, call_id : str or None
    number : int or None
        Which line of the call.
    id : str or None
        The sender's own name for this correction: sent twice, it counts once.
    source : str
        ``api``, ``review`` or ``import``.
    """

    author: str
    text: str
    category: str
    term: str
    model: str
    answered_category: str | None = None
    answered_confidence: float | None = None
    answered_term: str | None = None
    speaker: str | None = None
    call_id: str | None = None
    number: int | None = None
    id: str | None = None
    source: str = "api"

    @property
    def line(self) -> str:
        """What names the line: its place in a call, else its words."""
        place = (self.call_id, self.number) if self.call_id and self.number is not None else None
        return _digest(*place) if place else _digest("", normalize(self.text))

    @property
    def labels(self) -> tuple[str, str]:
        """Category and term."""
        return self.category, self.term


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a correction.

    Attributes
    ----------
    id : int
        Of the row.
    new : bool
        False where it was known already.
    """

    id: int
    new: bool


def add_corrections(session: Session, corrections: Sequence[NewCorrection]) -> list[Stored]:
    """Store corrections; one that was sent before, or says what the latest one says, is known already.

    Raises
    ------
    KeyReusedError
        Where an id comes again with other words or labels.
    """
    hold_writers(session, Correction)
    return [_add(session, place, correction) for place, correction in enumerate(corrections)]


def latest_corrections(session: Session) -> Iterator[Correction]:
    """Give the latest correction of each line by each person, in the order in which they came."""
    last = select(func.max(Correction.id)).group_by(Correction.author, Correction.line)
    return iter(session.scalars(select(Correction).where(Correction.id.in_(last)).order_by(Correction.id)))


def labelled_lines(session: Session) -> tuple[list[Correction], int]:
    """Give one correction for each text, the latest of all, and count the texts on which people disagree."""
    found: dict[str, Correction] = {}
    disputed = set()
    for correction in latest_corrections(session):
        words = normalize(correction.text)
        other = found.pop(words, None)
        if other is not None and (other.category, other.term) != (correction.category, correction.term):
            disputed.add(words)
        found[words] = correction
    return list(found.values()), len(disputed)


def _add(session: Session, place: int, new: NewCorrection) -> Stored:
    key = _digest(new.author, new.id) if new.id is not None else uuid4().hex
    if new.id is not None:
        same_key = session.scalar(select(Correction).where(Correction.key == key))
        if same_key is not None:
            if (same_key.line, same_key.category, same_key.term) != (new.line, *new.labels):
                raise KeyReusedError(place)
            return Stored(same_key.id, new=False)
    else:
        mine = Correction.author == new.author, Correction.line == new.line
        latest = session.scalar(select(Correction).where(*mine).order_by(Correction.id.desc()).limit(1))
        if latest is not None and (latest.category, latest.term) == new.labels:
            return Stored(latest.id, new=False)
    row = Correction(
        key=key,
        line=new.line,
        author=new.author,
        text=new.text,
        speaker=new.speaker,
        call_id=new.call_id,
        number=new.number,
        answered_category=new.answered_category,
        answered_confidence=new.answered_confidence,
        answered_term=new.answered_term,
        model=new.model,
        category=new.category,
        term=new.term,
        source=new.source,
    )
    session.add(row)
    session.flush()
    return Stored(row.id, new=True)


def _digest(*parts: object) -> str:
    return hashlib.sha256("\0".join(map(str, parts)).encode(errors="surrogatepass")).hexdigest()
