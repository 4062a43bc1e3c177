"""A report of a table written by hand."""

import io
from collections.abc import Callable

import pytest

from objections.document import Document
from objections.glossary import Glossary
from objections.tables.delimited import DelimitedTable
from service.report.scored import ColumnNames
from service.report.summary import Summary, summarize

Summarize = Callable[..., Summary]


@pytest.fixture
def summary_of(glossary: Glossary) -> Summarize:
    """Summarize the bytes of a scored table."""

    def read(content: bytes, **names: str) -> Summary:
        return summarize(
            DelimitedTable(Document(io.BytesIO(content), "scored.csv")),
            ColumnNames(**names),
            glossary,
            "scored.csv",
        )

    return read
