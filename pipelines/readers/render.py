"""An HTML page becomes the archived text: one walk in document order over what is no furniture."""

from typing import NamedTuple

from pipelines.readers.furniture import Judge, Zone
from pipelines.readers.tree import Tree
from pipelines.readers.writer import Writer


class _Open(NamedTuple):
    """An element that was entered and not yet left."""

    at: int
    zone: Zone
    how: str
    position: tuple[int, int]


class Renderer:
    """Walks one page."""

    def __init__(self, tree: Tree, *, lists: bool = False) -> None:
        """Prepare the walk; `run` does it. ``lists`` keeps the links of a page that is a list of pages."""
        self.tree = tree
        self.judge = Judge(tree, lists=lists)
        self.writer = Writer(tree, self.judge)
        self.stack: list[_Open] = []
        self.skip = 0

    def run(self) -> str:
        """The archived text."""
        i = next((i for i, tag in enumerate(self.tree.tags) if tag == "body"), 0)
        stop = self.tree.ends[i]
        while i < stop:
            self._leave_before(i)
            zone = self._zone(i)
            i = self._drop(i) if zone is Zone.OUT else self._enter(i, zone)
        self._leave_before(stop)
        return "\n\n".join("\n".join(block) for block in self.writer.flow.finish())

    def _zone(self, i: int) -> Zone:
        if i < self.skip:
            return Zone.OUT
        zone = self.judge.zone(i, self.stack[-1].zone if self.stack else Zone.PATH)
        if zone is Zone.OUT or self.judge.lists:
            return zone
        end = self.judge.elsewhere.end(i)
        self.skip = max(self.skip, end)
        return Zone.OUT if end else zone

    def _drop(self, i: int) -> int:
        """Pass over an element and all below; the index that comes next."""
        if self.tree.text[i]:
            self.writer.flow.dropped()
        self._tail(i)
        return self.tree.ends[i]

    def _enter(self, i: int, zone: Zone) -> int:
        """Begin an element; the index that comes next."""
        how, inside = self.writer.enter(i)
        self.stack.append(_Open(i, zone, how, self.writer.flow.position()))
        if how in ("inline", "link", "strong"):
            self.writer.flow.line.boundary()
        if not inside:
            return self.tree.ends[i]
        self.writer.text(self.tree.own[i])
        return i + 1

    def _leave_before(self, i: int) -> None:
        """Leave all elements that end before the one at an index."""
        while self.stack and self.tree.ends[self.stack[-1].at] <= i:
            element = self.stack.pop()
            self.writer.leave(element.at, element.how, element.position)
            self._tail(element.at)

    def _tail(self, i: int) -> None:
        self.writer.text(self.tree.tails[i])
