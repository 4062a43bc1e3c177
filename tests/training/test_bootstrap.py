"""Intervals: what chance does to figures."""

import numpy as np

from objections.card import Interval
from objections.decision import Verdict
from objections.labels import CATEGORIES, NO_OBJECTION, Category
from objections.phrases import Phrase
from tests.support import make_phrase, make_verdict
from training.bootstrap import find_difference, find_intervals


def _file(right: float, lines: int, seed: int) -> tuple[list[Phrase], list[Verdict]]:
    """Lines of which each is answered rightly with one probability; mistakes go to the next category."""
    random = np.random.default_rng(seed)
    true = [CATEGORIES[number] for number in random.integers(0, 4, lines)]
    answered = [
        name if hit else CATEGORIES[CATEGORIES.index(name) - 1]
        for name, hit in zip(true, random.random(lines) < right, strict=True)
    ]
    return [_phrase(name) for name in true], [make_verdict(name, "КЭВ") for name in answered]


def _phrase(category: Category) -> Phrase:
    return make_phrase(category, "" if category == NO_OBJECTION else "КЭВ")


def test_intervals_hold_the_true_figure_as_often_as_they_say() -> None:
    """About 95 of 100 files drawn from a model whose macro-F1 is 0.8 have 0.8 in their interval."""
    intervals = [find_intervals(*_file(0.8, 400, seed), draws=500).macro_f1 for seed in range(150)]
    held = sum(interval is not None and interval.low <= 0.8 <= interval.high for interval in intervals)
    assert 0.9 <= held / 150 <= 0.99


def test_intervals_are_the_same_every_time() -> None:
    """A report can be made again."""
    file = _file(0.8, 200, 1)
    assert find_intervals(*file) == find_intervals(*file)


def test_more_lines_narrow_the_interval() -> None:
    """Four times the lines, about half the width."""
    few, many = (find_intervals(*_file(0.8, lines, 1)).false_alarms for lines in (500, 2000))
    assert few is not None
    assert many is not None
    assert 1.5 < (few.high - few.low) / (many.high - many.low) < 2.7


def test_a_model_without_mistakes_has_no_spread() -> None:
    """Nothing can be drawn but right answers."""
    intervals = find_intervals(*_file(1.0, 100, 1))
    assert intervals.macro_f1 == Interval(low=1, high=1)
    assert intervals.false_alarms == Interval(low=0, high=0)
    assert intervals.glossary_accuracy == Interval(low=1, high=1)


def test_what_the_file_does_not_hold_has_no_interval() -> None:
    """Nulls, not zeros."""
    intervals = find_intervals([make_phrase(NO_OBJECTION)] * 9, [make_verdict(NO_OBJECTION)] * 9)
    assert intervals.f1 == {**dict.fromkeys(CATEGORIES), NO_OBJECTION: Interval(low=1, high=1)}
    assert intervals.glossary_accuracy is None


def test_a_model_does_not_differ_from_itself() -> None:
    """Pairing takes the noise that both share away."""
    phrases, verdicts = _file(0.8, 300, 1)
    assert find_difference(phrases, verdicts, verdicts) == Interval(low=0, high=0)


def test_pairing_finds_what_single_intervals_hide() -> None:
    """Eight lines of 400 worse: the two intervals overlap widely, that of the difference is below 0."""
    phrases, then = _file(0.8, 400, 1)
    right = [
        n
        for n, (phrase, verdict) in enumerate(zip(phrases, then, strict=True))
        if phrase.category == verdict.category
    ]
    now = list(then)
    for number in right[:8]:
        now[number] = make_verdict(CATEGORIES[CATEGORIES.index(then[number].category) - 1], "КЭВ")
    first, second = (find_intervals(phrases, verdicts).macro_f1 for verdicts in (now, then))
    assert first is not None
    assert second is not None
    assert first.high > second.low
    assert find_difference(phrases, now, then).high < 0
    assert find_difference(phrases, then, now).low > 0
