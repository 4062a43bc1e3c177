"""Counting: small files counted by hand."""

from datetime import date, timedelta

import pytest

from objections.labels import DOUBT, NO_OBJECTION, PRICE, REFUSAL
from service.report.dates import Step
from service.report.group import OBJECTIONS
from service.report.summary import SHOWN_CALLS, SHOWN_LINES
from tests.service.report.conftest import Summarize
from tests.support import make_scored

TWO_CALLS = make_scored(
    [
        "1,02.02.2026,Анна,Менеджер,добрый день",
        "1,02.02.2026,Анна,Клиент,дорого|цена",
        "1,02.02.2026,Анна,Менеджер,понимаю",
        "1,02.02.2026,Анна,Клиент,не надо|отказ",
        "2,03.02.2026,Борис,Клиент,алло|нет возражения",
        "2,03.02.2026,Борис,Клиент,",
        "3,вчера,Борис,Клиент,скидка будет?|цена",
        ",,,Клиент,да|нет возражения",
    ]
)


def test_lines_are_counted_by_what_became_of_them(summary_of: Summarize) -> None:
    """Scored, the seller's, without words."""
    tally = summary_of(TWO_CALLS).tally
    assert (tally.lines, tally.scored, tally.seller, tally.blank) == (8, 5, 2, 1)
    assert tally.categories == {PRICE: 2, REFUSAL: 1, NO_OBJECTION: 2}


def test_calls_with_an_objection_are_counted(summary_of: Summarize) -> None:
    """A line without a call belongs to none."""
    total = summary_of(TWO_CALLS).total
    assert (total.calls, total.calls_with_objections, total.scored) == (3, 2, 5)
    assert total.objections == {REFUSAL: 1, DOUBT: 0, PRICE: 2}
    assert (total.call_share, total.line_share) == (2 / 3, 3 / 5)
    assert total.ranked_categories == [PRICE, REFUSAL]


def test_managers_have_their_calls(summary_of: Summarize) -> None:
    """Those with most calls first; what names nobody stands apart."""
    summary = summary_of(TWO_CALLS)
    assert [(name, group.calls, group.calls_with_objections) for name, group in summary.managers.items()] == [
        ("Борис", 2, 1),
        ("Анна", 1, 1),
    ]
    assert (summary.unnamed.calls, summary.unnamed.scored) == (0, 1)


def test_days_have_their_calls_and_bad_dates_stand_apart(summary_of: Summarize) -> None:
    """Every day from the first to the last."""
    summary = summary_of(TWO_CALLS)
    assert [(period.start.day, group.calls) for period, group in summary.periods.items()] == [(2, 1), (3, 1)]
    assert (summary.undated.calls, summary.undated.scored) == (1, 2)
    assert (summary.first_day, summary.last_day) == (date(2026, 2, 2), date(2026, 2, 3))


def test_one_row_may_name_manager_and_day_for_a_whole_call(summary_of: Summarize) -> None:
    """Wherever in the call it stands."""
    summary = summary_of(make_scored(["1,,,Клиент,дорого|цена", "1,01.02.2026,Анна,Менеджер,понимаю"]))
    assert summary.managers["Анна"].objections[PRICE] == 1
    assert summary.undated.scored == summary.unnamed.scored == 0


def test_calls_may_be_interleaved(summary_of: Summarize) -> None:
    """A file need not be sorted by call."""
    rows = ["1,,,,да|нет возражения", "2,,,,да|нет возражения", "1,,,,дорого|цена", "2,,,,да|нет возражения"]
    total = summary_of(make_scored(rows)).total
    assert (total.calls, total.calls_with_objections) == (2, 1)


def test_without_calls_lines_are_counted_for_managers_and_days(summary_of: Summarize) -> None:
    """Shares are of lines then."""
    rows = [
        "01.02.2026,Анна,дорого|цена",
        "01.02.2026,Анна,да|нет возражения",
        "02.02.2026,Борис,да|нет возражения",
    ]
    summary = summary_of(make_scored(rows, "date,manager,text"))
    assert {name: group.line_share for name, group in summary.managers.items()} == {"Анна": 0.5, "Борис": 0}
    assert [group.line_share for group in summary.periods.values()] == [0.5, 0]
    assert (summary.total.calls, summary.tenths, summary.top_calls) == (0, [], [])


def test_the_place_of_an_objection_counts_all_lines_of_the_call(summary_of: Summarize) -> None:
    """The third of ten lines lies in the third tenth."""
    rows = [f"1,,,,{'дорого|цена' if number == 2 else 'да|нет возражения'}" for number in range(10)]
    assert summary_of(make_scored(rows)).tenths == [0, 0, 1, 0, 0, 0, 0, 0, 0, 0]


def test_a_line_of_a_short_call_is_spread_over_the_tenths_it_covers(summary_of: Summarize) -> None:
    """The second of four covers from 2.5 to 5."""
    rows = [f"1,,,,{'дорого|цена' if number == 1 else 'да|нет возражения'}" for number in range(4)]
    assert summary_of(make_scored(rows)).tenths == pytest.approx([0, 0, 0.2, 0.4, 0.4, 0, 0, 0, 0, 0])


def test_the_tenths_make_up_the_whole(summary_of: Summarize) -> None:
    """For calls of any length."""
    rows = [f"{length},,,,дорого|цена" for length in range(1, 30) for _ in range(length)]
    tenths = summary_of(make_scored(rows)).tenths
    assert sum(tenths) == pytest.approx(1)
    assert tenths == pytest.approx([0.1] * 10)


def test_terms_are_counted_with_their_names(summary_of: Summarize) -> None:
    """A term that the glossary does not have is counted under its own."""
    content = make_scored(["1,,,,дорого|цена", "1,,,,не надо|отказ", "1,,,,странно|отказ"])
    summary = summary_of(content.replace("Возражение\n".encode(), "ЛПР\n".encode(), 1))
    assert [(hint.term, hint.lines) for hint in summary.terms] == [("Возражение", 2), ("ЛПР", 1)]
    assert summary.terms[1].name == "Лицо, принимающее решение"


def test_confidence_is_counted_in_tenths(summary_of: Summarize) -> None:
    """From one half on, or the lowest that occurs; certainty itself belongs to the last."""
    content = make_scored(["1,,,,а|цена", "1,,,,б|цена", "1,,,,в|цена"])
    content = content.replace(b"0.91,false", b"0.75,true", 1).replace(b"0.91", b"1.0", 1)
    summary = summary_of(content)
    assert [lines for _, _, lines in summary.confidence_bins] == [0, 0, 1, 0, 2]
    assert summary.confidence_bins[2][:2] == (0.7, 0.8)
    assert len(summary_of(content.replace(b"0.75", b"0.31")).confidence_bins) == 7
    assert (summary.tally.uncertain, summary.tally.uncertain_objections) == (1, 1)


def test_calls_with_most_objections_come_with_their_lines(summary_of: Summarize) -> None:
    """Masked, with the row and what is left out."""
    rows = [f"{call},,,Клиент,дорого {call}|цена" for call in range(1, 12) for _ in range(call)]
    rows.append("звонок 8 900 000-00-00,,,Клиент,пишите a@b.ru|отказ")
    first, *others = summary_of(make_scored(rows)).top_calls
    assert (first.id, first.group.objection_lines, len(first.lines), first.left_out) == (
        "11",
        11,
        SHOWN_LINES,
        3,
    )
    assert [call.id for call in others] == ["10", "9", "8", "7"]
    assert len(others) + 1 == SHOWN_CALLS
    (personal,) = summary_of(make_scored(rows[-1:])).top_calls
    assert (personal.id, personal.lines[0].text, personal.lines[0].row) == (
        "звонок [телефон]",
        "пишите [почта]",
        2,
    )


def test_a_file_without_rows_has_a_summary(summary_of: Summarize) -> None:
    """Nothing is divided by zero."""
    summary = summary_of(make_scored([]))
    assert (summary.total.scored, summary.total.call_share, summary.tenths) == (0, None, [])
    assert summary.total.share_of(OBJECTIONS[0]) == 0


def test_months_of_calls_are_shown_by_week(summary_of: Summarize) -> None:
    """So that the columns stay readable."""
    days = [date(2026, 1, 1) + timedelta(7 * week) for week in range(10)]
    summary = summary_of(make_scored([f"{day},{day},,,да|нет возражения" for day in days]))
    assert (summary.step, len(summary.periods)) == (Step.WEEK, 10)
