"""Searching an archive."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from archive.schema import open_archive
from archive.search import words as search_words
from archive.search.asking import Filters, Results, complete, rewrite, search
from archive.search.match import make_match
from archive.search.snippets import marks_of
from normalise.language.questions import parse
from normalise.language.search_terms import Block
from pipelines.flow import Flow
from tests.plain_rules import capture, plain_extract, plain_read

PAGES = {
    "hanke": "title: Kulttuurin kehittämishanke\nkind: project\nfunder: Svenska kulturfonden\nstart: 2023-01\nend: 2024\n\n"
    "Hankkeessa kehitetään oppilaitosten johtamiskulttuuria. Tunnus OKM/30/221/2017 ja S21925. anna@tredu.example",
    "projekt": "title: Utvecklingsprojekt för skolor\nkind: project\n\nProjektets mål är att stöda lärarna i skärgården.",
    "haku": "title: Avustukset nuorille\nkind: call\nopens: 2026-01-01\ncloses: 2026-03-31\n\n"
    "Avustusta voi hakea koulutuksen järjestäjä. Hakuaika päättyy maaliskuussa. Hanke mainitaan kerran.",
    "muu": "title: Ruokalista\n\nMaanantaina keittoa <b>ja leipää</b>, tiistaina koulutuspäivän lounas.",
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Database:
    db = open_archive(tmp_path_factory.mktemp("search") / "archive.db", create=True)
    flow = Flow(db, read=plain_read, extract=plain_extract)
    for name, text in PAGES.items():
        flow.take(capture(f"https://site.example/{name}", text))
    flow.finish()
    return db


def names(results: Results) -> list[str]:
    return [(hit.url or "").rpartition("/")[2] for hit in results.hits]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("hanke", {"hanke", "haku"}),
        ("HANKKEET", {"hanke", "haku"}),
        ("kulttuuri", {"hanke"}),
        ("johtaminen", {"hanke"}),
        ("projekt", {"projekt"}),
        ("koulutus", {"haku", "muu"}),
        ("koulutus -lounas", {"haku"}),
        ('"koulutuksen järjestäjä"', {"haku"}),
        ('"koulutus järjestäjä"', set()),
        ("“hankkeessa kehitetään”", {"hanke"}),
        ("OKM/30/221/2017", {"hanke"}),
        ("30/221", {"hanke"}),
        ("S21925", {"hanke"}),
        ("21925", {"hanke"}),
        ("tredu", {"hanke"}),
        ("@tredu.example", {"hanke"}),
        ("johtamisku*", {"hanke"}),
        ("koulutus lou*", {"muu"}),
        ("hanke -johtamisku*", {"haku"}),
        ('hanke "hakea koulutuksen"', {"haku"}),
        ('leipä OR "stöda lärarna"', {"muu", "projekt"}),
        ('hanke -"mainitaan kerran"', {"hanke"}),
        ("title:hanke", {"hanke"}),
        ("laji:haku", {"haku"}),
        ("laji:hanke mål", {"projekt"}),
        ("rahoittaja:kulturfonden", {"hanke"}),
        ("lounas OR lärare", {"muu", "projekt"}),
        ("hanke ja koulutus", {"haku"}),
        ("-hanke", {"projekt", "muu"}),
        ("", set()),
        ("*", set()),
        ("olematon", set()),
    ],
)
def test_query_finds(archive: Database, query: str, expected: set[str]) -> None:
    results = search(archive, query)
    assert set(names(results)) == expected
    assert results.total == len(expected)


def test_title_comes_before_text(archive: Database) -> None:
    assert names(search(archive, "hanke")) == ["hanke", "haku"]


@pytest.mark.parametrize(
    ("query", "marked"),
    [("hanke", "<mark>Hankkeessa</mark>"), ("kulttuuri", "<mark>johtamiskulttuuria</mark>"), ("leipä", "&lt;b&gt;ja")],
)
def test_snippet_marks_words_as_written_and_is_safe(archive: Database, query: str, marked: str) -> None:
    assert marked in search(archive, query).hits[0].snippet.html()


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("İİ hanke, HANKKEEN: kehittämishankkeella, hank", "hanke", ["hanke", "HANKKEEN", "kehittämishankkeella"]),
        ("talon katto, talo", "talo", ["talon", "talo"]),
        ("Projektets mål.\n\nHankkeen tavoite", "projekt hanke", ["Projektets", "Hankkeen"]),
    ],
)
def test_words_are_marked_where_they_stand(text: str, query: str, marked: list[str]) -> None:
    blocks = [Block(0, "sv"), Block(17, "fi")] if "\n" in text else [Block(0, "fi")]
    spans = sorted(marks_of(text, blocks, make_match(parse(query))))
    assert [text[start:end] for start, end in spans] == marked


def test_hit_as_json(archive: Database) -> None:
    hit = search(archive, "projekt").hits[0].as_json()
    assert list(hit) == ["id", "url", "kind", "title", "score", "snippet"]
    assert hit["kind"] == "project"
    assert hit["score"] > 0


def test_facets_count_what_was_found(archive: Database) -> None:
    facets = search(archive, "hanke").facets
    assert dict(facets["kind"]) == {"project": 1, "call": 1}
    assert dict(facets["funder"]) == {"Svenska kulturfonden": 1}
    assert facets["year"][0][0] == "2026"


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters({"kind": ("call",)}), {"haku"}),
        (Filters({"kind": ("call", "project")}), {"hanke", "haku"}),
        (Filters({"kind": ("award",)}), set()),
        (Filters(since="2025-01-01"), {"haku"}),
        (Filters(until="2024-06-30"), {"hanke"}),
        (Filters(since="2024-12-01", until="2025"), {"hanke"}),
        (Filters(open_on="2026-02-01"), {"haku"}),
        (Filters(open_on="2026-04-01"), set()),
    ],
)
def test_filters_narrow(archive: Database, filters: Filters, expected: set[str]) -> None:
    assert set(names(search(archive, "hanke", filters=filters))) == expected


@pytest.mark.parametrize(("day", "is_open"), [("2026-03-31", True), ("2026-12-31", True), ("2027-01-01", False)])
def test_call_that_closes_in_a_year_is_open_until_its_end(tmp_path: Path, day: str, is_open: bool) -> None:
    db = open_archive(tmp_path / "archive.db", create=True)
    flow = Flow(db, read=plain_read, extract=plain_extract)
    flow.take(capture("https://site.example/a", "title: Avustus\nkind: call\ncloses: 2026\n\nAvustus kouluille"))
    flow.finish()
    assert search(db, "avustus", filters=Filters(open_on=day)).total == is_open


def test_beginning_of_very_many_words_is_looked_up_by_the_commonest(
    archive: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_words, "_WRITTEN_DOCUMENTS", 1)
    monkeypatch.setattr(search_words, "_GATHERED", 2)
    monkeypatch.setattr(search_words, "_MIN_ARCHIVE", 0)
    search_words.recount_written(archive)
    assert set(names(search(archive, "koulutu*"))) == {"haku", "muu"}
    assert set(names(search(archive, "koulutu* -avustu*"))) == {"muu"}
    monkeypatch.setattr(search_words, "_COMMONEST", 1)
    assert len(names(search(archive, "koulutu*"))) == 1
    assert names(search(archive, "johtamisku*")) == ["hanke"]


def test_widened_query_crosses_languages_and_says_so(archive: Database) -> None:
    results = search(archive, "hanke", filters=Filters(widen=True))
    assert set(names(results)) == {"hanke", "haku", "projekt"}
    assert "projekt" in results.widened["hanke"]


def test_other_types_are_found_when_asked_for(archive: Database) -> None:
    hits = search(archive, "laji:organisaatio kulturfonden").hits
    assert [(hit.type, hit.title) for hit in hits] == [("organisation", "Svenska kulturfonden")]
    assert search(archive, "tyyppi:project kehittämishanke").hits[0].type == "project"


@pytest.mark.parametrize(("typo", "meant"), [("kolutus", "koulutus"), ("kultturi", "kulttuuri"), ("hanke", None)])
def test_did_you_mean(archive: Database, typo: str, meant: str | None) -> None:
    assert search(archive, typo).suggestion == meant


def test_completion_of_the_last_word(archive: Database) -> None:
    assert "hanke" in complete(archive.conn, "hank")
    assert complete(archive.conn, "uusi koulu")[0].startswith("uusi koulu")
    assert complete(archive.conn, "h") == []


def test_guessed_base_forms_complete_nothing(tmp_path: Path) -> None:
    db = open_archive(tmp_path / "archive.db", create=True)
    flow = Flow(db, read=plain_read, extract=plain_extract)
    for name in ("a", "b"):
        flow.take(
            capture(f"https://site.example/{name}", f"Kokous pidettiin Gradiaxissa, {name}. Tredu ja Tredun väki.")
        )
    flow.finish()
    assert db.execute("SELECT count(*) FROM search_vocabulary WHERE term LIKE 'gradiax%'").fetchone()[0] == 3
    assert complete(db.conn, "gradi") == ["gradiaxissa"]
    assert complete(db.conn, "tre")[0] == "tredu"


def test_pages_of_hits_follow_each_other(archive: Database) -> None:
    first, second = search(archive, "hanke", limit=1), search(archive, "hanke", limit=1, offset=1)
    assert [*names(first), *names(second)] == ["hanke", "haku"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(st.text(st.sampled_from("aäk1 \"*-:()^{}+.,/\\'~%&|<>@#\0\nANDORTNEl"), max_size=40) | st.text(max_size=40))
def test_no_query_raises(archive: Database, query: str) -> None:
    search(archive, query)
    expression = rewrite(query)
    if expression:
        archive.execute("SELECT rowid FROM search_terms WHERE search_terms MATCH ?", [expression]).fetchall()
