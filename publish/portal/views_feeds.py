"""Feeds, calendars and files of a selection."""

import sqlite3
from pathlib import Path
from typing import Any

from archive.errors import ArchiveError
from publish.feeds.atom import atom
from publish.feeds.calendar import Event, calendar, events
from publish.feeds.entries import Feed, change_entry, entity_entry
from publish.feeds.json_feed import json_feed
from publish.language import texts
from publish.portal.facets import pairs_of, selection_of
from publish.portal.render import file
from publish.portal.views_lists import day_of
from publish.portal.visit import SELECTION_LIMIT_MS, BadRequestError, NotFoundError, Visit
from publish.public import is_public_connection
from publish.queries.calls import calls_in_language, moved_deadlines
from publish.queries.history import changes
from publish.queries.organisations import load_organisation
from publish.queries.rows import Row, helsinki
from publish.queries.selection import load_rows, open_calls_only, selected
from publish.selection_formats import FILE_FORMATS, Selected
from publish.sheets import csv_text

_ENTRIES = 60
_ATOM = "application/atom+xml; charset=utf-8"
_JSON_FEED = "application/feed+json; charset=utf-8"
_ICS = "text/calendar; charset=utf-8"


async def search_feed(visit: Visit) -> Any:
    """What a search finds, as ``atom`` or ``feed.json``."""
    selection = selection_of(visit)
    found = await visit.read(selected, selection, _ENTRIES, limit_ms=SELECTION_LIMIT_MS)
    entries = tuple(entity_entry(entity, visit.base, visit.t) for entity in found)
    what = selection.query or ", ".join(value for _, value in pairs_of(selection)) or visit.t("feeds.all")
    return _feed(visit, visit.t("feeds.title", what=what), "search", entries)


async def changes_feed(visit: Visit) -> Any:
    """Changed values, as ``atom`` or ``feed.json``."""
    found = await visit.read(changes, day_of(visit), visit.arg("field", 40), limit=_ENTRIES)
    entries = tuple(change_entry(change, visit.base, visit.t) for change in found)
    return _feed(visit, visit.t("feeds.title", what=visit.t("feeds.changes")), "changes", entries)


def _feed(visit: Visit, title: str, name: str, entries: Any) -> Any:
    query = f"?{visit.request.query_string}" if visit.request.query_string else ""
    own = f"{visit.base}{visit.request.path}{query}"
    feed = Feed(title, own, f"{visit.base}/{visit.lang}/{name}{query}", visit.lang, entries)
    return file(atom(feed), _ATOM) if visit.var("format") == "atom" else file(json_feed(feed), _JSON_FEED)


async def search_calendar(visit: Visit) -> Any:
    """The deadlines of the open calls that a search finds."""
    selection = open_calls_only(selection_of(visit), helsinki()[:10])
    found = await visit.read(selected, selection, limit_ms=SELECTION_LIMIT_MS)
    return await _calendar_of(visit, [entity for entity in found if entity["kind"] == "call"])


async def search_file(visit: Visit) -> Any:
    """What a search finds, whole, in one of `FILE_FORMATS`."""
    name, selection = visit.var("format"), selection_of(visit)
    format_, captures = FILE_FORMATS[name], await captures_of(visit)
    if format_.needs_captures and captures is None:
        raise NotFoundError

    def write(connection: sqlite3.Connection) -> bytes:
        found = selected(connection, selection)
        return format_.write(Selected(found, dict(pairs_of(selection)), connection, visit.base, visit.t, captures))

    try:
        body = await visit.read(write, limit_ms=SELECTION_LIMIT_MS)
    except ArchiveError as error:  # captures that are no longer where the archive says
        raise NotFoundError from error
    return file(body, format_.media_type, None if name == "json" else f"hankearkisto.{name}")


async def captures_of(visit: Visit) -> Path | None:
    """The folder of the captures, where they may be shown: never beside a public copy."""
    folder = visit.config.get("captures")
    is_public = await visit.read(is_public_connection)
    return Path(folder) if folder and not is_public else None


async def organisation_projects(visit: Visit) -> Any:
    """The projects of an organisation as CSV, all or those that start in a year (``since``) or later."""
    organisation = await visit.read(load_organisation, visit.var("id"))
    if organisation is None:
        raise NotFoundError
    since = visit.arg("since", 10)
    keys = dict.fromkeys(
        ("project", project["id"])
        for project in organisation.projects
        if not since or (project["start"] or "") >= since
    )
    found = await visit.read(load_rows, list(keys))
    return file(csv_text(found, visit.base, visit.lang), "text/csv; charset=utf-8", f"{visit.var('id')}.csv")


async def deadlines(visit: Visit) -> Any:
    """The calendar of all open calls, or of those told in one language."""
    lang = visit.arg("lang", 2)
    if lang not in ("", "fi", "sv", "en"):
        raise BadRequestError("lang")
    now, found = helsinki(), await visit.settled(_open_events, lang, visit.lang)
    # Made once a run: what has closed since is left out.
    return _calendar(visit, [event for event in found if event.closes >= now[: len(event.closes)]])


def _open_events(connection: sqlite3.Connection, lang: str, ui_lang: str) -> list[Event]:
    calls = load_rows(connection, [("call", call["id"]) for call in calls_in_language(connection, lang)])
    return events(calls, moved_deadlines(connection), texts(ui_lang))


async def call_calendar(visit: Visit) -> Any:
    """The calendar of one call."""
    found = await visit.read(load_rows, [("call", visit.var("id"))])
    if not found:
        raise NotFoundError
    return await _calendar_of(visit, found)


async def _calendar_of(visit: Visit, calls: list[Row]) -> Any:
    return _calendar(visit, events(calls, await visit.settled(moved_deadlines), visit.t))


def _calendar(visit: Visit, found: list[Event]) -> Any:
    text = calendar(found, visit.base, visit.t, visit.t("feeds.title", what=visit.t("home.open_calls")))
    return file(text, _ICS, "hankearkisto.ics")
