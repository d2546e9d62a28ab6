"""The whole archive as feeds, calendar and linked data: what the site serves for a search, as files."""

import json
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from sqlite_utils import Database

from publish.feeds.atom import atom
from publish.feeds.calendar import calendar, events
from publish.feeds.dcat import catalogue
from publish.feeds.entries import Entry, Feed, change_entry, entity_entry
from publish.feeds.json_feed import json_feed
from publish.json_ld import CONTEXT, entity_ld
from publish.language import DEFAULT, Texts, texts
from publish.queries import home
from publish.queries.calls import calls_in_language, moved_deadlines
from publish.queries.entities import load_entity
from publish.queries.history import changes
from publish.queries.rows import TABLES
from publish.queries.selection import Key, Selection, load_rows, selected
from publish.site import metadata

_ENTRIES = 200


def write_atom(db: Database, out: BinaryIO, address: str) -> None:
    """The latest changes as Atom."""
    t = texts(DEFAULT)
    entries = tuple(change_entry(change, address, t) for change in changes(db.conn, limit=_ENTRIES))
    out.write(atom(_feed(t, f"{address}/{t.lang}/changes", "atom", entries, "feeds.changes")))


def write_json_feed(db: Database, out: BinaryIO, address: str) -> None:
    """The newest projects, calls and awards as a JSON feed."""
    t = texts(DEFAULT)
    entries = tuple(entity_entry(entity, address, t) for entity in selected(db.conn, Selection(), _ENTRIES))
    out.write(json_feed(_feed(t, f"{address}/{t.lang}/search", "feed.json", entries, "feeds.all")).encode())


def write_ics(db: Database, out: BinaryIO, address: str) -> None:
    """The deadlines of open calls as iCalendar."""
    t = texts(DEFAULT)
    calls = load_rows(db.conn, [("call", call["id"]) for call in calls_in_language(db.conn)])
    title = t("feeds.title", what=t("home.open_calls"))
    out.write(calendar(events(calls, moved_deadlines(db.conn), t), address, t, title).encode())


def write_json_ld(db: Database, out: BinaryIO, address: str, keys: Sequence[Key] | None = None) -> None:
    """Every project, call and award (or those of ``keys``) as a graph of schema.org's terms, entity by entity."""
    out.write(f'{{"@context": "{CONTEXT}", "@graph": ['.encode())
    separator = b"\n"
    for kind, key in _all_keys(db) if keys is None else keys:
        entity = load_entity(db.conn, kind, key)
        if entity:
            content = {name: value for name, value in entity_ld(entity, address, DEFAULT).items() if name != "@context"}
            out.write(separator + json.dumps(content, ensure_ascii=False).encode())
            separator = b",\n"
    out.write(b"\n]}\n")


def _all_keys(db: Database) -> Iterator[Key]:
    for kind, table in TABLES.items():
        for (key,) in db.execute(f"SELECT id FROM {table} ORDER BY id").fetchall():  # noqa: S608 - a constant table
            yield kind, key


def write_dcat(db: Database, out: BinaryIO, address: str) -> None:
    """The description of the data set."""
    out.write(catalogue(address, home.last_run(db.conn), metadata()).encode())


def _feed(t: Texts, page: str, ending: str, entries: tuple[Entry, ...], what: str) -> Feed:
    return Feed(t("feeds.title", what=t(what)), f"{page}.{ending}", page, t.lang, entries)
