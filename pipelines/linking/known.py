"""What relations between projects, calls and awards are told by: of each entity, as it is stored now."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from sqlite_utils import Database

from normalise.words import vocabulary
from pipelines.linking.entities import ENTITY_TABLES
from pipelines.linking.names import TitleIndex, folded_words
from pipelines.linking.texts import text_of

# How much after a cue the name of the predecessor may stand, in characters.
_REACH = 160
# The date of an entity that tells when it began or was decided.
_BEGINS = {"project": "start", "call": "closes", "award": "published"}
# What is held in memory of entities that were looked at.
_MOST_KNOWN = 20_000


@dataclass(frozen=True, slots=True)
class Known:
    """An entity; ``named``: the others that its pages name, with the number of the name's words.

    ``date`` tells when it began or was decided, ``others`` are the bodies that take part and do not pay, ``continued``
    the projects that its pages say it goes on with.
    """

    id: str
    kind: str
    title: str
    date: str | None
    codes: frozenset[str]
    funders: frozenset[str]
    others: frozenset[str]
    named: Mapping[str, int]
    continued: frozenset[str]


class KnownEntities:
    """Reads entities, each once until they are forgotten."""

    def __init__(self, db: Database, titles: TitleIndex) -> None:
        """Read from an archive, as part of the caller's transaction."""
        self._db, self._titles = db, titles
        self._known: dict[str, Known | None] = {}

    def forget(self) -> None:
        """Read all anew from now on."""
        self._known.clear()

    def holders(self, code: str) -> Mapping[str, list[str]]:
        """The entities that state an identifier, by kind."""
        found: dict[str, list[str]] = defaultdict(list)
        sql = "SELECT DISTINCT project_id, call_id, award_id FROM identifiers WHERE value = ?"
        for row in self._db.execute(sql, [code]):
            for kind, key in zip(("project", "call", "award"), row, strict=True):
                found[kind] += [key] if key else []
        return found

    def get(self, key: str) -> Known | None:
        """An entity by its id; None where there is none."""
        if key not in self._known:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[key] = self._read(key)
        return self._known[key]

    def _read(self, key: str) -> Known | None:
        for kind, table in ENTITY_TABLES.items():
            row = self._db.execute(f"SELECT title, {_BEGINS[kind]} FROM {table} WHERE id = ?", [key]).fetchone()  # noqa: S608 - constants
            if row:
                named, continued = self._in_texts(key, kind) if kind != "call" else ({}, frozenset[str]())
                funders, others = self._bodies(key, kind)
                sql = f"SELECT value FROM identifiers WHERE {kind}_id = ?"  # noqa: S608 - constants
                codes = frozenset(code for (code,) in self._db.execute(sql, [key]))
                title, date = row
                return Known(key, kind, title, date, codes, funders, others, named, continued)
        return None

    def _bodies(self, key: str, kind: str) -> tuple[frozenset[str], frozenset[str]]:
        sql = f"SELECT role = 'funder', organisation_id FROM participations WHERE {kind}_id = ?"  # noqa: S608 - constants
        rows = self._db.execute(sql, [key]).fetchall()
        return frozenset(b for is_funder, b in rows if is_funder), frozenset(
            b for is_funder, b in rows if not is_funder
        )

    def _in_texts(self, key: str, kind: str) -> tuple[dict[str, int], frozenset[str]]:
        """The entities of other kinds that its pages name, with the words of the name, and those that it continues."""
        named: dict[str, int] = {}
        continued: set[str] = set()
        sql = (
            f"SELECT pages.id FROM {kind}_pages JOIN pages ON pages.id = page_id WHERE {kind}_id = ?"  # noqa: S608 - constants
            f" AND pages.kind = '{kind}' ORDER BY pages.id"
        )
        for (page,) in self._db.execute(sql, [key]).fetchall():
            text = text_of(self._db, page)
            words = folded_words(text)
            for other_kind in ENTITY_TABLES.keys() - {kind}:
                for other, length in self._titles.find(other_kind, words):
                    named[other] = max(named.get(other, 0), length)
            continued |= set(self._continued(key, text)) if kind == "project" else set()
        return named, frozenset(continued)

    def _continued(self, key: str, text: str) -> Iterator[str]:
        phrases, cues = _cues()
        lowered = text.lower()
        # Few texts have one, and looking for each alone is ten times faster than for all of them at every place.
        if not any(phrase in lowered for phrase in phrases):
            return
        for cue in cues.finditer(text):
            line = text[cue.end() : cue.end() + _REACH].partition("\n")[0]
            named = (other for other, _ in self._titles.find("project", folded_words(line)) if other != key)
            yield from [first for first in (next(named, None),) if first]


@cache
def _cues() -> tuple[tuple[str, ...], re.Pattern[str]]:
    """Phrases of which each text with a cue holds one in small letters, and an expression for all cues."""
    words = vocabulary("linking")["continues_before"]
    phrases = sorted({phrase for of_lang in words.values() for phrase in of_lang}, key=lambda p: (-len(p), p))
    shortest = tuple(p for p in phrases if not any(p != other and other in p for other in phrases))
    return shortest, re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})(?!\w)", re.IGNORECASE)
