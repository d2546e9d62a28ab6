"""The spiders on answers in the shapes that their services were seen to give, and on answers that went wrong."""

import gzip
import json
from typing import Any
from urllib.parse import quote

import pytest

from crawlers.links import canonical_link, page_links
from crawlers.sitemaps import SitemapError, sitemap_entries
from crawlers.sources import Source
from crawlers.spiders import spider_named
from crawlers.steps import Advertised, Alarm, Answer, Counted, Document, Follow, Role, Step


def _source(spider: str, **fields: Any) -> Source:
    defaults: dict[str, Any] = {"id": "s", "name": {"fi": "S"}, "spider": spider, "every": 86_400, "keep": ("/",)}
    return Source(**(defaults | {"start": ("https://s.example/lista",)} | fields))


def _read(source: Source, body: bytes | str, role: Role = "feed", url: str = "", **headers: str) -> list[Step]:
    content = body.encode() if isinstance(body, str) else body
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = Answer(url or "https://s.example/lista", content, role, headers=names)
    return list(spider_named(source.spider).read(source, answer))


def _follows(steps: list[Step], role: Role = "page") -> list[str]:
    return [step.url for step in steps if isinstance(step, Follow) and step.role == role]


def _alarms(steps: list[Step]) -> list[str]:
    return [step.kind for step in steps if isinstance(step, Alarm)]


# haeavustuksia.fi

NOTICE = {
    "hakuasianAsianumero": "va-okm-2026-15",
    "nimi": {"fi": "Erityisavustus oppilashuoltoon", "sv": "Specialunderstöd för elevvård", "en": None},
    "kuvaus": {"fi": "Kuvaus", "sv": "", "en": "", "richFi": "", "richSv": "", "richEn": ""},
    "hakuAlkaaDateTimeUtc": "2026-01-11T22:00:00Z",
    "hakuPaattyyDateTimeUtc": "2026-03-31T13:15:00Z",
    "hakuTyyppi": "Jatkuva",
    "julkaisuTyyppi": "Hakuilmoitus",
    "vastuullinenJarjestajaOrganisaatio": {
        "valtionapuorganisaatioId": 4,
        "nimi": {"fi": "Opetus- ja kulttuuriministeriö", "sv": "Undervisnings- och kulturministeriet"},
        "lyhenne": "OKM",
    },
}
LIST_URL = "https://www.haeavustuksia.fi/api/haku/list-items?Language=fi&Pagination.Page=1&Pagination.PageSize=100"
HAEAVUSTUKSIA = _source("haeavustuksia", start=(LIST_URL,))


def _list(*rows: dict[str, Any], total: int = 1, pages: int = 1) -> str:
    return json.dumps({"hakuilmoitukset": list(rows), "totalCount": total, "pageCount": pages})


def test_haeavustuksia_list() -> None:
    steps = _read(HAEAVUSTUKSIA, _list(NOTICE, total=120, pages=2), url=LIST_URL)
    assert _follows(steps) == ["https://www.haeavustuksia.fi/fi/haku/va-okm-2026-15"]
    assert _follows(steps, "feed") == [LIST_URL.replace("Page=1", "Page=2")]
    assert Advertised(120) in steps
    assert Counted(1) in steps
    assert _alarms(steps) == []


@pytest.mark.parametrize(
    ("body", "alarm"),
    [
        (_list(NOTICE | {"julkaisuTyyppi": "Ennakkotieto"}), "unknown-status"),
        (_list({key: value for key, value in NOTICE.items() if key != "hakuasianAsianumero"}), "missing-label"),
        (_list(NOTICE | {"hakuasianAsianumero": "../../yllapito"}), "missing-label"),
        (_list(total=0, pages=0), "zero-cards"),
        ("[]", "not-understood"),
        ("<html>Palvelussa on häiriö</html>", "not-understood"),
    ],
)
def test_haeavustuksia_surprises(body: str, alarm: str) -> None:
    assert _alarms(_read(HAEAVUSTUKSIA, body, url=LIST_URL)) == [alarm]


def _parts(**parts: Any) -> tuple[Answer, ...]:
    spider = spider_named("haeavustuksia")
    urls = spider.parts(HAEAVUSTUKSIA, "https://www.haeavustuksia.fi/fi/haku/va-okm-2026-15")
    return tuple(Answer(url, json.dumps(parts.get(url.rpartition("/")[2], {})).encode()) for url in urls)


def test_haeavustuksia_notice() -> None:
    rich = json.dumps(
        {"root": {"children": [{"children": [{"text": "Avustusta voivat hakea "}, {"text": "kunnat."}]}]}}
    )
    answers = _parts(
        yleistiedot=NOTICE,
        myontoperusteet={"kenelle": {"fi": "Kenelle", "richFi": rich}, "linkki": {"url": "https://okm.fi/"}},
    )
    made = spider_named("haeavustuksia").compose(HAEAVUSTUKSIA, "https://www.haeavustuksia.fi/fi/haku/x", answers)
    assert isinstance(made, Document)
    assert "<h1>Erityisavustus oppilashuoltoon</h1>" in made.html
    # 22:00 UTC is midnight in Helsinki in winter, 13:15 UTC is a quarter past four in summer.
    assert "<dt>Hakuaika</dt><dd>12.1.2026 – 31.3.2026 klo 16.15</dd>" in made.html
    assert "<dt>Valtionapuviranomainen</dt><dd>Opetus- ja kulttuuriministeriö</dd>" in made.html
    assert "<h2>Myöntöperusteet</h2>\n<p>Avustusta voivat hakea kunnat.</p>" in made.html
    assert "https://okm.fi" not in made.html
    assert answers[0].url.endswith("/api/haku/va-okm-2026-15/hakuilmoitus/yleistiedot")


@pytest.mark.parametrize("change", [{"nimi": None}, {"hakuAlkaaDateTimeUtc": None, "hakuPaattyyDateTimeUtc": "pian"}])
def test_haeavustuksia_notice_without_what_it_must_have(change: dict[str, Any]) -> None:
    made = spider_named("haeavustuksia").compose(
        HAEAVUSTUKSIA, "https://h/fi/haku/x", _parts(yleistiedot=NOTICE | change)
    )
    assert isinstance(made, Alarm)
    assert made.kind == "missing-label"


# EURA 2021

CALL = {
    "id": "3f1c2a58-0000-4000-8000-1234567890ab",
    "tila": "haettavissa",
    "hakuaika": {"alku": "2026-10-01", "loppu": "2026-12-15"},
    "otsikko": "Osaamista vihreään siirtymään",
    "rahasto": "ESR+",
    "eakrTyyppi": None,
    "viranomainen": "6204",
    "alue": "ETELA_SUOMI",
    "hakutunnus": "PSUEVK-105",
    "maakunnat": ["01"],
    "jatkuvaHaku": False,
    "kokonaistuki": 2_000_000,
}
EURA2021 = _source("eura2021_calls", start=("https://eura2021.fi/hakuilmoitukset/",))


def _preact(data: dict[str, Any]) -> str:
    script = quote(json.dumps({"preRenderData": data}))
    return f"<html><body><h1>Haut</h1><script type='__PREACT_CLI_DATA__'>{script}</script></body></html>"


def _calls(*rows: dict[str, Any]) -> str:
    return _preact(
        {"hankehaku": list(rows), "koodisto": {"viranomainen": [{"koodi": "6204", "fi": "Elinvoimakeskus"}]}}
    )


def test_eura2021_list() -> None:
    steps = _read(EURA2021, _calls(CALL), "listing", url="https://eura2021.fi/hakuilmoitukset/")
    assert _follows(steps) == [f"https://eura2021.fi/hakuilmoitukset/hakuilmoitus/{CALL['id']}/"]
    assert Counted(1) in steps
    assert _alarms(steps) == []


@pytest.mark.parametrize(
    ("body", "alarm"),
    [
        (_calls(CALL | {"tila": "keskeytetty"}), "unknown-status"),
        (_calls(CALL | {"rahasto": "XYZ"}), "unknown-status"),
        (_calls(CALL | {"otsikko": ""}), "missing-label"),
        (_calls(CALL | {"viranomainen": "9997"}), "missing-label"),
        (_calls(), "zero-cards"),
        (_preact({}), "not-understood"),
        ("<html><script type='__PREACT_CLI_DATA__'>%7B%22preRender</script></html>", "not-understood"),
        ("", "not-understood"),
    ],
)
def test_eura2021_surprises(body: str, alarm: str) -> None:
    assert _alarms(_read(EURA2021, body, "listing", url="https://eura2021.fi/hakuilmoitukset/")) == [alarm]


def test_eura2021_notice() -> None:
    assert _read(EURA2021, _preact({"ilmoitus": CALL}), "page") == []
    assert _alarms(_read(EURA2021, _preact({"ilmoitus": CALL | {"tila": "uusi"}}), "page")) == ["unknown-status"]
    assert _alarms(_read(EURA2021, _preact({}), "page")) == ["missing-label"]


# EURA 2014

EURA2014 = _source(
    "eura2014", start=("https://s.example/rrtiepa/projektilista.php?rahasto=ALL",), keep=("/rrtiepa/projekti.php",)
)
SHEET = (
    "<div><h2>1 Hanke</h2><p>Hankekoodi: S22569</p><p>Hankkeen nimi: Kotoa töihin</p><p>Toiminnan tila: {state}</p>"
    "<p>Suunnitelman mukainen toteutusaika: Alkaa 1.6.2021 ja päättyy 30.11.2023</p></div>"
    "<div><h2>2 Hakijan perustiedot</h2><p>Hakijan virallinen nimi: Kiipulasäätiö sr</p></div>"
)


def test_eura2014() -> None:
    listed = "<a href='projekti.php?projektikoodi=S22569'>S22569</a> <a href='haku.php'>Haku</a>"
    url = "https://s.example/rrtiepa/projektilista.php?rahasto=ALL"
    assert _follows(_read(EURA2014, listed, "listing", url=url)) == [
        "https://s.example/rrtiepa/projekti.php?projektikoodi=S22569"
    ]
    assert _alarms(_read(EURA2014, "<p>Huoltokatko</p>", "listing")) == ["zero-cards"]


@pytest.mark.parametrize(
    ("sheet", "alarms"),
    [
        (SHEET.format(state="Toiminta päättynyt"), []),
        (SHEET.format(state="Keskeytetty"), ["unknown-status"]),
        (SHEET.format(state="Toiminnassa").replace("Hankkeen nimi", "Nimi"), ["missing-label"]),
        ("", ["missing-label"] * 4),
    ],
)
def test_eura2014_sheets(sheet: str, alarms: list[str]) -> None:
    assert _alarms(_read(EURA2014, sheet, "page")) == alarms


# EU Funding & Tenders

SEARCH = "https://api.tech.ec.europa.eu/search-api/prod/rest/search?apiKey=SEDIA&text=***&pageSize=50&pageNumber=1"
EU = _source("eu_funding", start=(SEARCH,))
TOPIC = {
    "metadata": {
        "identifier": ["ERASMUS-EDU-2026-CB-VET"],
        "title": ["Capacity building in vocational education"],
        "caName": ["Capacity building"],
        "status": ["31094502"],
        "startDate": ["2025-12-04T00:00:00.000+0100"],
        "deadlineDate": ["2026-03-26T17:00:00.000+0100"],
        "descriptionByte": ["<p>Projects support <b>VET</b> providers.</p><ul><li>Mobility</li></ul>"],
    }
}


def test_eu_funding() -> None:
    steps = _read(EU, json.dumps({"totalResults": 120, "results": [TOPIC, TOPIC]}), url=f"{SEARCH}#2025")
    documents = [step for step in steps if isinstance(step, Document)]
    assert [document.url.rpartition("/")[2] for document in documents] == ["erasmus-edu-2026-cb-vet"]
    assert "<dt>Deadline date</dt><dd>26.3.2026 klo 18.00</dd>" in documents[0].html
    assert "<p>Projects support VET providers.</p>\n<p>Mobility</p>" in documents[0].html
    assert _follows(steps, "feed") == [SEARCH.replace("Number=1", "Number=2") + "#2025"]
    assert Advertised(120) in steps
    assert _alarms(steps) == []


def test_eu_funding_form() -> None:
    spider = spider_named("eu_funding")
    form = spider.form(EU, f"{SEARCH}#2025")
    assert form is not None
    assert b'"gte": "2025-01-01", "lt": "2026-01-01"' in form.body
    undated = spider.form(EU, f"{SEARCH}#undated")
    assert undated is not None
    assert b'"must_not": [{"exists": {"field": "startDate"}}]' in undated.body
    assert len({follow.url for follow in spider.start(EU)}) >= 13


@pytest.mark.parametrize(
    ("body", "alarm"),
    [
        (
            {"totalResults": 1, "results": [{"metadata": {**TOPIC["metadata"], "status": ["31094599"]}}]},
            "unknown-status",
        ),
        ({"totalResults": 1, "results": [{"metadata": {"title": ["x"]}}]}, "missing-label"),
        ({"totalResults": 10_001, "results": []}, "total-differs"),
        ({"results": []}, "not-understood"),
        ([], "not-understood"),
    ],
)
def test_eu_funding_surprises(body: Any, alarm: str) -> None:
    assert _alarms(_read(EU, json.dumps(body), url=f"{SEARCH}#2025")) == [alarm]


# Hankeikkuna

KOHTEET = "https://api.hankeikkuna.fi/api/v2/kohteet/haku"
HANKEIKKUNA = _source("hankeikkuna", start=(KOHTEET,))
KOHDE = {
    "uuid": "0f8c",
    "tunnus": "OKM015:00/2025",
    "nimi": {"fi": "Jatkuvan oppimisen uudistus", "sv": "Reformen av kontinuerligt lärande"},
    "asianumerot": ["VN/1234/2025"],
    "tila": "KAYNNISSA",
    "toimikausiAlku": "2025-01-31T22:00:00Z",
    "toimikausiLoppu": "2026-12-30T22:00:00Z",
    "kuvaus": {"fi": "Hanke valmistelee uudistuksen.", "sv": "Projektet bereder reformen."},
}


def _haku(*rows: Any, **others: Any) -> list[Any]:
    body = {"totalHits": len(rows), "result": [{"kohde": row} for row in rows], **others}
    return _read(HANKEIKKUNA, json.dumps(body), url=f"{KOHTEET}#HANKE/KAYNNISSA/")


def test_hankeikkuna() -> None:
    steps = _haku(KOHDE)
    (document,) = (step for step in steps if isinstance(step, Document))
    assert document.url == "https://valtioneuvosto.fi/en/project?tunnus=OKM015:00/2025"
    for line in ("<h1>Jatkuvan oppimisen uudistus</h1>", "<dd>VN/1234/2025</dd>", "<dd>1.2.2025 – 31.12.2026</dd>"):
        assert line in document.html
    assert "<p>Hanke valmistelee uudistuksen.</p>" in document.html
    assert "0f8c" not in document.html
    assert Advertised(1) in steps
    assert _alarms(steps) == []


def test_hankeikkuna_goes_on_where_the_answer_says() -> None:
    spider = spider_named("hankeikkuna")
    steps = _haku(*[{**KOHDE, "tunnus": f"OKM{n}"} for n in range(500)], totalHits=700, searchAfter=[17, "x/y"])
    (further,) = _follows(steps, "feed")
    form = spider.form(HANKEIKKUNA, further)
    assert form is not None
    assert json.loads(form.body) == {
        "tyyppi": ["HANKE"],
        "tila": ["KAYNNISSA"],
        "size": 500,
        "searchAfter": [17, "x/y"],
    }
    assert [follow.url.rpartition("#")[2] for follow in spider.start(HANKEIKKUNA)] == [
        "HANKE/SUUNNITTEILLA/",
        "HANKE/KAYNNISSA/",
        "HANKE/PAATTYNYT/",
    ]


@pytest.mark.parametrize(
    ("row", "alarm"),
    [
        ({**KOHDE, "tila": "KESKEYTETTY"}, "unknown-status"),
        ({**KOHDE, "nimi": {}}, "missing-label"),
        (None, "missing-label"),
    ],
)
def test_hankeikkuna_surprises(row: Any, alarm: str) -> None:
    assert _alarms(_haku(row)) == [alarm]


# Sitra and other WordPress indexes


def _row(state: str | None = "Haku käynnissä") -> dict[str, Any]:
    meta = f"<div class='single-meta single-meta--status'><span class='single-meta__data'>{state}</span></div>"
    content = meta if state else "<template><p>Rahoitusta haettavissa</p></template>"
    return {
        "id": 7,
        "link": "https://s.example/rahoitushaku/osaaminen/",
        "modified_gmt": "2026-09-01T06:00:00",
        "content": {"rendered": content},
    }


SITRA = _source("sitra", start=(), wordpress=("https://s.example/wp-json/wp/v2/funding_request?lang=fi&per_page=50",))


def test_sitra() -> None:
    url = SITRA.wordpress[0]
    steps = _read(SITRA, json.dumps([_row()]), url=url, x_wp_total="51", x_wp_totalpages="2")
    assert Follow("https://s.example/rahoitushaku/osaaminen/", lastmod="2026-09-01T06:00:00Z") in steps
    assert _follows(steps, "feed") == ["https://s.example/wp-json/wp/v2/funding_request?lang=fi&page=2&per_page=50"]
    assert Advertised(51) in steps


@pytest.mark.parametrize(
    ("query", "rows", "headers", "following"),
    [
        ("per_page=2", 2, {}, "page=2&per_page=2"),
        ("per_page=2&page=3", 2, {}, "page=4&per_page=2"),
        ("per_page=2&page=3", 1, {}, None),
        ("lang=fi", 10, {}, "lang=fi&page=2"),
        ("lang=fi", 9, {}, None),
        ("per_page=2&page=2", 2, {"x_wp_totalpages": "2"}, None),
        ("per_page=2&page=x", 2, {}, "page=2&per_page=2"),
    ],
)
def test_pages_of_a_wordpress_index_with_and_without_their_number(
    query: str, rows: int, headers: dict[str, str], following: str | None
) -> None:
    base = "https://s.example/wp-json/wp/v2/funding_request?"
    source = _source("site", start=(), wordpress=(base + query,))
    steps = _read(source, json.dumps([_row()] * rows), url=base + query, **headers)
    assert _follows(steps, "feed") == ([base + following] if following else [])


@pytest.mark.parametrize(
    ("body", "alarm"),
    [
        ([_row("Jäähyllä")], "unknown-status"),
        ([_row(None)], "missing-label"),
        ([], "zero-cards"),
        ([{"id": 7}], "not-understood"),
        ({"code": "rest_no_route"}, "not-understood"),
    ],
)
def test_sitra_surprises(body: Any, alarm: str) -> None:
    assert _alarms(_read(SITRA, json.dumps(body), url=SITRA.wordpress[0])) == [alarm]


# The site spider

SITE = _source(
    "site",
    keep=("/hanke/",),
    skip=("/hanke/vanha",),
    listing=("/arkisto/",),
    sitemap=("https://s.example/sitemap.xml",),
)


@pytest.mark.parametrize(
    ("html", "pages", "listings"),
    [
        (
            "<a href='/hanke/a'>A</a><a href='https://muu.example/hanke/b'>B</a><a href='/hanke/vanha-c'>C</a>",
            ["/hanke/a"],
            [],
        ),
        ("<a href='/hanke/a' rel='nofollow'>A</a><a href='/hanke/b'>B</a>", ["/hanke/b"], []),
        ("<a rel='next' href='?page=1'>Seuraava</a>", [], ["/lista?page=1"]),
        ("<a href='?page=2'>2</a><a href='?page=3'>3</a>", [], ["/lista?page=2", "/lista?page=3"]),
        ("<a href='/lista/page/2/'>2</a><a href='/lista/3'>3</a>", [], ["/lista/page/2/", "/lista/3"]),
        ("<a href='?jarjestys=nimi'>Nimi</a><a href='/muu?page=2'>2</a><a href='/hanke/a'>A</a>", ["/hanke/a"], []),
        ("<link rel='next' href='/lista/2'><a href='/hanke/a'>A</a>", ["/hanke/a"], ["/lista/2"]),
        (
            "<button data-load-more-url='/lista?offset=20'>Lisää</button><a href='/hanke/a'>A</a>",
            ["/hanke/a"],
            ["/lista?offset=20"],
        ),
        ("<a href='/arkisto/2020'>2020</a>", [], ["/arkisto/2020"]),
        ("<base href='/hanke/'><a href='a'>A</a>", ["/hanke/a"], []),
    ],
)
def test_listings(html: str, pages: list[str], listings: list[str]) -> None:
    steps = _read(SITE, html, "listing")
    assert [url.removeprefix("https://s.example") for url in _follows(steps)] == pages
    assert [url.removeprefix("https://s.example") for url in _follows(steps, "listing")] == listings


def test_a_listing_without_cards_is_an_alarm() -> None:
    assert _alarms(_read(SITE, "<p>Palvelu on uudistunut</p>", "listing")) == ["zero-cards"]


def test_pages_lead_to_attachments_and_pages() -> None:
    links = "".join(f"<a href='/tiedostot/{n}.PDF'>{n}</a>" for n in range(20))
    steps = _read(
        SITE, f"<a href='/hanke/b'>B</a><a href='/kuva.jpg'>k</a>{links}", "page", url="https://s.example/hanke/a"
    )
    attachments = [step for step in steps if isinstance(step, Follow) and step.role == "attachment"]
    assert _follows(steps) == ["https://s.example/hanke/b"]
    assert len(attachments) == 10
    assert {step.via for step in attachments} == {"https://s.example/hanke/a"}


@pytest.mark.parametrize(
    ("path", "is_one"),
    [("/documents/1/2/Raportti.pdf/1a2b?t=17", True), ("/a.DOCX", True), ("/a.pdf.html", False), ("/pdf", False)],
)
def test_what_is_an_attachment(path: str, *, is_one: bool) -> None:
    steps = _read(SITE, f"<a href='{path}'>liite</a>", "page", url="https://s.example/hanke/a")
    assert bool(_follows(steps, "attachment")) is is_one


URLSET = (
    '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    "<url><loc>https://s.example/hanke/a?utm_source=map</loc><lastmod>2024-05-01</lastmod></url>"
    "<url><loc> https://s.example/hanke/b </loc></url><url><loc>https://s.example/muu</loc></url>"
    "<url><loc>https://s.example/hanke/c</loc><lastmod>eilen</lastmod></url><url><loc>mailto:a@b.example</loc></url></urlset>"
)


@pytest.mark.parametrize("packed", [False, True])
def test_sitemaps(packed: bool) -> None:
    body = gzip.compress(URLSET.encode()) if packed else URLSET.encode()
    steps = _read(SITE, body, "sitemap", url="https://s.example/sitemap.xml")
    assert steps == [
        Follow("https://s.example/hanke/a", lastmod="2024-05-01"),
        Follow("https://s.example/hanke/b"),
        Follow("https://s.example/hanke/c"),
    ]


def test_sitemap_indexes() -> None:
    index = (
        "<sitemapindex><sitemap><loc>https://s.example/m1.xml.gz</loc></sitemap>"
        "<sitemap><loc>https://muu.example/m2.xml</loc></sitemap></sitemapindex>"
    )
    assert _follows(_read(SITE, index, "sitemap"), "sitemap") == ["https://s.example/m1.xml.gz"]


RSS = (
    "<rss><channel><item><link>https://s.example/hanke/a</link>"
    "<pubDate>Thu, 12 Sep 2024 05:00:00 +0000</pubDate></item></channel></rss>"
)
ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link rel='alternate' href='https://s.example/hanke/a'/>"
    "<link rel='edit' href='https://s.example/muokkaa'/><updated>2024-09-12T05:00:00Z</updated></entry></feed>"
)


@pytest.mark.parametrize(
    ("feed", "lastmod"),
    [
        (
            RSS,
            "2024-09-12T05:00:00+00:00",
        ),
        (
            ATOM,
            "2024-09-12T05:00:00Z",
        ),
    ],
    ids=["rss", "atom"],
)
def test_feeds(feed: str, lastmod: str) -> None:
    assert _read(SITE, feed, "feed") == [Follow("https://s.example/hanke/a", lastmod=lastmod)]


@pytest.mark.parametrize(
    "body", [b"", b"\x1f\x8bdamaged", b"plain words", b"<html><body>404</body></html>", b"<urlset", b"\x00\xff" * 50]
)
def test_what_is_no_sitemap(body: bytes) -> None:
    assert _alarms(_read(SITE, body, "sitemap", url="https://s.example/sitemap.xml"))


def test_entities_are_not_expanded() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><urlset><url><loc>https://s.example/&b;</loc></url></urlset>'
    assert [entry.url for entry in sitemap_entries(bomb, "https://s.example/")] in ([], ["https://s.example/"])


def test_a_gzip_bomb_of_a_sitemap() -> None:
    with pytest.raises(SitemapError, match="larger than"):
        list(sitemap_entries(gzip.compress(b"<urlset>" + b" " * 60_000_000), "https://s.example/"))


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ('<link rel="canonical" href="/hanke/a">', "https://s.example/hanke/a"),
        ("<link href='https://s.example/a?x=1&amp;y=2' rel=canonical />", "https://s.example/a?x=1&y=2"),
        ('<link rel="alternate" href="/sv/a">', None),
        ("", None),
    ],
)
def test_canonical_links(head: str, address: str | None) -> None:
    assert canonical_link(f"<html><head>{head}</head>".encode(), "https://s.example/x") == address


def test_links_of_nothing() -> None:
    assert page_links(b"\x00\x01", "https://s.example/").all == ()
    assert page_links(b"", "https://s.example/").all == ()
