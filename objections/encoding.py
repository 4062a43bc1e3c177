"""Telling the encoding of a text file: by the mark at its start, else UTF-8 where it is that, else cp1251."""

import codecs
import re
from typing import BinaryIO, Final

_BYTES_AT_ONCE: Final = 1 << 20
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# A file whose bytes above 127 are nearly all UTF-8 pairs is UTF-8 with a few broken bytes, not cp1251:
# Russian text in cp1251 has hardly any such pairs.
_UTF8_PAIR: Final = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH_BYTE: Final = re.compile(rb"[\x80-\xff]")
_MOSTLY: Final = 0.5
_STRAY_BYTE: Final = re.compile("[\udc80-\udcff]")
"""What `surrogateescape` makes of a byte that is no text."""


def tell_encoding(file: BinaryIO) -> str:
    """Tell the encoding of a file open for reading; leaves it anywhere, so seek afterwards."""
    file.seek(0)
    start = file.read(4)
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(_BYTES_AT_ONCE):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "utf-8" if _is_mostly_utf8(file) else "cp1251"
    return "utf-8"


def is_broken(text: str) -> bool:
    """Whether text read with `surrogateescape` holds bytes that are no text in its encoding."""
    return _STRAY_BYTE.search(text) is not None


def _is_mostly_utf8(file: BinaryIO) -> bool:
    file.seek(0)
    high = paired = 0
    while chunk := file.read(_BYTES_AT_ONCE):
        high += len(_HIGH_BYTE.findall(chunk))
        paired += sum(map(len, _UTF8_PAIR.findall(chunk)))
    return paired >= _MOSTLY * high
