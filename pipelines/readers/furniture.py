"""Which elements of a page are furniture: by their kind, their role, their words, and how much of them is links."""

from collections.abc import Callable
from enum import Enum

from pipelines.readers.core import descend, find_core
from pipelines.readers.elsewhere import Elsewhere
from pipelines.readers.evidence import Evidence
from pipelines.readers.hidden import Visibility
from pipelines.readers.leads import BLOCKS, Leads
from pipelines.readers.teasers import Teasers, other_articles
from pipelines.readers.tree import Tree
from pipelines.readers.words import Role


class Zone(Enum):
    """Where an element stands: on the way to the main content, in it, or in a block beside it that was kept."""

    PATH = 1
    CORE = 2
    BESIDE = 3
    OUT = 4


_FURNITURE_ROLES = frozenset(
    {"navigation", "search", "menu", "menubar", "alertdialog", "toolbar", "banner", "contentinfo", "dialog"}
)
# Running text of this length, with few links in it, is no furniture whatever its class says.
_BULK = 400
# Text of this length with hardly a link beside an unmarked main content belongs to the page.
_RUNNING = 200
# A smaller box is a byline or a credit.
_SIDE_BOX = 80
_FURNITURE = Role.TEASER | Role.ALWAYS | Role.WHOLE | Role.OUTSIDE | Role.SIDE | Role.FOOT
_FRAME = frozenset({"nav", "header", "footer", "aside", "form", "button"})
_NEVER_BESIDE = Role.ALWAYS | Role.WHOLE | Role.FOOT


class Judge:
    """Decides element by element; made once for a page."""

    def __init__(self, tree: Tree, *, lists: bool = False) -> None:
        """Find the main content and what scripts control. ``lists`` keeps links: the page is a list of pages."""
        self.tree = tree
        self.lists = lists
        self.core, self.marked = find_core(tree)
        self.core_end = tree.ends[self.core]
        self.evidence = Evidence(tree)
        self.hidden = Visibility(tree, self.core)
        inner = descend(tree, self.core) if self.marked else self.core
        self.leads = Leads(tree, self.evidence, self.core, inner, marked=self.marked)
        self.teasers = Teasers(tree, self.evidence, self.core)
        self.others = other_articles(tree, self.core)
        self.elsewhere = Elsewhere(tree, self.evidence, self.teasers, self.core)
        self.first_heading = next((h for h in tree.headings if tree.tags[h] == "h1"), -1)
        self.core_heading = next((h for h in tree.headings if self.core < h < self.core_end), -1)
        self.core_has_h1 = any(tree.tags[h] == "h1" and self.core < h < self.core_end for h in tree.headings)

    def zone(self, i: int, parent: Zone) -> Zone:
        """The zone of an element whose parent was kept in ``parent``; `Zone.OUT` drops it with all below."""
        if self.hidden.is_hidden(i):
            return Zone.OUT
        if self.lists or i == self.core:
            return Zone.OUT if self.lists and self._is_frame(i) else Zone.CORE
        if parent is Zone.CORE:
            return Zone.OUT if self._furniture_inside(i) or self._leads_on(i) else Zone.CORE
        if i < self.core and self.tree.ends[i] >= self.core_end:
            return Zone.PATH
        if parent is Zone.BESIDE:
            return Zone.OUT if self._furniture_inside(i) or self._links_only(i) else Zone.BESIDE
        return Zone.BESIDE if self._belongs(i) else Zone.OUT

    def _is_frame(self, i: int) -> bool:
        """Whether an element is furniture by its kind or words alone, whatever it holds."""
        if i <= self.core < self.tree.ends[i]:
            return False
        if self.tree.tags[i] in _FRAME or self.tree.attributes[i].get("role") in _FURNITURE_ROLES:
            return True
        return bool(self.evidence.roles(i) & _NEVER_BESIDE) or self.leads.is_link_row(i)

    def _leads_on(self, i: int) -> bool:
        if i in self.others:
            return True
        leads = self.leads.is_list_of_others(i) or (self.tree.tags[i] in BLOCKS and self.teasers.is_row(i))
        return leads and not self.holds_title(i)

    def _furniture_inside(self, i: int) -> bool:
        """Whether an element within kept content is furniture."""
        tag, attributes = self.tree.tags[i], self.tree.attributes[i]
        by_tag = _BY_TAG.get(tag)
        if by_tag is not None:
            return by_tag(self, i)
        if self.leads.is_link_row(i):
            return True
        if tag == "aside" and self.evidence.links_mostly(i):
            return not self.evidence.has_contact(i)
        if not attributes or tag in ("body", "html", "main"):
            return False
        return self._by_marks(i, attributes.get("role", ""))

    def _by_marks(self, i: int, role: str) -> bool:
        if role == "tablist" or self.holds_title(i):
            return False
        roles = self.evidence.roles(i) | (Role.SIDE if role == "complementary" else Role.NONE)
        return role in _FURNITURE_ROLES or bool(roles & _FURNITURE and self._furniture_words(i, roles))

    def _furniture_words(self, i: int, roles: int) -> bool:
        if roles & Role.KEEP:
            return self.evidence.links_mostly(i) and not self.evidence.has_contact(i)
        if roles & Role.WHOLE:
            return True
        if roles & (Role.ALWAYS | Role.SIDE | Role.FOOT) and self._is_bulk(i):
            return False
        if roles & (Role.ALWAYS | Role.FOOT):
            return bool(roles & Role.ALWAYS) or self.is_foot(i)
        return (self.tree.tags[i] in BLOCKS or self.tree.tags[i] == "li") and self._weak_words(i, roles)

    def _weak_words(self, i: int, roles: int) -> bool:
        """Words that tell furniture only where the element holds nothing of the page."""
        if roles & Role.TEASER:
            return self._holds_link(i) and not self._is_bulk(i) and not self.evidence.has_contact(i)
        if roles & Role.SIDE and self.tree.text[i] >= _SIDE_BOX:
            all_links = self.tree.text[i] >= _BULK and self.tree.linked[i] * 8 > self.tree.text[i] * 7
            return not (self.evidence.has_contact(i) if all_links else self.evidence.has_facts(i))
        return self.tree.linked[i] * 5 > self.tree.text[i] * 2 and not self.evidence.has_contact(i)

    def _is_bulk(self, i: int) -> bool:
        """Whether an element is running text, and too much of the page to be furniture whatever it is called."""
        running = self.tree.text[i] - self.tree.linked[i]
        whole = self.tree.text[self.core] - self.tree.linked[self.core]
        return (running >= _BULK and self.tree.linked[i] * 6 < running) or running * 2 > whole

    def is_foot(self, i: int) -> bool:
        """Whether a foot is the site's: an article's own foot that tells of the page is kept."""
        if not self.marked and not self._in_article(i):
            return not self.holds_title(i)
        return not self.evidence.has_facts(i) or self.evidence.reads_as_foot(i)

    def _in_article(self, i: int) -> bool:
        while i > self.core:
            i = self.tree.parents[i]
            if self.tree.tags[i] == "article":
                return True
        return False

    def _holds_link(self, i: int) -> bool:
        return self.tree.linked[i] > 0 or self.tree.tags[self.tree.parents[i]] == "a"

    def _belongs(self, i: int) -> bool:
        """Whether an element beside the way to the main content is the page's own."""
        tree = self.tree
        tag = tree.tags[i]
        if (
            not tree.text[i]
            or tag in ("nav", "footer")
            or tree.attributes[i].get("role") in _FURNITURE_ROLES - {"banner"}
        ):
            return False
        if self._title_beside(i):
            return True
        roles = self.evidence.roles(i)
        if (
            tag == "header"
            or roles & _NEVER_BESIDE
            or self._links_only(i)
            or (i >= self.core_end and self.evidence.reads_as_foot(i))
        ):
            return False
        if self.evidence.has_facts(i):
            return True
        if (
            self.marked
            or (roles & (Role.OUTSIDE | Role.SIDE | Role.TEASER) and not roles & Role.KEEP)
            or tag == "aside"
        ):
            return False
        near = tree.parents[i] == tree.parents[self.core] or (i < self.core and tree.has_heading(i))
        return (near and tree.linked[i] * 4 < tree.text[i]) or (
            tree.text[i] >= _RUNNING and tree.linked[i] * 10 < tree.text[i]
        )

    def _title_beside(self, i: int) -> bool:
        """A page's first heading may stand above its main content, in a header of its own."""
        tree = self.tree
        h1 = self.first_heading
        return not self.core_has_h1 and i <= h1 < tree.ends[i] and i < self.core and tree.linked[h1] < tree.text[h1]

    def holds_title(self, i: int) -> bool:
        """Whether the page's first heading stands in an element."""
        h1 = self.first_heading
        return i <= h1 < self.tree.ends[i] or (i <= self.core_heading < self.tree.ends[i] and self.first_heading < 0)

    def _links_only(self, i: int) -> bool:
        tree = self.tree
        if tree.linked[i] * 10 < tree.text[i] * 6 or tree.tags[i] not in BLOCKS or self.evidence.has_contact(i):
            return False
        return tree.tags[i] not in ("tr", "td") or sum(1 for j in range(i, tree.ends[i]) if tree.tags[j] == "a") > 2

    def is_small_form(self, i: int) -> bool:
        """A form of its own (search, newsletter, feedback), not one that wraps the page."""
        tree = self.tree
        if self.holds_title(i) or (tree.has_heading(i) and tree.text[i] > 1500):
            return False
        return tree.text[i] < 400 or tree.text[i] * 5 < tree.text[self.core]

    def opens_panel(self, i: int) -> bool:
        """Whether a button is the head of a part that readers open."""
        attributes = self.tree.attributes[i]
        if attributes.keys() & {"aria-controls", "aria-expanded", "data-target", "data-bs-target"}:
            return True
        parent = self.tree.tags[self.tree.parents[i]]
        return parent in ("h2", "h3", "h4", "h5", "h6", "dt", "summary") or bool(self.evidence.roles(i) & Role.PANEL)


# Elements whose kind decides.
_BY_TAG: dict[str, Callable[[Judge, int], bool]] = {
    "nav": lambda judge, i: not judge.holds_title(i),
    "footer": lambda judge, i: judge.is_foot(i),
    "form": lambda judge, i: judge.is_small_form(i),
    "button": lambda judge, i: not judge.opens_panel(i),
    "a": lambda judge, i: judge.leads.is_lead(i),
}
