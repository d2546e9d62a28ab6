"""Pages that tell of the same thing: the best-founded pairs are joined one by one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from pipelines.linking.evidence import Evidence, contradict
from pipelines.linking.profiles import Profile

_ALONE = Evidence(1.0, ("its only page",))


# Keys of pages with the same dates and sums: who stands in them tells whether two of them are one thing.
TERMS = "terms "
DEAL = "deal "


class Alike(NamedTuple):
    """Two pages, by their ids, the lesser first, with enough evidence that they tell of the same thing."""

    one: str
    other: str
    evidence: Evidence


@dataclass(slots=True)
class Cluster:
    """Pages that are one thing, in the order of their ids, each with what tied it to the others."""

    members: list[Profile]
    evidence: dict[str, Evidence] = field(default_factory=dict)

    def why(self, page: str) -> Evidence:
        """The strongest evidence that ties a page to the cluster."""
        return self.evidence.get(page, _ALONE)


def cluster(profiles: Iterable[Profile], alike: Iterable[Alike]) -> list[Cluster]:
    """Clusters of pages of one kind, by the least page id, from the pairs of them that are alike.

    The same pages give the same clusters in any order.
    """
    clusters = {
        profile.page.id: Cluster([profile]) for profile in sorted(profiles, key=lambda profile: profile.page.id)
    }
    for one, other, evidence in sorted(alike, key=lambda pair: (-pair.evidence.score, pair.one, pair.other)):
        left, right = clusters[one], clusters[other]
        if left is not right:
            if any(contradict(mine, theirs) for mine in left.members for theirs in right.members):
                continue
            left = _join(clusters, left, right)
        for page in (one, other):
            if evidence.score > left.evidence.get(page, Evidence(0, ())).score:
                left.evidence[page] = evidence
    return list({id(group): group for group in clusters.values()}.values())


def _join(clusters: dict[str, Cluster], left: Cluster, right: Cluster) -> Cluster:
    members = sorted([*left.members, *right.members], key=lambda member: member.page.id)
    joined = Cluster(members, {**left.evidence, **right.evidence})
    for member in members:
        clusters[member.page.id] = joined
    return joined


def keys_of(profile: Profile) -> Iterator[str]:
    """The keys of a page: two pages are compared where they share one (blocking)."""
    if profile.title:
        yield f"name {profile.title}"
    yield from (f"name {name}" for name in profile.short_names)
    yield from (f"identifier {value}" for value in profile.identifiers)
    if profile.terms:
        yield f"{TERMS}{profile.terms}"
    yield from (f"{DEAL}{deal}" for deal in profile.deals)
    mine = profile.page
    yield from (f"page {page}" for page in (mine.id, mine.parent_id, mine.moved_to, *mine.alternates) if page)
