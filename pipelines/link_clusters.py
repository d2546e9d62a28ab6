"""Pages that tell of the same thing: likely pairs first (blocking), then the best-founded pairs joined one by one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from pipelines.link_evidence import THRESHOLD, Evidence, Profile, compare, contradict

# A key that more pages share than this tells nothing ("Hanke-esittely"); comparing them all would cost its square.
_LARGEST_BLOCK = 100
_ALONE = Evidence(1.0, ("its only page",))


@dataclass(slots=True)
class Cluster:
    """Pages that are one thing, in the order of their ids, each with what tied it to the others."""

    members: list[Profile]
    evidence: dict[str, Evidence] = field(default_factory=dict)

    def why(self, page: str) -> Evidence:
        """The strongest evidence that ties a page to the cluster."""
        return self.evidence.get(page, _ALONE)


def cluster(profiles: Iterable[Profile]) -> list[Cluster]:
    """Clusters of pages of one kind, by the least page id. The same pages give the same clusters in any order."""
    by_id = {profile.page.id: profile for profile in sorted(profiles, key=lambda profile: profile.page.id)}
    clusters = {page: Cluster([profile]) for page, profile in by_id.items()}
    for one, other, evidence in _strongest_first(by_id):
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


def _strongest_first(by_id: Mapping[str, Profile]) -> list[tuple[str, str, Evidence]]:
    pairs = [(one, other, compare(by_id[one], by_id[other])) for one, other in sorted(_candidates(by_id))]
    strong = [pair for pair in pairs if pair[2].score >= THRESHOLD]
    return sorted(strong, key=lambda pair: (-pair[2].score, pair[0], pair[1]))


def _candidates(by_id: Mapping[str, Profile]) -> set[tuple[str, str]]:
    """Pairs of page ids, the lesser first, that share a key."""
    blocks: dict[str, list[str]] = defaultdict(list)
    for page, profile in by_id.items():
        for key in set(_keys(profile)):
            blocks[key].append(page)
    return {pair for block in blocks.values() if len(block) <= _LARGEST_BLOCK for pair in _pairs(block)}


def _keys(profile: Profile) -> Iterator[str]:
    if profile.title:
        yield f"name {profile.title}"
    yield from (f"name {name}" for name in profile.short_names)
    yield from (f"identifier {value}" for value in profile.identifiers)
    yield from (f"page {page}" for page in (profile.page.id, profile.page.parent_id, *profile.page.alternates) if page)


def _pairs(block: Sequence[str]) -> Iterator[tuple[str, str]]:
    return combinations(sorted(block), 2)
