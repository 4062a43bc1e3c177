"""Fields that many JSON formats share. What is not needed may be anything; what is needed may not."""

from typing import Annotated, Final, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict

from objections.labels import Speaker
from objections.times import milliseconds, seconds

_Item = TypeVar("_Item")

SELLER: Final[Speaker] = "seller"
CLIENT: Final[Speaker] = "client"


class Part(BaseModel):
    """A JSON object of a format: fields that it does not name are ignored, numbers serve as words."""

    model_config = ConfigDict(coerce_numbers_to_str=True)


def as_name(value: object) -> str | None:
    """Read a name or an identifier; None where the value can be neither.

    Examples
    --------
    >>> as_name(" Ирина "), as_name(7), as_name(""), as_name(None), as_name({"id": 7})
    ('Ирина', '7', None, None, None)
    """
    if isinstance(value, str):
        return value.strip() or None
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def _as_time(value: object) -> str | float | None:
    return value if isinstance(value, str | int | float) and not isinstance(value, bool) else None


Words = Annotated[str, BeforeValidator(lambda value: "" if value is None else value)]
"""What is said; null is nothing said."""

Name = Annotated[str | None, BeforeValidator(as_name)]
"""A name or an identifier, where there is one."""

Seconds = Annotated[float | None, BeforeValidator(lambda value: seconds(_as_time(value)))]
"""A moment, where there is one."""

Milliseconds = Annotated[float | None, BeforeValidator(lambda value: milliseconds(_as_time(value)))]
"""A moment that the file writes in milliseconds, where there is one; in seconds once it is read."""

Listed = Annotated[list[_Item], BeforeValidator(lambda value: [] if value is None else value)]
"""A list; null is an empty one."""
