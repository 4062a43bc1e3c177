"""Who is left out."""

from dataclasses import replace
from typing import Any

from objections.phrases import Phrase
from training.folds import describe, leave_out
from training.near_copies import find_near_copies


def test_each_line_is_scored_once_by_others_batches(shipped_phrases: list[Phrase]) -> None:
    """No batch on both sides, no near-copy on both sides."""
    phrases = shipped_phrases[::5]
    scored_before: set[int] = set()
    for fit, scored in leave_out(phrases, 5):
        assert not {phrases[n].source for n in fit} & {phrases[n].source for n in scored}
        assert not scored_before & set(scored.tolist())
        scored_before |= set(scored.tolist())
        texts = [[phrases[n].text for n in numbers] for numbers in (fit, scored)]
        assert len(find_near_copies(*texts)) == 0
    assert scored_before == set(range(len(phrases)))


def test_near_copies_are_taken_out_of_the_fit() -> None:
    """A line that another batch has nearly word for word does not vouch for itself."""
    copy = "мы уже работаем с другим поставщиком, спасибо"
    phrases = [
        Phrase(text, "отказ", "Возражение", source, row)
        for row, (text, source) in enumerate([(copy, "a"), (copy + "!", "b"), ("нет", "b"), ("не надо", "c")])
    ]
    for fit, scored in leave_out(phrases, 3):
        if 0 in scored:
            assert 1 not in fit
        if 1 in scored:
            assert 0 not in fit


def test_without_batches_lines_are_left_out_at_random(shipped_phrases: list[Phrase]) -> None:
    """A file that names no source is measured all the same, and the card says how."""
    phrases = [Phrase(p.text, p.category, p.glossary, "", p.row) for p in shipped_phrases[::20]]
    scored = sorted(number for _, numbers in leave_out(phrases, 4) for number in numbers.tolist())
    assert scored == list(range(len(phrases)))
    assert "random" in describe(phrases, 4)
    batches = len({phrase.source for phrase in shipped_phrases})
    assert f"{batches} batches left out whole in 5 folds" in describe(shipped_phrases, 5)


def test_an_own_category_is_spread_though_it_stands_in_one_batch(
    shipped_phrases: list[Phrase],
) -> None:
    """Else nothing would be known of it when its batch is left out; other batches stay whole."""
    some = shipped_phrases[::20]
    own_category: Any = "перенос"
    own = [
        Phrase(f"перенесём на {number}-е число", own_category, "Возражение", "crm", number)
        for number in range(30)
    ]
    phrases = [*some, *own]
    for fit, scored in leave_out(phrases, 3):
        assert {phrases[n].category for n in scored} == {phrases[n].category for n in fit}
        assert not {some[n].source for n in fit if n < len(some)} & {
            some[n].source for n in scored if n < len(some)
        }


def test_lines_without_a_batch_are_spread_among_those_that_have_one(shipped_phrases: list[Phrase]) -> None:
    """A file that names none, and three that do."""
    named = [
        replace(phrase, source="abc"[number % 3]) for number, phrase in enumerate(shipped_phrases[::100])
    ]
    phrases = [*(replace(phrase, source="") for phrase in shipped_phrases[1::20]), *named]
    for fit, scored in leave_out(phrases, 3):
        assert len(scored) < len(phrases) / 2
        assert {phrases[n].source for n in fit} > {""} < {phrases[n].source for n in scored}
