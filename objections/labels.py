"""The labels of the guide: what a line can be, which entry helps, who said it."""

from collections.abc import Iterable
from typing import Final, Literal, cast

Category = Literal["отказ", "сомнение в качестве", "цена", "нет возражения"]
Term = Literal["КЭВ", "B2P", "РОП", "ЛПР", "Квалифицированный лид", "Возражение", "Точки касания", "Ледоруб"]
Speaker = Literal["client", "seller"]

REFUSAL: Final = "отказ"
DOUBT: Final = "сомнение в качестве"
PRICE: Final = "цена"
NO_OBJECTION: Final = "нет возражения"

CATEGORIES: Final[tuple[Category, ...]] = (REFUSAL, DOUBT, PRICE, NO_OBJECTION)
"""Every category, in the order in which answers and tables show them."""


def order_categories(names: Iterable[str]) -> tuple[Category, ...]:
    """Give every category in its order, then those of `names` that a company has added, by the alphabet.

    Examples
    --------
    >>> order_categories(["цена", "перенос"])
    ('отказ', 'сомнение в качестве', 'цена', 'нет возражения', 'перенос')
    """
    own = cast("set[Category]", set(names) - set(CATEGORIES))
    return (*CATEGORIES, *sorted(own))


DEFAULT_TERM: Final = "Возражение"
"""The entry of an objection that fits no other; never the entry of a line without objection."""

NO_TERM: Final = ""
"""How the data write that no entry helps."""

TERMS: Final[tuple[Term, ...]] = (
    "КЭВ",
    "B2P",
    "РОП",
    "ЛПР",
    "Квалифицированный лид",
    DEFAULT_TERM,
    "Точки касания",
    "Ледоруб",
)
