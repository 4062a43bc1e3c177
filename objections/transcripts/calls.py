"""Calls in formats that name none: a file holds one, or several that were put one after another."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Call(NamedTuple):
    """The JSON value of one call.

    Attributes
    ----------
    id : str or None
        None where the file has one call; else ``"1"``, ``"2"``, …
    where : str
        The place of the value in the file, as `Document.check` takes it.
    value : object
    """

    id: str | None
    where: str
    value: object


def number_calls(values: Sequence[object]) -> Iterator[Call]:
    """Tell the calls of a file apart by their order.

    Examples
    --------
    >>> [call.id for call in number_calls([{}])], [call.id for call in number_calls([{}, {}])]
    ([None], ['1', '2'])
    """
    for number, value in enumerate(values, 1):
        yield Call(str(number), f"value {number}", value) if len(values) > 1 else Call(None, "", value)
