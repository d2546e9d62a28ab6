"""Bodies through time in the archive's own tables: what SQL tells is what the history in Python tells."""

import pytest
from sqlite_utils import Database

from normalise.organisations.register import register
from normalise.resolution.history import History, Life, Merger, history_of
from tests.conftest import Take
from tests.plain_rules import capture

PAGE = """kind: project
title: Silta
partner: Mikkelin ammattikorkeakoulun
partner: Liikennevirasto
partner: Tuntematon Pursiseura ry
"""


@pytest.fixture
def linked(db: Database, take: Take) -> Database:
    take(capture("http://a.example/", PAGE))
    return db


def test_names_say_when_they_were_in_use(linked: Database) -> None:
    rows = linked.execute("SELECT name, valid_from, valid_to FROM organisation_names WHERE organisation_id = 'vayla'")
    times = {name: (start, end) for name, start, end in rows}
    assert times["Liikennevirasto"] == ("2010-01-01", "2018-12-31")
    assert times["Väylävirasto"] == times["Trafikledsverket"] == ("2019-01-01", None)


def test_mergers_say_when(linked: Database) -> None:
    sql = "SELECT successor_id, valid_from FROM successions WHERE body_id = 'mamk'"
    assert linked.execute(sql).fetchall() == [("xamk", "2017-01-01")]
    sql = "SELECT valid_from, valid_to FROM bodies WHERE id IN ('mamk', 'xamk') ORDER BY id"
    assert linked.execute(sql).fetchall() == [(None, "2016-12-31"), ("2017-01-01", None)]


def test_today_is_the_same_as_in_python(linked: Database) -> None:
    history = history_of(register().values())
    found: dict[str, list[str]] = {}
    for body, today in linked.execute("SELECT organisation_id, today_id FROM organisations_today ORDER BY 1, 2"):
        found.setdefault(body, []).append(today)
    assert found["mamk"] == ["xamk"]
    assert {body: tuple(today) for body, today in found.items()} == {
        body: history.successor_today(body) for body in found
    }


def test_bodies_without_a_history_stand_for_themselves(linked: Database) -> None:
    rows = linked.execute("SELECT today_name FROM organisations_today WHERE today_name LIKE '%Pursiseura%'").fetchall()
    assert rows == [("Tuntematon Pursiseura ry",)]
    assert linked.execute("SELECT count(*) FROM bodies WHERE name LIKE '%Pursiseura%'").fetchone() == (0,)


def test_two_registers_that_tell_of_one_body_are_joined() -> None:
    history = History({}, {"a": Life("2001-01-01").joined(Life("1999-01-01", "2010-01-01"))})
    assert history.lives["a"] == Life("1999-01-01", None)
    history.add_mergers([Merger("a", "b", "2019-01-01"), Merger("a", "b")])
    history.add_mergers([Merger("a", "b", "2020-01-01")])
    assert history.mergers == (Merger("a", "b", "2020-01-01"),)
