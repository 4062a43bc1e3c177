"""Reading a file as text without taking it over."""

import io
from typing import BinaryIO

from objections.document import Document


def open_text(document: Document, newline: str) -> io.TextIOWrapper:
    """Open a document as text from its start; bytes that are no text come as surrogate escapes.

    The library's wrapper closes its file when it is collected; the document's file is not its to close.
    """
    document.file.seek(0)
    borrowed = _Borrowed(document.file, document.name)
    return io.TextIOWrapper(borrowed, document.encoding, errors="surrogateescape", newline=newline)


class _Borrowed(io.BufferedIOBase):
    """A file that stays open when this is closed."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file = file
        self.name = name

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        return self._file.read(-1 if size is None else size)

    def read1(self, size: int = -1) -> bytes:
        return self._file.read(size)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()
