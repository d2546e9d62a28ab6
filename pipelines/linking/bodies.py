"""Organisations of the pages that changed: new names are settled with the names that they are tied to, no others."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlite_utils import Database

from normalise.resolution.bodies import Bodies
from normalise.resolution.decisions import human_decisions
from normalise.resolution.history import History
from normalise.resolution.resolving import Entity as Body
from normalise.resolution.resolving import Mention, resolve_nodes
from pipelines.linking.body_facts import Naming, namings_of_body, namings_of_page
from pipelines.linking.body_rows import BodyRows, Linked
from pipelines.linking.names_table import NamesTable, StoredName


class BodyLinker:
    """Brings organisations up to date with the facts of some pages, within one transaction of the caller's."""

    def __init__(self, db: Database, bodies: Bodies, history: History) -> None:
        """Read and write an archive, as part of the caller's transaction."""
        self._db, self._bodies = db, bodies
        self._table = NamesTable(db, bodies, human_decisions())
        self._rows = BodyRows(db, bodies, history, self._table)
        # What was counted before, of the pages that are being linked.
        self._linked: set[tuple[str, str, str]] = set()

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
        self._rows.place_parts(moved, done)
        return done

    def _read(self, page: str, fresh: dict[int, list[Naming]]) -> set[int]:
        """Sort the facts of a page by name; returns the names that have to be settled anew."""
        names: dict[int, StoredName] = {}
        facts = namings_of_page(self._db, page)
        for fact in facts:
            name = self._table.name(fact.value, fact.register_id, page)
            names[name.id] = name
            if fact.body is None:
                fresh[name.id].append(fact)
            else:
                self._linked.add((page, fact.body, fact.value))
        self._rows.widen((fact.body, fact) for fact in facts if fact.body)
        return self._table.pair(page, list(names.values()))

    # Names that the register does not settle: their groups are settled anew from all their facts.

    def _settle(self, names: Mapping[int, StoredName], fresh: Mapping[int, list[Naming]], done: Linked) -> set[str]:
        if not names:
            return set()
        of_mention = {name.mention: name for name in names.values()}
        old = {name.organisation for name in names.values() if name.organisation}
        facts: dict[int, list[Naming]] = defaultdict(list)
        for fact in (fact for body in sorted(old) for fact in namings_of_body(self._db, body)):
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
        moved = [(of_name[key], fact) for key in names for fact in facts[key] if fact.body != of_name[key]]
        self._point_facts(moved, done)

    def _point_facts(self, moved: Iterable[tuple[str, Naming]], done: Linked) -> None:
        facts = list(moved)
        sql = "UPDATE facts SET organisation_id = ? WHERE id = ?"
        self._db.conn.executemany(sql, [(body, fact.id) for body, fact in facts])
        done.pages |= {fact.page for _, fact in facts}

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
        by_body: dict[str, list[Naming]] = defaultdict(list)
        for key, body in of_name.items():
            by_body[body] += facts[key]
        # Names that the register settles are no part of the group, and name its bodies as well.
        for body in (key for key in touched if key in self._bodies.entries):
            by_body[body] = namings_of_body(self._db, body)
        return self._rows.write(touched, bodies, by_body, done)

    # Names of registered bodies: what a page adds is added.

    def _count(self, names: Mapping[int, StoredName], fresh: Mapping[int, list[Naming]], done: Linked) -> set[str]:
        by_body: dict[str, list[Naming]] = defaultdict(list)
        for key, name in names.items():
            by_body[name.organisation or ""] += fresh[key]
        come = by_body.keys() - self._rows.present(by_body)
        for body, facts in sorted(by_body.items()):
            self._point_facts([(body, fact) for fact in facts], done)
            pages: dict[str, set[str]] = defaultdict(set)
            for fact in facts:
                is_counted = (fact.page, body, fact.value) in self._linked
                pages[fact.value] |= set() if is_counted else {fact.page}
            self._rows.add(body, facts, pages, done)
        return come
