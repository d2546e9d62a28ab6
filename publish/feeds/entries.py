"""What a feed tells: entries with a stable id, whatever its format."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from publish.language import Texts
from publish.queries.rows import Row

# One entry for all time: RFC 4151 tag URIs survive a change of address.
_TAG = "tag:hankearkisto,2026"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. ``updated`` is UTC, ISO 8601; ``text`` is plain text."""

    id: str
    title: str
    url: str
    updated: str
    published: str
    text: str
    lang: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: ``url`` is its own address, ``home`` that of the page which shows the same."""

    title: str
    url: str
    home: str
    lang: str
    entries: tuple[Entry, ...]

    @property
    def updated(self) -> str:
        """When the newest entry changed; the beginning of time for an empty feed, so that it never seems new."""
        return max((entry.updated for entry in self.entries), default="1970-01-01T00:00:00Z")


def entity_entry(entity: Mapping[str, Any], base: str, t: Texts) -> Entry:
    """A project, call or award (a row of `publish.queries.selection`) as an entry."""
    parts = [t.period(entity["start"], entity["end"])]
    if entity["closes"]:
        parts.append(f"{t('fields.closes')} {t.date(entity['closes'])}")
    for name, role in (("funders", "funder"), ("coordinators", "coordinator"), ("partners", "partner")):
        if entity[name]:
            parts.append(f"{t(f'party_roles.{role}')}: {', '.join(entity[name])}")
    languages = entity["languages"]
    return Entry(
        f"{_TAG}:{entity['kind']}:{entity['id']}",
        entity["title"],
        f"{base}/{t.lang}/{entity['kind']}s/{quote(entity['id'])}",
        entity["last_seen"],
        entity["first_seen"],
        "\n".join(part for part in parts if part),
        languages[0] if len(languages) == 1 else None,
        (entity["kind"],),
    )


def change_entry(change: Row, base: str, t: Texts) -> Entry:
    """A row of `publish.queries.history.changes` as an entry."""
    field = t.term("fields", change["field"])
    title = change["title"] or change["url"]
    old, new = change["old"] or t("changes.nothing"), change["new"] or t("changes.nothing")
    return Entry(
        f"{_TAG}:change:{change['id']}",
        f"{title}: {field}",
        f"{base}/{t.lang}/pages/{quote(change['page_id'])}",
        change["seen_at"],
        change["seen_at"],
        f"{field}: {old} → {new}",
        change["lang"],
        (change["field"],),
    )
