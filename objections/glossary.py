"""The sales glossary: eight entries, read once from ``data/glossary.toml``."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from objections.errors import GlossaryError, UnknownTermError
from objections.labels import NO_OBJECTION, TERMS, Category, Term
from objections.text import normalize

Sentence = Annotated[str, Field(min_length=1)]


class Entry(BaseModel):
    """One entry of the glossary, as answers show it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    term: Term = Field(description="The term as the labels write it.", examples=["КЭВ"])
    name: Sentence = Field(description="Its full name, in Russian.", examples=["Ключевой этап воронки"])
    definition: Sentence = Field(
        description="What it means, in two or three sentences.", examples=["Точка в сделке, от которой…"]
    )
    points: tuple[Sentence, ...] = Field(
        min_length=1, description="What belongs to it.", examples=[["Разговор о цене и условиях оплаты"]]
    )
    advice: Sentence = Field(
        description="What the seller does next when this entry is suggested.", examples=["Не торопитесь…"]
    )
    advice_by_category: dict[Category, Sentence] = Field(
        default={},
        description="More exact advice for one objection category.",
        examples=[{"цена": "Уточните, дорого по сравнению с чем…"}],
    )

    def advise(self, category: Category) -> str:
        """Return the advice for an objection of `category`, the general one where there is no other."""
        return self.advice_by_category.get(category, self.advice)


class _File(BaseModel):
    """The shape of ``glossary.toml``."""

    model_config = ConfigDict(extra="forbid")

    entry: list[Entry]


class Glossary:
    """The eight entries by term.

    Parameters
    ----------
    entries : list of Entry
        One for each of `labels.TERMS`.

    Raises
    ------
    GlossaryError
        Where an entry is missing or stands twice, or advice is given for `нет возражения`.
    """

    def __init__(self, entries: list[Entry]) -> None:
        terms = [entry.term for entry in entries]
        if wrong := [term for term in TERMS if terms.count(term) != 1]:
            raise GlossaryError(f"the glossary needs exactly one entry for each of: {', '.join(wrong)}")
        if any(NO_OBJECTION in entry.advice_by_category for entry in entries):
            raise GlossaryError(f"advice_by_category is for objections: take out «{NO_OBJECTION}»")
        self._entries = {entry.term: entry for entry in entries}

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read and check a glossary file.

        Raises
        ------
        GlossaryError
            Where the file is missing, is not TOML in UTF-8, or lacks something.
        """
        try:
            return cls(_File.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).entry)
        except FileNotFoundError:
            raise GlossaryError(
                f"{path}: no such file; name the folder that holds data/glossary.toml in OBJECTIONS_HOME"
            ) from None
        except ValidationError as error:
            places = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
            raise GlossaryError(f"{path}: {places}") from None
        except (ValueError, GlossaryError) as error:  # TOMLDecodeError and UnicodeDecodeError are ValueErrors
            raise GlossaryError(f"{path}: {error}") from None

    def __getitem__(self, term: Term) -> Entry:
        return self._entries[term]

    def __iter__(self) -> Iterator[Entry]:
        return (self._entries[term] for term in TERMS)

    def find(self, term: str) -> Entry:
        """Return the entry for a term as a person types it: case and ё/е do not matter.

        Raises
        ------
        UnknownTermError
            Naming the terms there are.
        """
        for entry in self:
            if normalize(entry.term) == normalize(term):
                return entry
        raise UnknownTermError(f"The glossary has no such term; it has: {', '.join(TERMS)}.")
