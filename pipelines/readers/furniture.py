"""Which elements of a page are furniture: by their kind, their role, their words, and how much of them is links."""

import re
from enum import Enum

from pipelines.readers.core import find_core, marks_of
from pipelines.readers.tree import Tree
from pipelines.readers.words import Role, bare, elsewhere_lines, facts_pattern, foot_pattern, roles_of


class Zone(Enum):
    """Where an element stands: on the way to the main content, in it, or in a block beside it that was kept."""

    PATH = 1
    CORE = 2
    BESIDE = 3
    OUT = 4


_NEVER_SHOWN = frozenset(
    "script style noscript head title svg math iframe object embed canvas audio video map select option datalist "
    "textarea input meta link base source track param area progress meter frame frameset applet".split()
)
_FURNITURE_ROLES = frozenset({"navigation", "search", "menu", "menubar", "alertdialog", "toolbar", "banner", "contentinfo"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{\{|\$\{|<%|\[\[|\{%")
_MAIL = re.compile(r"[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\]|\(ät\))\s?[\w-]{1,60}\.[a-z]", re.IGNORECASE)
_PHONE = re.compile(r"\+358[\d ()-]{6,}|\b0\d{1,2}[ -]?\d{3}[\d -]{2,}")
_MAX_HEADING = 60
_BLOCKS = ("div", "section", "aside", "article", "ul", "ol", "table", "tr", "td", "tbody", "dl", "header", "footer")


class Judge:
    """Decides element by element; made once for a page."""

    def __init__(self, tree: Tree) -> None:
        """Find the main content and what scripts control."""
        self.tree = tree
        self.core, self.marked = find_core(tree)
        self.core_end = tree.ends[self.core]
        self.controlled = _controlled(tree)
        self.first_heading = next((h for h in tree.headings if tree.tags[h] == "h1"), -1)
        self.core_heading = next((h for h in tree.headings if self.core < h < self.core_end), -1)
        self.core_has_h1 = any(tree.tags[h] == "h1" and self.core < h < self.core_end for h in tree.headings)

    def roles(self, i: int) -> int:
        """The `Role` flags of an element."""
        attributes = self.tree.attributes[i]
        return roles_of(marks_of(attributes)) if attributes else 0

    def zone(self, i: int, parent: Zone) -> Zone:
        """The zone of an element whose parent was kept in ``parent``; `Zone.OUT` drops it with all below."""
        if self.tree.tags[i] in _NEVER_SHOWN or self._hidden(i):
            return Zone.OUT
        if parent is Zone.CORE or i == self.core:
            return Zone.CORE if i == self.core or not self._furniture_inside(i) else Zone.OUT
        if i < self.core and self.tree.ends[i] >= self.core_end:
            return Zone.PATH
        if parent is Zone.BESIDE:
            return Zone.OUT if self._furniture_inside(i) or self._links_only(i) else Zone.BESIDE
        return Zone.BESIDE if self._belongs(i) else Zone.OUT

    def _hidden(self, i: int) -> bool:
        tag, attributes = self.tree.tags[i], self.tree.attributes[i]
        if tag == "template":
            return bool(_PLACEHOLDER.search(self.tree.words(i)))
        if not attributes:
            return False
        hidden = "hidden" in attributes or ("style" in attributes and _HIDDEN.search(attributes["style"]) is not None)
        if tag == "dialog" or attributes.get("aria-modal") == "true":
            hidden = hidden or "open" not in attributes
        if not hidden or i <= self.core < self.tree.ends[i]:
            return False
        if attributes.get("id") in self.controlled or attributes.get("role") in ("tabpanel", "region"):
            return False
        return not self.roles(i) & Role.PANEL

    def _furniture_inside(self, i: int) -> bool:
        """Whether an element within kept content is furniture."""
        tree = self.tree
        tag, attributes = tree.tags[i], tree.attributes[i]
        if tag == "nav":
            return not self._holds_title(i)
        if tag == "footer":
            return not self._has_facts(i)
        if tag == "form":
            return self._is_small_form(i)
        if tag == "button":
            return not self._opens_panel(i)
        if tag == "aside" and self._links_mostly(i):
            return not self._has_contact(i)
        if not attributes or tag in ("body", "html", "main"):
            return False
        if attributes.get("role") in _FURNITURE_ROLES:
            return not self._holds_title(i)
        return self._furniture_words(i)

    def _furniture_words(self, i: int) -> bool:
        tree = self.tree
        roles = self.roles(i)
        if roles & Role.ALWAYS:
            if roles & Role.KEEP:
                return self._links_mostly(i) and not self._has_contact(i)
            rest = tree.text[self.core] - tree.text[i]
            return not self._holds_title(i) and (rest >= 200 or self._links_mostly(i))
        if roles & Role.OUTSIDE and not roles & Role.KEEP and tree.tags[i] not in ("p", "span", "td"):
            return self._links_mostly(i) and not self._holds_title(i) and not self._has_contact(i)
        return False

    def _belongs(self, i: int) -> bool:
        """Whether an element beside the way to the main content is the page's own."""
        tree = self.tree
        tag = tree.tags[i]
        if not tree.text[i] or tag in ("nav", "footer") or tree.attributes[i].get("role") in _FURNITURE_ROLES - {"banner"}:
            return False
        if self._title_beside(i):
            return True
        roles = self.roles(i)
        if tag == "header" or roles & Role.ALWAYS or self._links_only(i) or self._is_foot(i):
            return False
        if self._has_facts(i):
            return True
        if self.marked or roles & Role.OUTSIDE and not roles & Role.KEEP or tag == "aside":
            return False
        return not self._links_mostly(i)

    def _title_beside(self, i: int) -> bool:
        """A page's first heading may stand above its main content, in a header of its own."""
        tree = self.tree
        h1 = self.first_heading
        return not self.core_has_h1 and i <= h1 < tree.ends[i] and i < self.core and tree.linked[h1] < tree.text[h1]

    def _holds_title(self, i: int) -> bool:
        h1 = self.first_heading
        return i <= h1 < self.tree.ends[i] or i <= self.core_heading < self.tree.ends[i] and self.first_heading < 0

    def _links_mostly(self, i: int) -> bool:
        return self.tree.linked[i] * 2 > self.tree.text[i]

    def _links_only(self, i: int) -> bool:
        tree = self.tree
        return tree.linked[i] * 10 >= tree.text[i] * 6 and tree.tags[i] in _BLOCKS and not self._has_contact(i)

    def _has_contact(self, i: int) -> bool:
        tree = self.tree
        for j in range(i, tree.ends[i]):
            href = tree.attributes[j].get("href", "") if tree.tags[j] == "a" else ""
            if href.startswith("mailto:") and "@" in href or href.startswith("tel:"):
                return True
        words = tree.words(i)
        return bool(_MAIL.search(words) or _PHONE.search(words))

    def _has_facts(self, i: int) -> bool:
        if self._has_contact(i):
            return True
        return facts_pattern().search(self.tree.words(i).lower()) is not None

    def _is_foot(self, i: int) -> bool:
        return i >= self.core_end and foot_pattern().search(self.tree.words(i).lower()) is not None

    def _is_small_form(self, i: int) -> bool:
        """A form of its own (search, newsletter, feedback), not one that wraps the page."""
        tree = self.tree
        if self._holds_title(i) or tree.has_heading(i) and tree.text[i] > 1500:
            return False
        return tree.text[i] < 400 or tree.text[i] * 5 < tree.text[self.core]

    def _opens_panel(self, i: int) -> bool:
        attributes = self.tree.attributes[i]
        if attributes.keys() & {"aria-controls", "aria-expanded", "data-target", "data-bs-target"}:
            return True
        parent = self.tree.tags[self.tree.parents[i]]
        return parent in ("h2", "h3", "h4", "h5", "h6", "dt", "summary") or bool(self.roles(i) & Role.PANEL)

    def elsewhere(self, i: int) -> int:
        """Where the list of other pages ends that element i heads; 0 when it heads none."""
        tree = self.tree
        if not 0 < tree.text[i] <= _MAX_HEADING or bare(tree.words(i)) not in elsewhere_lines():
            return 0
        for _ in range(3):
            stop = self._next_heading(i)
            start = tree.ends[i]
            if stop > start:
                return stop if self._other_pages(start, stop) else 0
            i = tree.parents[i]
            if i <= 0 or i == self.core:
                return 0
        return 0

    def _next_heading(self, i: int) -> int:
        """The end of the run of siblings after an element, up to the next heading among them."""
        tree = self.tree
        at, stop = tree.ends[i], tree.ends[tree.parents[i]]
        while at < stop and tree.tags[at] not in ("h1", "h2"):
            if tree.tags[at] == tree.tags[i] and tree.tags[at][0] == "h":
                break
            at = tree.ends[at]
        return at

    def _other_pages(self, start: int, stop: int) -> bool:
        tree = self.tree
        links = sum(1 for j in range(start, stop) if tree.tags[j] == "a")
        tops = [j for j in range(start, stop) if tree.parents[j] < start]
        text, linked = sum(tree.text[j] for j in tops), sum(tree.linked[j] for j in tops)
        contact = any(self._has_contact(j) for j in tops)
        return links > 0 and linked * 10 >= text * 3 and not contact


def _controlled(tree: Tree) -> frozenset[str]:
    """The ids of elements that links and buttons open."""
    found = set()
    for attributes in tree.attributes:
        for name in ("aria-controls", "data-target", "data-bs-target", "href"):
            value = attributes.get(name, "")
            if value and (name == "aria-controls" or value.startswith("#")):
                found.add(value.lstrip("#"))
    return frozenset(found - {""})
