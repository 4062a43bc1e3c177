"""From a scored file to a report file."""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO, cast

from objections.errors import DataError
from objections.glossary import Glossary
from objections.tables import Table
from service.outputs import STANDARD_STREAM, open_binary_output, open_output
from service.report.page import write_page
from service.report.scored import ColumnNames
from service.report.summary import summarize
from service.report.workbook import write_workbook


def write_report(source: str, target: str, names: ColumnNames, glossary: Glossary) -> None:
    """Read a scored table and write its report: a workbook where the name says so, else a page.

    Parameters
    ----------
    source, target : str
        Paths, or ``-`` for standard input and output.
    names : ColumnNames
    glossary : Glossary

    Raises
    ------
    DataError
        Where the source cannot be read or was never scored, or the target cannot be written.
    """
    with _open_input(source) as file:
        is_stream = source == STANDARD_STREAM
        table = Table(file, "standard input" if is_stream else source)
        summary = summarize(table, names, glossary, None if is_stream else Path(source).name)
    if target.lower().endswith(".xlsx"):
        with open_binary_output(target) as out:
            write_workbook(summary, out)
    else:
        with open_output(target, "utf-8") as page:
            page.write(write_page(summary))


def _open_input(source: str) -> BinaryIO:
    """Open an input so that it can be read twice; standard input is kept in a temporary file."""
    if source != STANDARD_STREAM:
        try:
            return Path(source).open("rb")
        except OSError as error:
            raise DataError(f"{source} cannot be read: {error.strerror}") from None
    spool = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115 (the caller closes it)
    shutil.copyfileobj(sys.stdin.buffer, spool)
    return spool
