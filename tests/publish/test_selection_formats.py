"""What a search finds, in every format, read by a library of its standard; and citations of searches."""

import csv
import io
import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import networkx
import openpyxl
import pyarrow.parquet
import pytest
from warcio.archiveiterator import WARCIterator

from archive.schema import open_archive
from publish.public import publish
from publish.queries.release import release_digest, results_digest
from publish.queries.selection import Selection, TooManyError, selected
from publish.selection_formats import FILE_FORMATS
from publish.site import Site
from tests.publish import sample
from tests.publish.conftest import Get, client
from tests.publish.test_export_formats import SCHEMA

OSAAJAT = "q=osaajat"


@pytest.mark.parametrize("name", [*FILE_FORMATS, "atom", "feed.json", "ics"])
def test_every_format_is_on_the_page_and_answers(get: Get, name: str) -> None:
    href = f"/sv/search.{name}?{OSAAJAT}"
    assert f'href="{href}"' in get(f"/sv/search?{OSAAJAT}").text
    response = get(href)
    assert response.status_code == 200
    assert response.headers["content-security-policy"].startswith("default-src 'none'")


def test_formats_hold_the_selection_and_no_more(get: Get, ids: dict[str, str]) -> None:
    rows = list(csv.DictReader(io.StringIO(get(f"/fi/search.csv?{OSAAJAT}").content.decode("utf-8-sig"))))
    assert {row["id"] for row in rows} == {ids["project"]}
    book = openpyxl.load_workbook(io.BytesIO(get(f"/fi/search.xlsx?{OSAAJAT}").content))
    assert book.active.max_row == 2
    assert [entry["id"] for entry in get(f"/fi/search.json?{OSAAJAT}").json()["results"]] == [ids["project"]]
    (entry,) = get(f"/fi/search.jsonld?{OSAAJAT}").json()["@graph"]
    assert entry["@id"].endswith(f"/projects/{ids['project']}")
    table = pyarrow.parquet.read_table(io.BytesIO(get(f"/fi/search.parquet?{OSAAJAT}").content))
    assert table["id"].to_pylist() == [ids["project"]]
    assert str(table.schema.field("total_eur").type) == "double"


def test_network_of_a_selection(get: Get) -> None:
    graph = networkx.read_graphml(io.BytesIO(get(f"/fi/search.graphml?{OSAAJAT}").content))
    labels = set(networkx.get_node_attributes(graph, "label").values())
    assert labels == {"Tampereen kaupunki", "Turun kaupunki", "Kainuun ammattiopisto"}
    assert {data["weight"] for _, _, data in graph.edges(data=True)} == {1}


def test_grants_of_a_selection_are_valid(get: Get) -> None:
    validator = jsonschema.Draft202012Validator(
        json.loads(SCHEMA.read_text("utf-8")), format_checker=jsonschema.FormatChecker()
    )
    (grant,) = get("/fi/search.360giving.json?kind=award").json()["grants"]
    assert [error.message for error in validator.iter_errors(grant)] == []
    assert get("/fi/search.360giving.json?kind=call").json()["grants"] == []


def test_captures_of_a_selection(get: Get, archive: Path, tmp_path: Path) -> None:
    package = zipfile.ZipFile(io.BytesIO(get(f"/fi/search.wacz?{OSAAJAT}").content))
    records = package.read("archive/data.warc.gz")
    urls = {record.rec_headers.get_header("WARC-Target-URI") for record in WARCIterator(io.BytesIO(records))}
    assert urls == {f"{sample.BASE}/osaajat", f"{sample.BASE}/sv/osaajat"}
    names = {"archive/data.warc.gz", "indexes/index.cdx", "pages/pages.jsonl", "datapackage.json"}
    assert names <= set(package.namelist())


def test_captures_stay_closed_beside_a_public_copy(archive: Path, tmp_path: Path, loop: Any) -> None:
    copy = tmp_path / "a.public.db"
    publish(archive, copy)
    get = client(Site(copy, captures=archive.parent / "captures"), loop)
    assert "search.wacz" not in get("/fi/search?q=osaajat").text
    assert get("/fi/search.wacz?q=osaajat").status_code == 404
    assert sample.EMAIL not in get("/fi/search.json?q=osaajat").text


def test_a_part_is_never_taken_for_the_whole(archive: Path, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("publish.queries.selection.MOST_PAGES", 2)
    db = open_archive(archive)
    with pytest.raises(TooManyError):
        selected(db.conn, Selection())
    assert len(selected(db.conn, Selection(), 2)) <= 2
    db.conn.close()
    response = get("/en/search.csv")
    assert response.status_code == 413
    assert "Narrow it" in response.text


class TestCitation:
    """A citation names the query, the state of the archive and the results, and can be checked later."""

    def test_of_a_search(self, get: Get) -> None:
        page = get("/fi/search?q=osaajat&kind=project").text
        href = re.search(r'href="(/fi/cite\?about=search[^"]+)"', page)
        assert href
        cited = get(href[1].replace("&amp;", "&")).text
        address = re.search(r'href="http://localhost(/fi/search\?[^"]+cited=[^"]+)"', cited)
        assert address
        assert re.fullmatch(r".*cited=[0-9a-f]{16}\.[0-9a-f]{16}", address[1])
        again = get(address[1].replace("&amp;", "&")).text
        assert "löytää saman kuin silloin" in again
        assert "Osaajat esiin" in again

    def test_that_no_longer_holds(self, get: Get) -> None:
        assert "löytää nyt muuta" in get("/fi/search?q=osaajat&cited=0000000000000000.1111111111111111").text

    def test_of_results_in_another_state(self, get: Get, archive: Path) -> None:
        """The archive has grown, and what the search finds has not changed."""
        db = open_archive(archive)
        found = selected(db.conn, Selection("osaajat"))
        db.conn.close()
        page = get(f"/fi/search?q=osaajat&cited=0000000000000000.{results_digest(found)[:16]}").text
        assert "löytää saman kuin silloin" in page

    @pytest.mark.parametrize("cited", ["", "x", ".", "<script>", "a.b.c", "%00"])
    def test_that_is_none_is_passed_over(self, get: Get, cited: str) -> None:
        response = get(f"/fi/search?q=osaajat&cited={cited}")
        assert response.status_code == 200
        assert "<script>" not in response.text.partition("<main")[2]

    def test_digests_tell_states_apart(self, archive: Path, tmp_path: Path) -> None:
        copy = tmp_path / "copy.db"
        shutil.copy(archive, copy)
        db = open_archive(copy)
        before, found = release_digest(db.conn), selected(db.conn, Selection())
        assert results_digest(found) == results_digest(found[::-1])
        db.execute("UPDATE captures SET text_digest = 'x' WHERE id = 1")
        assert release_digest(db.conn) != before
        assert results_digest(found) != results_digest(found[1:])
        db.conn.close()

    def test_braces_cannot_break_bibtex(self, get: Get) -> None:
        text = get("/en/cite?about=search%3Fq%3D%7D%7Devil%7B").text
        bibtex = text.partition('<pre class="bibtex"')[2].partition("</pre>")[0]
        assert bibtex.count("{") == bibtex.count("}")


def test_captures_that_are_elsewhere_are_not_found(archive: Path, tmp_path: Path, loop: Any) -> None:
    get = client(Site(archive, captures=tmp_path), loop)
    assert get("/fi/search.wacz?q=osaajat").status_code == 404
