"""Organisations of the pages that changed: new names are settled with the names that they are tied to, no others."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlite_utils import Database

from archive.sync import Key, Row, chosen, sync_table
from normalise.resolution import Entity as Body
from normalise.resolution import Mention, resolve_nodes
from normalise.resolution_bodies import Bodies
from normalise.resolution_decisions import human_decisions
from pipelines.link_names_table import NamesTable, StoredName

PARTY_FIELDS = ("coordinator", "funder", "partner")
_FIELDS = ", ".join(f"'{name}'" for name in PARTY_FIELDS)
_COLUMNS = (
    "facts.id, facts.page_id, value, register_id, organisation_id, page_versions.seen_at, page_versions.last_seen"
)
_OF_PAGE = (
    f"SELECT {_COLUMNS} FROM page_versions JOIN facts ON page_version_id = page_versions.id"  # noqa: S608 - constants
    f" WHERE page_versions.page_id = ? AND field IN ({_FIELDS}) ORDER BY facts.id"
)
_OF_BODY = (
    f"SELECT {_COLUMNS} FROM facts JOIN page_versions ON page_version_id = page_versions.id"  # noqa: S608 - constants
    f" WHERE organisation_id = ? AND field IN ({_FIELDS}) ORDER BY facts.id"
)
_PLAIN = "the same name but for case and punctuation"
_REGISTERED = "the register has this name"


@dataclass(frozen=True, slots=True)
class Naming:
    """A fact that names an organisation, of any version of a page; ``body``: as linked before."""

    id: int
    page: str
    value: str
    register_id: str | None
    body: str | None
    seen_at: str
    last_seen: str


@dataclass(slots=True)
class Linked:
    """What linking bodies changed: rows by table, and the pages whose facts mean other bodies now."""

    organisations: set[Key] = field(default_factory=set)
    names: set[Key] = field(default_factory=set)
    pages: set[str] = field(default_factory=set)


class BodyLinker:
    """Brings organisations up to date with the facts of some pages, within one transaction of the caller's."""

    def __init__(self, db: Database, bodies: Bodies) -> None:
        """Read and write an archive, as part of the caller's transaction."""
        self._db, self._bodies = db, bodies
        self._table = NamesTable(db, bodies, human_decisions())
        # What was counted before, of the pages that are being linked.
        self._linked: set[tuple[str, str, str]] = set()
        self._children: dict[str, list[str]] = defaultdict(list)
        for entry in bodies.entries.values():
            if entry.part_of:
                self._children[entry.part_of].append(entry.id)

    def link(self, pages: Iterable[str]) -> Linked:
        """Settle what the facts of pages name."""
        done = Linked()
        self._linked.clear()
        tied = set[int]()
        fresh: dict[int, list[Naming]] = defaultdict(list)
        for page in pages:
            tied |= self._read(page, fresh)
        names = self._table.tied(tied | {name.id for name in self._table.get(fresh) if not name.is_settled})
        settled = {name.id: name for name in self._table.get(fresh.keys() - names.keys())}
        moved = self._settle(names, fresh, done) | self._count(settled, fresh, done)
        self._place_parts(moved, done)
        return done

    def _read(self, page: str, fresh: dict[int, list[Naming]]) -> set[int]:
        """Sort the facts of a page by name; returns the names that have to be settled anew."""
        names: dict[int, StoredName] = {}
        facts = [Naming(*row) for row in self._db.execute(_OF_PAGE, [page])]
        for fact in facts:
            name = self._table.name(fact.value, fact.register_id, page)
            names[name.id] = name
            if fact.body is None:
                fresh[name.id].append(fact)
            else:
                self._linked.add((page, fact.body, fact.value))
        self._widen(facts)
        return self._table.pair(page, list(names.values()))

    def _widen(self, facts: Iterable[Naming]) -> None:
        """The times of bodies that were linked before: a version may have turned out to be older."""
        rows = [(fact.seen_at, fact.last_seen, fact.body, fact.seen_at, fact.last_seen) for fact in facts if fact.body]
        self._db.conn.executemany(
            "UPDATE organisations SET first_seen = min(first_seen, ?), last_seen = max(last_seen, ?)"
            " WHERE id = ? AND (first_seen > ? OR last_seen < ?)",
            rows,
        )

    # Names that the register does not settle: their groups are settled anew from all their facts.

    def _settle(self, names: Mapping[int, StoredName], fresh: Mapping[int, list[Naming]], done: Linked) -> set[str]:
        if not names:
            return set()
        of_mention = {name.mention: name for name in names.values()}
        old = {name.organisation for name in names.values() if name.organisation}
        facts: dict[int, list[Naming]] = defaultdict(list)
        for body in sorted(old):
            for row in self._db.execute(_OF_BODY, [body]):
                fact = Naming(*row)
                name = self._known(fact, of_mention)
                if name:
                    facts[name.id].append(fact)
        for key in names.keys() & fresh.keys():
            facts[key] += fresh[key]
        nodes = {key: self._table.node(name.mention) for key, name in names.items()}
        pairs = [(habit, nodes[short], nodes[long]) for habit, short, long in self._table.pairs_of(names)]
        counts = {nodes[key]: len(facts[key]) for key in names}
        found = resolve_nodes(counts, pairs, self._bodies, self._table.decisions)
        of_name = {key: found.of_mention[nodes[key].mention] for key in names}
        self._point(of_name, names, facts, found.entities, done)
        bodies = {key: found.entities[key] for key in of_name.values()}
        return self._write(bodies, old, of_name, facts, done)

    def _known(self, fact: Naming, of_mention: Mapping[Mention, StoredName]) -> StoredName | None:
        name = self._table.name(fact.value, fact.register_id, fact.page)
        return of_mention.get(name.mention)

    def _point(
        self,
        of_name: Mapping[int, str],
        names: Mapping[int, StoredName],
        facts: Mapping[int, list[Naming]],
        bodies: Mapping[str, Body],
        done: Linked,
    ) -> None:
        """Point names and facts to their bodies."""
        self._db.conn.executemany(
            "UPDATE link_names SET organisation_id = ?, owner_id = ? WHERE id = ?",
            [(body, bodies[body].part_of, key) for key, body in of_name.items()],
        )
        moved = [(of_name[key], fact.id) for key in names for fact in facts[key] if fact.body != of_name[key]]
        self._db.conn.executemany("UPDATE facts SET organisation_id = ? WHERE id = ?", moved)
        done.pages |= {fact.page for key in names for fact in facts[key] if fact.body != of_name[key]}

    def _write(
        self,
        bodies: Mapping[str, Body],
        old: set[str],
        of_name: Mapping[int, str],
        facts: Mapping[int, list[Naming]],
        done: Linked,
    ) -> set[str]:
        """Write the bodies of a group from all their facts; returns those that came or went."""
        touched = old | bodies.keys()
        registered = {key for key in touched if key in self._bodies.entries}
        by_body: dict[str, list[Naming]] = defaultdict(list)
        for key, body in of_name.items():
            by_body[body] += facts[key]
        for body in registered:
            by_body[body] = [Naming(*row) for row in self._db.execute(_OF_BODY, [body])]
        present = self._present(touched)
        rows = [self._row(body, bodies.get(body), by_body[body]) for body in sorted(touched) if by_body[body]]
        names = [
            row
            for body in sorted(touched)
            if by_body[body]
            for row in self._names(body, bodies.get(body), by_body[body])
        ]
        done.organisations |= sync_table(self._db, "organisations", ["id"], rows, ("id", touched))
        keys = ["organisation_id", "name"]
        done.names |= sync_table(self._db, "organisation_names", keys, names, ("organisation_id", touched))
        return present ^ {str(row["id"]) for row in rows}

    def _row(self, key: str, body: Body | None, facts: list[Naming]) -> Row:
        entry = self._bodies.entries.get(key)
        owner = entry.part_of if entry else body.part_of if body else None
        return {
            "id": key,
            "name": entry.names[0] if entry else body.name if body else key,
            "type": entry.type if entry else None,
            "register_id": entry.id if entry else None,
            "business_id": entry.business_id if entry else None,
            "part_of_id": owner if owner and self._present([owner]) else None,
            "first_seen": min(fact.seen_at for fact in facts),
            "last_seen": max(fact.last_seen for fact in facts),
        }

    def _names(self, key: str, body: Body | None, facts: list[Naming]) -> Iterable[Row]:
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
            yield _name_row(key, value, "page", len(pages[value]), min(reasons[value], default=plain))
        yield from (_name_row(key, value, "register", 0, _REGISTERED) for value in sorted(known - pages.keys()))

    # Names of registered bodies: what a page adds is added.

    def _count(self, names: Mapping[int, StoredName], fresh: Mapping[int, list[Naming]], done: Linked) -> set[str]:
        by_body: dict[str, list[Naming]] = defaultdict(list)
        for key, name in names.items():
            by_body[name.organisation or ""] += fresh[key]
        come = by_body.keys() - self._present(by_body)
        for body, facts in sorted(by_body.items()):
            self._db.conn.executemany(
                "UPDATE facts SET organisation_id = ? WHERE id = ?", [(body, fact.id) for fact in facts]
            )
            done.pages |= {fact.page for fact in facts}
            self._add(body, facts, done, is_new=body in come)
        return come

    def _add(self, body: str, facts: list[Naming], done: Linked, *, is_new: bool) -> None:
        if is_new:
            done.organisations.add((body,))
            sync_table(self._db, "organisations", ["id"], [self._row(body, None, facts)], ("id", [body]))
            unused = self._known_names(body) - {fact.value for fact in facts}
            self._insert_names([_name_row(body, value, "register", 0, _REGISTERED) for value in sorted(unused)])
        else:
            self._widen([Naming(f.id, f.page, f.value, None, body, f.seen_at, f.last_seen) for f in facts])
        pages: dict[str, set[str]] = defaultdict(set)
        for fact in facts:
            is_counted = (fact.page, body, fact.value) in self._linked
            pages[fact.value] |= set() if is_counted else {fact.page}
        reasons: dict[str, set[str]] = defaultdict(set)
        for fact in facts:
            reasons[fact.value].add(self._hit(fact) or _REGISTERED)
        rows = [_name_row(body, value, "page", len(found), min(reasons[value])) for value, found in pages.items()]
        done.names |= {(body, row["name"]) for row in rows}
        self._insert_names(rows)

    def _hit(self, fact: Naming) -> str | None:
        hit = self._table.node(self._table.name(fact.value, fact.register_id, fact.page).mention).match.hit
        return hit.reason if hit else None

    def _insert_names(self, rows: Iterable[Row]) -> None:
        self._db.conn.executemany(
            "INSERT INTO organisation_names (organisation_id, name, origin, pages, reason)"
            " VALUES (:organisation_id, :name, :origin, :pages, :reason) ON CONFLICT (organisation_id, name) DO UPDATE"
            " SET origin = excluded.origin, pages = pages + excluded.pages,"
            " reason = CASE origin WHEN 'page' THEN min(reason, excluded.reason) ELSE excluded.reason END",
            list(rows),
        )

    def _known_names(self, body: str) -> frozenset[str]:
        entry = self._bodies.entries.get(body)
        return frozenset(entry.names if entry else ())

    # Whose part a body is, as far as the owner is in the archive itself.

    def _present(self, bodies: Iterable[str]) -> set[str]:
        sql = "SELECT id FROM organisations WHERE id IN (SELECT value FROM json_each(?))"
        return {key for (key,) in self._db.execute(sql, [chosen(bodies)])}

    def _place_parts(self, moved: set[str], done: Linked) -> None:
        """Owners that came or went: their parts name them, or no longer."""
        here = self._present(moved)
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


def _name_row(body: str, name: str, origin: str, pages: int, reason: str) -> Row:
    return {"organisation_id": body, "name": name, "origin": origin, "pages": pages, "reason": reason}
