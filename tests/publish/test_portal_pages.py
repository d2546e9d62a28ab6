"""Every kind of page in three languages: it answers, it is in its language, it is safe."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from publish.language import LANGUAGES
from publish.portal.views_about import accuracy
from tests.publish import sample
from tests.publish.conftest import Get

PAGES = [
    "", "/search", "/search?q=osaaminen", "/search?kind=project", "/calls", "/calls?lang=sv", "/organisations",
    "/organisations?name=turu", "/changes", "/changes?since=2026-01-01&field=closes", "/gone", "/sources", "/network",
    "/regions", "/about", "/privacy", "/cite", "/cite?about=projects/{project}", "/accuracy", "/dictionary", "/exports",
    "/projects/{project}", "/projects/{hostile}", "/calls/{call}", "/awards/{award}", "/organisations/{organisation}",
    "/pages/{page}", "/pages/{page}?version={version}", "/pages/{page}?part=9", "/pages/{hostile_page}",
    "/pages/{page}/changes/{version}",
]  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_answers_in_its_language(get: Get, ids: dict[str, str], lang: str, path: str) -> None:
    response = get(f"/{lang}{path.format(**ids)}")
    assert response.status_code == 200
    page = BeautifulSoup(response.text, "lxml")
    assert page.html is not None
    assert page.html["lang"] == lang
    assert len(page.find_all("h1")) == 1
    assert page.select_one("a.skip[href='#main']")
    assert not page.find_all("script", type=lambda value: value != "application/ld+json")
    assert not page.select("[style], [onclick], [onerror], img")
    assert all("<" not in (script.string or "") for script in page.find_all("script"))
    assert "49" not in (page.h1.text if page.h1 else "")
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert "script-src" not in response.headers["content-security-policy"]


@pytest.mark.parametrize("path", PAGES)
def test_links_stay_here_or_are_marked(get: Get, ids: dict[str, str], path: str) -> None:
    page = BeautifulSoup(get(f"/fi{path.format(**ids)}").text, "lxml")
    for link in page.find_all("a", href=True):
        href = str(link["href"])
        assert re.match(r"/|#|\?|mailto:|tel:|https?://", href), href
        if href.startswith("http") and "localhost" not in href:
            assert "external" in (link.get("rel") or [])
    for asset in page.select("link[rel=stylesheet], link[rel=icon]"):
        assert str(asset["href"]).startswith("/assets/")


@pytest.mark.parametrize("path", [path for path in PAGES if "{" in path or not path])
def test_own_links_lead_somewhere(get: Get, ids: dict[str, str], path: str) -> None:
    page = BeautifulSoup(get(f"/sv{path.format(**ids)}").text, "lxml")
    hrefs = {str(link["href"]).partition("#")[0] for link in page.select("main a[href^='/']")}
    for href in sorted(hrefs):
        assert get(href).status_code in (200, 302), href


def test_a_hostile_title_is_text(get: Get, ids: dict[str, str]) -> None:
    page = BeautifulSoup(get(f"/en/projects/{ids['hostile']}").text, "lxml")
    assert page.h1 is not None
    assert page.h1.text == sample.HOSTILE


def test_evidence_marks_the_quote(get: Get, ids: dict[str, str]) -> None:
    project = BeautifulSoup(get(f"/fi/projects/{ids['project']}").text, "lxml")
    label = next(dt for dt in project.find_all("dt") if dt.text == "Päättyy")
    links = label.parent.select("a.evidence") if label.parent else []
    quotes = []
    for link in links:
        path, _, anchor = str(link["href"]).partition("#")
        target = BeautifulSoup(get(path).text, "lxml").find(id=anchor)
        assert target is not None
        following = target.find_next("mark")
        quotes.append(following.text if following else "")
    assert sorted(quotes) == ["2024-12-31", "2025-06-30"]


def test_a_page_says_how_sure_its_kind_is(get: Get, ids: dict[str, str]) -> None:
    kicker = BeautifulSoup(get(f"/sv/pages/{ids['page']}").text, "lxml").select_one(".kicker")
    assert kicker is not None
    assert kicker.text.endswith("(säkerhet 0,75)")


def test_a_conflict_is_said(get: Get, ids: dict[str, str]) -> None:
    page = BeautifulSoup(get(f"/en/projects/{ids['project']}").text, "lxml")
    conflicts = page.select(".conflict")
    assert [row.dt.text for row in conflicts if row.dt] == ["Ends"]


def test_a_value_says_when_it_was_first_and_last_seen(get: Get, ids: dict[str, str]) -> None:
    facts = BeautifulSoup(get(f"/en/calls/{ids['call']}").text, "lxml").find(class_="facts")
    assert facts
    seen = {entry.dt.text: [time["datetime"] for time in entry.dd.find_all("time")] for entry in facts.find_all("div")}
    # The deadline was moved, the opening day was not; one day is told once.
    assert seen["Closes"][0] > seen["Opens"][0]
    assert [len(seen["Closes"]), len(seen["Opens"])] == [1, 2]


def test_open_calls_are_by_deadline(get: Get) -> None:
    page = BeautifulSoup(get("/sv/calls").text, "lxml")
    assert [lead.text for lead in page.select(".deadlines .lead")] == [
        "Digiavustus",
        "Understöd för grön omställning 2026",
    ]
    swedish = BeautifulSoup(get("/sv/calls?lang=sv").text, "lxml")
    assert [lead.text for lead in swedish.select(".deadlines .lead")] == ["Understöd för grön omställning 2026"]


def test_moved_deadline_is_in_the_changes(get: Get) -> None:
    page = BeautifulSoup(get("/en/changes?field=closes").text, "lxml")
    (change,) = page.select(".changes .change")
    assert change.select_one("del") is not None
    assert change.select_one("ins") is not None


def test_gone_page_is_listed(get: Get) -> None:
    assert "Poistuva hanke" in get("/fi/gone").text


def test_search_finds_inflected_words_and_marks_them(get: Get) -> None:
    page = BeautifulSoup(get("/fi/search?q=osaaminen").text, "lxml")
    assert "Osaajat esiin Pirkanmaalla" in [lead.text for lead in page.select(".hits .lead a")]


def test_search_in_the_other_languages_says_what_it_added(get: Get) -> None:
    page = BeautifulSoup(get("/fi/search?q=avustus&widen=1").text, "lxml")
    assert "Understöd för grön omställning 2026" in [lead.text for lead in page.select(".hits .lead a")]
    assert "understöd" in page.select_one("#content, main").text
    assert page.select_one("#widen").has_attr("checked")
    plain = BeautifulSoup(get("/fi/search?q=avustus").text, "lxml")
    assert "Understöd för grön omställning 2026" not in [lead.text for lead in plain.select(".hits .lead a")]


def test_mistyped_word_brings_a_link_to_the_meant_one(get: Get) -> None:
    page = BeautifulSoup(get("/sv/search?q=hankke&kind=project").text, "lxml")
    assert page.select_one(".notice a")["href"] == "/sv/search?q=hanke&kind=project"


def test_hits_and_completions_for_programs(get: Get) -> None:
    answer = get("/fi/hits.json?q=osaaminen&limit=1").json()
    assert answer["total"] >= 1
    assert list(answer["hits"][0])[:6] == ["id", "url", "kind", "title", "score", "snippet"]
    assert answer["facets"]["kind"][0].keys() == {"value", "count"}
    start, found = get("/fi/complete.json?q=hank").json()
    assert start == "hank"
    assert "hanke" in found
    assert "https://" in get("/fi/opensearch.xml").text or "http://" in get("/fi/opensearch.xml").text
    assert get("/fi/hits.json?q=hanke&limit=500").status_code == 400


@pytest.mark.parametrize("table", ["pages", "projects", "calls", "awards", "organisations"])
def test_tables_are_searched_by_the_same_search(get: Get, table: str) -> None:
    page = BeautifulSoup(get(f"/archive/{table}").text, "lxml")
    assert page.select_one("input[name=_search]") is not None
    for query in ('"', "AND (", "x" * 600, "1.8.2024"):
        assert get(f"/archive/{table}.json", params={"_search": query, "_searchmode": "raw"}).status_code == 200


def test_table_search_finds_inflected_words(get: Get) -> None:
    rows = get("/archive/projects.json?_search=osaamisen&_shape=objects").json()["rows"]
    assert [row["title"] for row in rows] == ["Osaajat esiin Pirkanmaalla"]
    assert get("/archive/projects.json?_search=olematon").json()["rows"] == []
    raw = get("/archive/projects.json", params={"_search": '"', "_fts_table": "search_terms", "_searchmode": "raw"})
    assert raw.status_code == 200


@pytest.mark.parametrize("query", ['"', "AND OR", "a*b(", "'; DROP TABLE pages;--", "\x00", "%", "-", "x" * 5000])
def test_no_query_fails(get: Get, query: str) -> None:
    assert get("/fi/search", params={"q": query}).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/fi/projects/none", 404),
        ("/fi/pages/none", 404),
        ("/fi/nothing", 404),
        ("/fi/changes?since=yesterday", 400),
        ("/fi/search?page=-1", 400),
        ("/fi/search?page=99999999999999", 400),
        ("/sv/deadlines.ics?lang=de", 400),
        ("/captures/999999.warc.gz", 404),
        ("/assets/000000000000/none.css", 404),
    ],
)
def test_what_is_not_there_says_so(get: Get, path: str, status: int) -> None:
    response = get(path)
    assert response.status_code == status
    assert BeautifulSoup(response.text, "lxml").h1 is not None


@pytest.mark.parametrize(
    ("headers", "lang"),
    [
        ({}, "fi"),
        ({"accept-language": "sv-FI,sv;q=0.9,fi;q=0.5"}, "sv"),
        ({"accept-language": "de,en;q=0.8,fi;q=0.9"}, "fi"),
        ({"accept-language": "en;q=x, sv;q=0.1"}, "sv"),
        ({"accept-language": "sv", "cookie": "hankearkisto_language=en"}, "en"),
        ({"cookie": "hankearkisto_language=xx"}, "fi"),
    ],
)
def test_start_page_chooses_a_language(get: Get, headers: dict[str, str], lang: str) -> None:
    response = get("/", headers=headers)
    assert (response.status_code, response.headers["location"]) == (302, f"/{lang}")
    assert "accept-language" in response.headers["vary"].lower()


@pytest.mark.parametrize(
    ("to", "location"),
    [
        ("/calls?lang=sv", "/sv/calls?lang=sv"),
        ("", "/sv"),
        ("//evil.example", "/sv"),
        ("https://evil.example", "/sv"),
        ("/\\evil.example", "/sv"),
    ],
)
def test_choice_of_language_is_remembered_and_stays_here(get: Get, to: str, location: str) -> None:
    response = get("/language/sv", params={"to": to})
    assert response.headers["location"] == location
    assert "hankearkisto_language=sv" in response.headers["set-cookie"]


def test_pages_are_light(get: Get, ids: dict[str, str]) -> None:
    styles = len(get(_stylesheet(get)).content)
    for path in PAGES:
        assert len(get(f"/fi{path.format(**ids)}").content) + styles < 300_000


def _stylesheet(get: Get) -> str:
    return str(BeautifulSoup(get("/fi").text, "lxml").select_one("link[rel=stylesheet]")["href"])  # type: ignore[index]  # it is there


@pytest.mark.parametrize("path", ["/archive", "/archive/projects", "/archive/pages", "/archive/projects/{project}"])
def test_data_area_works_in_the_frame(get: Get, ids: dict[str, str], path: str) -> None:
    response = get(path.format(**ids))
    page = BeautifulSoup(response.text, "lxml")
    assert response.status_code == 200
    assert page.html is not None
    assert page.html["lang"] == "en"
    assert page.select_one("a.skip")
    assert "script-src 'self' 'sha256-" in response.headers["content-security-policy"]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"groups": 1}', '{"groups": {"all": {"fields": []}}}'])
def test_figures_that_cannot_be_read_are_none(tmp_path: Path, content: str) -> None:
    path = tmp_path / "accuracy.json"
    assert accuracy(path)["fields"] == []
    path.write_text(content)
    assert accuracy(path)["fields"] == []


def test_figures_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "accuracy.json"
    path.write_text('{"pages": 9, "groups": {"all": {"fields": {"start": {"precision": 0.9, "recall": null}}}}}')
    figures = accuracy(path)
    assert figures["pages"] == 9
    assert figures["fields"] == [{"name": "start", "precision": 0.9, "recall": None, "f1": None}]
