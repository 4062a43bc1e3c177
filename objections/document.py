"""A file that is to be read: its beginning at once, the whole of it on demand."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any, BinaryIO, Final, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from objections.encoding import is_broken, tell_encoding
from objections.errors import DataError

HEAD_BYTES: Final = 1 << 16
MOST_BYTES: Final = 512 * 1024 * 1024
"""Of a file that is read as a whole; tables are read row by row and may be larger."""

# «[00:12] Клиент: дорого» and RTF begin with a bracket too.
_JSON_START: Final = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*(?:[{\[\"\]]|-?[\d.]+\s*,))")
_SAID: Final = dict.fromkeys(["model_type", "dict_type"], "Input should be an object")
"""Where pydantic would speak of Python, or name a class of this program."""

_Model = TypeVar("_Model", bound=BaseModel)


class Found(NamedTuple):
    """A JSON value of a document.

    Attributes
    ----------
    value : object
    where : str
        Its place, as `Document.check` takes it.
    number : str or None
        ``"1"``, ``"2"``, … in the order of the file, to name calls that it does not name; None for the
        only value.
    """

    value: Any
    where: str
    number: str | None


def numbered(values: Sequence[Any]) -> Iterator[Found]:
    """Tell values that were put one after another apart by their order.

    Examples
    --------
    >>> [found.number for found in numbered([{}])], [found.where for found in numbered([{}, {}])]
    ([None], ['value 1', 'value 2'])
    """
    for number, value in enumerate(values, 1):
        yield Found(value, f"value {number}", str(number)) if len(values) > 1 else Found(value, "", None)


class Document:
    """A file open for reading, with its name.

    Parameters
    ----------
    file : BinaryIO
        Seekable.
    name : str
        How errors call it.
    """

    def __init__(self, file: BinaryIO, name: str) -> None:
        self.file = file
        self.name = name

    @cached_property
    def head(self) -> bytes:
        """The first `HEAD_BYTES`."""
        self.file.seek(0)
        return self.file.read(HEAD_BYTES)

    @cached_property
    def encoding(self) -> str:
        """What its text is encoded in."""
        return tell_encoding(self.file)

    @cached_property
    def head_text(self) -> str:
        """The beginning as text; a character that is cut off at its end is left out."""
        return self.head.decode(self.encoding, errors="ignore")

    @cached_property
    def text(self) -> str:
        """All of it as text, with a line feed at the end of each line.

        Raises
        ------
        DataError
            Where the file is larger than `MOST_BYTES`, or holds bytes that are no text.
        """
        self.file.seek(0)
        content = self.file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise DataError(
                f"{self.name} is larger than {MOST_BYTES >> 20} MB, which is the most that a file of this "
                "format may have: export fewer calls at once"
            )
        try:
            text = content.decode(self.encoding, errors="surrogateescape")
        except UnicodeDecodeError:  # an odd byte at the end of UTF-16, or half a surrogate pair
            raise DataError(
                f"{self.name} is cut off in the middle of a character, or damaged: export it again"
            ) from None
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if is_broken(text):
            line = next(number for number, line in enumerate(text.split("\n"), 1) if is_broken(line))
            raise DataError(f"{self.name}, line {line}: bytes that are no text; save the file as UTF-8")
        return text

    @cached_property
    def looks_like_json(self) -> bool:
        """Whether it begins as a JSON object or array does."""
        return _JSON_START.match(self.head_text) is not None

    @cached_property
    def is_json_lines(self) -> bool:
        """Whether its first line is a whole JSON object: then it may be read line by line."""
        if not self.looks_like_json:
            return False
        first, separator, _ = self.head_text.lstrip().partition("\n")
        if not separator and len(self.head) == HEAD_BYTES:
            return False
        try:
            return isinstance(json.loads(first), dict)
        except (ValueError, RecursionError):
            return False

    @cached_property
    def first(self) -> Any:  # noqa: ANN401 (JSON may be anything)
        """The first JSON value of it; None where it is not JSON. Enough to tell formats apart.

        Raises
        ------
        DataError
            Where it begins like JSON and is not.
        """
        if not self.looks_like_json:
            return None
        if self.is_json_lines:
            return json.loads(self.head_text.lstrip().partition("\n")[0])
        return self.values[0]

    @property
    def first_object(self) -> dict[str, Any]:
        """The first JSON object of it, also where it is the first of a list; empty where there is none.

        Raises
        ------
        DataError
            As `first`.
        """
        value = self.first
        if isinstance(value, list) and value:
            value = value[0]
        return value if isinstance(value, dict) else {}

    @cached_property
    def values(self) -> list[Any]:
        """All JSON values of it: one object or array, or several one after another, as recognisers stream.

        Raises
        ------
        DataError
            Where it is not JSON, with the line and the column.
        """
        return list(self._read_values())

    def objects(self, unwrap: Callable[[Any], Any] = lambda value: value) -> Iterator[Found]:
        """Give all JSON values of it, those of a list one by one.

        Parameters
        ----------
        unwrap : callable
            Takes the value that is meant, or a list of them, out of what an API answered.

        Raises
        ------
        DataError
            As `values`, and where there is none.
        """
        if not self.values:
            raise DataError(f"{self.name} is empty")
        found = list(self._find(unwrap))
        for number, (where, value) in enumerate(found, 1):
            yield Found(value, where, str(number) if len(found) > 1 else None)

    def _find(self, unwrap: Callable[[Any], Any]) -> Iterator[tuple[str, Any]]:
        for value, where, _ in numbered(list(map(unwrap, self.values))):
            if isinstance(value, list):
                for item, each in enumerate(value, 1):
                    yield _place(where, f"item {item}"), unwrap(each)
            else:
                yield where, value

    def _read_values(self) -> Iterator[Any]:
        decoder = json.JSONDecoder()
        text, place = self.text, 0
        while True:
            while place < len(text) and text[place].isspace():
                place += 1
            if place == len(text):
                return
            try:
                value, place = decoder.raw_decode(text, place)
            except json.JSONDecodeError as error:
                raise DataError(
                    f"{self.name}, line {error.lineno}, column {error.colno}: not valid JSON ({error.msg}); "
                    "the file may be cut off, or of another format: export it again"
                ) from None
            except (RecursionError, ValueError):
                raise DataError(f"{self.name} is JSON that nests too deep, or has numbers too long") from None
            yield value

    def check(self, model: type[_Model], value: object, where: str = "") -> _Model:
        """Check a JSON value against what its format must have.

        Parameters
        ----------
        model : type of BaseModel
        value : object
        where : str
            The place of the value in the file, for instance ``value 3``; empty for the whole.

        Raises
        ------
        DataError
            Naming the file, the place and what is wrong there, for up to three places.
        """
        try:
            return model.model_validate(value)
        except ValidationError as error:
            problems = error.errors(include_url=False, include_input=False, include_context=False)
            wrong = [
                f"{_place(where, *problem['loc']) or 'the whole'}: "
                f"{_SAID.get(problem['type'], problem['msg'])}"
                for problem in problems[:3]
            ]
            more = len(problems) - len(wrong)
            raise DataError(
                f"{self.name}: {'; '.join(wrong)}{f'; and {more} more' if more else ''}. "
                "Export the file again, or name its format with --format"
            ) from None


def _place(*parts: str | int) -> str:
    """Write a place as in ``value 3.segments.4.text``."""
    return ".".join(str(part) for part in parts if part != "")
