"""A summary as a workbook: the tables of the page, one to a sheet, for sorting and for other charts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from service.report.group import OBJECTIONS, Group
from service.report.sentences import write_headline, write_missing, write_unscored
from service.report.summary import TENTHS, Summary

Cell = str | int | float | date | None
"""A float is a share."""

_NARROW: Final = 12
_WIDEST: Final = 80


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its name."""

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def write_workbook(summary: Summary, out: BinaryIO) -> None:
    """Write the workbook into an open file."""
    # Words stay words: a line of a client that begins with = is no formula, and an address no link.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(out, {**options, "in_memory": True}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        formats: dict[type, Format] = {
            str: book.add_format({"text_wrap": True, "valign": "top"}),
            int: book.add_format({"num_format": "#,##0", "valign": "top"}),
            float: book.add_format({"num_format": "0.0%", "valign": "top"}),
            date: book.add_format({"num_format": "dd.mm.yyyy", "align": "left", "valign": "top"}),
        }
        for sheet in make_sheets(summary):
            _write(book.add_worksheet(sheet.name), sheet, bold, formats)


def make_sheets(summary: Summary) -> list[Sheet]:
    """Make the tables that the file has data for."""
    sheets = [_overview(summary), _categories(summary)]
    if summary.managers:
        rows = [(name, group) for name, group in summary.managers.items()]
        sheets.append(_groups("Менеджеры", "Менеджер", rows, ("имя не указано", summary.unnamed)))
    if summary.step:
        periods = [(period.start, group) for period, group in summary.periods.items()]
        sheets.append(_groups(f"По {summary.step.value}", "Начало", periods, ("без даты", summary.undated)))
    if summary.tenths:
        tenths = [(f"{number} из {TENTHS}", share) for number, share in enumerate(summary.tenths, 1)]
        sheets.append(Sheet("Место в звонке", ("Часть звонка", "Доля возражений"), tenths))
    if summary.wordings:
        sheets.append(_wordings(summary))
    if summary.top_calls:
        sheets.append(_calls(summary))
    terms = [(hint.term, hint.name, hint.lines) for hint in summary.terms]
    sheets.append(Sheet("Глоссарий", ("Термин", "Название", "Реплик"), terms))
    bins = [(start, end, lines) for start, end, lines in summary.confidence_bins]
    sheets.append(Sheet("Уверенность", ("От", "До", "Реплик"), bins))
    return sheets


def _overview(summary: Summary) -> Sheet:
    total, tally = summary.total, summary.tally
    rows: list[tuple[str, Cell]] = [("Главное", write_headline(summary)), ("Файл", summary.title)]
    if total.calls:
        rows += [("Звонков", total.calls), ("Звонков с возражением", total.calls_with_objections)]
    rows += [
        ("Реплик в файле", tally.lines),
        ("Реплик клиентов", total.scored),
        ("Реплик продавца", tally.seller),
        ("Реплик без слов", tally.blank),
        ("Возражений", total.objection_lines),
        ("Возражений среди реплик клиентов", total.line_share),
        ("Модель не уверена", tally.uncertain / tally.scored if tally.scored else None),
        ("Оценка", write_unscored(summary)),
    ]
    rows += [("Чего нет в отчёте", sentence) for sentence in write_missing(summary)]
    return Sheet("Сводка", ("Показатель", "Значение"), rows)


def _categories(summary: Summary) -> Sheet:
    total = summary.total
    rows = [(name, total.objections[name], total.share_of(name)) for name in OBJECTIONS]
    return Sheet("Возражения", ("Возражение", "Реплик", "Доля возражений"), rows)


def _groups(
    name: str,
    first: str,
    groups: Iterable[tuple[str | date, Group]],
    rest: tuple[str, Group],
) -> Sheet:
    named: list[tuple[str | date, Group]] = [*groups]
    if rest[1].scored:
        named.append(rest)
    with_calls = any(group.calls for _, group in named)
    calls = ("Звонков", "Звонков с возражением", "Доля звонков") if with_calls else ()
    rows = [
        (
            key,
            *((group.calls, group.calls_with_objections, group.call_share) if with_calls else ()),
            group.scored,
            group.objection_lines,
            group.line_share,
            *(group.objections[category] for category in OBJECTIONS),
        )
        for key, group in named
    ]
    return Sheet(
        name, (first, *calls, "Реплик клиентов", "Реплик с возражением", "Доля реплик", *OBJECTIONS), rows
    )


def _wordings(summary: Summary) -> Sheet:
    rows = [
        (
            category,
            wording.phrase,
            wording.lines,
            wording.elsewhere,
            "\n".join(e.text for e in wording.examples),
        )
        for category, wordings in summary.wordings.items()
        for wording in wordings
    ]
    header = ("Возражение", "Формулировка", "Реплик", "Остальных реплик с ней", "Примеры")
    return Sheet("Формулировки", header, rows)


def _calls(summary: Summary) -> Sheet:
    rows = [
        (call.id, call.manager, call.day, call.group.objection_lines, line.row, line.category, line.text)
        for call in summary.top_calls
        for line in call.lines
    ]
    header = ("Звонок", "Менеджер", "Дата", "Возражений", "Строка", "Возражение", "Реплика")
    return Sheet("Трудные звонки", header, rows)


def _write(page: Worksheet, sheet: Sheet, bold: Format, formats: dict[type, Format]) -> None:
    for column, title in enumerate(sheet.header):
        page.write_string(0, column, title, bold)
        lengths = [len(str(row[column])) for row in sheet.rows if isinstance(row[column], str)]
        page.set_column(
            column, column, max(_NARROW, len(title) + 2, min(max(lengths, default=0) + 2, _WIDEST))
        )
    for number, row in enumerate(sheet.rows, 1):
        for column, cell in enumerate(row):
            _write_cell(page, number, column, cell, formats)
    page.freeze_panes(1, 1)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.header) - 1)


def _write_cell(page: Worksheet, row: int, column: int, cell: Cell, formats: dict[type, Format]) -> None:
    if isinstance(cell, str):
        page.write_string(row, column, cell, formats[str])
    elif isinstance(cell, date):
        page.write_datetime(row, column, cell, formats[date])
    elif cell is not None:
        page.write_number(row, column, cell, formats[type(cell)])
