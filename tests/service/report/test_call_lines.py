"""Objections held by call."""

from objections.labels import Category
from service.report.call_lines import CallLines
from service.report.scored import ScoredLine


def _line(call: str | None, text: str, row: int = 2, category: Category | None = "цена") -> ScoredLine:
    return ScoredLine(row, text, call, None, None, category, 0.9, uncertain=False, term="")


def test_lines_stand_in_the_order_of_the_file() -> None:
    """Masked."""
    lines = CallLines()
    for row, text in enumerate(["дорого", "звоните 89000000000"]):
        lines.add(_line("1", text, row))
    assert [(line.row, line.text) for line in lines.of("1")] == [(0, "дорого"), (1, "звоните [телефон]")]
    assert lines.of("2") == []


def test_a_monologue_is_cut_at_a_space_after_masking() -> None:
    """So that half a number is never shown."""
    lines = CallLines()
    lines.add(_line("1", "слово " * 38 + "89000000000 и дальше"))
    (line,) = lines.of("1")
    assert line.text.endswith("слово [телефон] и …")


def test_lines_without_call_or_answer_are_not_held() -> None:
    """There is no place to show them."""
    lines = CallLines()
    lines.add(_line(None, "дорого"))
    lines.add(_line("1", "да", category=None))
    assert lines.of("1") == []


def test_calls_with_few_objections_are_let_go() -> None:
    """Where more lines are held than may be."""
    lines = CallLines(most_held=100, kept_calls=2)
    for _ in range(20):
        lines.add(_line("many", "дорого"))
        lines.add(_line("more", "дорого"))
    for number in range(200):
        lines.add(_line(f"few {number}", "дорого"))
    assert (len(lines.of("many")), len(lines.of("more")), lines.of("few 0")) == (20, 20, [])
    assert lines.of("few 199")
