"""Which blocks beside the main content are the page's own: its heading, its facts, its contacts in the foot."""

from pipelines.readers.outline import FURNITURE_ROLES, NEVER_BESIDE, SIDE_BOX, Outline
from pipelines.readers.words import Role

# Text of this length with hardly a link beside an unmarked main content belongs to the page.
_RUNNING = 200
# A longer part of a foot holds more than the contacts of the page's project.
_FOOT_BLOCK = 400
# What is longer is no foot, and would cost too much to look through level by level.
_FOOT = 3_000


class Beside:
    """Judges the blocks beside the way to the main content."""

    def __init__(self, outline: Outline) -> None:
        """Judge the blocks of one page."""
        self.outline = outline
        self.tree = outline.tree
        self.evidence = outline.evidence

    def belongs(self, i: int) -> bool:
        """Whether an element is the page's own."""
        tree, evidence = self.tree, self.evidence
        if not tree.text[i] or self._is_frame(i):
            return False
        if self._title_beside(i):
            return True
        if self._is_furniture(i):
            return False
        if evidence.has_facts(i):
            return True
        return not self.outline.marked and tree.tags[i] != "aside" and not self._is_side(i) and self._is_running(i)

    def _is_frame(self, i: int) -> bool:
        role = self.tree.attributes[i].get("role")
        return self.tree.tags[i] in ("nav", "footer") or role in FURNITURE_ROLES - {"banner"}

    def _title_beside(self, i: int) -> bool:
        """A page's first heading may stand above its main content, in a header of its own."""
        tree, outline = self.tree, self.outline
        h1 = outline.first_heading
        if outline.core_has_h1 or not i <= h1 < tree.ends[i] or i >= outline.core:
            return False
        return outline.named or tree.linked[h1] < tree.text[h1]

    def _is_furniture(self, i: int) -> bool:
        if self.tree.tags[i] == "header" or self.evidence.roles(i) & NEVER_BESIDE or self.outline.links_only(i):
            return True
        return i >= self.outline.core_end and self.evidence.reads_as_foot(i)

    def _is_side(self, i: int) -> bool:
        roles = self.evidence.roles(i)
        return bool(roles & (Role.OUTSIDE | Role.SIDE | Role.TEASER)) and not roles & Role.KEEP

    def _is_running(self, i: int) -> bool:
        tree, core = self.tree, self.outline.core
        near = tree.parents[i] == tree.parents[core] or (i < core and tree.has_heading(i))
        if near and tree.linked[i] * 4 < tree.text[i]:
            return True
        return tree.text[i] >= _RUNNING and tree.linked[i] * 10 < tree.text[i]

    def has_contacts_only(self, i: int) -> bool:
        """Whether a part of a foot holds the project's own contacts and little else."""
        return self.tree.text[i] <= _FOOT_BLOCK and self.holds_contacts(i) and not self.evidence.reads_as_foot(i)

    def holds_contacts(self, i: int) -> bool:
        """Whether the project's own contacts stand in a part of a foot."""
        return i >= self.outline.core_end and self.tree.text[i] <= _FOOT and self.evidence.has_own_contact(i)

    def heads_contacts(self, i: int) -> bool:
        """Whether an element is a heading right before such a part."""
        tree, following = self.tree, self.tree.ends[i]
        if tree.text[i] > SIDE_BOX or not (tree.is_heading(i) or tree.has_heading(i)):
            return False
        return following < tree.ends[tree.parents[i]] and self.holds_contacts(following)
