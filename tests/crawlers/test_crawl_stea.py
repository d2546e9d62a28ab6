"""STEA's grants: from a workbook with the columns that were seen, and from workbooks that went wrong."""

import io
import zipfile
from collections.abc import Sequence

import pytest
import xlsxwriter
from hostile import Bench, HostileServer, Reply

from crawlers.sources import Source
from crawlers.spiders import spider_named
from crawlers.steps import Alarm, Answer, Counted, Document, Follow, Role, Step
from crawlers.workbook import WorkbookError, sheets

PAGE = "https://www.stea.example/stea-avustukset"
SHEET = "https://www.stea.example/documents/1/STEA-aineisto.xlsm"
SOURCE = Source(
    id="stea", name={"fi": "STEA"}, spider="stea", every=86_400, start=(PAGE,), listing=(r"^/.*\.xls[xm](?:$|[/?])",)
)
HEADS = ("Järjestö", "Y-tunnus", "Vuosi", "Käyttötarkoitus", "Avustuslaji", "Alue", "Haettu", "Myönnetty")
GRANT = (
    "Kuvitteellinen Tuki ry",
    "1234567-1",
    2024,
    "Vertaistuen kehittäminen",
    "Hankeavustus",
    "Lappi",
    120_000.5,
    80_000,
)
OLDER = ("Kuvitteellinen Tuki r.y.", "1234567-1", 2023, "Yleinen toiminta", "Yleisavustus", "", 50_000, 0)
OTHER = ("Toinen Keksitty ry", "7654321-2", 2024, "Kohtaamispaikka", "Kohdennettu toiminta-avustus", "", 30_000, 30_000)

Cells = Sequence[object]


def _book(*sheets_of_rows: Sequence[Cells]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for rows in sheets_of_rows:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return out.getvalue()


def _read(body: bytes | str, role: Role = "feed") -> list[Step]:
    content = body.encode() if isinstance(body, str) else body
    url = SHEET if role == "feed" else PAGE
    return list(spider_named("stea").read(SOURCE, Answer(url, content, role)))


def _alarms(steps: list[Step]) -> list[str]:
    return [step.kind for step in steps if isinstance(step, Alarm)]


@pytest.mark.parametrize(
    ("links", "sheet", "alarms"),
    [
        (("/documents/1/STEA-aineisto.xlsm", "/ohje.pdf"), [SHEET], []),
        (("/documents/1/STEA-aineisto.xlsx/abc?t=17",), [f"{SHEET[:-1]}x/abc?t=17"], []),
        (("https://elsewhere.example/STEA.xlsx",), [], ["zero-cards"]),
        (("/a.xlsx", "/b.xlsx"), [], ["not-understood"]),
    ],
)
def test_the_sheet_is_found(links: tuple[str, ...], sheet: list[str], alarms: list[str]) -> None:
    steps = _read("".join(f"<a href='{link}'>taulukko</a>" for link in links), "listing")
    assert [step.url for step in steps if isinstance(step, Follow) and step.role == "feed"] == sheet
    assert _alarms(steps) == alarms


def test_organisations() -> None:
    steps = _read(_book([("Ohje",)], [("STEA-avustukset",), (), HEADS, GRANT, OLDER, OTHER]))
    documents = {step.url: step.html for step in steps if isinstance(step, Document)}
    assert list(documents) == [f"{PAGE}?y-tunnus=1234567-1", f"{PAGE}?y-tunnus=7654321-2"]
    first = documents[f"{PAGE}?y-tunnus=1234567-1"]
    assert "<h1>Kuvitteellinen Tuki ry: STEA-avustukset</h1>" in first
    assert "<dt>Y-tunnus</dt><dd>1234567-1</dd>" in first
    newer, _, older = first.partition("<h2>Avustukset 2023</h2>")
    assert "<p>Hankeavustus: Vertaistuen kehittäminen: haettu 120 000,50 €, myönnetty 80 000 €</p>" in newer
    assert "<p>Yleisavustus: Yleinen toiminta: haettu 50 000 €, myönnetty 0 €</p>" in older
    assert Counted(3) in steps
    assert _alarms(steps) == []


def _changed(place: int, value: object) -> Cells:
    return (*GRANT[:place], value, *GRANT[place + 1 :])


@pytest.mark.parametrize(
    ("rows", "alarms"),
    [
        ([HEADS, OTHER, _changed(4, "Jättiavustus")], ["unknown-status"]),
        ([HEADS, OTHER, _changed(1, "12345")], ["missing-label"]),
        ([HEADS, OTHER, _changed(2, "viime vuosi")], ["missing-label"]),
        ([HEADS, OTHER, _changed(7, "salattu")], ["missing-label"]),
        ([HEADS, OTHER, _changed(7, "1e999999")], ["missing-label"]),
        ([HEADS, OTHER, _changed(0, "")], ["missing-label"]),
        ([HEADS], ["zero-cards"]),
        ([(*HEADS[:-1], "Päätös"), GRANT], ["missing-label"]),
        ([()], ["missing-label"]),
    ],
)
def test_surprises(rows: list[Cells], alarms: list[str]) -> None:
    assert _alarms(_read(_book(rows))) == alarms


def _broken_sheet() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_book([HEADS, GRANT]))) as book, zipfile.ZipFile(out, "w") as copy:
        for name in book.namelist():
            content = book.read(name)
            copy.writestr(name, content[:-40] if name.startswith("xl/worksheets/") else content)
    return out.getvalue()


@pytest.mark.parametrize("body", [b"", b"<html>404</html>", b"PK\x03\x04", _book([HEADS])[:900], _broken_sheet()])
def test_what_is_no_workbook(body: bytes) -> None:
    assert _alarms(_read(body)) == ["not-understood"]


def test_cells_keep_their_places() -> None:
    ((row,),) = (list(rows) for rows in sheets(_book([("a", None, 3.25, "", "e & ä", True)])))
    assert row == ("a", "", "3.25", "", "e & ä", "1")


def test_a_workbook_that_unpacks_without_end() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for number in range(3):
            book.writestr(f"xl/{number}.xml", b" " * 50_000_000)
    with pytest.raises(WorkbookError, match="unpacks to more"):
        list(sheets(out.getvalue()))


def test_grants_from_the_sheet_to_the_archive(server: HostileServer, site: Bench) -> None:
    server.page("/stea-avustukset", "Avustukset", ("/documents/STEA.xlsx",))
    server.routes["/documents/STEA.xlsx"] = Reply(
        _book([HEADS, GRANT, OTHER]), headers={"Content-Type": "application/zip"}
    )
    listing = [r"^/documents/.*\.xls[xm]$"]
    site.fields |= {"spider": "stea", "start": [f"{server.url}/stea-avustukset"], "keep": [], "listing": listing}
    assert site.crawl().actions["new"] == 2
    assert site.pages()[0] == f"{server.url}/stea-avustukset?y-tunnus=1234567-1"
    text = "\n".join(row[0] for row in site.rows("SELECT text FROM page_versions"))
    assert "Avustuksen saaja: Kuvitteellinen Tuki ry" in text
    assert site.rows("SELECT count(*) FROM problems") == [(0,)]
    site.age()
    assert site.crawl(all=True).actions["unchanged"] == 2
