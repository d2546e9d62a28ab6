"""What the stock pages count: whole tables once a run, parts of them not for long, the program's own not at all."""

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from datasette.database import Database, QueryInterrupted

from publish import counted
from publish.site import Site, make_datasette, shown_tables
from tests.publish.conftest import Get, client

PROJECTS = "select count(*) from projects"
FACET = """
    select kind as value, count(*) as count from (
        select id, kind from pages {where}
    )
    where kind is not null
    group by kind order by count desc, value limit 31
"""


@pytest.fixture
def copy(archive: Path, tmp_path: Path) -> Path:
    """An archive that a test may write to."""
    connection = sqlite3.connect(archive)
    connection.execute("VACUUM INTO ?", [str(tmp_path / "archive.db")])
    connection.close()
    return tmp_path / "archive.db"


def write(path: Path, sql: str) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(sql)
    connection.close()


def count(path: Path, *sqls: str, between: str | None = None) -> list[Any]:
    """What a site's database answers: the first value of each statement, with something written in between."""

    async def ask() -> list[Any]:
        datasette = make_datasette(Site(path))
        await datasette.invoke_startup()
        found = []
        for sql in sqls:
            found.append((await datasette.get_database("archive").execute(sql)).rows[0][-1])
            if between:
                write(path, between)
        return found

    return asyncio.run(ask())


@pytest.mark.parametrize("sql", [PROJECTS, "select count(*) from [projects]", "select count(*) from projects "])
def test_a_table_is_counted_once_a_run(copy: Path, sql: str) -> None:
    new = "INSERT INTO projects (id, title, first_seen, last_seen) SELECT hex(randomblob(8)), 'x', '2026', '2026'"
    first, second = count(copy, sql, sql, between=new)
    assert first == second > 0


def test_values_of_a_table_are_counted_once_a_run(copy: Path) -> None:
    first, second = count(copy, *[FACET.format(where="")] * 2, between="UPDATE pages SET kind = 'other'")
    assert first == second > 0


@pytest.mark.parametrize("where", ["where kind is not null", "where lang = 'fi' "])
def test_what_is_narrowed_is_counted_anew(copy: Path, where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counted, "FILTERED_MS", 60_000)
    gone = "DELETE FROM pages WHERE id = (SELECT id FROM pages WHERE lang = 'fi' AND kind = 'project' LIMIT 1)"
    for sql in (f"select count(*) from pages {where}", FACET.format(where=where)):  # noqa: S608 - constants
        first, second = count(copy, sql, sql, between=gone)
        assert first == second + 1


def test_a_count_ends_when_its_time_is_over(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counted, "FILTERED_MS", 1e-6)
    assert count(copy, PROJECTS)
    with pytest.raises(QueryInterrupted):
        count(copy, "select count(*) from facts where field = 'start'")


def test_a_page_is_shown_without_a_count_that_took_too_long(
    copy: Path, loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counted, "FILTERED_MS", 1e-6)
    response = client(Site(copy), loop)("/archive/facts?field=start")
    assert response.status_code == 200
    assert "2023-01-01" in response.text
    assert "4 rows" not in response.text
    assert "These facets timed out: field" in response.text


def test_tables_of_the_program_are_not_counted(get: Get, capsys: pytest.CaptureFixture[str]) -> None:
    tables = {table["name"]: table for table in get("/archive.json").json()["tables"]}
    assert tables["projects"]["count"] == get("/archive/projects.json").json()["filtered_table_rows_count"]
    assert {table["count"] for table in tables.values() if table["hidden"]} == {None}
    assert not [name for name in shown_tables() if name in tables and tables[name]["count"] is None]
    # Datasette writes a line for each statement that fails.
    assert "ERROR" not in capsys.readouterr().err


def test_analysts_have_numbers_of_this_moment(copy: Path) -> None:
    assert type(make_datasette(Site(copy, analyst=True)).get_database("archive")) is Database


def test_a_row_counts_what_refers_to_it_where_an_index_leads_there(get: Get, ids: dict[str, str]) -> None:
    html = get(f"/archive/pages/{ids['page']}").text
    assert f"/archive/page_versions?page_id={ids['page']}" in html
    assert "/archive/facts?page_id=" not in html


def test_facts_of_a_page_are_found_by_its_versions(get: Get, archive: Path, ids: dict[str, str]) -> None:
    connection = sqlite3.connect(archive)
    found = connection.execute("SELECT id FROM facts WHERE page_id = ?", [ids["page"]]).fetchall()
    connection.close()
    shown = get(f"/archive/facts.json?page_id={ids['page']}&_size=200").json()
    assert sorted(row[0] for row in shown["rows"]) == sorted(key for (key,) in found) != []
    assert get("/archive/facts.json?page_id=none").json()["rows"] == []
