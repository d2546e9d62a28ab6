"""metadata.yml describes every table and column, and its queries run."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlite_utils import Database

from archive.schema import open_archive
from tests.conftest import Take
from tests.plain_rules import capture

METADATA = yaml.safe_load(Path(__file__).parents[2].joinpath("metadata.yml").read_text("utf-8"))
ARCHIVE: dict[str, Any] = METADATA["databases"]["archive"]
TABLES: dict[str, Any] = ARCHIVE["tables"]
QUERIES: dict[str, Any] = ARCHIVE["queries"]


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Columns by table and view, without the tables that SQLite makes for itself and for its search index."""
    db = open_archive(tmp_path_factory.mktemp("schema") / "archive.db", create=True)
    names = [*db.table_names(), *db.view_names()]
    virtual = [name for name in names if "VIRTUAL TABLE" in db[name].schema]
    own = [name for name in names if not any(name.startswith(f"{table}_") for table in virtual)]
    columns = {name: list(db[name].columns_dict) for name in own}
    db.conn.close()
    return columns


def test_every_table_is_described(schema: dict[str, list[str]]) -> None:
    assert sorted(TABLES) == sorted(schema)
    assert [name for name, table in TABLES.items() if not (table.get("title") and table.get("description"))] == []


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_described(schema: dict[str, list[str]], table: str) -> None:
    assert sorted(TABLES[table]["columns"]) == sorted(schema[table])
    assert all(TABLES[table]["columns"].values())


@pytest.mark.parametrize("table", TABLES)
def test_labels_sorts_and_facets_are_columns(schema: dict[str, list[str]], table: str) -> None:
    entry = TABLES[table]
    named = [entry.get(key) for key in ("label_column", "sort", "sort_desc") if entry.get(key)]
    assert set(named) | set(entry.get("facets", ())) <= set(schema[table])


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_runs_and_names_its_parameters(db: Database, take: Take, name: str) -> None:
    take(capture("http://a.example/", "kind: project\ntitle: Hanke\npartner: Tredu\nstart: 2024\n"))
    query = QUERIES[name]
    parameters = query.get("params", [])
    assert sorted(set(re.findall(r"(?<!:):([a-z_]+)", query["sql"]))) == sorted(parameters)
    db.execute(query["sql"], dict.fromkeys(parameters, "hanke")).fetchall()
    assert query["title"]
    assert query["description"]


def test_the_query_of_open_calls_minds_the_precision(db: Database, take: Take) -> None:
    deadlines = ("2999", "2999-01", "2999-01-31T16:15", "2001-01-31", "2001")
    take(
        *(
            capture(f"http://{n}.example/", f"kind: call\ntitle: Haku {n}\ncloses: {d}\n")
            for n, d in enumerate(deadlines)
        )
    )
    rows = db.execute(QUERIES["open_calls"]["sql"]).fetchall()
    assert [row[3] for row in rows] == ["2999", "2999-01", "2999-01-31T16:15"]


def bodies_on(db: Database, name: str, day: str) -> list[tuple[str, str]]:
    rows = db.execute(QUERIES["organisations_on_a_day"]["sql"], {"name": name, "day": day}).fetchall()
    return [(role, shown) for _, role, _, shown, *_ in rows]


def test_a_question_about_a_day_is_answered_with_the_bodies_of_then(db: Database, take: Take) -> None:
    take(capture("http://a.example/", "kind: project\ntitle: Hanke\npartner: Xamkin\npartner: Väylävirasto\n"))
    assert bodies_on(db, "Xamk", "2019-05-01") == [("itself", "Kaakkois-Suomen ammattikorkeakoulu")]
    assert bodies_on(db, "Xamk", "2015-05-01") == [
        ("predecessor", "Kymenlaakson ammattikorkeakoulu"),
        ("predecessor", "Mikkelin ammattikorkeakoulu"),
    ]
    assert bodies_on(db, "Mikkelin ammattikorkeakoulu", "2016-12-31") == [("itself", "Mikkelin ammattikorkeakoulu")]
    assert bodies_on(db, "Mikkelin ammattikorkeakoulu", "2017-01-01") == [
        ("successor", "Kaakkois-Suomen ammattikorkeakoulu")
    ]
    (then,) = bodies_on(db, "Väylävirasto", "2015-05-01")
    assert "Liikennevirasto" in then[1]
    assert "Väylävirasto" not in then[1]


def test_projects_are_found_by_the_organisation_of_today(db: Database, take: Take) -> None:
    take(
        capture(
            "http://a.example/", "kind: project\ntitle: Silta\nstart: 2015\npartner: Mikkelin ammattikorkeakoulu\n"
        ),
        capture("http://b.example/", "kind: project\ntitle: Polku\nstart: 2020\npartner: XAMK\n"),
    )
    rows = db.execute(QUERIES["projects_by_organisation_of_today"]["sql"], {"name": "Kaakkois-Suomen amm"}).fetchall()
    assert [(row[1], row[4]) for row in rows] == [
        ("Kaakkois-Suomen ammattikorkeakoulu", "Polku"),
        ("Mikkelin ammattikorkeakoulu", "Silta"),
    ]


def test_the_titles_of_a_person_over_time(db: Database, take: Take) -> None:
    page = "kind: project\ntitle: Silta\ncontact: Anna Esimerkki; {}; anna@a.example; \n"
    for day, title in ((1, "suunnittelija"), (5, "projektipäällikkö")):
        take(capture("http://a.example/", page.format(title), day))
    rows = db.execute(QUERIES["roles_of_person"]["sql"], {"name": "esimerkki"}).fetchall()
    assert [(row[1], row[3], row[5][:10], row[7]) for row in rows] == [
        ("suunnittelija", "Silta", "2026-01-01", 0),
        ("projektipäällikkö", "Silta", "2026-01-05", 1),
    ]


def test_the_query_of_conflicts_shows_both_pages(db: Database, take: Take) -> None:
    title = "kind: project\ntitle: Osaaminen kasvuun maaseudun yrityksissä\ncoordinator: Tredu\n"
    take(capture("http://a.example/", f"{title}start: 2023\n"), capture("http://b.example/", f"{title}start: 2024\n"))
    rows = db.execute(QUERIES["conflicting_dates"]["sql"]).fetchall()
    assert [(row[2], row[3], row[4]) for row in rows] == [
        ("start", "2023", "http://a.example/"),
        ("start", "2024", "http://b.example/"),
    ]
