"""Every name that pages give an organisation, stored once, with what it is tied to: the memory of `bodies`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sqlite_utils import Database

from archive.sync import chosen
from normalise.resolution.bodies import Bodies
from normalise.resolution.decisions import Decisions
from normalise.resolution.nodes import Node
from normalise.resolution.pages import Habit, pairs_on_page
from normalise.resolution.resolving import Mention, known_node
from normalise.resolution.tokens import is_settled, tokens

# Nodes held in memory; a name's node is made again where it is needed after that.
_MOST_NODES = 50_000
NamedPair = tuple[Habit, int, int]


@dataclass(frozen=True, slots=True)
class StoredName:
    """A name; ``is_settled``: it means a registered body, whatever others there are. ``organisation``: as linked."""

    id: int
    mention: Mention
    is_settled: bool
    organisation: str | None


@dataclass(slots=True)
class NamesTable:
    """The stored names of an archive, read and written through one transaction of the caller's."""

    db: Database
    bodies: Bodies
    decisions: Decisions
    _nodes: dict[Mention, Node] = field(default_factory=dict)
    _tokens: dict[Mention, frozenset[int]] = field(default_factory=dict)
    _settled: dict[tuple[str, str], StoredName] = field(default_factory=dict)

    def node(self, mention: Mention) -> Node:
        """What a mention means by itself."""
        found = self._nodes.get(mention)
        if found is None:
            if len(self._nodes) >= _MOST_NODES:
                self._nodes.clear()
                self._tokens.clear()
                self._settled.clear()
            found = known_node(mention, self.bodies, self.decisions)
            self._nodes[found.mention] = found
        return found

    def name(self, value: str, register_id: str | None, page: str) -> StoredName:
        """The stored name of a mention on a page; a new one is stored."""
        settled = self._settled.get((value, register_id or ""))
        if settled:
            return settled
        name = self._stored(value, register_id or "", page) or self._add(Mention(value, register_id or "", scope=page))
        if name.is_settled:
            self._settled[value, register_id or ""] = name
        return name

    def _stored(self, value: str, register_id: str, page: str) -> StoredName | None:
        for scope in ("", page):
            row = self.db.execute(
                "SELECT id, is_settled, organisation_id FROM link_names"
                " WHERE name = ? AND register_id = ? AND scope = ?",
                [value, register_id, scope],
            ).fetchone()
            if row:
                return StoredName(row[0], Mention(value, register_id, scope=scope), bool(row[1]), row[2])
        return None

    def get(self, ids: Iterable[int]) -> list[StoredName]:
        """Stored names by their ids."""
        rows = self.db.execute(
            "SELECT id, name, register_id, scope, is_settled, organisation_id FROM link_names"
            " WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
            [chosen(ids)],
        )
        return [
            StoredName(key, Mention(name, given, scope=scope), bool(s), body)
            for key, name, given, scope, s, body in rows
        ]

    def pair(self, page: str, names: Sequence[StoredName]) -> set[int]:
        """Store the short forms among all names of a page; returns the names that a pair was made or lost for."""
        found = set(self._pairs(names))
        sql = "SELECT habit, short_id, long_id FROM link_name_pairs WHERE page_id = ?"
        stored: set[NamedPair] = set(self.db.execute(sql, [page]))
        lost, new = stored - found, found - stored
        self.db.conn.executemany(
            "DELETE FROM link_name_pairs WHERE page_id = ? AND habit = ? AND short_id = ? AND long_id = ?",
            [(page, *pair) for pair in lost],
        )
        self.db.conn.executemany("INSERT INTO link_name_pairs VALUES (?, ?, ?, ?)", [(page, *pair) for pair in new])
        return {name for _, *ids in (*lost, *new) for name in ids}

    def tied(self, ids: Iterable[int]) -> dict[int, StoredName]:
        """The names with all that they are tied to, by tokens and pairs, directly or through others."""
        found: dict[int, StoredName] = {}
        frontier = set(ids)
        while frontier:
            names = self.get(frontier)
            found.update({name.id: name for name in names if not name.is_settled})
            near = {other for name in names for other in self._near(name)}
            frontier = near - found.keys()
        return found

    def pairs_of(self, ids: Iterable[int]) -> list[NamedPair]:
        """The different pairs among names that `tied` gave."""
        rows = self.db.execute(
            "SELECT DISTINCT habit, short_id, long_id FROM link_name_pairs"
            " WHERE short_id IN (SELECT value FROM json_each(?)) ORDER BY 1, 2, 3",
            [chosen(ids)],
        )
        return list(rows)

    def _add(self, said: Mention) -> StoredName:
        node = self.node(said)
        settled = is_settled(node, self.decisions)
        body = node.match.hit.id if settled and node.match.hit else None
        mention = node.mention
        row = self.db.execute(
            "INSERT INTO link_names (name, register_id, scope, is_settled, organisation_id) VALUES (?, ?, ?, ?, ?)"
            " RETURNING id",
            [mention.name, mention.register_id, mention.scope, settled, body],
        ).fetchone()
        if not settled:
            rows = [(token, row[0]) for token in self._tokens_of(mention)]
            self.db.conn.executemany("INSERT INTO link_name_tokens VALUES (?, ?)", rows)
        return StoredName(row[0], mention, settled, body)

    def _tokens_of(self, mention: Mention) -> frozenset[int]:
        found = self._tokens.get(mention)
        if found is None:
            found = self._tokens[mention] = tokens(self.node(mention), self.bodies, self.decisions)
        return found

    def _near(self, name: StoredName) -> Iterator[int]:
        rows = self.db.execute(
            "SELECT name_id FROM link_name_tokens WHERE token IN (SELECT value FROM json_each(?))"
            " UNION SELECT long_id FROM link_name_pairs WHERE short_id = ?"
            " UNION SELECT short_id FROM link_name_pairs WHERE long_id = ?",
            [chosen(self._tokens_of(name.mention)), name.id, name.id],
        )
        yield from (other for (other,) in rows)

    def _pairs(self, names: Sequence[StoredName]) -> Iterator[NamedPair]:
        # Both names of a pair are unknown to the register.
        if sum(not name.is_settled for name in names) > 1:
            ordered = sorted(names, key=lambda name: name.mention)
            for habit, short, long in pairs_on_page([self.node(name.mention) for name in ordered], self.bodies):
                yield habit, ordered[short].id, ordered[long].id
