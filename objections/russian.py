"""Numbers and nouns as Russians write them, for pages and reports."""

from typing import Final

_SPACE: Final = "\N{NO-BREAK SPACE}"
_THIN_SPACE: Final = "\N{NARROW NO-BREAK SPACE}"
_GROUPED_FROM: Final = 10_000
_TEEN: Final = range(11, 15)
_FEW: Final = range(2, 5)

Forms = tuple[str, str, str]
"""A noun after 1, after 2 and after 5: («звонок», «звонка», «звонков»)."""


def number(value: float, digits: int = 2) -> str:
    """Write a figure.

    >>> number(0.904)
    '0,90'
    """
    return f"{value:.{digits}f}".replace(".", ",").replace("-", "\N{MINUS SIGN}")


def percent(share: float, digits: int = 1) -> str:
    r"""Write a share.

    >>> percent(0.0781)
    '7,8\xa0%'
    """
    return f"{number(share * 100, digits)}{_SPACE}%"


def count(value: int) -> str:
    r"""Write a count; from five digits on in groups of three.

    >>> count(2090), count(21610)
    ('2090', '21\u202f610')
    """
    return f"{value:,}".replace(",", _THIN_SPACE) if value >= _GROUPED_FROM else str(value)


def plural(value: int, forms: Forms) -> str:
    """Choose the form of a noun.

    >>> [plural(n, ("звонок", "звонка", "звонков")) for n in (1, 3, 11, 25, 101)]
    ['звонок', 'звонка', 'звонков', 'звонков', 'звонок']
    """
    if value % 10 == 1 and value % 100 != _TEEN[0]:
        return forms[0]
    return forms[1] if value % 10 in _FEW and value % 100 not in _TEEN else forms[2]


def counted(value: int, forms: Forms) -> str:
    r"""Write a count with its noun.

    >>> counted(21610, ("звонок", "звонка", "звонков"))
    '21\u202f610\xa0звонков'
    """
    return f"{count(value)}{_SPACE}{plural(value, forms)}"
