"""Small files for the readers' tests: Word and Excel archives made by hand."""

import io
import sys
import zipfile
from pathlib import Path

import pytest

# The kinds of bad input are built by modules of their own, which a process of its own imports as well.
sys.path.insert(0, str(Path(__file__).parent / "bad_input"))
collect_ignore = ["bad_input"]

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XLSX_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/></Types>'
)


@pytest.fixture
def samples():
    return Path(__file__).parents[1] / "data" / "samples"


@pytest.fixture
def make_zip():
    def make(members):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        return stream.getvalue()

    return make


@pytest.fixture
def make_docx(make_zip):
    """A Word file with the given XML as body."""

    def make(body, *, head=""):
        document = f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
        xml = f'<?xml version="1.0" encoding="UTF-8"?>{head}{document}'
        return make_zip({"[Content_Types].xml": "<Types/>", "word/document.xml": xml})

    return make


@pytest.fixture
def make_xlsx(make_zip):
    """An Excel file with the given XML as the rows of its only sheet."""

    def make(rows, *, head="", strings=""):
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        package = "http://schemas.openxmlformats.org/package/2006/relationships"
        members = {
            "[Content_Types].xml": _XLSX_TYPES,
            "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="rId1" '
            f'Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="rId1" '
            f'Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{relations}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'{head}<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
            "xl/sharedStrings.xml": f'<sst xmlns="{main}">{strings}</sst>',
        }
        return make_zip(members)

    return make


@pytest.fixture
def write(tmp_path):
    """Write a file and give its path."""

    def write_file(name, content):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_file
