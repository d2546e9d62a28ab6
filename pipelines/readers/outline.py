"""What is known of a page before it is judged: its tree, its main content, its first heading."""

from pipelines.readers.core import find_core
from pipelines.readers.evidence import Evidence
from pipelines.readers.titles import page_heading
from pipelines.readers.tree import Tree
from pipelines.readers.words import Role

BLOCKS = frozenset(
    {"div", "section", "aside", "article", "ul", "ol", "table", "tr", "td", "tbody", "dl", "header", "footer"}
)
FURNITURE_ROLES = frozenset(
    {"navigation", "search", "menu", "menubar", "alertdialog", "toolbar", "banner", "contentinfo", "dialog"}
)
NEVER_BESIDE = Role.ALWAYS | Role.WHOLE | Role.FOOT
# A smaller box is a byline, a credit or a heading.
SIDE_BOX = 80


class Outline:
    """One page; ``marked`` tells that the markup itself names the main content, ``named`` that the title element
    begins with the words of the first heading."""

    def __init__(self, tree: Tree) -> None:
        """Find the main content and the first heading."""
        self.tree = tree
        self.core, self.marked = find_core(tree)
        self.core_end = tree.ends[self.core]
        self.evidence = Evidence(tree)
        self.first_heading, self.named = page_heading(tree)
        inside = [h for h in tree.headings if self.core < h < self.core_end]
        self.core_heading = inside[0] if inside else -1
        self.core_has_h1 = any(tree.tags[h] == "h1" for h in inside)

    def holds_core(self, i: int) -> bool:
        """Whether an element is or holds the main content."""
        return i <= self.core < self.tree.ends[i]

    def holds_title(self, i: int) -> bool:
        """Whether the page's first heading stands in an element."""
        h1 = self.first_heading
        return i <= h1 < self.tree.ends[i] or (i <= self.core_heading < self.tree.ends[i] and h1 < 0)

    def links_only(self, i: int) -> bool:
        """Whether a block is little but links, without an address; rows of tables need more than two."""
        tree = self.tree
        if tree.linked[i] * 10 < tree.text[i] * 6 or tree.tags[i] not in BLOCKS or self.evidence.has_contact(i):
            return False
        return tree.tags[i] not in ("tr", "td") or sum(1 for j in range(i, tree.ends[i]) if tree.tags[j] == "a") > 2
