"""Which elements within the kept parts of a page are furniture: by their kind, their words, their share of links."""

from collections.abc import Callable

from pipelines.readers.leads import Leads
from pipelines.readers.outline import BLOCKS, FURNITURE_ROLES, SIDE_BOX, Outline
from pipelines.readers.words import Role

# Running text of this length, with few links in it, is no furniture whatever its class says.
_BULK = 400
_FURNITURE = Role.TEASER | Role.ALWAYS | Role.WHOLE | Role.OUTSIDE | Role.SIDE | Role.FOOT


class Inside:
    """Judges the elements within kept content."""

    def __init__(self, outline: Outline, leads: Leads) -> None:
        """``leads`` knows the links of the page that only lead on."""
        self.outline = outline
        self.tree = outline.tree
        self.evidence = outline.evidence
        self.leads = leads

    def is_furniture(self, i: int) -> bool:
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
        if role == "tablist" or self.outline.holds_title(i):
            return False
        roles = self.evidence.roles(i) | (Role.SIDE if role == "complementary" else Role.NONE)
        return role in FURNITURE_ROLES or bool(roles & _FURNITURE and self._furniture_words(i, roles))

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
        if roles & Role.SIDE and self.tree.text[i] >= SIDE_BOX:
            all_links = self.tree.text[i] >= _BULK and self.tree.linked[i] * 8 > self.tree.text[i] * 7
            return not (self.evidence.has_contact(i) if all_links else self.evidence.has_facts(i))
        return self.tree.linked[i] * 5 > self.tree.text[i] * 2 and not self.evidence.has_contact(i)

    def _is_bulk(self, i: int) -> bool:
        """Whether an element is running text, and too much of the page to be furniture whatever it is called."""
        running = self.tree.text[i] - self.tree.linked[i]
        whole = self.tree.text[self.outline.core] - self.tree.linked[self.outline.core]
        return (running >= _BULK and self.tree.linked[i] * 6 < running) or running * 2 > whole

    def is_foot(self, i: int) -> bool:
        """Whether a foot is the site's: an article's own foot that tells of the page is kept."""
        if not self.outline.marked and not self._in_article(i):
            return not self.outline.holds_title(i)
        return not self.evidence.has_facts(i) or self.evidence.reads_as_foot(i)

    def _in_article(self, i: int) -> bool:
        while i > self.outline.core:
            i = self.tree.parents[i]
            if self.tree.tags[i] == "article":
                return True
        return False

    def _holds_link(self, i: int) -> bool:
        return self.tree.linked[i] > 0 or self.tree.tags[self.tree.parents[i]] == "a"

    def is_small_form(self, i: int) -> bool:
        """A form of its own (search, newsletter, feedback), not one that wraps the page."""
        tree = self.tree
        if self.outline.holds_title(i) or (tree.has_heading(i) and tree.text[i] > 1500):
            return False
        return tree.text[i] < 400 or tree.text[i] * 5 < tree.text[self.outline.core]

    def opens_panel(self, i: int) -> bool:
        """Whether a button is the head of a part that readers open."""
        attributes = self.tree.attributes[i]
        if attributes.keys() & {"aria-controls", "aria-expanded", "data-target", "data-bs-target"}:
            return True
        parent = self.tree.tags[self.tree.parents[i]]
        return parent in ("h2", "h3", "h4", "h5", "h6", "dt", "summary") or bool(self.evidence.roles(i) & Role.PANEL)


# Elements whose kind decides.
_BY_TAG: dict[str, Callable[[Inside, int], bool]] = {
    "nav": lambda inside, i: not inside.outline.holds_title(i),
    "footer": lambda inside, i: inside.is_foot(i),
    "form": lambda inside, i: inside.is_small_form(i),
    "button": lambda inside, i: not inside.opens_panel(i),
    "a": lambda inside, i: inside.leads.is_lead(i),
}
