"""Labels and their values: definition lists, fields of content systems, and labels that stand in bold."""

from pipelines.readers.furniture import Judge
from pipelines.readers.tree import Tree
from pipelines.readers.words import Role, facts_pattern

_LABEL_LENGTH = 60
_VALUE_LENGTH = 200
_INLINE = frozenset({"span", "b", "strong", "em", "i", "label", "div", "p", "h4", "h5", "h6", "dt"})


class Pairs:
    """Tells for each element whether it is a label or the value of one that came before."""

    def __init__(self, tree: Tree, judge: Judge) -> None:
        """Pairs of one page."""
        self._tree = tree
        self._judge = judge
        self._values: set[int] = set()

    def role(self, i: int) -> str:
        """``label``, ``value`` or an empty string."""
        tag = self._tree.tags[i]
        if tag == "dt":
            return "label"
        if tag == "dd" or i in self._values:
            return "value"
        if tag in _INLINE and 0 < self._tree.text[i] <= _LABEL_LENGTH and i > self._judge.core:
            return self._by_class_or_place(i)
        return ""

    def _by_class_or_place(self, i: int) -> str:
        tree = self._tree
        parent, following = tree.parents[i], tree.ends[i]
        if following >= tree.ends[parent] or tree.tails[i].strip(" \t\r\n:\u00a0"):
            return ""
        marked = bool(self._judge.evidence.roles(i) & Role.LABEL)
        value_marked = bool(self._judge.evidence.roles(following) & Role.VALUE)
        alone = i == parent + 1 and tree.ends[following] == tree.ends[parent] and not tree.own[parent].strip()
        by_class = marked and (value_marked or alone)
        if not by_class and not (alone and self._reads_as_label(i, following)):
            return ""
        self._values.add(following)
        if value_marked:
            self._values.update(self._more_values(following, tree.ends[parent]))
        return "label"

    def _more_values(self, first: int, end: int) -> list[int]:
        found, at = [], self._tree.ends[first]
        while at < end and self._judge.evidence.roles(at) & Role.VALUE:
            found.append(at)
            at = self._tree.ends[at]
        return found

    def _reads_as_label(self, i: int, following: int) -> bool:
        """A short text with a colon and one short text after it, alone in their parent."""
        tree = self._tree
        if not 0 < tree.text[following] <= _VALUE_LENGTH or tree.tags[following] in ("br", "ul", "ol", "table", "a"):
            return False
        return tree.words(i).endswith(":")

    def is_inline_label(self, i: int, text: str) -> bool:
        """Whether bold text at the start of a line labels what follows on the line, though it lacks a colon."""
        tail = self._tree.tails[i].strip()
        if not tail or len(text) > _LABEL_LENGTH or not text or not text[-1].isalnum():
            return False
        return (tail[0].isupper() or tail[0].isdigit()) and facts_pattern().match(text.lower()) is not None
