"""Label Studio: its exports JSON and JSON_MIN, as lines to read and as labels to learn from."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import AliasChoices, Field, RootModel

from objections.document import Document
from objections.errors import DataError
from objections.line import Line
from objections.text import normalize
from objections.transcripts.format import Format
from objections.transcripts.parts import Listed, Name, Part, as_name


def _folded(*names: str) -> tuple[str, ...]:
    """Read the names of fields as `normalize` does, so that case cannot hide one."""
    return tuple(map(normalize, names))


_TEXT: Final = "text"
_TEXTS: Final = _folded(
    *("текст", "phrase", "фраза", "реплика", "utterance", "line", "message", "сообщение", "transcript"),
    *("transcription", "транскрипт", "расшифровка", "$undefined$"),
)
"""Other fields that hold the words; the last is that of tasks imported as bare strings."""
_SPEAKER: Final = _folded("speaker", "спикер", "role", "роль", "говорящий", "кто говорит")
_CALL: Final = _folded("call_id", "call", "звонок", "id звонка")
_CATEGORY: Final = _folded("label", "category", "категория")
_GLOSSARY: Final = _folded("glossary", "term", "глоссарий", "термин")
_ABOUT_ROW: Final = {"annotator", "created_at", "updated_at", "lead_time"}
"""Columns that JSON_MIN adds to the data of a task, beside `id` and `annotation_id`."""


@dataclass(frozen=True, slots=True)
class LabelledTask:
    """A task with what was chosen for it.

    Attributes
    ----------
    number : int
        Which task of the file it is, from 1.
    text : str
    category, glossary : str or None
        As chosen, unchecked; None where nothing was; several choices are joined by commas, which no label
        has.
    cancelled : bool
        Whether everybody who saw it skipped it.
    speaker, call_id : str or None
    data : mapping
        All fields that the task was imported with.
    """

    number: int
    text: str
    category: str | None
    glossary: str | None
    cancelled: bool
    speaker: str | None
    call_id: str | None
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Opinion:
    """What one person chose for a task, and how much that counts."""

    category: str | None
    glossary: str | None
    cancelled: bool = False
    ground_truth: bool = False
    time: str = ""


@dataclass(frozen=True, slots=True)
class _Task:
    """A task of either export; `judged` are the fields that the choices are about, where it says so."""

    where: str
    data: Mapping[str, Any]
    opinions: list[_Opinion] = field(default_factory=list)
    judged: list[str] = field(default_factory=list)


class _Result(Part):
    from_name: Name = None
    to_name: Name = None
    value: Any = None


class _Annotation(Part):
    result: Listed[_Result] = Field(default_factory=list)
    was_cancelled: bool | None = Field(None, validation_alias=AliasChoices("was_cancelled", "skipped"))
    ground_truth: bool | None = None
    created_at: Name = None
    updated_at: Name = None

    def opinion(self) -> _Opinion:
        """Read what this person chose."""
        chosen: dict[str, list[str]] = defaultdict(list)
        for result in self.result:
            chosen[normalize(result.from_name or "")] += _choices(result.value)
        return _Opinion(
            _pick(chosen, _CATEGORY),
            _pick(chosen, _GLOSSARY),
            bool(self.was_cancelled),
            bool(self.ground_truth),
            self.updated_at or self.created_at or "",
        )


class _Exported(Part):
    """A task of the JSON export."""

    data: dict[str, Any]
    annotations: Listed[_Annotation] = Field([], validation_alias=AliasChoices("annotations", "completions"))


class _Row(RootModel[dict[str, Any]]):
    """A row of JSON_MIN: a task's data, what one person chose, and who and when."""


def read_labels(document: Document) -> Iterator[LabelledTask]:
    """Read a JSON or JSON_MIN export with its labels.

    Of several annotations of a task the one marked as ground truth counts, else the latest that was not
    skipped.

    Raises
    ------
    DataError
        Where the document is no such export, or a task has no text; names the task.
    """
    tasks = list(_read_min(document) if _recognizes_min(document) else _read_tasks(document))
    judged = Counter(name for task in tasks for name in task.judged)
    text_fields = [_TEXT, *(normalize(name) for name, _ in judged.most_common()), *_TEXTS]
    for number, task in enumerate(tasks, 1):
        fields = {normalize(name): value for name, value in task.data.items()}
        opinion = _choose(task.opinions)
        yield LabelledTask(
            number,
            _find_text(document, task, fields, text_fields),
            opinion.category if opinion else None,
            opinion.glossary if opinion else None,
            bool(task.opinions) and opinion is None,
            _find_name(fields, _SPEAKER),
            _find_name(fields, _CALL),
            task.data,
        )


def _read(document: Document) -> Iterator[Line]:
    for task in read_labels(document):
        yield Line(task.text, task.speaker, call_id=task.call_id)


def _recognizes(document: Document) -> bool:
    task = document.first_object
    return isinstance(task.get("data"), dict) and any(
        isinstance(task.get(name), list) for name in ("annotations", "completions", "predictions")
    )


def _recognizes_min(document: Document) -> bool:
    row = document.first_object.keys()
    return "annotation_id" in row and not row.isdisjoint(_ABOUT_ROW)


def _read_tasks(document: Document) -> Iterator[_Task]:
    for value, where, _ in document.objects():
        exported = document.check(_Exported, value, where)
        opinions = [annotation.opinion() for annotation in exported.annotations]
        results = (result for annotation in exported.annotations for result in annotation.result)
        yield _Task(where, exported.data, opinions, [result.to_name for result in results if result.to_name])


def _read_min(document: Document) -> Iterator[_Task]:
    """Gather the rows of each task: there is one for each annotation."""
    tasks: dict[object, _Task] = {}
    for value, where, _ in document.objects():
        row = document.check(_Row, value, where).root
        folded = {normalize(column): cell for column, cell in row.items()}
        chosen = {name: list(_choices(folded.get(name))) for name in (*_CATEGORY, *_GLOSSARY)}
        time = as_name(row.get("updated_at")) or as_name(row.get("created_at")) or ""
        opinion = _Opinion(_pick(chosen, _CATEGORY), _pick(chosen, _GLOSSARY), time=time)
        data = {column: cell for column, cell in row.items() if _is_data(column)}
        words = frozenset((column, cell) for column, cell in data.items() if isinstance(cell, str))
        key = (as_name(row.get("id")) or where, words)  # files of two projects use the same ids
        tasks.setdefault(key, _Task(where, data)).opinions.append(opinion)
    yield from tasks.values()


def _is_data(column: str) -> bool:
    """Whether a column of JSON_MIN was imported with the task."""
    about_row = column in {"id", "annotation_id", "agreement", *_ABOUT_ROW}
    return not about_row and normalize(column) not in {*_CATEGORY, *_GLOSSARY}


def _choose(opinions: list[_Opinion]) -> _Opinion | None:
    """Choose the opinion that counts; None where all who saw the task skipped it, or nobody did."""
    counting = [opinion for opinion in opinions if not opinion.cancelled]
    # Reversed, for of equal ones max() takes the first, and the last is meant.
    return max(reversed(counting), key=lambda opinion: (opinion.ground_truth, opinion.time), default=None)


def _pick(chosen: Mapping[str, Sequence[str]], names: Iterable[str]) -> str | None:
    """Take what was chosen under the first of the names under which anything was."""
    return next((", ".join(chosen[name]) for name in names if chosen.get(name)), None)


def _find_name(fields: Mapping[str, Any], names: Iterable[str]) -> str | None:
    return next(filter(None, (as_name(fields.get(name)) for name in names)), None)


def _find_text(document: Document, task: _Task, fields: Mapping[str, Any], names: Iterable[str]) -> str:
    """Find the words by the names given, else in the only field that holds words at all."""
    for name in names:
        if name in fields and isinstance(fields[name], str | int | float | None):
            return "" if fields[name] is None else str(fields[name])
    others = [
        value for name, value in fields.items() if isinstance(value, str) and name not in {*_SPEAKER, *_CALL}
    ]
    if len(others) == 1:
        return others[0]
    place = f", {task.where}" if task.where else ""
    raise DataError(
        f"{document.name}{place}: no text: the fields of its data are {', '.join(task.data) or 'none'}; "
        "name the one that holds the words «text» when the tasks are imported"
    )


def _choices(cell: object) -> Iterator[str]:
    """Read what was chosen: a name, ``{"choices": […]}``, a list of either, or one of these as a string."""
    if isinstance(cell, str) and cell.startswith(("{", "[")):
        try:
            cell = json.loads(cell)
        except (ValueError, RecursionError):
            yield str(cell)
            return
    for item in cell if isinstance(cell, list) else [cell]:
        chosen = item.get("choices") if isinstance(item, dict) else item
        names = map(as_name, chosen if isinstance(chosen, list) else [chosen])
        yield from filter(None, names)


FORMATS: Final = (
    Format("label-studio", "Label Studio JSON", _recognizes, _read),
    Format("label-studio-min", "Label Studio JSON_MIN", _recognizes_min, _read),
)
