"""A file that is to be read: its beginning at once, the whole of it on demand."""

import json
from collections.abc import Iterator
from functools import cached_property
from typing import Any, BinaryIO, Final, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from objections.encoding import is_broken, tell_encoding
from objections.errors import DataError

HEAD_BYTES: Final = 1 << 16
MOST_BYTES: Final = 512 * 1024 * 1024
"""Of a file that is read as a whole; tables are read row by row and may be larger."""

_Model = TypeVar("_Model", bound=BaseModel)


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
        except UnicodeDecodeError:  # an odd byte at the end of UTF-16
            raise DataError(f"{self.name} is cut off in the middle of a character: export it again") from None
        if is_broken(text):
            line = text[: next(place for place, letter in enumerate(text) if is_broken(letter))].count("\n")
            raise DataError(f"{self.name}, line {line + 1}: bytes that are no text; save the file as UTF-8")
        return text.replace("\r\n", "\n").replace("\r", "\n")

    @cached_property
    def looks_like_json(self) -> bool:
        """Whether it begins as a JSON object or array does."""
        return self.head_text.lstrip()[:1] in {"{", "["}

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

    @cached_property
    def values(self) -> list[Any]:
        """All JSON values of it: one object or array, or several one after another, as recognisers stream.

        Raises
        ------
        DataError
            Where it is not JSON, with the line and the column.
        """
        return list(self._read_values())

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
                    "the file may be cut off: export it again"
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
            return TypeAdapter(model).validate_python(value)
        except ValidationError as error:
            problems = error.errors(include_url=False, include_input=False, include_context=False)
            wrong = [f"{_place(where, problem['loc'])}: {problem['msg']}" for problem in problems[:3]]
            more = len(problems) - len(wrong)
            raise DataError(
                f"{self.name}: {'; '.join(wrong)}{f'; and {more} more' if more else ''}. "
                "Export the file again, or name its format with --format"
            ) from None


def _place(where: str, location: tuple[int | str, ...]) -> str:
    """Write a place as in ``segments.3.text``."""
    return ".".join(map(str, ([where] if where else []) + list(location))) or "the whole"
