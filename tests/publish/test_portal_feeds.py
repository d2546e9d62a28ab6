"""Feeds, calendars and files of a selection, each read by a library of its standard."""

import csv
import io
import json
import re
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import feedparser
import icalendar
import jsonschema
import openpyxl
import pytest
from lxml import etree
from rdflib import Graph

from publish.feeds.calendar import calendar, deadline, events
from publish.language import texts
from publish.queries.calls import moved_deadlines
from tests.publish import sample
from tests.publish.conftest import Get

JSON_FEED = json.loads((Path(__file__).parent / "schemas" / "json-feed-1.1.json").read_text("utf-8"))
ATOM = {"a": "http://www.w3.org/2005/Atom"}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
# rdflib 7 warns of its own parser's use of an older class of its own.
RDFLIB = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
@pytest.mark.parametrize("path", ["search.atom", "search.atom?q=hanke", "changes.atom"])
def test_atom(get: Get, lang: str, path: str) -> None:
    response = get(f"/{lang}/{path}")
    feed = feedparser.parse(response.content)
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.language == lang if "language" in feed.feed else feed.feed.title_detail.language == lang
    assert feed.entries
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
    assert all(entry.link.startswith("http://localhost/") for entry in feed.entries)


@pytest.mark.parametrize("path", ["search.atom", "changes.atom", "search.atom?q=xyzzyx"])
def test_atom_has_what_the_standard_asks_for(get: Get, path: str) -> None:
    """RFC 4287, sections 4.1.1 and 4.1.2: one of each, an author, a link to the page and one to itself."""
    root = etree.fromstring(get(f"/sv/{path}").content)
    entries = root.findall("a:entry", ATOM)
    for element in (root, *entries):
        assert [len(element.findall(f"a:{name}", ATOM)) for name in ("id", "title", "updated")] == [1, 1, 1]
        assert all(TIME.fullmatch(time.text or "") for time in element.findall("a:updated", ATOM))
        assert len(element.findall("a:link[@rel='alternate']", ATOM)) == 1
    assert root.findtext("a:author/a:name", namespaces=ATOM)
    assert len(root.findall("a:link[@rel='self']", ATOM)) == 1
    assert bool(entries) == ("xyzzyx" not in path)


def test_atom_holds_hostile_titles_as_text(get: Get) -> None:
    titles = [
        entry.title_detail for entry in feedparser.parse(get("/fi/search.atom").content, sanitize_html=False).entries
    ]
    hostile = next(detail for detail in titles if "alert" in detail.value)
    assert hostile.type == "text/plain"
    assert hostile.value == sample.HOSTILE


@pytest.mark.parametrize("path", ["search.feed.json", "changes.feed.json"])
def test_json_feed(get: Get, path: str) -> None:
    feed = get(f"/fi/{path}").json()
    jsonschema.validate(feed, JSON_FEED, format_checker=jsonschema.FormatChecker())
    assert len({item["id"] for item in feed["items"]}) == len(feed["items"]) > 0


def test_calendar_of_deadlines(get: Get) -> None:
    events = icalendar.Calendar.from_ical(get("/sv/deadlines.ics").content).walk("VEVENT")
    by_title = {str(event["SUMMARY"]).partition(": ")[2]: event for event in events}
    assert by_title.keys() == {"Digiavustus", "Understöd för grön omställning 2026"}
    all_day, timed = by_title["Digiavustus"], by_title["Understöd för grön omställning 2026"]
    assert str(all_day["DTSTART"].dt) == sample.SOON
    assert timed["DTEND"].dt.tzinfo is not None
    assert (all_day["SEQUENCE"], timed["SEQUENCE"]) == (0, 1)
    assert all(str(event["UID"]).endswith("@hankearkisto") for event in events)


def test_a_deadline_that_moves_back_has_moved_again(archive: Path, ids: dict[str, str]) -> None:
    connection = sqlite3.connect(f"file:{archive}?mode=ro", uri=True)
    memory = sqlite3.connect(":memory:")
    connection.backup(memory)
    connection.close()
    page = memory.execute("SELECT page_id FROM call_pages WHERE call_id = ?", [ids["call"]]).fetchone()[0]
    seen = [moved_deadlines(memory)[ids["call"]]["moves"]]
    for old, new in (("a", "b"), ("b", "a"), ("a", "b")):
        memory.execute(
            "INSERT INTO changes (page_id, field, old, new, seen_at) VALUES (?, 'closes', ?, ?, '2027')",
            [page, old, new],
        )
        seen.append(moved_deadlines(memory)[ids["call"]]["moves"])
    memory.close()
    assert seen == [1, 2, 3, 4]


def test_calendar_of_a_language_a_call_and_a_search(get: Get, ids: dict[str, str]) -> None:
    for path in ("deadlines.ics?lang=sv", f"calls/{ids['call']}.ics", "search.ics?q=omst%C3%A4llning"):
        events = icalendar.Calendar.from_ical(get(f"/sv/{path}").content).walk("VEVENT")
        assert [str(event["SUMMARY"]) for event in events] == ["Sista dag: Understöd för grön omställning 2026"]


def test_calendar_folds_and_escapes() -> None:
    call = {"id": "x", "title": "ä;,\\\n" * 60 + "\x07", "closes": "2026-03-31", "first_seen": "2026-01-01T00:00:00Z"}
    text = calendar(events([call], {}, texts("fi")), "http://a", texts("fi"), "t")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Määräaika: " + "ä;,\\\n" * 60


@pytest.mark.parametrize("closes", [None, "", "2026", "2026-03", "soon", "2026-02-30"])
def test_what_names_no_day_is_no_deadline(closes: str | None) -> None:
    assert deadline(closes) is None


def test_deadline_is_told_in_finlands_time() -> None:
    assert deadline("2026-07-01T16:15") == ("DTSTART:20260701T130000Z", "DTEND:20260701T131500Z")
    assert deadline("2026-01-31") == ("DTSTART;VALUE=DATE:20260131", "DTEND;VALUE=DATE:20260201")


def test_csv_has_no_formula(get: Get) -> None:
    rows = list(csv.DictReader(io.StringIO(get("/fi/search.csv").content.decode("utf-8-sig"))))
    assert len(rows) == 8
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    assert "'" + sample.FORMULA in [row["title"] for row in rows]


def test_excel_has_dates_and_no_formula(get: Get) -> None:
    book = openpyxl.load_workbook(io.BytesIO(get("/fi/search.xlsx").content))
    head, *lines = book.active.iter_rows()
    start = next(cell.column - 1 for cell in head if cell.value == "start")
    title = next(cell.column - 1 for cell in head if cell.value == "title")
    dates = {line[title].value: line[start] for line in lines}
    assert dates["Osaajat esiin Pirkanmaalla"].is_date
    assert dates["Vihreä siirtymä kouluissa"].value == "2025-08"
    assert not [cell for line in lines for cell in line if cell.data_type == "f"]


def test_json_of_a_selection(get: Get) -> None:
    content = get("/fi/search.json?kind=call").json()
    assert content["selection"] == {"kind": "call"}
    assert {entry["kind"] for entry in content["results"]} == {"call"}


@RDFLIB
@pytest.mark.parametrize("kind", ["project", "call", "award", "hostile"])
def test_json_ld_is_linked_data(get: Get, ids: dict[str, str], kind: str) -> None:
    path = f"/en/{'projects' if kind == 'hostile' else kind + 's'}/{ids[kind]}"
    content = get(f"{path}.json").json()
    assert content["@context"] == "https://schema.org"
    embedded = get(path).text.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert json.loads(embedded) == content
    assert len(_graph({**content, "@context": {"@vocab": "https://schema.org/"}})) > 4


@RDFLIB
def test_dcat_is_linked_data(get: Get) -> None:
    graph = _graph(get("/catalog.jsonld").json())
    languages = {title.language for title in graph.objects(predicate=_uri("http://purl.org/dc/terms/title"))}
    assert languages == {"fi", "sv", "en"}


def test_warc_record_is_one_record(get: Get, ids: dict[str, str]) -> None:
    from warcio.archiveiterator import WARCIterator

    response = get(f"/captures/{ids['capture']}.warc.gz")
    records = [record.rec_type for record in WARCIterator(io.BytesIO(response.content))]
    assert records == ["response"]
    assert not zipfile.is_zipfile(io.BytesIO(response.content))


def _graph(content: dict[str, Any]) -> Graph:
    return Graph().parse(data=json.dumps(content), format="json-ld")


def _uri(text: str) -> Any:
    from rdflib import URIRef

    return URIRef(text)
