"""Bundles: sources shared out among workers so that no host is ever asked by two of them."""

from collections.abc import Mapping, Sequence

from crawlers.sources import Source


def share_out(sources: Mapping[str, Source], due: Mapping[str, int], number: int) -> list[tuple[Source, ...]]:
    """At most ``number`` bundles of sources, about as much ``due`` (addresses by source id) in each; none is empty.

    Sources that share a host, directly or through others, are in one bundle: delays and budgets stay one worker's own
    affair. The same sources give the same bundles.
    """
    groups = sorted(_groups(list(sources.values())), key=lambda group: (-_load(group, due), group[0].id))
    bundles: list[list[Source]] = [[] for _ in range(min(number, len(groups)))]
    for group in groups:
        min(bundles, key=lambda bundle: _load(bundle, due)).extend(group)
    return [tuple(sorted(bundle, key=lambda source: source.id)) for bundle in bundles]


def _groups(sources: Sequence[Source]) -> list[list[Source]]:
    groups: list[list[Source]] = []
    for source in sources:
        mine = [group for group in groups if any(one.allowed_hosts & source.allowed_hosts for one in group)]
        groups = [group for group in groups if group not in mine]
        groups.append([*(one for group in mine for one in group), source])
    return groups


def _load(sources: Sequence[Source], due: Mapping[str, int]) -> int:
    # A source with nothing due costs a little, too: its listings are asked for.
    return sum(due[source.id] + 1 for source in sources)
