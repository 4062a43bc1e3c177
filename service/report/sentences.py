"""What a report says in words, in Russian."""

from collections.abc import Iterator
from typing import Final

from objections.russian import Forms, count, counted, percent
from service.report.group import Group
from service.report.summary import TENTHS, Summary

CALLS: Final[Forms] = ("звонок", "звонка", "звонков")
OF_CALLS: Final[Forms] = ("звонка", "звонков", "звонков")
LINES: Final[Forms] = ("реплика", "реплики", "реплик")
OF_LINES: Final[Forms] = ("реплики", "реплик", "реплик")
IN_LINES: Final[Forms] = ("реплике", "репликах", "репликах")
OBJECTIONS: Final[Forms] = ("возражение", "возражения", "возражений")

ENOUGH_CALLS: Final = 10
"""Of a manager: with fewer a share says little."""
ENOUGH_OBJECTIONS: Final = 10
"""With fewer nothing can be said of their places in a call."""
FEW_CALLS: Final = 3
"""Of a period: with fewer its column is drawn hollow."""


def write_headline(summary: Summary) -> str:
    """Say the main thing in one sentence."""
    total = summary.total
    if not total.scored:
        return "В файле нет ни одной реплики клиента"
    if not total.objection_lines:
        return f"В {counted(total.scored, IN_LINES)} возражений не нашлось"
    main = total.ranked_categories[0]
    most = f"чаще всего – {main} ({percent(total.share_of(main), 0)} возражений)"
    if total.share_of(main) == 1:
        most = f"каждый раз – {main}"
    if total.calls > 1:
        found, of_all = total.calls_with_objections, counted(total.calls, OF_CALLS)
        return f"В {count(found)} из {of_all} клиент возражал; {most}"
    return f"Клиент возражал в {count(total.objection_lines)} из {counted(total.scored, OF_LINES)}; {most}"


def write_halves(summary: Summary) -> str:
    """Say in which half of a call clients object."""
    first = round(100 * sum(summary.tenths[: TENTHS // 2]))
    return (
        f"На первую половину звонка приходится {percent(first / 100, 0)} возражений, "
        f"на вторую – {percent(1 - first / 100, 0)}."
    )


def write_extremes(summary: Summary) -> str | None:
    """Name the managers with the largest and the smallest share; None where there are too few calls."""
    known = [
        (group.call_share, name, group)
        for name, group in summary.managers.items()
        if group.calls >= ENOUGH_CALLS and group.call_share is not None
    ]
    if len(known) < 2:  # noqa: PLR2004 (nothing to compare)
        return None
    (low, low_name, low_group), (high, high_name, high_group) = min(known), max(known)
    if low == high:
        return None
    return (
        f"Самая большая доля звонков с возражением – {high_name}: {_calls_of(high_group)}; "
        f"самая маленькая – {low_name}: {_calls_of(low_group)}."
    )


def write_certainty(summary: Summary) -> str:
    """Say in how many answers the model is not sure."""
    tally, objections = summary.tally, summary.total.objection_lines
    if not tally.uncertain:
        return "Модель уверена во всех ответах."
    share = percent(tally.uncertain / tally.scored)
    of_objections = (
        f" и в {percent(tally.uncertain_objections / objections)} возражений" if objections else ""
    )
    return (
        f"Модель не уверена в {share} реплик{of_objections}: там она ошибается чаще, и решать лучше человеку."
    )


def write_missing(summary: Summary) -> Iterator[str]:
    """Say what the file does not tell, and which column would."""
    table = summary.table
    if not table.has_calls:
        yield (
            "Сколько звонков с возражением, где в звонке возражают и какие звонки самые трудные: "
            "нужен столбец с номером звонка (call_id, звонок, recording_id)."
        )
    elif summary.tenths and summary.total.objection_lines < ENOUGH_OBJECTIONS:
        yield f"Где в звонке возражают: возражений меньше {ENOUGH_OBJECTIONS}, доли были бы случайными."
    if not table.has_managers:
        yield "Как дела у каждого менеджера: нужен столбец с именем (менеджер, manager, сотрудник)."
    elif not summary.managers:
        yield "Как дела у каждого менеджера: столбец с именем есть, но он пуст."
    if not table.has_dates:
        yield "Как возражения меняются со временем: нужен столбец с датой (дата, date, created_at)."
    elif not summary.periods:
        yield (
            "Как возражения меняются со временем: в столбце с датой нет ни одной даты вида "
            "2026-02-01 или 01.02.2026."
        )
    if not table.has_speakers:
        yield (
            "Кто говорит: нужен столбец с говорящим (speaker, спикер, роль). Пока его нет, "
            "реплики продавца считаются вместе с репликами клиента."
        )


def write_unscored(summary: Summary) -> str:
    """Say which lines are not scored."""
    tally = summary.tally
    parts = []
    if tally.seller:
        parts.append(f"продавца – {count(tally.seller)}")
    if tally.blank:
        parts.append(f"без слов – {count(tally.blank)}")
    all_lines = f"Всего в файле {counted(tally.lines, LINES)}"
    return f"{all_lines}, из них не оценены: {', '.join(parts)}." if parts else f"{all_lines}, оценены все."


def _calls_of(group: Group) -> str:
    return (
        f"{count(group.calls_with_objections)} из {count(group.calls)} ({percent(group.call_share or 0, 0)})"
    )
