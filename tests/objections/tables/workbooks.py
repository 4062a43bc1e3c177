"""Workbooks for tests, made as users' programs make them or broken by hand."""

import io
import zipfile
from collections.abc import Callable, Sequence

import xlsxwriter
from xlsxwriter.worksheet import Worksheet


def make_workbook(**sheets: Callable[[Worksheet], object]) -> bytes:
    """Make an XLSX file; each function fills the sheet of its name."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as workbook:
        for name, fill in sheets.items():
            fill(workbook.add_worksheet(name))
    return content.getvalue()


def rows(*cells: Sequence[object]) -> Callable[[Worksheet], None]:
    """Fill a sheet with rows from its first on."""

    def fill(sheet: Worksheet) -> None:
        for number, row in enumerate(cells):
            sheet.write_row(number, 0, row)

    return fill


def change_part(workbook: bytes, name: str, content: bytes) -> bytes:
    """Put something else into the place of one part."""
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as old,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in {*old.namelist(), name}:
            new.writestr(part, content if part == name else old.read(part))
    return changed.getvalue()


def make_ods(table: str) -> bytes:
    """Make an ODS file with the rows of one table, given as XML."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<m:file-entry m:full-path="/" m:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
            '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>',
        )
        archive.writestr(
            "content.xml",
            "<office:document-content"
            ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
            ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
            ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
            f'<office:body><office:spreadsheet><table:table table:name="Лист1">{table}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return content.getvalue()
