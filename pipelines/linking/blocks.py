"""Which pages a change of some pages reaches: those that share a key are compared, those that are alike go together."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlite_utils import Database

from archive.sync import chosen
from pipelines.linking.clusters import DEAL, TERMS, Alike, keys_of
from pipelines.linking.evidence import THRESHOLD, compare, share_deal
from pipelines.linking.kin import Kin
from pipelines.linking.pages import LinkedPage, Pages
from pipelines.linking.profiles import Profile, profile

# A key that more pages share than this tells nothing ("Hanke-esittely"); comparing them all would cost its square.
LARGEST_BLOCK = 100
# SQLite's whole numbers have 64 bits and a sign.
_KEY_BYTES = 8
_OF_TERMS = 1
KINDS = ("project", "call", "award")
_MATES = " UNION ".join(
    f"SELECT others.page_id FROM {kind}_pages AS mine JOIN {kind}_pages AS others USING ({kind}_id)"  # noqa: S608 - constants
    " WHERE mine.page_id = :page"
    for kind in KINDS
)


@dataclass(slots=True)
class Reach:
    """Pages that are clustered together anew: their profiles by id, and all pairs of them that are alike.

    ``seen`` holds documents, too, that are of no kind themselves and hang on a page.
    """

    seen: set[str] = field(default_factory=set)
    profiles: dict[str, Profile] = field(default_factory=dict)
    alike: set[Alike] = field(default_factory=set)


class Blocks:
    """The keys of pages in `link_blocks`, written through one transaction of the caller's."""

    def __init__(self, db: Database, pages: Pages, kin: Kin) -> None:
        """Read and write an archive, as part of the caller's transaction."""
        self._db, self._pages, self._kin = db, pages, kin

    def update(self, changed: Iterable[str]) -> set[str]:
        """Store the keys of pages that changed; returns them with the pages that a key's growth or loss concerns."""
        ids = set(changed)
        found = self._pages.get(ids)
        old = self._stored(ids)
        new = {
            page: _keys(profile(linked, self._kin)) if linked.kind in KINDS else set() for page, linked in found.items()
        }
        moved = {key for page in ids for key in old[page] ^ new.get(page, set())}
        sizes = {key: self._is_large(key) for key in moved}
        gone = [(key, page) for page in ids for key in old[page] - new.get(page, set())]
        self._db.conn.executemany("DELETE FROM link_blocks WHERE key = ? AND page_id = ?", gone)
        come = [(key, page) for page in ids for key in new.get(page, set()) - old[page]]
        self._db.conn.executemany("INSERT INTO link_blocks VALUES (?, ?)", come)
        # Whether two pages are twins hangs on all pages with their dates and sums.
        crossed = [key for key in moved if key & _OF_TERMS or self._is_large(key) != sizes[key]]
        return ids | {page for key in crossed for page in self._members(key)}

    def reach(self, start: Iterable[str], reached: Reach) -> Reach:
        """Add pages and all that is alike to them, or was one thing with them, directly or through others."""
        frontier = set(start) - reached.seen
        while frontier:
            reached.seen |= frontier
            found = {page: linked for page, linked in self._pages.get(frontier).items() if linked.kind in KINDS}
            near = {mate for page in frontier for mate in self._mates(page)}
            near |= {linked.parent_id for linked in self._pages.get(frontier).values() if linked.parent_id}
            reached.profiles |= {page: profile(linked, self._kin) for page, linked in found.items()}
            for alike in self._compare(found, reached.profiles):
                reached.alike.add(alike)
                near |= {alike.one, alike.other}
            frontier = near - reached.seen
        return reached

    def _compare(self, found: Mapping[str, LinkedPage], profiles: Mapping[str, Profile]) -> Iterator[Alike]:
        members = {page: self._neighbours(profiles[page]) for page in found}
        others = self._pages.get({other for near in members.values() for other in near})
        made: dict[str, Profile] = {}
        for page, near in members.items():
            mine = profiles[page]
            twins = self._twins(mine, others)
            for other in near:
                theirs = others.get(other)
                if theirs is None or theirs.kind != mine.page.kind:
                    continue
                if other not in made:
                    made[other] = profiles.get(other) or profile(theirs, self._kin)
                one, two = sorted((mine, made[other]), key=lambda member: member.page.id)
                evidence = compare(one, two, are_twins=other in twins, is_deal=self._is_deal(one, two))
                if evidence.score >= THRESHOLD:
                    yield Alike(one.page.id, two.page.id, evidence)

    def _twins(self, mine: Profile, others: Mapping[str, LinkedPage]) -> set[str]:
        """The pages of the site that alone have the same dates and sums, each in a language of its own."""
        if not mine.terms:
            return set()
        key = _number(f"{mine.page.kind} {TERMS}{mine.terms}", _OF_TERMS)
        found = [others[page] for page in self._members(key, LARGEST_BLOCK) if page in others and page != mine.page.id]
        languages = [mine.page.lang, *(page.lang for page in found)]
        return {page.id for page in found} if len(set(languages)) == len(languages) else set()

    def _is_deal(self, one: Profile, other: Profile) -> bool:
        """Whether two pages in two languages have the same start, sum, lead and partners, and no third title does."""
        if one.page.lang == other.page.lang or not one.deals & other.deals:
            return False
        return other.page.id in self._deals(one) and one.page.id in self._deals(other)

    def _deals(self, mine: Profile) -> set[str]:
        """The pages that share a page's deal; none where those of one language have several titles."""
        keys = [_number(f"{mine.page.kind} {DEAL}{deal}", _OF_TERMS) for deal in mine.deals]
        ids = {page for key in keys for page in self._members(key, LARGEST_BLOCK)} - {mine.page.id}
        others = [profile(page, self._kin) for page in self._pages.get(ids).values()]
        found = [theirs for theirs in others if share_deal(mine, theirs)]
        titles = {(one.page.lang, one.title) for one in (mine, *found)}
        return {theirs.page.id for theirs in found} if len({lang for lang, _ in titles}) == len(titles) else set()

    def _neighbours(self, mine: Profile) -> set[str]:
        found = {page for key in _keys(mine) for page in self._members(key, LARGEST_BLOCK)}
        return found - {mine.page.id}

    def _members(self, key: int, largest: int | None = None) -> list[str]:
        """The pages with a key; none where there are more than ``largest``."""
        limit = -1 if largest is None else largest + 1
        rows = self._db.execute("SELECT page_id FROM link_blocks WHERE key = ? LIMIT ?", [key, limit]).fetchall()
        return [] if largest is not None and len(rows) > largest else [page for (page,) in rows]

    def _is_large(self, key: int) -> bool:
        rows = self._db.execute("SELECT 1 FROM link_blocks WHERE key = ? LIMIT ?", [key, LARGEST_BLOCK + 1])
        return len(rows.fetchall()) > LARGEST_BLOCK

    def _stored(self, ids: set[str]) -> dict[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        sql = "SELECT page_id, key FROM link_blocks WHERE page_id IN (SELECT value FROM json_each(?))"
        for page, key in self._db.execute(sql, [chosen(ids)]):
            found[page].add(key)
        return found

    def _mates(self, page: str) -> Iterator[str]:
        yield from (mate for (mate,) in self._db.execute(_MATES, {"page": page}) if mate != page)


def _keys(mine: Profile) -> set[int]:
    """The keys of a page, those of other kinds apart, as numbers."""
    return {
        _number(f"{mine.page.kind} {key}", _OF_TERMS if key.startswith((TERMS, DEAL)) else 0) for key in keys_of(mine)
    }


def _number(key: str, mark: int) -> int:
    """A digest of the key whose last bit tells keys of dates and sums from others."""
    digest = hashlib.blake2b(key.encode(), digest_size=_KEY_BYTES).digest()
    return int.from_bytes(digest, "big", signed=True) & ~_OF_TERMS | mark
