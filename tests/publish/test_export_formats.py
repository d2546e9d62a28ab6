"""Every export format, read back by a library or the schema of its standard."""

import csv
import io
import json
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import feedparser
import icalendar
import jsonschema
import networkx
import openpyxl
import pyarrow.parquet
import pytest
from warcio.archiveiterator import WARCIterator

from archive.errors import ArchiveError
from publish.export_formats import FORMATS, export_format, make_files
from publish.export_wacz import surt
from publish.public import publish
from tests.publish import sample

SCHEMA = Path(__file__).parent / "schemas" / "360-giving-schema-1.4.3.json"


@pytest.fixture
def export(archive: Path, tmp_path: Path) -> Any:
    """Exports the sample in a format; returns the bytes."""

    def run(name: str) -> bytes:
        output = tmp_path / name
        export_format(name, archive, output, captures=archive.parent / "captures")
        return output.read_bytes()

    return run


def test_parquet(export: Any) -> None:
    package = zipfile.ZipFile(io.BytesIO(export("parquet")))
    projects = pyarrow.parquet.read_table(io.BytesIO(package.read("projects.parquet")))
    assert "Osaajat esiin Pirkanmaalla" in projects["title"].to_pylist()
    assert str(projects.schema.field("total_eur").type) == "double"
    assert "search_documents.parquet" not in package.namelist()


def test_360giving_is_valid(export: Any) -> None:
    package = json.loads(export("360giving"))
    schema = json.loads(SCHEMA.read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    (grant,) = package["grants"]
    assert [error.message for error in validator.iter_errors(grant)] == []
    assert (grant["amountAwarded"], grant["awardDate"]) == (120000, "2025-03-04")
    assert grant["fundingOrganization"][0]["name"] == "Opetushallitus"


def test_graphml(export: Any) -> None:
    graph = networkx.read_graphml(io.BytesIO(export("graphml")))
    labels = networkx.get_node_attributes(graph, "label")
    weights = {frozenset((labels[a], labels[b])): data["weight"] for a, b, data in graph.edges(data=True)}
    assert weights[frozenset({"Tampereen kaupunki", "Turun kaupunki"})] == 2
    assert "Opetushallitus" not in labels.values()


def test_excel(export: Any) -> None:
    book = openpyxl.load_workbook(io.BytesIO(export("xlsx")))
    assert book.sheetnames == ["projects", "calls", "awards", "organisations"]
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert [cell for cell in cells if cell.is_date]


def test_feeds_and_calendar(export: Any) -> None:
    assert not feedparser.parse(export("atom")).bozo
    assert json.loads(export("jsonfeed"))["items"]
    assert icalendar.Calendar.from_ical(export("ics")).walk("VEVENT")


def test_linked_data(export: Any) -> None:
    graph = json.loads(export("jsonld"))["@graph"]
    assert {entry["@type"] for entry in graph} == {"Project", "MonetaryGrant"}
    assert json.loads(export("dcat"))["@type"] == "dcat:Dataset"


def test_datapackage_describes_its_files(export: Any) -> None:
    package = zipfile.ZipFile(io.BytesIO(export("datapackage")))
    description = json.loads(package.read("datapackage.json"))
    for resource in description["resources"]:
        content = package.read(resource["path"])
        assert resource["hash"] == f"sha256:{sha256(content).hexdigest()}"
        assert resource["bytes"] == len(content)
        head, *lines = csv.reader(io.StringIO(content.decode()))
        assert head == [field["name"] for field in resource["schema"]["fields"]]
        assert not [cell for line in lines for cell in line if cell.startswith(("=", "@", "+"))]


def test_wacz_holds_readable_captures(export: Any) -> None:
    package = zipfile.ZipFile(io.BytesIO(export("wacz")))
    description = json.loads(package.read("datapackage.json"))
    for resource in description["resources"]:
        content = package.read(resource["path"])
        assert resource["hash"] == f"sha256:{sha256(content).hexdigest()}"
        assert package.getinfo(resource["path"]).compress_type == zipfile.ZIP_STORED
        # ReplayWeb.page looks for a member behind a header without more fields where the table at the end names none.
        assert _more_fields(export("wacz"), package.getinfo(resource["path"])) == 0
    digest = json.loads(package.read("datapackage-digest.json"))
    assert digest["hash"] == f"sha256:{sha256(package.read('datapackage.json')).hexdigest()}"
    records = package.read("archive/data.warc.gz")
    for line in package.read("indexes/index.cdx").decode().splitlines():
        key, stamp, entry = line.split(" ", 2)
        place = json.loads(entry)
        start = int(place["offset"])
        record = next(iter(WARCIterator(io.BytesIO(records[start : start + int(place["length"])]))))
        assert record.rec_headers.get_header("WARC-Target-URI") == place["url"]
        assert (key, len(stamp)) == (surt(place["url"]), 14)
    pages = [json.loads(line) for line in package.read("pages/pages.jsonl").decode().splitlines()]
    assert pages[0]["format"] == "json-pages-1.0"
    assert all({"url", "ts"} <= page.keys() for page in pages[1:])


def _more_fields(content: bytes, member: zipfile.ZipInfo) -> int:
    """The size of the extra fields in a member's own header (APPNOTE.TXT, section 4.3.7)."""
    assert not member.extra
    return int.from_bytes(content[member.header_offset + 28 : member.header_offset + 30], "little")


def test_wacz_without_a_capture_is_none(archive: Path, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="none of the 11 captures is there"):
        export_format("wacz", archive, tmp_path / "a.wacz", captures=tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.tredu.fi/Hankkeet?Page=2", "fi,tredu)/hankkeet?page=2"),
        ("http://a.b.example:8080", "example,b,a:8080)/"),
        ("file:///tmp/x.html", ")/tmp/x.html"),
    ],
)
def test_surt(url: str, key: str) -> None:
    assert surt(url) == key


def test_files_of_the_public_copy(archive: Path, tmp_path: Path) -> None:
    publish(archive, tmp_path / "a.public.db")
    made = make_files(tmp_path / "a.public.db", tmp_path / "files")
    assert {path.name for path in made} == {f"hankearkisto{FORMATS[name].suffix}" for name in FORMATS if name != "wacz"}
    for path in made:
        content = path.read_bytes()
        members = [content]
        if zipfile.is_zipfile(path):
            package = zipfile.ZipFile(path)
            members = [package.read(name) for name in package.namelist()]
        assert not [member for member in members if sample.EMAIL.encode() in member]


def test_wacz_needs_captures(archive: Path, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="captures"):
        export_format("wacz", archive, tmp_path / "x.wacz")
    assert list(tmp_path.iterdir()) == []
