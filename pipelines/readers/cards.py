"""Contact cards: small blocks with one person's or one office's details, whose lines stay together."""

from bisect import bisect_left

from pipelines.readers.evidence import Evidence
from pipelines.readers.tree import Tree
from pipelines.readers.words import Role

_CARD_TAGS = frozenset({"div", "section", "article", "li", "address", "td", "aside", "p", "figure"})
_CARD_LENGTH = 500
_CARD_LINE = 140


class Cards:
    """Tells the cards of one page."""

    def __init__(self, tree: Tree, evidence: Evidence, core: int) -> None:
        """``core`` is the index of the main content, which is never a card itself."""
        self.tree = tree
        self.evidence = evidence
        self.core = core
        self.mails = [i for i in range(len(tree.tags)) if _is_mail(tree, i)]

    def is_card(self, i: int) -> bool:
        """Whether an element is a card: marked as one, or short lines around one e-mail address."""
        tree = self.tree
        if tree.tags[i] not in _CARD_TAGS or not 10 <= tree.text[i] <= _CARD_LENGTH or i <= self.core:
            return False
        first, end = bisect_left(self.mails, i), bisect_left(self.mails, tree.ends[i])
        marked = self.evidence.roles(i) & Role.CARD
        if (end - first > 2 or self._holds_cards(i)) if marked else (end - first != 1 or tree.has_heading(i)):
            return False
        return all(len(tree.own[j]) <= _CARD_LINE for j in range(i, tree.ends[i]))

    def _holds_cards(self, i: int) -> bool:
        """Whether cards stand below an element, so that it is their list."""
        inside = range(i + 1, self.tree.ends[i])
        return any(self.evidence.roles(j) & Role.CARD and len(self.tree.children(j)) > 1 for j in inside)


def _is_mail(tree: Tree, i: int) -> bool:
    attributes = tree.attributes[i]
    if tree.tags[i] == "a" and attributes.get("href", "").startswith("mailto:"):
        return True
    if "data-cfemail" not in attributes and "@" not in tree.own[i]:
        return False
    return tree.parents[i] < 0 or not tree.attributes[tree.parents[i]].get("href", "").startswith("mailto:")
