"""Relations: a project and its predecessor, a project and the award that granted it, both and their call.

Each is a link with its evidence; none merges anything. Weights are sums of evidence as in `pipelines.linking.evidence`.
Only what a change may have touched is looked at again: entities that were made anew, those that share a name, a series
or a case number with them, and those whose texts hold a name that came or went.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Literal

from sqlite_utils import Database

from archive.sync import Key, Row, chosen, sync_table
from pipelines.linking.entities import ENTITY_TABLES
from pipelines.linking.evidence import THRESHOLD
from pipelines.linking.known import Known, KnownEntities
from pipelines.linking.names import SERIES, TitleIndex, names_of, series_of
from pipelines.linking.profiles import folded_title
from pipelines.linking.texts import pages_naming

RelationKind = Literal["continues", "came of", "granted by"]
_WEIGHTS = {
    "the same case number": 0.7,
    "its page names the other": 0.5,
    "the other's page names it": 0.5,
    "by a long name": 0.1,
    "its page says what it continues": 0.8,
    "the next of a series": 0.6,
    "the same funder": 0.2,
    "a body in common": 0.2,
    "the times fit": 0.1,
    "the times do not fit": -0.5,
}
_KINDS: Mapping[tuple[str, str], RelationKind] = {
    ("project", "project"): "continues",
    ("project", "call"): "came of",
    ("award", "call"): "came of",
    ("project", "award"): "granted by",
}
_LONG_NAME = 3
# A project or award follows its call within so many years; a project its award within one.
_YEARS_AFTER = 2


@dataclass(slots=True)
class Touched:
    """Entities whose relations have to be looked at again; ``codes`` and ``names``: what one got or lost."""

    entities: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    names: set[tuple[str, str]] = field(default_factory=set)


class RelationLinker:
    """Brings relations up to date with entities that were made anew, within one transaction of the caller's."""

    def __init__(self, db: Database) -> None:
        """Read and write an archive, as part of the caller's transaction."""
        self._db = db
        self._titles = TitleIndex(db)
        self._known = KnownEntities(db, self._titles)

    def rename(self, former: set[str], titles: Mapping[str, tuple[str, Iterable[str]]]) -> set[tuple[str, str]]:
        """Store the names of entities: id -> (kind, its title and those of its pages, its own first)."""
        names = [name for key, (kind, every) in titles.items() for name in names_of(key, kind, every)]
        for key, (kind, every) in titles.items():
            base = series_of(folded_title(next(iter(every))))[0] if kind == "project" else ""
            names += [(base, SERIES, key)] if base else []
        return self._titles.store(former, names)

    def link(self, touched: Touched) -> set[Key]:
        """Look again at the relations of what was touched; returns the keys of rows that changed."""
        self._known.forget()
        again = touched.entities | self._of_pages(pages_naming(self._db, self._told(touched)))
        pairs = {pair for key in sorted(again) for pair in self._pairs_of(key)}
        pairs |= set(self._stored(again | touched.gone)) | set(self._by_code(touched.codes))
        pairs |= {pair for kind, base in touched.names if kind == SERIES for pair in self._series(base)}
        rows = {row["id"]: row for pair in sorted(pairs) if (row := self._row(*pair))}
        ids = {_id(*pair) for pair in pairs}
        return sync_table(self._db, "relations", ["id"], rows.values(), ("id", ids))

    def _told(self, touched: Touched) -> set[str]:
        """Names that texts may hold: those that came or went, and those of entities that may have changed otherwise."""
        own = {name for key in touched.entities for kind in ENTITY_TABLES for name in self._titles.of(key, kind)}
        return own | {name for kind, name in touched.names if kind != SERIES}

    def _of_pages(self, pages: set[str]) -> set[str]:
        found: set[str] = set()
        for kind in ENTITY_TABLES:
            sql = f"SELECT {kind}_id FROM {kind}_pages WHERE page_id IN (SELECT value FROM json_each(?))"  # noqa: S608 - constants
            found |= {key for (key,) in self._db.execute(sql, [chosen(pages)])}
        return found

    # Pairs that may be related: (later, earlier).

    def _pairs_of(self, key: str) -> Iterator[tuple[str, str]]:
        mine = self._known.get(key)
        if mine is None:
            return
        for other in (*mine.named, *mine.continued):
            yield from ((key, other), (other, key))
        yield from self._by_code(mine.codes)
        for base in self._titles.of(key, SERIES):
            yield from self._series(base)

    def _series(self, base: str) -> Iterator[tuple[str, str]]:
        members = [found for key in self._titles.owners(SERIES, base) if (found := self._known.get(key))]
        by_number: dict[int, list[Known]] = defaultdict(list)
        for member in members:
            by_number[series_of(folded_title(member.title))[1]].append(member)
        for number, later in by_number.items():
            yield from ((one.id, other.id) for one, other in product(later, by_number.get(number - 1, ())))

    def _by_code(self, codes: Iterable[str]) -> Iterator[tuple[str, str]]:
        for code in sorted(codes):
            holders = self._known.holders(code)
            for source, target in _KINDS:
                if source != target:
                    yield from product(holders[source], holders[target])

    def _stored(self, keys: set[str]) -> Iterator[tuple[str, str]]:
        for column in ("from", "to"):
            for kind in ENTITY_TABLES:
                if (column, kind) != ("from", "call"):
                    wanted = f"{column}_{kind}_id IN (SELECT value FROM json_each(?))"  # noqa: S608 - constants
                    sql = f"SELECT [from], [to] FROM relations WHERE {wanted}"  # noqa: S608 - constants
                    yield from self._db.execute(sql, [chosen(keys)]).fetchall()

    # What speaks for a pair.

    def _row(self, later: str, earlier: str) -> Row | None:
        one, other = self._known.get(later), self._known.get(earlier)
        if one is None or other is None or one.id == other.id or (one.kind, other.kind) not in _KINDS:
            return None
        told = list(self._told_by(one, other))
        if not told:
            return None
        reasons = (*told, *_besides(one, other))
        score = round(sum(_WEIGHTS[reason] for reason in reasons), 3)
        return _relation_row(one, other, score, reasons) if score >= THRESHOLD else None

    def _told_by(self, one: Known, other: Known) -> Iterator[str]:
        if one.kind == other.kind:
            if self._is_next(one, other):
                yield "the next of a series"
            if other.id in one.continued:
                yield "its page says what it continues"
            return
        if any(len(set(self._known.holders(code)[other.kind])) == 1 for code in one.codes & other.codes):
            yield "the same case number"
        words = 0
        if other.id in one.named:
            words = max(words, one.named[other.id])
            yield "its page names the other"
        if one.id in other.named:
            words = max(words, other.named[one.id])
            yield "the other's page names it"
        if words >= _LONG_NAME:
            yield "by a long name"

    def _is_next(self, one: Known, other: Known) -> bool:
        """Whether a project is the next of the other's series, and the other the only one of its number."""
        base, number = series_of(folded_title(one.title))
        return (
            bool(base)
            and [pair for pair in self._series(base) if pair[0] == one.id] == [(one.id, other.id)]
            and number > 1
        )


def _besides(one: Known, other: Known) -> Iterator[str]:
    if one.funders & other.funders:
        yield "the same funder"
    if one.others & other.others:
        yield "a body in common"
    fits = _times_fit(one, other)
    if fits is not None:
        yield "the times fit" if fits else "the times do not fit"


def _times_fit(one: Known, other: Known) -> bool | None:
    """Whether the first can have followed the second; None where the pages do not say enough."""
    if not (one.date and other.date):
        return None
    if one.kind == other.kind:
        return other.date < one.date
    years = int(one.date[:4]) - int(other.date[:4])
    # Money may be granted for work that has begun: a project may start in the year before the decision.
    return (-1 if one.kind == "project" else 0) <= years <= _YEARS_AFTER


def _id(later: str, earlier: str) -> str:
    return hashlib.sha256(f"{later}:{earlier}".encode()).hexdigest()[:12]


def _relation_row(one: Known, other: Known, score: float, reasons: Iterable[str]) -> Row:
    return {
        "id": _id(one.id, other.id),
        "kind": _KINDS[one.kind, other.kind],
        "from": one.id,
        "to": other.id,
        "score": score,
        "reason": "; ".join(reasons),
        **{f"from_{kind}_id": one.id if one.kind == kind else None for kind in ("project", "award")},
        **{f"to_{kind}_id": other.id if other.kind == kind else None for kind in ("project", "call", "award")},
    }
