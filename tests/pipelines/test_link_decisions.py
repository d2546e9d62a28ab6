"""What a person said of names holds in the archive through later crawls, and can be taken back."""

import pytest
from sqlite_utils import Database

from normalise.resolution.decisions import Decision, Decisions
from pipelines.linking.linking import link
from tests.conftest import Take
from tests.plain_rules import capture

PAGE = "kind: project\ntitle: Hanke {n}\npartner: Kuuralan Verstas\npartner: Visan Paja Oy\npartner: Tredu\n"


def decide(db: Database, monkeypatch: pytest.MonkeyPatch, decisions: Decisions) -> None:
    """Judge, and link anew as a changed file of judgements does."""
    monkeypatch.setattr("pipelines.linking.bodies.human_decisions", lambda: decisions)
    db.execute("DELETE FROM meta WHERE key = 'linked_by'")
    link(db)


def names(db: Database) -> list[set[str]]:
    found: dict[str, set[str]] = {}
    for body, name in db.execute("SELECT organisation_id, name FROM organisation_names WHERE origin = 'page'"):
        found.setdefault(body, set()).add(name)
    return sorted(found.values(), key=min)


def test_the_same_holds_and_can_be_taken_back(db: Database, take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    take(capture("http://a.example/1", PAGE.format(n=1)))
    before = list(db["organisations"].rows)
    apart = [{"Kuuralan Verstas"}, {"Tredu"}, {"Visan Paja Oy"}]
    assert names(db) == apart
    one = Decisions(same=(Decision(("Kuuralan Verstas", "Visan Paja"), "one association, two trade names"),))
    decide(db, monkeypatch, one)
    assert names(db) == [{"Kuuralan Verstas", "Visan Paja Oy"}, {"Tredu"}]
    take(capture("http://a.example/2", PAGE.format(n=2), day=2))
    assert names(db) == [{"Kuuralan Verstas", "Visan Paja Oy"}, {"Tredu"}]
    decide(db, monkeypatch, Decisions())
    assert names(db) == apart
    assert [row["id"] for row in db["organisations"].rows] == [row["id"] for row in before]


def test_not_the_same_wins_over_the_register(db: Database, take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    page = PAGE.format(n=1) + "partner: Tampereen seudun ammattiopisto Tredu\n"
    take(capture("http://a.example/1", page))
    assert {"Tredu", "Tampereen seudun ammattiopisto Tredu"} in names(db)
    two = Decisions(not_same=(Decision(("Tredu", "Tampereen seudun ammattiopisto Tredu"), "another Tredu is meant"),))
    decide(db, monkeypatch, two)
    assert {"Tredu", "Tampereen seudun ammattiopisto Tredu"} not in names(db)
    take(capture("http://a.example/1", page.replace("Hanke 1", "Uusi hanke"), day=2))
    assert {"Tredu", "Tampereen seudun ammattiopisto Tredu"} not in names(db)
