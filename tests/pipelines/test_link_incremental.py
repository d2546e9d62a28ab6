"""Linking a few pages at a time gives what linking all at once gives."""

import random
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive.capture import Capture
from archive.schema import open_archive
from pipelines.expiry import KEPT_FOR, expire_contacts
from pipelines.flow import Flow
from pipelines.linking import linking
from pipelines.linking.linking import link
from tests.plain_rules import capture, plain_extract, plain_read

# Rows of what is linked, without the numbers that the order of storing gives.
TABLES = {
    "organisations": "SELECT * FROM organisations ORDER BY id",
    "organisation_names": "SELECT * FROM organisation_names ORDER BY organisation_id, name",
    "bodies": "SELECT * FROM bodies ORDER BY id",
    "successions": "SELECT * FROM successions ORDER BY 1, 2",
    "projects": "SELECT * FROM projects ORDER BY id",
    "calls": "SELECT * FROM calls ORDER BY id",
    "awards": "SELECT * FROM awards ORDER BY id",
    "project_pages": "SELECT * FROM project_pages ORDER BY 1, 2",
    "call_pages": "SELECT * FROM call_pages ORDER BY 1, 2",
    "award_pages": "SELECT * FROM award_pages ORDER BY 1, 2",
    "participations": "SELECT id, organisation_id, role, project_id, call_id, award_id, page_id, pages"
    " FROM participations ORDER BY id",
    "amounts": "SELECT id, eur, role, page_id, project_id, call_id, award_id FROM amounts ORDER BY id",
    "identifiers": "SELECT id, value, page_id, project_id, call_id, award_id FROM identifiers ORDER BY id",
    "contacts": "SELECT * FROM contacts ORDER BY id",
    "contact_mentions": "SELECT * FROM contact_mentions ORDER BY 1, 2, 3",
    "relations": "SELECT * FROM relations ORDER BY id",
    "facts": "SELECT page_id, field, value, start, organisation_id, contact_id, seen_at FROM facts"
    " JOIN page_versions USING (page_id) WHERE page_versions.id = page_version_id ORDER BY 1, 7, 4, 2, 3",
}
NAMES = (
    *("Opetushallitus", "OPH", "Utbildningsstyrelsen", "Tredu", "Tampereen kaupunki, Tredu", "Turun kaupunki"),
    *("Åbo stad", "Euroopan sosiaalirahasto", "Kuuralan Kiekko ry", "Kuuralan Kiekko", "Kuuralan Kiekon"),
    *("Kuralan Kiekko ry", "Kuuralan Kiekko Oy", "KK", "Kuuralan Kiekko (KK)", "Inexa", "Inexa Partners Oy"),
    *("Helsingin yliopiston Ruskolaitos", "Ruskolaitos", "Turun yliopiston Ruskolaitos", "sivistyslautakunta"),
    *("Heinäveden kunnan sivistyslautakunta", "Kerokuitu", "Osuuskunta Kerokuitu", "Malva 2021-2027", "Malva"),
    *(
        "Mallasen tutkimuslaitos",
        "Mallaksen tutkimuslaitos",
        "Malasen tutkimuslaitos",
        "Mallasen tutkimuslaitos / Sato",
    ),
)
TITLES = (
    *("Strapetsi", "Strapetsi II", "Strapetsi 3", "Strapetsi – Johtaminen työssä", "Valo", "Valo: uusia polkuja"),
    *("Osaaminen kasvuun maaseudun yrityksissä", "Osaaminen kasvuun maaseudun yrityksissä II", "Silta työhön"),
)
PEOPLE = ("Anna Esimerkki", "Olli Malli", "anna  esimerkki")
EMAILS = ("anna@tredu.example", "hanke@tredu.example", "olli@muu.example")


# What two pages in two languages are one project by, as long as no third title has it.
DEAL = ("start: 2021-03-01", "amount: 500 grant", "partner: Gradia", "partner: Omnia")


def page(rng: random.Random, number: int) -> str:
    if rng.random() < 0.15:
        lead = rng.choice(("Tredu", "Tampereen kaupunki", "Tampereen kaupunki, Tredu"))
        told = [
            "kind: project",
            f"title: {rng.choice(TITLES)}",
            f"coordinator: {lead}",
            f"lang: {rng.choice(('fi', 'sv'))}",
        ]
        return "\n".join([*told, *DEAL, f"end: 202{rng.randint(2, 3)}", ""])
    kind = rng.choice(("project", "project", "project", "call", "award", "other"))
    lines = [f"kind: {kind}", f"title: {rng.choice(TITLES)}"]
    lines += [
        f"{role}: {rng.choice(NAMES)}"
        for role in rng.choices(("partner", "coordinator", "funder"), k=rng.randint(0, 4))
    ]
    lines += [f"start: 202{rng.randint(0, 3)}"] if rng.random() < 0.4 else []
    lines += [f"closes: 202{rng.randint(0, 3)}-05-01"] if kind == "call" else []
    lines += (
        [f"amount: {rng.randint(1, 2)}000 available", f"lang: {rng.choice(('fi', 'sv'))}"] if kind == "call" else []
    )
    lines += [f"published: 202{rng.randint(0, 3)}-05-01"] if kind == "award" else []
    lines += [f"identifier: S{rng.randint(1, 4)}"] if rng.random() < 0.3 else []
    lines += [f"amount: {rng.randint(1, 3)}00 grant"] if rng.random() < 0.3 else []
    lines += [f"alternate: {address(rng.randrange(30))}"] if rng.random() < 0.1 else []
    for _ in range(rng.choice((0, 0, 1, 2))):
        lines.append(
            f"contact: {rng.choice((*PEOPLE, ''))}; {rng.choice(('Johtaja', ''))}; {rng.choice((*EMAILS, ''))}; "
        )
    if rng.random() < 0.4:
        lines.append(f"note: Hanke on jatkoa hankkeelle {rng.choice(TITLES)}. Muuta.")
    if rng.random() < 0.4:
        lines.append(f"note: Mukana on {rng.choice(TITLES)}, muun muassa ({number}).")
    return "\n".join([*lines, ""])


def address(number: int) -> str:
    return f"http://{('tredu', 'b', 'c')[number % 3]}.example/{number}"


def captures(rng: random.Random) -> list[Capture]:
    """Pages, some of them several times, some documents of pages, some missing ones."""
    found = []
    for number in range(30):
        for day in sorted(rng.sample(range(1, 20), rng.choice((1, 1, 2)))):
            via = address(rng.randrange(30)) if rng.random() < 0.15 else None
            found.append(capture(address(number), page(rng, number), day, via=via))
        if rng.random() < 0.2:
            found.append(capture(address(number), day=21, status=304))
        elif rng.random() < 0.1:
            found += [capture(address(number), day=day, status=404) for day in (22, 23)]
    return found


def batches(rng: random.Random, items: list[Capture]) -> Iterator[list[Capture]]:
    """Items in the order of their times a page, in random order otherwise, some at a time."""
    order = sorted(items, key=lambda one: one.captured_at) if rng.random() < 0.5 else mixed(rng, items)
    while order:
        size = rng.choice((1, 1, 2, 5, 10, 40))
        yield order[:size]
        order = order[size:]


def mixed(rng: random.Random, items: list[Capture]) -> list[Capture]:
    by_page: dict[str, list[Capture]] = {}
    for item in items:
        by_page.setdefault(item.url, []).append(item)
    turns = [url for url, of_page in by_page.items() for _ in of_page]
    rng.shuffle(turns)
    return [by_page[url].pop(0) for url in turns]


def archive(path: Path, runs: list[list[Capture]]) -> Database:
    db = open_archive(path, create=True)
    for run in runs:
        flow = Flow(db, read=plain_read, extract=plain_extract)
        for one in run:
            flow.take(one)
        flow.finish()
    return db


def linked(db: Database) -> dict[str, list[tuple[object, ...]]]:
    return {table: db.execute(sql).fetchall() for table, sql in TABLES.items()}


@pytest.mark.parametrize("seed", range(12))
def test_a_few_pages_at_a_time_or_all_at_once(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(seed)  # noqa: S311 - a test
    items = captures(rng)
    piecewise = archive(tmp_path / "piecewise.db", list(batches(rng, items)))
    found = linked(piecewise)
    at_once = linked(archive(tmp_path / "once.db", [sorted(items, key=lambda one: (one.url, one.captured_at))]))
    for table, rows in at_once.items():
        assert found[table] == rows, table
    with piecewise.conn:
        piecewise.execute("DELETE FROM meta WHERE key = 'linked_by'")
    monkeypatch.setattr(linking, "_BATCH", 3)
    link(piecewise)
    anew = linked(piecewise)
    for table, rows in found.items():
        assert anew[table] == rows, table
    assert piecewise.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("seed", range(6))
def test_after_contacts_expired(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - a test
    db = archive(tmp_path / "archive.db", list(batches(rng, captures(rng))))
    first = db.execute("SELECT min(last_seen) FROM contacts WHERE kind = 'person'").fetchone()[0]
    assert expire_contacts(db, datetime.fromisoformat(first) + timedelta(days=rng.randint(1, 6)) + KEPT_FOR)
    link(db)
    found = linked(db)
    with db.conn:
        db.execute("DELETE FROM meta WHERE key = 'linked_by'")
    link(db)
    for table, rows in linked(db).items():
        assert found[table] == rows, table


def test_what_was_linked_stays_linked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of its own costs a page: the others are not read again."""
    db = archive(tmp_path / "archive.db", [captures(random.Random(1))])  # noqa: S311 - a test
    read: list[str] = []
    real = linking.BodyLinker.link

    def counting(self: linking.BodyLinker, pages: list[str]) -> object:
        read.extend(pages)
        return real(self, pages)

    monkeypatch.setattr(linking.BodyLinker, "link", counting)
    flow = Flow(db, read=plain_read, extract=plain_extract)
    flow.take(capture("http://d.example/", "kind: project\ntitle: Aivan oma\npartner: Ihan muu Oy\n"))
    flow.finish()
    assert len(read) == 1


# How a statement would go through all pages, their versions, captures or facts, or through all pages of a kind.
_THROUGH_ALL = re.compile(r"SCAN (pages|page_versions|captures|facts)\b|INDEX pages_(kind|source) ")


def test_linking_a_changed_page_goes_through_no_large_table(db: Database) -> None:
    flow = Flow(db, read=plain_read, extract=plain_extract)
    text = "kind: project\ntitle: Valo\nfunder: Opetushallitus\nend: {}\n"
    for number in range(3):
        flow.take(capture(f"http://a.example/{number}", text.format(2026)))
    flow.finish()
    flow.take(capture("http://a.example/1", text.format(2027), 2))
    statements: dict[str, object] = {}
    with db.tracer(statements.setdefault):
        link(db)
    plans = [
        (sql, step)
        for sql, values in statements.items()
        if sql.lstrip().startswith(("SELECT", "UPDATE", "DELETE", "INSERT"))
        for *_, step in db.conn.execute(f"EXPLAIN QUERY PLAN {sql}", values or [])
    ]
    assert len(plans) > 50
    assert [found for found in plans if _THROUGH_ALL.search(found[1])] == []
