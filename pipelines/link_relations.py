"""Relations: a project and its predecessor, a project and the award that granted it, both and their call.

Each is a link with its evidence; none merges anything. Weights are sums of evidence as in `pipelines.link_evidence`.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from archive.sync import Row
from normalise.words import vocabulary
from pipelines.link_entities import Entity
from pipelines.link_evidence import THRESHOLD, folded_title, series_numbers, short_names
from pipelines.link_names import NameIndex, folded_words
from pipelines.link_values import shown

RelationKind = Literal["continues", "came of", "granted by"]
TextOf = Callable[[str], str]
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
_LONG_NAME = 3
# A project or award follows its call within so many years; a project its award within one.
_YEARS_AFTER = 2
# How much after a cue the name of the predecessor may stand, in characters.
_REACH = 160


@dataclass(frozen=True, slots=True)
class Relation:
    """One link from an entity to another."""

    kind: RelationKind
    source: Entity
    target: Entity
    reasons: tuple[str, ...]

    @property
    def score(self) -> float:
        """The sum of the evidence."""
        return round(sum(_WEIGHTS[reason] for reason in self.reasons), 3)


def find_relations(entities: Sequence[Entity], of_fact: Mapping[int, str], text_of: TextOf) -> list[Relation]:
    """All links with enough evidence. ``text_of`` gives the current text of a page."""
    finder = _Finder(entities, of_fact, text_of)
    found = {(r.kind, r.source.id, r.target.id): r for r in finder.relations() if r.score >= THRESHOLD}
    return [found[key] for key in sorted(found)]


def relation_rows(relations: Iterable[Relation]) -> list[Row]:
    """The rows of `relations`."""
    return [_row(relation) for relation in relations]


class _Finder:
    """What is looked up while relations are found: entities by kind, their bodies, and names in texts."""

    def __init__(self, entities: Sequence[Entity], of_fact: Mapping[int, str], text_of: TextOf) -> None:
        self._by_id = {entity.id: entity for entity in entities}
        self._kinds: dict[str, list[Entity]] = defaultdict(list)
        for entity in entities:
            self._kinds[entity.kind].append(entity)
        self._of_fact, self._text_of = of_fact, text_of
        self._names = {kind: NameIndex.of(_names(of_kind)) for kind, of_kind in self._kinds.items()}

    def relations(self) -> Iterator[Relation]:
        yield from self._series()
        yield from self._continuations()
        named = {kind: self._named(kind) for kind in ("project", "award")}
        yield from self._pairs("came of", "project", "call", named)
        yield from self._pairs("came of", "award", "call", named)
        yield from self._pairs("granted by", "project", "award", named)

    def _series(self) -> Iterator[Relation]:
        """ "Strapetsi II" continues "Strapetsi": the numbers follow each other and a body is the same."""
        series: dict[str, list[tuple[int, Entity]]] = defaultdict(list)
        for entity in self._kinds["project"]:
            title = folded_title(entity.title)
            numbers = series_numbers(title)
            base = " ".join(word for word in title.split() if not series_numbers(word))
            if len(numbers) < 2 and base:
                series[base].append((max(numbers, default=1), entity))
        for members in series.values():
            for number, entity in members:
                before = [other for place, other in members if place == number - 1]
                if len(before) == 1:
                    yield self._relation("continues", entity, before[0], ["the next of a series"])

    def _continuations(self) -> Iterator[Relation]:
        index = self._names.get("project", NameIndex())
        for entity in self._kinds["project"]:
            for page in entity.pages:
                text = self._text_of(page.id)
                for cue in _cues().finditer(text):
                    line = text[cue.end() : cue.end() + _REACH].partition("\n")[0]
                    named = next((id_ for id_, _ in index.find(folded_words(line)) if id_ != entity.id), None)
                    if named:
                        yield self._relation(
                            "continues", entity, self._by_id[named], ["its page says what it continues"]
                        )

    def _named(self, kind: str) -> dict[str, dict[str, int]]:
        """For each entity of a kind the entities of other kinds that its pages name, with the words of the name."""
        found: dict[str, dict[str, int]] = {}
        for entity in self._kinds[kind]:
            names: dict[str, int] = {}
            for page in entity.pages:
                words = folded_words(self._text_of(page.id))
                for other, index in self._names.items():
                    if other != kind:
                        names |= dict(index.find(words))
            found[entity.id] = names
        return found

    def _pairs(
        self, kind: RelationKind, source: str, target: str, named: Mapping[str, Mapping[str, Mapping[str, int]]]
    ) -> Iterator[Relation]:
        reasons: dict[tuple[str, str], list[str]] = defaultdict(list)
        for one, other in _same_identifier(self._kinds[source], self._kinds[target]):
            reasons[one.id, other.id].append("the same case number")
        for reason, by_names, is_turned in (
            ("its page names the other", named.get(source, {}), False),
            ("the other's page names it", named.get(target, {}), True),
        ):
            for naming, names in by_names.items():
                for name, words in names.items():
                    if self._by_id[name].kind == (source if is_turned else target):
                        pair = (name, naming) if is_turned else (naming, name)
                        reasons[pair] += [reason, *(["by a long name"] if words >= _LONG_NAME else [])]
        for (one_id, other_id), found in sorted(reasons.items()):
            yield self._relation(kind, self._by_id[one_id], self._by_id[other_id], list(dict.fromkeys(found)))

    def _relation(self, kind: RelationKind, one: Entity, other: Entity, reasons: list[str]) -> Relation:
        if self._bodies(one, {"funder"}) & self._bodies(other, {"funder"}):
            reasons.append("the same funder")
        if self._bodies(one, {"coordinator", "partner"}) & self._bodies(other, {"coordinator", "partner"}):
            reasons.append("a body in common")
        fits = _times_fit(kind, one, other)
        if fits is not None:
            reasons.append("the times fit" if fits else "the times do not fit")
        return Relation(kind, one, other, tuple(reasons))

    def _bodies(self, entity: Entity, fields: set[str]) -> set[str]:
        return {self._of_fact[f.id] for page in entity.pages for f in page.facts if f.field in fields}


def _names(entities: Iterable[Entity]) -> Iterator[tuple[str, str]]:
    for entity in entities:
        titles = {entity.title, *(page.value("title") or entity.title for page in entity.pages)}
        for name in sorted({form for title in titles for form in (folded_title(title), *short_names(title))}):
            if name:
                yield name, entity.id


def _same_identifier(ones: Iterable[Entity], others: Iterable[Entity]) -> Iterator[tuple[Entity, Entity]]:
    """Pairs that share a case number which no other entity of the second kind has."""
    by_value: dict[str, list[Entity]] = defaultdict(list)
    for other in others:
        for value in other.identifiers:
            by_value[value].append(other)
    for one in ones:
        hits = {id(by_value[v][0]): by_value[v][0] for v in one.identifiers if len(by_value.get(v, ())) == 1}
        yield from ((one, hit) for hit in hits.values())


def _times_fit(kind: RelationKind, one: Entity, other: Entity) -> bool | None:
    """Whether the first can have followed the second; None where the pages do not say enough."""
    if kind == "continues":
        begins, begun = shown(one.pages, "start"), shown(other.pages, "start")
        return begun < begins if begins and begun else None
    after = shown(one.pages, "start" if one.kind == "project" else "published")
    before = shown(other.pages, "closes" if other.kind == "call" else "published")
    if not (after and before):
        return None
    years = int(after[:4]) - int(before[:4])
    # Money may be granted for work that has begun: a project may start in the year before the decision.
    return (-1 if one.kind == "project" else 0) <= years <= _YEARS_AFTER


def _row(relation: Relation) -> Row:
    one, other = relation.source, relation.target
    key = hashlib.sha256(f"{relation.kind}:{one.id}:{other.id}".encode()).hexdigest()[:12]
    return {
        "id": key,
        "kind": relation.kind,
        "from": one.id,
        "to": other.id,
        "score": relation.score,
        "reason": "; ".join(relation.reasons),
        **{f"from_{kind}_id": one.id if one.kind == kind else None for kind in ("project", "award")},
        **{f"to_{kind}_id": other.id if other.kind == kind else None for kind in ("project", "call", "award")},
    }


@cache
def _cues() -> re.Pattern[str]:
    words = vocabulary("linking")["continues_before"]
    phrases = sorted({phrase for of_lang in words.values() for phrase in of_lang}, key=lambda p: (-len(p), p))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})(?!\w)", re.IGNORECASE)
