"""Rows of cards that each lead to another page of the site: told by the repetition of their structure."""

from itertools import groupby

from pipelines.readers.evidence import Evidence
from pipelines.readers.tree import Tree

# A longer block is a part of the page, not a card.
_CARD = 500
# In a page whose running text is shorter than this, the cards may be what the page is for.
_ENOUGH_TEXT = 1_000
# Cards fill their container but for its heading and a link to all.
_SHARE = 0.7
# An article with less running text may be a part of the page.
_WHOLE_ARTICLE = 600


class Teasers:
    """Tells rows of teasers in one page."""

    def __init__(self, tree: Tree, evidence: Evidence, core: int) -> None:
        """``core`` is the index of the main content."""
        self.tree = tree
        self.evidence = evidence
        self.running = tree.text[core] - tree.linked[core]

    def is_row(self, i: int) -> bool:
        """Whether an element of a page of running text holds little but cards for other pages of the site."""
        tree = self.tree
        if not tree.text[i] or self.running - (tree.text[i] - tree.linked[i]) < _ENOUGH_TEXT:
            return False
        cards = self.cards(i)
        if len(cards) < 2 or sum(tree.text[j] for j in cards) < _SHARE * tree.text[i]:
            return False
        return not self.evidence.has_facts(i) and not self.evidence.headed_by_facts(i)

    def cards(self, i: int) -> list[int]:
        """The children of an element that are teasers, where at least two of one kind stand side by side."""
        children = [j for j in self.tree.children(i) if self.tree.text[j]]
        for _, group in groupby(children, key=self._kind):
            found = list(group)
            if len(found) > 1 and all(self.is_card(j) for j in found):
                return found
        return []

    def _kind(self, j: int) -> tuple[str, str]:
        return self.tree.tags[j], " ".join(self.tree.attributes[j].get("class", "").split()[:1])

    def is_card(self, i: int) -> bool:
        """Whether a block is a short text under a heading that leads to another page of the site."""
        tree = self.tree
        if tree.text[i] > _CARD or not tree.has_heading(i) or self.evidence.has_contact(i):
            return False
        links = [j for j in range(i, tree.ends[i]) if tree.tags[j] == "a"]
        return bool(links) and all(self.evidence.is_own_page(tree.attributes[j].get("href", "")) for j in links)


def other_articles(tree: Tree, core: int) -> frozenset[int]:
    """Whole articles of other pages that a page loads below its own: each with a first-level heading of its own."""
    whole = [i for i in range(core + 1, tree.ends[core]) if tree.tags[i] == "article" and _is_whole(tree, i)]
    inner = [i for i in whole if not any(i < j < tree.ends[i] for j in whole)]
    return frozenset(inner[1:])


def _is_whole(tree: Tree, i: int) -> bool:
    running = tree.text[i] - tree.linked[i]
    return running >= _WHOLE_ARTICLE and any(tree.tags[h] == "h1" for h in tree.headings if i < h < tree.ends[i])
