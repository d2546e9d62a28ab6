"""Links that only lead on: buttons, cards of other pages, rows and lists of links within the main content."""

from pipelines.readers.evidence import Evidence
from pipelines.readers.outline import BLOCKS
from pipelines.readers.tree import Tree
from pipelines.readers.words import Role, bare, onward_begins

_MAX_LINE = 200
# A shorter card may be a partner's or a person's.
_TEASER = 60
_BUTTON = 40
_ONWARD = 50
_SHORT_LINK = 30
_ENOUGH_TEXT = 400
# In pages of this much running text, lists of links with titles of this length lead to other pages.
_LONG_PAGE = 1_000
_TITLE = 30


class Leads:
    """Tells which links and lists of links say nothing of the page itself."""

    def __init__(self, tree: Tree, evidence: Evidence, core: int, inner: int, *, marked: bool) -> None:
        """``core`` is the main content (``marked``: the markup says so), ``inner`` holds most of its running text."""
        self.tree = tree
        self.evidence = evidence
        self.core = core
        self.inner = inner
        self.marked = marked
        self.running = tree.text[core] - tree.linked[core]

    def is_lead(self, i: int) -> bool:
        """Whether a link is a button, a way back, or a card for another page."""
        return self._is_button(i) or self._leads_onward(i) or self._is_teaser_link(i)

    def _leads_onward(self, i: int) -> bool:
        """Whether a link, alone in its parent, only leads back or to all pages of a kind."""
        tree = self.tree
        if not 0 < tree.text[i] <= _ONWARD or tree.text[tree.parents[i]] > tree.text[i] + 2:
            return False
        return bare(tree.words(i)).startswith(onward_begins()) and not self.evidence.has_contact(i)

    def _is_button(self, i: int) -> bool:
        """Whether a link looks like a button and says nothing but what it does."""
        roles = self.evidence.roles(i)
        href = self.tree.attributes[i].get("href", "#")
        return (
            bool(roles & Role.BUTTON)
            and href[:1] != "#"
            and self.tree.text[i] <= _BUTTON
            and not self.evidence.has_contact(i)
        )

    def _is_teaser_link(self, i: int) -> bool:
        """Whether a link is a card for another page: blocks with a good deal of text, all of it link."""
        tree = self.tree
        if (
            tree.text[i] < _TEASER
            or self.running < _ENOUGH_TEXT
            or tree.attributes[i].get("href", "#")[:1] in ("#", "m", "t")
        ):
            return False
        return tree.has_tag(
            i, "h2", "h3", "h4", "h5", "p", "div", "figcaption", "figure"
        ) and not self.evidence.has_contact(i)

    def is_link_row(self, i: int) -> bool:
        """Whether an element is a row of short links to pages of the site, with bars or dots between them."""
        tree = self.tree
        if not 0 < tree.text[i] <= _MAX_LINE or tree.linked[i] * 10 < tree.text[i] * 7:
            return False
        links = [j for j in tree.children(i) if tree.tags[j] == "a"]
        between = [tree.tails[j].strip() for j in links]
        hrefs = [tree.attributes[j].get("href", "") for j in links]
        if len(links) < 3 or any(
            ":" in href or tree.text[j] > _SHORT_LINK for j, href in zip(links, hrefs, strict=True)
        ):
            return False
        return any(between[:-1]) and all(not tail.strip("|/·•»>-–—") for tail in between)

    def is_list_of_others(self, i: int) -> bool:
        """Whether a block beside the main content's running text holds links to other pages and nothing of this one."""
        tree = self.tree
        if (
            (tree.tags[i] not in BLOCKS and tree.tags[i] != "p")
            or not tree.linked[i]
            or tree.attributes[i].get("role") == "tablist"
        ):
            return False
        if self._lists_own_site(i):
            return True
        beside = (i > self.inner and i >= tree.ends[self.inner]) or tree.ends[i] <= self.inner
        if not beside or tree.tags[i] == "p" or tree.linked[i] * 4 < tree.text[i] or self.evidence.roles(i) & Role.KEEP:
            return False
        return not self.evidence.has_facts(i)

    def _lists_own_site(self, i: int) -> bool:
        """Whether a block in a page of running text is hardly more than links to other pages of the same site."""
        tree = self.tree
        share = 19 if self.marked or tree.tags[i] == "p" else 10
        if self.running < _LONG_PAGE or tree.linked[i] * 20 < tree.text[i] * share or tree.text[i] < _TITLE:
            return False
        links = [j for j in range(i, tree.ends[i]) if tree.tags[j] == "a" and tree.text[j]]
        if not links or (tree.linked[i] < _TITLE * len(links) and (self.marked or len(links) < 3)):
            return False
        if not all(self.evidence.is_own_page(tree.attributes[j].get("href", "")) for j in links):
            return False
        return not self.evidence.has_facts(i) and not self.evidence.headed_by_facts(i)
