"""The review queue as a file, for those who label in a spreadsheet or in Label Studio, and back again."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from objections.document import Document
from objections.errors import BadRow, BadRowsError, DataError
from objections.tables.opening import open_table
from objections.tables.table import cell_text
from objections.text import normalize
from objections.transcripts.label_studio import read_labels
from service.correcting import check_labels, fill_term
from service.outputs import open_output
from service.store.review import Answer, AnsweredError, NoSuchItemError, answer_item
from service.store.review_items import ReviewItem, is_waiting
from service.writers import open_writer

COLUMNS: Final = (
    "review_id",
    "text",
    "speaker",
    "category",
    "confidence",
    "glossary",
    "label",
    "term",
    "answer",
)
"""Of the file: what the model says, then the empty columns that a person fills."""
TO_FILL: Final = ("label", "term", "answer")

_ANSWERS: Final[dict[str, Answer]] = {
    "": "label",
    "label": "label",
    "skip": "skip",
    "пропустить": "skip",
    "not_client": "not_client",
    "не клиент": "not_client",
}
_LABEL_STUDIO: Final = ".json"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What became of the rows of a file.

    Attributes
    ----------
    answered, empty, gone : int
        Taken; without an answer; answered by somebody else meanwhile, or no longer in the queue.
    """

    answered: int
    empty: int
    gone: int


@dataclass(frozen=True, slots=True)
class _Filled:
    row: int
    item_id: int
    answer: Answer
    category: str | None
    term: str | None


def export_review(session: Session, target: str, limit: int) -> int:
    """Write the most doubtful lines that wait; give how many. They are not held for anybody.

    Parameters
    ----------
    session : Session
    target : str
        A table of any kind that can be written, or `.json` for tasks of Label Studio.
    limit : int
    """
    items = session.scalars(
        select(ReviewItem).where(is_waiting()).order_by(ReviewItem.doubt.desc(), ReviewItem.id).limit(limit)
    ).all()
    if target.lower().endswith(_LABEL_STUDIO):
        with open_output(target, "utf-8") as out:
            json.dump([_task(item) for item in items], out, ensure_ascii=False, indent=1)
    else:
        with open_writer(target, COLUMNS) as writer:
            writer.write(
                [
                    item.id,
                    item.text,
                    item.speaker,
                    item.category,
                    item.confidence,
                    item.term,
                    *[None] * len(TO_FILL),
                ]
                for item in items
            )
    return len(items)


def import_review(session: Session, path: Path, author: str, categories: Sequence[str]) -> Reviewed:
    """Take the answers of a file; taken twice, they count once.

    Raises
    ------
    DataError
        Where the file cannot be read or is no file of the queue.
    BadRowsError
        Naming every row whose answer is wrong; nothing is taken then.
    """
    try:
        with path.open("rb") as file:
            document = Document(file, str(path))
            is_tasks = document.looks_like_json and not document.is_json_lines
            rows = list(_read_tasks(document) if is_tasks else _read_table(document))
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}") from None
    filled, complaints = _check(rows, categories)
    if complaints:
        raise BadRowsError(path, complaints)
    gone = 0
    for one in filled:
        labels = (one.category, fill_term(one.category, one.term)) if one.category else None
        try:
            answer_item(session, one.item_id, author, one.answer, labels)
        except (AnsweredError, NoSuchItemError):
            gone += 1
    return Reviewed(len(filled) - gone, len(rows) - len(filled), gone)


def _task(item: ReviewItem) -> dict[str, Any]:
    """Make a task with the model's answer as its prediction."""
    choice = {
        "from_name": "label",
        "to_name": "text",
        "type": "choices",
        "value": {"choices": [item.category]},
    }
    return {
        "data": {"review_id": item.id, "text": item.text, "speaker": item.speaker, "glossary": item.term},
        "predictions": [{"model_version": item.model, "score": item.confidence, "result": [choice]}],
    }


_Row = tuple[int, Mapping[str, str]]


def _read_table(document: Document) -> Iterator[_Row]:
    table = open_table(document, text_column="text")
    if missing := [column for column in ("review_id", "label") if column not in table.header]:
        raise DataError(
            f"{document.name} has no column {' and no column '.join(missing)}: "
            "fill in the file that `objections review export` has written"
        )
    for row in table:
        if row.reason is not None:
            raise DataError(f"{document.name}, row {row.number}: {row.reason}")
        yield (
            row.number,
            {name: cell_text(cell).strip() for name, cell in zip(table.header, row.cells, strict=False)},
        )


def _read_tasks(document: Document) -> Iterator[_Row]:
    for task in read_labels(document):
        answer = "skip" if task.cancelled else ""
        yield (
            task.number,
            {
                "review_id": cell_text(task.data.get("review_id")),
                "label": task.category or "",
                "term": task.glossary or "",
                "answer": answer,
            },
        )


def _check(rows: Sequence[_Row], categories: Sequence[str]) -> tuple[list[_Filled], list[BadRow]]:
    filled: list[_Filled] = []
    complaints: list[BadRow] = []
    for number, cells in rows:
        answer = _ANSWERS.get(normalize(cells.get("answer", "")))
        category, term = cells.get("label") or None, cells.get("term") or None
        if answer is None:
            complaints.append(
                BadRow(number, "answer", f"is not one of: {', '.join(filter(None, _ANSWERS))}, or empty")
            )
        elif answer == "label" and category is None and term is None:
            continue  # nobody has answered
        elif not cells["review_id"].isdecimal():
            complaints.append(BadRow(number, "review_id", "is no number of a line in the queue"))
        elif answer == "label":
            wrong = list(check_labels("", category, term, categories))
            complaints += [BadRow(number, _COLUMN_OF[one.where], one.problem) for one in wrong]
            filled += [] if wrong else [_Filled(number, int(cells["review_id"]), answer, category, term)]
        else:
            filled.append(_Filled(number, int(cells["review_id"]), answer, None, None))
    return filled, complaints


_COLUMN_OF: Final = {"category": "label", "glossary": "term"}
"""Where a request says category and glossary, the file says label and term: the model has the others."""
