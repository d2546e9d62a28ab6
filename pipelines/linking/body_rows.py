"""Rows of organisations and of their names, made from all the facts that name a body and from the register."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlite_utils import Database

from archive.sync import Key, Row, Value, chosen, sync_table
from normalise.resolution.bodies import Bodies
from normalise.resolution.history import History, Life
from normalise.resolution.resolving import Entity as Body
from pipelines.linking.body_facts import Naming
from pipelines.linking.names_table import NamesTable

_PLAIN = "the same name but for case and punctuation"
_REGISTERED = "the register has this name"
_UNKNOWN = Life()


@dataclass(slots=True)
class Linked:
    """What linking bodies changed: rows by table, and the pages whose facts mean other bodies now."""

    organisations: set[Key] = field(default_factory=set)
    names: set[Key] = field(default_factory=set)
    pages: set[str] = field(default_factory=set)


class BodyRows:
    """Writes the rows of organisations and of their names, within one transaction of the caller's."""

    def __init__(self, db: Database, bodies: Bodies, history: History, table: NamesTable) -> None:
        """``table`` tells by which rule a name means a body."""
        self._db, self._bodies, self._history, self._table = db, bodies, history, table
        self._times: dict[str, Mapping[str, Life]] = {}
        self._children: dict[str, list[str]] = defaultdict(list)
        for entry in bodies.entries.values():
            if entry.part_of:
                self._children[entry.part_of].append(entry.id)

    def write(
        self, touched: set[str], bodies: Mapping[str, Body], facts: Mapping[str, list[Naming]], done: Linked
    ) -> set[str]:
        """Make the rows of bodies what all their facts say; returns those that came or went."""
        present = self.present(touched)
        named = [body for body in sorted(touched) if facts[body]]
        rows = [self._row(body, bodies.get(body), facts[body]) for body in named]
        names = [row for body in named for row in self._names(body, bodies.get(body), facts[body])]
        done.organisations |= sync_table(self._db, "organisations", ["id"], rows, ("id", touched))
        keys = ["organisation_id", "name"]
        done.names |= sync_table(self._db, "organisation_names", keys, names, ("organisation_id", touched))
        return present ^ set(named)

    def add(self, body: str, facts: Sequence[Naming], pages: Mapping[str, set[str]], done: Linked) -> None:
        """Add to a registered body what new facts say; ``pages``: name -> the pages that are not counted yet."""
        if self.present([body]):
            self.widen([(body, fact) for fact in facts])
        else:
            done.organisations.add((body,))
            sync_table(self._db, "organisations", ["id"], [self._row(body, None, facts)], ("id", [body]))
            unused = self._known_names(body) - {fact.value for fact in facts}
            self._insert_names([self._name_row(body, value, "register", 0, _REGISTERED) for value in sorted(unused)])
        reasons: dict[str, set[str]] = defaultdict(set)
        for fact in facts:
            reasons[fact.value].add(self._hit(fact) or _REGISTERED)
        rows = [self._name_row(body, value, "page", len(on), min(reasons[value])) for value, on in pages.items()]
        done.names |= {(body, row["name"]) for row in rows}
        self._insert_names(rows)

    def widen(self, seen: Iterable[tuple[str, Naming]]) -> None:
        """The times of bodies that were linked before: a version may have turned out to be older."""
        self._db.conn.executemany(
            "UPDATE organisations SET first_seen = min(first_seen, ?1), last_seen = max(last_seen, ?2)"
            " WHERE id = ?3 AND (first_seen > ?1 OR last_seen < ?2)",
            [(fact.seen_at, fact.last_seen, body) for body, fact in seen],
        )

    def present(self, bodies: Iterable[str]) -> set[str]:
        """Those of the bodies that pages name."""
        sql = "SELECT id FROM organisations WHERE id IN (SELECT value FROM json_each(?))"
        return {key for (key,) in self._db.execute(sql, [chosen(bodies)])}

    def place_parts(self, moved: set[str], done: Linked) -> None:
        """Owners that came or went: their parts name them, or no longer."""
        here = self.present(moved)
        for owner in sorted(moved):
            sql = "SELECT DISTINCT organisation_id FROM link_names WHERE owner_id = ?"
            units = {key for (key,) in self._db.execute(sql, [owner]) if key not in self._bodies.entries}
            parts = chosen(units | set(self._children.get(owner, ())))
            rows = self._db.execute(
                "UPDATE organisations SET part_of_id = ? WHERE id IN (SELECT value FROM json_each(?))"
                " AND part_of_id IS NOT ? RETURNING id",
                [owner if owner in here else None, parts, owner if owner in here else None],
            )
            done.organisations |= {(key,) for (key,) in rows.fetchall()}

    def _row(self, key: str, body: Body | None, facts: Sequence[Naming]) -> Row:
        entry = self._bodies.entries.get(key)
        owner = entry.part_of if entry else body.part_of if body else None
        return {
            "id": key,
            "name": entry.names[0] if entry else body.name if body else key,
            "type": entry.type if entry else None,
            "register_id": entry.id if entry else None,
            "business_id": entry.business_id if entry else None,
            "part_of_id": owner if owner and self.present([owner]) else None,
            "first_seen": min(fact.seen_at for fact in facts),
            "last_seen": max(fact.last_seen for fact in facts),
        }

    def _names(self, key: str, body: Body | None, facts: Sequence[Naming]) -> Iterator[Row]:
        pages: dict[str, set[str]] = defaultdict(set)
        for fact in facts:
            pages[fact.value].add(fact.page)
        reasons: dict[str, set[str]] = defaultdict(set)
        for join in body.joins if body else ():
            reasons[join.name].add(join.reason)
        known = self._known_names(key)
        for fact in facts if key in self._bodies.entries else ():
            if reason := self._hit(fact):
                reasons[fact.value].add(reason)
        for value in sorted(pages):
            plain = _REGISTERED if value in known else _PLAIN
            yield self._name_row(key, value, "page", len(pages[value]), min(reasons[value], default=plain))
        for value in sorted(known - pages.keys()):
            yield self._name_row(key, value, "register", 0, _REGISTERED)

    def _name_row(self, body: str, name: str, origin: str, pages: int, reason: str) -> Row:
        if body not in self._times:
            self._times[body] = self._history.times_of_names(body)
        times = self._times[body].get(name.casefold(), _UNKNOWN)
        row: dict[str, Value] = {"organisation_id": body, "name": name, "origin": origin, "pages": pages}
        return row | {"reason": reason, "valid_from": times.starts, "valid_to": times.ends}

    def _hit(self, fact: Naming) -> str | None:
        hit = self._table.node(self._table.name(fact.value, fact.register_id, fact.page).mention).match.hit
        return hit.reason if hit else None

    def _insert_names(self, rows: Iterable[Row]) -> None:
        self._db.conn.executemany(
            "INSERT INTO organisation_names (organisation_id, name, origin, pages, reason, valid_from, valid_to)"
            " VALUES (:organisation_id, :name, :origin, :pages, :reason, :valid_from, :valid_to)"
            " ON CONFLICT (organisation_id, name) DO UPDATE"
            " SET origin = excluded.origin, pages = pages + excluded.pages,"
            " reason = CASE origin WHEN 'page' THEN min(reason, excluded.reason) ELSE excluded.reason END",
            list(rows),
        )

    def _known_names(self, body: str) -> frozenset[str]:
        entry = self._bodies.entries.get(body)
        return frozenset(entry.names if entry else ())
