"""The index keeps in step with the archive."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

import pipelines.index
from archive.addresses import page_id
from archive.schema import migrations, open_archive, transaction
from archive.search import store as search_store
from archive.search.asking import Filters, search
from archive.search.documents import Document, DocumentType
from archive.search.rows import documents
from archive.search.texts import is_usable
from pipelines.index import index, rebuild_index
from tests.conftest import Take
from tests.plain_rules import capture

URL = "https://site.example/{}"


def found(db: Database, query: str, **filters: Any) -> set[str]:
    return {(hit.url or hit.title).rpartition("/")[2] for hit in search(db, query, filters=Filters(**filters)).hits}


def is_sound(db: Database) -> bool:
    """FTS5 compares its structures; raises where they disagree."""
    for table in ("search_index", "search_terms"):
        db.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")  # noqa: S608 - constants
    return True


def test_flow_leaves_nothing_to_index(db: Database, take: Take) -> None:
    take(capture(URL.format("a"), "Kehittämishankkeen tavoitteet ovat selvät ja hyvin perustellut."))
    assert index(db) == 0
    assert found(db, "hanke") == {"a"}


def test_changed_page_is_found_by_its_new_words_only(db: Database, take: Take) -> None:
    take(capture(URL.format("a"), "Hankkeen rahoitus päättyy keväällä ja raportti valmistuu."))
    take(capture(URL.format("a"), "Museon näyttely avataan syksyllä kaikille kaupunkilaisille.", day=2))
    assert found(db, "rahoitus") == set()
    assert found(db, "näyttely") == {"a"}
    assert is_sound(db)


def test_a_batch_is_written_in_one_piece(db: Database, take: Take) -> None:
    """FTS5 flushes what it has gathered at any statement that opens a savepoint: a piece a page costs thrice as much."""
    take(*(capture(URL.format(number), f"Hanke {number} ja sen tulokset") for number in range(30)))
    with transaction(db):
        search_store.clear(db)
    pipelines.index._index_type(db, "page", None)
    for table in ("search_index", "search_terms"):
        assert db.execute(f"SELECT count(DISTINCT segid) FROM {table}_idx").fetchone()[0] == 1  # noqa: S608 - constants


def test_emptied_index_equals_the_one_kept_in_step(db: Database, take: Take) -> None:
    take(
        capture(URL.format("a"), "title: Nuorten hanke\nfunder: Opetushallitus"), capture(URL.format("b"), "Projektet")
    )
    take(capture(URL.format("a"), "title: Aikuisten hanke\nfunder: Svenska kulturfonden", day=2))
    kept = _content(db)
    assert rebuild_index(db) > 0
    assert _content(db) == kept


def _content(db: Database) -> tuple[list[Any], ...]:
    queries = (
        "SELECT type, key, title, names, lang, signature FROM search_documents ORDER BY 1, 2",
        "SELECT term, documents FROM search_vocabulary ORDER BY 1",
        "SELECT facet, value, count(*) FROM search_values JOIN search_facets ON value_id = id GROUP BY 1, 2 ORDER BY 1, 2",
    )
    return tuple(db.execute(query).fetchall() for query in queries)


_CHANGES = {
    "title": "UPDATE pages SET title = 'Uusi otsikko'",
    "gone": "UPDATE pages SET gone_at = '2026-02-01T08:00:00Z'",
    "language": "UPDATE pages SET lang = 'sv'",
    "attachment": "UPDATE pages SET parent_id = (SELECT min(id) FROM pages) WHERE id > (SELECT min(id) FROM pages)",
    "seen": "UPDATE page_versions SET seen_at = '2026-02-01T08:00:00Z'",
    "fact added": "INSERT INTO facts SELECT id + 99, page_version_id, page_id, 'start', '2026', NULL, NULL, '', 0, 0, '', 1, NULL, NULL, NULL,"
    " NULL FROM facts WHERE field = 'title'",
    "fact lost": "DELETE FROM facts WHERE field = 'closes'",
    "fact changed": "UPDATE facts SET value = '2027-05-05' WHERE field = 'closes'",
    "party added": "INSERT INTO participations SELECT id || 'x', organisation_id, 'partner', project_id, call_id, award_id, page_id, fact_id, 1"
    " FROM participations",
    "party lost": "DELETE FROM participations",
    "party changed": "UPDATE participations SET role = 'partner'",
    "identifier added": "INSERT INTO identifiers SELECT id || 'x', 'HEL 2026-000001', page_id, fact_id, project_id, call_id, award_id FROM identifiers",
    "identifier lost": "DELETE FROM identifiers",
    "identifier changed": "UPDATE identifiers SET value = 'HEL 2026-000002'",
    "body": "UPDATE organisations SET name = 'Toinen nimi'",
    "body seen": "UPDATE organisations SET last_seen = '2026-02-01T08:00:00Z'",
    "body added": "INSERT INTO organisations SELECT id || 'x', name, type, NULL, NULL, NULL, first_seen, last_seen FROM organisations",
    "name added": "INSERT INTO organisation_names SELECT id, 'Kolmas nimi', 'page', 1, '', NULL, NULL FROM organisations",
    "name lost": "DELETE FROM organisation_names",
    "name changed": "UPDATE organisation_names SET name = 'Neljäs nimi' WHERE name = 'Muu nimi'",
    "call": "UPDATE calls SET title = 'Toinen haku'",
    "call added": "INSERT INTO calls (id, title, first_seen, last_seen) SELECT id || 'x', title, first_seen, last_seen FROM calls",
    "call's page lost": "DELETE FROM call_pages WHERE page_id = (SELECT min(page_id) FROM call_pages)",
    "call's page changed": "UPDATE call_pages SET score = 2 WHERE page_id = (SELECT id FROM pages WHERE url LIKE '%/b')",
}  # fmt: skip


@pytest.mark.parametrize("change", _CHANGES.values(), ids=_CHANGES)
def test_whatever_changes_waits_for_the_index(db: Database, take: Take, change: str) -> None:
    text = "kind: call\ntitle: Valohaku\nfunder: Valosäätiö\ncloses: 2027-03-01\nidentifier: HEL 2025-000001\n{}\n"
    take(capture(URL.format("a"), text.format("ensin")), capture(URL.format("b"), text.format("lang: sv")))
    with transaction(db):
        db.execute("INSERT INTO organisation_names SELECT id, 'Muu nimi', 'page', 1, '', NULL, NULL FROM organisations")
    assert index(db, is_whole=False) == 1
    with transaction(db):
        assert db.execute(change).rowcount
    assert index(db, is_whole=False) > 0
    assert index(db) == 0


def test_nothing_but_what_waits_is_looked_at(db: Database, take: Take) -> None:
    take(capture(URL.format("a"), "Hanke alkaa"), capture(URL.format("b"), "Hanke loppuu"))
    with transaction(db):
        db.execute("UPDATE pages SET title = 'Uusi otsikko'")
        db.execute("DELETE FROM index_queue WHERE key <> ?", [page_id(URL.format("a"))])
    assert index(db, is_whole=False) == 1
    assert found(db, "otsikko") == {"a"}
    assert index(db) == 1
    assert found(db, "otsikko") == {"a", "b"}


def test_other_rules_ask_for_a_look_at_all(db: Database, take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    take(capture(URL.format("a"), "Hanke alkaa"))
    with transaction(db):
        db.execute("UPDATE pages SET title = 'Uusi otsikko'")
        db.execute("DELETE FROM index_queue")
    monkeypatch.setattr(pipelines.index, "indexing_version", lambda: "another")
    assert index(db, is_whole=False) == 1
    assert found(db, "otsikko") == {"a"}


def test_an_index_that_was_being_made_again_is_completed(
    db: Database, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kill between emptying and filling leaves nothing that waits, and an index that lacks everything."""
    take(capture(URL.format("a"), "Hanke alkaa"), capture(URL.format("b"), "Hanke loppuu"))

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    assert is_usable(db)
    with monkeypatch.context() as patch:
        patch.setattr(pipelines.index, "documents", die)
        with pytest.raises(KeyboardInterrupt):
            rebuild_index(db)
    assert not is_usable(db)
    index(db, is_whole=False)
    assert found(db, "hanke") == {"a", "b"}
    assert is_usable(db)


def test_whether_the_index_is_usable_costs_the_same_in_any_archive(db: Database, take: Take) -> None:
    take(capture(URL.format("a"), "Hanke alkaa"))
    steps: list[int] = []

    def count() -> int:
        steps.append(1)
        return 0

    def cost() -> int:
        steps.clear()
        db.conn.set_progress_handler(count, 1)
        assert is_usable(db)
        db.conn.set_progress_handler(None, 1)
        return len(steps)

    before = cost()
    take(*(capture(URL.format(number), f"Hanke {number}") for number in range(50)))
    assert cost() == before


def test_what_changes_again_while_it_is_indexed_goes_on_waiting(
    db: Database, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(capture(URL.format("a"), "Hanke alkaa"))

    def and_change(db: Database, type_: DocumentType, keys: list[str]) -> list[Document]:
        read = documents(db, type_, keys)
        with transaction(db):
            db.execute("UPDATE pages SET title = 'Viimeinen otsikko' WHERE title = 'Uusi otsikko'")
        return read

    with transaction(db):
        db.execute("UPDATE pages SET title = 'Uusi otsikko'")
    monkeypatch.setattr(pipelines.index, "documents", and_change)
    index(db, is_whole=False)
    assert found(db, "viimeinen") == set()
    assert index(db, is_whole=False) == 1
    assert found(db, "viimeinen") == {"a"}


def test_other_analyser_asks_for_a_new_index(db: Database, take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    take(capture(URL.format("a"), "Hanke"))
    monkeypatch.setattr(search_store, "analyser_version", lambda: "another 1.0")
    assert search(db, "hanke").needs_index
    assert index(db) >= 1
    assert not search(db, "hanke").needs_index
    assert index(db) == 0


def test_text_erased_from_a_version_leaves_no_word_behind(db: Database, take: Take) -> None:
    take(capture(URL.format("a"), "Yhteyshenkilö Maija Mallikas vastaa kysymyksiin."))
    with transaction(db):
        db.execute("UPDATE page_versions SET text = 'Yhteyshenkilö vastaa kysymyksiin.'")
        db.execute("UPDATE pages SET title = 'Muutettu'")
    index(db)
    assert found(db, "mallikas") == set()
    assert found(db, "kysymys") == {"a"}
    assert is_sound(db)


def test_segments_are_merged_in_short_transactions(
    db: Database, take: Take, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_store, "_MERGED_PAGES", 2)
    monkeypatch.setattr(pipelines.index, "_BATCH", 1)
    take(*(capture(URL.format(number), f"Hanke numero{number} " + f"sana{number} " * 400) for number in range(12)))
    other = sqlite3.connect(tmp_path / "archive.db", timeout=0)
    other.execute("BEGIN")
    assert len(search(other, "hanke", limit=50).hits) == 12
    rebuild_index(db)
    assert len(search(other, "hanke", limit=50).hits) == 12
    other.rollback()
    assert len(search(other, "hanke", limit=50).hits) == 12
    assert _segments(db) == {"search_index": 1, "search_terms": 1}
    assert is_sound(db)
    other.close()


def _segments(db: Database) -> dict[str, int]:
    """Of how many pieces each table of the index is made."""
    tables = ("search_index", "search_terms")
    return {table: db.execute(f"SELECT count(DISTINCT segid) FROM {table}_idx").fetchone()[0] for table in tables}  # noqa: S608 - constants


def test_reader_sees_whole_documents_while_they_are_written(db: Database, take: Take, tmp_path: Any) -> None:
    take(capture(URL.format("a"), "Hanke"))
    reader = sqlite3.connect(tmp_path / "archive.db")
    with transaction(db):
        search_store.clear(db)
        assert len(search(reader, "hanke").hits) == 1
    assert search(reader, "hanke").hits == ()
    reader.close()


def test_index_of_an_older_archive_is_asked_for_again(db: Database, take: Take, tmp_path: Path) -> None:
    take(capture(URL.format("a"), "Kehittämishankkeen tavoitteet"))
    old = _before(tmp_path / "old.db", "0006_search_terms")
    for table in ("meta", "pages", "page_versions"):
        known, more = old[table].columns_dict, {"record": "{}"} if table == "page_versions" else {}
        rows = [row | more for row in db[table].rows if row.get("key") != "schema_version"]
        old[table].insert_all({name: value for name, value in row.items() if name in known} for row in rows)
    old.execute("INSERT INTO meta VALUES ('schema_version', '5')")
    old.execute("INSERT INTO search_values VALUES (1, 'kind', 'other')")
    old.execute(
        "INSERT INTO search_documents (id, type, key, kind, title, names, signature, text_check)"
        " VALUES (1, 'page', 'x', 'other', 'x', '', 'x', 0)"
    )
    old.execute("INSERT INTO search_facets VALUES (1, 1)")
    old.conn.close()
    upgraded = open_archive(tmp_path / "old.db")
    assert search(upgraded, "hanke").needs_index
    assert index(upgraded) >= 1
    assert found(upgraded, "hanke") == {"a"}


def _before(path: Path, migration: str) -> Database:
    """An archive with the schema that it had before a migration."""
    connection = sqlite3.connect(path, isolation_level=None)
    old = Database(connection)
    names = [one.name for one in migrations().pending(old)]
    migrations().apply(old, stop_before=names[names.index(migration) :])
    return old
