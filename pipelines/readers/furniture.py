"""Which elements of a page are furniture, told on the way from the page's top to its foot."""

from enum import Enum

from pipelines.readers.beside import Beside
from pipelines.readers.core import descend
from pipelines.readers.elsewhere import Elsewhere
from pipelines.readers.hidden import Visibility
from pipelines.readers.inside import Inside
from pipelines.readers.leads import Leads
from pipelines.readers.outline import BLOCKS, FURNITURE_ROLES, NEVER_BESIDE, Outline
from pipelines.readers.teasers import Teasers, other_articles
from pipelines.readers.titles import repeated_tabs
from pipelines.readers.tree import Tree


class Zone(Enum):
    """Where an element stands: on the way to the main content, in it, in a block beside it that was kept, or in a
    foot of which parts are kept."""

    PATH = 1
    CORE = 2
    BESIDE = 3
    FOOT = 4
    OUT = 5


_FRAME = frozenset({"nav", "header", "footer", "aside", "form", "button"})


class Judge:
    """Decides element by element; made once for a page."""

    def __init__(self, tree: Tree, *, lists: bool = False) -> None:
        """Find the main content and what scripts control. ``lists`` keeps links: the page is a list of pages."""
        self.tree = tree
        self.lists = lists
        self.outline = outline = Outline(tree)
        self.core, self.evidence = outline.core, outline.evidence
        inner = descend(tree, outline.core) if outline.marked else outline.core
        self.leads = Leads(tree, outline.evidence, outline.core, inner, marked=outline.marked)
        self.hidden = Visibility(tree, outline.core)
        self.inside = Inside(outline, self.leads)
        self.beside = Beside(outline)
        self.teasers = Teasers(tree, outline.evidence, outline.core)
        self.elsewhere = Elsewhere(tree, outline.evidence, self.teasers, outline.core)
        self.others = other_articles(tree, outline.core) | repeated_tabs(tree)

    def zone(self, i: int, parent: Zone) -> Zone:
        """The zone of an element whose parent was kept in ``parent``; `Zone.OUT` drops it with all below."""
        if self.hidden.is_hidden(i):
            return Zone.OUT
        if self.lists:
            return Zone.OUT if self._is_frame(i) else Zone.CORE
        if i == self.core:
            return Zone.CORE
        if parent is Zone.CORE:
            return Zone.OUT if self.inside.is_furniture(i) or self._leads_on(i) else Zone.CORE
        if parent is Zone.BESIDE:
            return Zone.OUT if self.inside.is_furniture(i) or self.outline.links_only(i) else Zone.BESIDE
        return self._zone_outside(i, parent)

    def _zone_outside(self, i: int, parent: Zone) -> Zone:
        """The zone of an element that stands neither in the main content nor in a block that was kept whole."""
        if self.outline.holds_core(i):
            return Zone.PATH
        if parent is Zone.PATH and self.beside.belongs(i):
            return Zone.BESIDE
        if self.beside.has_contacts_only(i) or (i >= self.outline.core_end and self.beside.heads_contacts(i)):
            return Zone.BESIDE
        return Zone.FOOT if self.beside.holds_contacts(i) else Zone.OUT

    def _is_frame(self, i: int) -> bool:
        """Whether an element is furniture by its kind or words alone, whatever it holds."""
        if self.outline.holds_core(i):
            return False
        if self.tree.tags[i] in _FRAME or self.tree.attributes[i].get("role") in FURNITURE_ROLES:
            return True
        return bool(self.evidence.roles(i) & NEVER_BESIDE) or self.leads.is_link_row(i)

    def _leads_on(self, i: int) -> bool:
        """Whether an element of the main content is for other pages."""
        if i in self.others:
            return True
        leads = self.leads.is_list_of_others(i) or (self.tree.tags[i] in BLOCKS and self.teasers.is_row(i))
        return leads and not self.outline.holds_title(i)
