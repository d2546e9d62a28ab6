"""Elements that a page does not show: dropped, unless a reader can open them."""

import re

from pipelines.readers.core import roles_at
from pipelines.readers.elements import NEVER_SHOWN
from pipelines.readers.tree import Tree
from pipelines.readers.words import Role

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CONTROLS = frozenset({"aria-controls", "data-target", "data-bs-target", "href"})
_PLACEHOLDER = re.compile(r"\{\{|\$\{|<%|\[\[|\{%")


class Visibility:
    """Tells what of one page is never seen."""

    def __init__(self, tree: Tree, core: int) -> None:
        """``core`` is the index of the main content, which is shown whatever its style says."""
        self.tree = tree
        self.core = core
        self.controlled = _controlled(tree)

    def is_hidden(self, i: int) -> bool:
        """Whether an element is not for readers: scripts, templates of scripts, hidden parts that nothing opens."""
        tag = self.tree.tags[i]
        if tag in NEVER_SHOWN or (tag == "noscript" and not self.tree.text[i]):
            return True
        if tag == "template":
            return bool(_PLACEHOLDER.search(self.tree.words(i)))
        return bool(self.tree.attributes[i]) and self._is_styled_away(i) and not self._can_open(i)

    def _is_styled_away(self, i: int) -> bool:
        attributes = self.tree.attributes[i]
        if "hidden" in attributes or ("style" in attributes and _HIDDEN.search(attributes["style"])):
            return True
        return (self.tree.tags[i] == "dialog" or attributes.get("aria-modal") == "true") and "open" not in attributes

    def _can_open(self, i: int) -> bool:
        attributes = self.tree.attributes[i]
        if i <= self.core < self.tree.ends[i] or attributes.get("id") in self.controlled:
            return True
        if attributes.get("role") in ("tabpanel", "region") or roles_at(self.tree, i) & Role.PANEL:
            return True
        return self._like_shown_sibling(i)

    def _like_shown_sibling(self, i: int) -> bool:
        """Whether an element of the same kind stands before it and is shown: one of several panels."""
        before = [
            j for j in self.tree.children(self.tree.parents[i]) if j < i and self.tree.tags[j] == self.tree.tags[i]
        ]
        kind = self.tree.attributes[i].get("class", "").split()[:1]
        return bool(kind) and any(self.tree.attributes[j].get("class", "").split()[:1] == kind for j in before)


def _controlled(tree: Tree) -> frozenset[str]:
    """The ids of elements that links and buttons open."""
    found = {
        value.lstrip("#")
        for attributes in tree.attributes
        for name, value in attributes.items()
        if name in _CONTROLS and (value[:1] == "#" or name == "aria-controls")
    }
    return frozenset(found - {""})
