"""Lists of other pages: "read also", "more news" and their kin."""

from pipelines.readers.evidence import Evidence
from pipelines.readers.teasers import Teasers
from pipelines.readers.tree import HEADINGS, Tree
from pipelines.readers.words import bare, elsewhere_begins, elsewhere_lines

_MAX_HEADING = 60
_MAX_LINE = 200
_HEADS = frozenset({*HEADINGS, "p", "div", "strong", "b", "span", "summary"})


class Elsewhere:
    """Finds what heads a list of other pages, and how far the list goes."""

    def __init__(self, tree: Tree, evidence: Evidence, teasers: Teasers, core: int) -> None:
        """``core`` is the index of the main content."""
        self.tree = tree
        self.evidence = evidence
        self.teasers = teasers
        self.core = core

    def end(self, i: int) -> int:
        """Where the list of other pages ends that element i heads or holds; 0 when it does neither."""
        tree = self.tree
        if not 0 < tree.text[i] <= _MAX_LINE or tree.tags[i] not in _HEADS:
            return 0
        words = tree.words(i)
        if tree.text[i] <= _MAX_HEADING:
            line = bare(words)
            if line in elsewhere_lines() or (tree.tags[i] in HEADINGS and line.startswith(elsewhere_begins())):
                return self._end_of_list(i)
        before, colon, _ = words.partition(":")
        names_another = colon and tree.linked[i] * 3 > tree.text[i] and bare(before) in elsewhere_lines()
        return tree.ends[i] if names_another else 0

    def _end_of_list(self, i: int) -> int:
        tree = self.tree
        heading = tree.tags[i] in HEADINGS
        for _ in range(3):
            stop = self._end_of_links(i, heading)
            if stop > tree.ends[i]:
                return stop
            if tree.ends[i] < tree.ends[tree.parents[i]]:
                return 0
            i = tree.parents[i]
            if i <= 0 or i == self.core:
                return 0
        return 0

    def _end_of_links(self, i: int, heading: bool) -> int:
        """The end of the siblings after an element that list other pages; they begin no new heading of its rank."""
        tree = self.tree
        at, stop, links = tree.ends[i], tree.ends[tree.parents[i]], 0
        while at < stop and tree.tags[at] not in ("h1", "h2", tree.tags[i] if heading else "h3"):
            if not self._lists_others(at, heading):
                break
            links += tree.linked[at] or tree.has_tag(at, "a")
            at = tree.ends[at]
        return at if links else 0

    def _lists_others(self, at: int, heading: bool) -> bool:
        tree = self.tree
        if not tree.text[at]:
            return True
        if self.evidence.has_contact(at):
            return False
        share = 4 if heading else 2
        return tree.linked[at] * share > tree.text[at] or self.teasers.is_card(at) or bool(self.teasers.cards(at))
