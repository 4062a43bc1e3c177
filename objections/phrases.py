"""Labelled phrases: what the model learns from, checked row by row against the guide."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from objections.document import Document
from objections.encoding import is_broken
from objections.errors import BadRow, BadRowsError, DataError
from objections.labels import CATEGORIES, DEFAULT_TERM, NO_OBJECTION, NO_TERM, TERMS, Category
from objections.tables.delimited import DelimitedTable
from objections.tables.opening import open_table
from objections.tables.table import Row, Table, cell_text
from objections.text import is_blank, normalize
from objections.transcripts.labelled_tasks import TaskTable, is_labelled

REQUIRED: Final = ("text", "category")
SPEAKERS: Final = ("client", "seller")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One labelled line.

    Attributes
    ----------
    text : str
    category : Category
    glossary : str
        A term, or `labels.NO_TERM`.
    source : str
        The batch it was written in; empty where the file does not say.
    row : int
        Where it stands in its file.
    speaker, industry, channel : str
        As the file has them; empty where it does not say.
    weight : float
        How many lines it counts as when a model is fitted.
    """

    text: str
    category: Category
    glossary: str
    source: str
    row: int
    speaker: str = ""
    industry: str = ""
    channel: str = ""
    weight: float = 1.0


def read_phrases(path: Path, categories: Sequence[str] = CATEGORIES) -> list[Phrase]:
    """Read a labelled table and check every row; its categories must be among `categories`.

    Raises
    ------
    DataError
        Where the file is missing, is no table, lacks a column or has no lines.
    BadRowsError
        Naming all bad rows at once: row, column, value and the allowed values; a contradiction
        names both rows.
    """
    phrases, complaints = check_phrases(path, categories)
    if complaints:
        raise BadRowsError(path, complaints)
    return phrases


def check_phrases(path: Path, categories: Sequence[str] = CATEGORIES) -> tuple[list[Phrase], list[BadRow]]:
    """Read a labelled table; give the rows that are well-formed and a complaint for each thing that is wrong.

    Raises
    ------
    DataError
        Where the file is missing, is no table, lacks a column or has no lines.
    """
    try:
        with path.open("rb") as file:
            table = _open(Document(file, str(path)))
            rows = list(table)
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}") from None
    if not rows:
        raise DataError(f"{path} has a header and no lines")
    phrases: list[Phrase] = []
    complaints: list[BadRow] = []
    for row in rows:
        cells = dict(zip(table.header, map(cell_text, row.cells), strict=False))
        n_cells = _count_cells(row, table)
        if n_cells != len(table.header):
            reason = row.reason or f"has {n_cells} cells, the header {len(table.header)}"
            complaints.append(BadRow(row.number, "", reason))
        elif wrong := list(_check(row.number, cells, categories)):
            complaints += wrong
        else:
            phrases.append(_phrase(row.number, cells))
    complaints += _contradictions(phrases)
    return phrases, sorted(complaints, key=lambda complaint: complaint.row)


def _open(document: Document) -> Table:
    if is_labelled(document):
        return TaskTable(document)
    table = open_table(document, text_column="text")
    if missing := [column for column in REQUIRED if column not in table.header]:
        raise DataError(
            f"{document.name} has no column {' and no column '.join(missing)}; "
            f"a labelled file needs {', '.join(REQUIRED)}, its columns are {', '.join(table.header)}"
        )
    return table


def _count_cells(row: Row, table: Table) -> int:
    """Count the cells that a row has in its file: delimited text may end a row early."""
    if isinstance(table, DelimitedTable) and None in row.cells:
        return row.cells.index(None)
    return len(row.cells)


def _check(row: int, cells: Mapping[str, str], categories: Sequence[str]) -> Iterator[BadRow]:
    category, term, speaker = cells["category"], cells.get("glossary"), cells.get("speaker", "")
    if is_blank(cells["text"]):
        yield BadRow(row, "text", "is empty")
    if is_broken(cells["text"]):
        yield BadRow(row, "text", "holds bytes that are no text; save the file as UTF-8")
    if category not in categories:
        yield BadRow(row, "category", f"«{category}» is not one of: {', '.join(categories)}")
    if term is not None and term not in {NO_TERM, *TERMS}:
        yield BadRow(row, "glossary", f"«{term}» is not one of: {', '.join(TERMS)}, or empty")
    elif category in categories:
        yield from _check_term(row, category, term)
    if speaker not in {"", *SPEAKERS}:
        yield BadRow(row, "speaker", f"«{speaker}» is not one of: {', '.join(SPEAKERS)}, or empty")
    if speaker == "seller" and category in categories and category != NO_OBJECTION:
        yield BadRow(row, "category", f"«{category}» said by the seller; must be {NO_OBJECTION}")


def _check_term(row: int, category: str, term: str | None) -> Iterator[BadRow]:
    if term == NO_TERM and category != NO_OBJECTION:
        yield BadRow(row, "glossary", f"is empty; «{category}» needs one of: {', '.join(TERMS)}")
    if term == DEFAULT_TERM and category == NO_OBJECTION:
        yield BadRow(row, "glossary", f"«{term}» is for objections; name another term or leave it empty")


def _phrase(row: int, cells: Mapping[str, str]) -> Phrase:
    category = cast("Category", cells["category"])
    default = NO_TERM if category == NO_OBJECTION else DEFAULT_TERM
    return Phrase(
        text=cells["text"],
        category=category,
        glossary=cells.get("glossary", default),
        source=cells.get("source", ""),
        row=row,
        speaker=cells.get("speaker", ""),
        industry=cells.get("industry", ""),
        channel=cells.get("channel", ""),
    )


def _contradictions(phrases: Sequence[Phrase]) -> Iterator[BadRow]:
    """Yield each row whose text stands above with another label."""
    first: dict[str, Phrase] = {}
    for phrase in phrases:
        other = first.setdefault(normalize(phrase.text), phrase)
        if other.category != phrase.category:
            yield BadRow(
                phrase.row,
                "category",
                f"«{phrase.category}», but row {other.row} has the same text as «{other.category}»",
            )
        elif other.glossary != phrase.glossary:
            yield BadRow(
                phrase.row,
                "glossary",
                f"«{phrase.glossary}», but row {other.row} has the same text as «{other.glossary}»",
            )
