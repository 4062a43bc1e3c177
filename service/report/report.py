"""From a scored file to a report file."""

from pathlib import Path

from objections.glossary import Glossary
from objections.tables.opening import open_table
from service.input_file import as_document, open_input
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
    with open_input(source) as file:
        table = open_table(as_document(file, source), names.text)
        name = None if source == STANDARD_STREAM else Path(source).name
        summary = summarize(table, names, glossary, name)
    if target.lower().endswith(".xlsx"):
        with open_binary_output(target) as out:
            write_workbook(summary, out)
    else:
        with open_output(target, "utf-8") as page:
            page.write(write_page(summary))
