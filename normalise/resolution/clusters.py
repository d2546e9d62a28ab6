"""Joining names into bodies one proposal at a time; a join that would put two bodies into one is refused."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Proposal:
    """That two nodes are one body: by which rule, how surely (0..1), why. ``rank`` orders the rules, surest first."""

    rank: int
    first: int
    second: int
    rule: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A proposal that was turned down, and why."""

    proposal: Proposal
    why: str


@dataclass(slots=True)
class Clusters:
    """Disjoint sets of nodes 0..n-1 with what each set may not hold together.

    ``entries`` gives the register id of a node that is a registered body, ``classes`` its classes of legal form,
    ``apart`` the nodes that a person told apart from it.
    """

    entries: dict[int, str]
    classes: dict[int, frozenset[str]]
    apart: dict[int, set[int]]
    parent: list[int]
    members: dict[int, list[int]] = field(default_factory=dict)
    accepted: list[Proposal] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    def find(self, node: int) -> int:
        """The set that a node is in."""
        while self.parent[node] != node:
            self.parent[node] = self.parent[self.parent[node]]
            node = self.parent[node]
        return node

    def settle(self, proposals: Iterable[Proposal], *, decided: bool = False) -> None:
        """Accept proposals in a fixed order; ``decided``: a person said so, no other guard counts."""
        ordered = sorted(proposals, key=lambda p: (p.rank, -p.score, p.first, p.second, p.rule))
        for proposal in ordered:
            self._settle(proposal, decided)

    def _settle(self, proposal: Proposal, decided: bool) -> None:
        first, second = sorted((self.find(proposal.first), self.find(proposal.second)))
        if first == second:
            return
        why = self._told_apart(first, second) or ("" if decided else self._conflict(first, second))
        if why:
            self.refused.append(Refused(proposal, why))
            return
        self.accepted.append(proposal)
        self._unite(first, second)

    def _told_apart(self, first: int, second: int) -> str:
        few, many = sorted((self._members(first), self._members(second)), key=len)
        others = set().union(*(self.apart.get(node, set()) for node in few)) if self.apart else set()
        return "a person told them apart" if others and not others.isdisjoint(many) else ""

    def _conflict(self, first: int, second: int) -> str:
        entries = self.entries.get(first), self.entries.get(second)
        if all(entries):
            return f"two registered bodies: {entries[0]}, {entries[1]}"
        classes = self.classes.get(first, frozenset()), self.classes.get(second, frozenset())
        if all(classes) and not any(entries) and classes[0].isdisjoint(classes[1]):
            return f"legal forms differ: {', '.join(sorted(classes[0]))}; {', '.join(sorted(classes[1]))}"
        return ""

    def _unite(self, first: int, second: int) -> None:
        self.parent[second] = first
        few, many = sorted((self._members(first), self._members(second)), key=len)
        many.extend(few)
        self.members.pop(second, None)
        self.members[first] = many
        if second in self.entries:
            self.entries.setdefault(first, self.entries[second])
        self.classes[first] = self.classes.get(first, frozenset()) | self.classes.get(second, frozenset())

    def _members(self, root: int) -> list[int]:
        return self.members.get(root, [root])
