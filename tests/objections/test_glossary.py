"""The glossary file and its entries."""

from pathlib import Path

import pytest

from objections.errors import GlossaryError, UnknownTermError
from objections.glossary import Entry, Glossary
from objections.labels import CATEGORIES, NO_OBJECTION, TERMS


def _entry(term: str, **changes: object) -> Entry:
    fields: dict[str, object] = {
        "term": term,
        "name": "имя",
        "definition": "что это",
        "points": ["пункт"],
        "advice": "что делать",
    }
    return Entry.model_validate({**fields, **changes})


def test_shipped_glossary_has_every_term_in_order(glossary: Glossary) -> None:
    """Eight entries, as the labels name them."""
    assert tuple(entry.term for entry in glossary) == TERMS


def test_shipped_objection_has_advice_for_each_category(glossary: Glossary) -> None:
    """«Возражение» says what to do about each kind of objection."""
    assert set(glossary["Возражение"].advice_by_category) == set(CATEGORIES) - {NO_OBJECTION}


def test_shipped_texts_are_whole_sentences(glossary: Glossary) -> None:
    """Definitions and advice are two or three whole sentences."""
    for entry in glossary:
        for text in (entry.definition, entry.advice, *entry.advice_by_category.values()):
            assert text.endswith((".", "?")), entry.term
            assert 2 <= sum(text.count(mark) for mark in (". ", "? ", "! ")) + 1 <= 4, entry.term


def test_advice_falls_back_to_the_general_one() -> None:
    """Without advice for a category the entry's own is given."""
    entry = _entry("Возражение", advice_by_category={"цена": "про цену"})
    assert [entry.advise("цена"), entry.advise("отказ")] == ["про цену", "что делать"]


@pytest.mark.parametrize("typed", ["КЭВ", "кэв", " Кэв "])
def test_find_ignores_case_and_spaces(glossary: Glossary, typed: str) -> None:
    """A term is found as a person types it."""
    assert glossary.find(typed).term == "КЭВ"


def test_find_names_the_known_terms(glossary: Glossary) -> None:
    """An unknown term is answered with those there are."""
    with pytest.raises(UnknownTermError, match=r"КЭВ, B2P, .*Ледоруб"):
        glossary.find("воронка")


def test_missing_and_double_entries_are_named() -> None:
    """Each term must stand once."""
    entries = [_entry(term) for term in TERMS if term != "РОП"] + [_entry("ЛПР")]
    with pytest.raises(GlossaryError, match="РОП, ЛПР"):
        Glossary(entries)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[[entry]", "Expected"),
        (b"\xff", "utf-8"),
        ('[[entry]]\nterm = "КЭВ"'.encode(), "entry.0.name: Field required"),
        ('[[entry]]\nterm = "КЭ"'.encode(), "entry.0.term"),
    ],
)
def test_a_bad_file_is_named_with_the_place(tmp_path: Path, content: bytes, said: str) -> None:
    """The error says which file and what in it."""
    path = tmp_path / "glossary.toml"
    path.write_bytes(content)
    with pytest.raises(GlossaryError, match=said) as caught:
        Glossary.read(path)
    assert str(path) in str(caught.value)


def test_a_missing_file_says_where_to_look(tmp_path: Path) -> None:
    """The error names the setting that may be wrong."""
    with pytest.raises(GlossaryError, match="OBJECTIONS_HOME"):
        Glossary.read(tmp_path / "none.toml")
