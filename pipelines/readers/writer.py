"""Elements that were kept become text: each is entered, its text taken, and left again."""

from pipelines.readers.cards import Cards
from pipelines.readers.elements import BLOCKS
from pipelines.readers.flow import Flow
from pipelines.readers.furniture import Judge
from pipelines.readers.lines import clean
from pipelines.readers.links import beyond, revealed
from pipelines.readers.pairs import Pairs
from pipelines.readers.tables import Table, is_bold, is_layout
from pipelines.readers.tree import HEADINGS, Tree


class Writer:
    """Writes the elements of one page; `enter` says how to `leave` each."""

    def __init__(self, tree: Tree, judge: Judge) -> None:
        """Nothing is written yet."""
        self.tree = tree
        self.core = judge.core
        self.pairs = Pairs(tree, judge)
        self.flows = [Flow()]
        self.tables: list[Table] = []
        self.layouts: set[int] = set()
        self.card_finder = Cards(tree, judge.evidence, judge.core)
        self.cards: list[int] = []
        self.pre = 0

    @property
    def flow(self) -> Flow:
        """Where text goes now."""
        return self.flows[-1]

    def text(self, text: str) -> None:
        """Write text as it stands in the page."""
        if not text:
            return
        if not self.pre:
            self.flow.text(text)
            return
        for number, line in enumerate(text.split("\n")):
            if number:
                self.flow.line_break()
            self.flow.text(line)

    def enter(self, i: int) -> tuple[str, bool]:
        """Begin an element; how to leave it, and whether to look inside."""
        tag, attributes, flow = self.tree.tags[i], self.tree.attributes[i], self.flow
        if "data-cfemail" in attributes:
            flow.text(revealed(attributes["data-cfemail"]))
            return "inline", False
        if tag == "br":
            flow.line_break()
            return "none", False
        if self.tree.is_heading(i):
            flow.begin_heading(HEADINGS[tag])
            return "heading", True
        if flow.heading:
            flow.end_line()
            return "link" if tag == "a" else "inline", True
        return self._enter_part(i, tag, attributes), True

    def _enter_part(self, i: int, tag: str, attributes: dict[str, str]) -> str:
        role = self.pairs.role(i)
        if role:
            self.flows.append(Flow())
            return role
        if tag == "table":
            return self._enter_table(i)
        if self.tables and tag in ("tr", "td", "th") and self.tree.parents[i] not in self.layouts:
            return self._enter_cell(tag)
        if tag in ("ul", "ol", "li") and not (tag == "li" and self.tree.has_heading(i)):
            return self._enter_list(tag)
        return self._enter_block(i, tag) if self._is_block(tag, attributes) else self._enter_inline(i, tag, attributes)

    def _enter_list(self, tag: str) -> str:
        if tag == "li":
            self.flow.begin_item()
            return "item"
        self.flow.begin_list()
        return "list"

    def _enter_inline(self, i: int, tag: str, attributes: dict[str, str]) -> str:
        if tag == "span" and attributes.get("class") and self.cards and self.cards[-1] == self.tree.parents[i]:
            self.flow.end_line()
            return "line"
        if tag == "a":
            return "link"
        if tag == "span" and self._parts_words(i, attributes):
            self.flow.text(" ")
        return "strong" if tag in ("strong", "b") and self.flow.line.is_blank() else "inline"

    def _parts_words(self, i: int, attributes: dict[str, str]) -> bool:
        """Whether a span follows one of another class at once: styles set them apart, like a name and a title."""
        tree, before = self.tree, self.tree.before(i)
        if (
            before == tree.parents[i]
            or tree.tags[before] != "span"
            or tree.tails[before]
            or not attributes.get("class")
        ):
            return False
        others = tree.attributes[before].get("class", attributes["class"])
        return others != attributes["class"] and not self.flow.line.is_blank()

    def _is_block(self, tag: str, attributes: dict[str, str]) -> bool:
        return tag in BLOCKS or "-" in tag or "block" in attributes.get("style", "")

    def _enter_block(self, i: int, tag: str) -> str:
        self.flow.end_block()
        if tag == "pre":
            self.pre += 1
            return "pre"
        if not self.flow.tight and self.card_finder.is_card(i):
            self.flow.flush()
            self.flow.tight += 1
            self.cards.append(i)
            return "card"
        return "block"

    def _enter_table(self, i: int) -> str:
        self.flow.end_block()
        if is_layout(self.tree, i) or i < self.core < self.tree.ends[i]:
            inside = (
                j
                for j in range(i, self.tree.ends[i])
                if self.tree.tags[j] in ("table", "tbody", "thead", "tfoot", "tr")
            )
            self.layouts.update(j for j in inside if self._table_of(j) == i)
            return "block"
        self.tables.append(Table())
        return "table"

    def _table_of(self, i: int) -> int:
        while i > 0 and self.tree.tags[i] != "table":
            i = self.tree.parents[i]
        return i

    def _enter_cell(self, tag: str) -> str:
        if tag == "tr":
            return "row"
        self.flows.append(Flow(tight=1))
        return "header cell" if tag == "th" else "cell"

    def leave(self, i: int, how: str, position: tuple[int, int]) -> None:
        """End an element that was entered at ``position``."""
        flow = self.flow
        if how == "heading":
            flow.finish_heading()
        elif how in ("block", "card", "pre"):
            self._leave_block(how)
        elif how == "link":
            self._leave_link(i, position)
        elif how == "list":
            flow.finish_list()
        elif how == "line":
            flow.end_line()
        elif how == "item":
            flow.finish_item()
        elif how != "inline":
            self._leave_part(i, how)
        if how in ("inline", "link", "strong"):
            self.flow.line.boundary()

    def _leave_block(self, how: str) -> None:
        self.flow.end_line()
        if how == "card":
            self.flow.tight -= 1
            self.cards.pop()
        self.pre -= how == "pre"
        self.flow.end_block()

    def _leave_part(self, i: int, how: str) -> None:
        if how == "label":
            label = clean(" ".join(" ".join(block) for block in self.flows.pop().finish()))
            self.flow.label(label)
        elif how == "value":
            inner = self.flows.pop()
            self.flow.value(inner)
        elif how in ("cell", "header cell"):
            cell = self.flows.pop()
            self.tables[-1].add(how == "header cell" or is_bold(self.tree, i), cell)
        elif how == "row":
            self.tables[-1].write_row(self.flow)
        elif how == "table":
            self.tables.pop().write_row(self.flow)
            self.flow.end_block()
        elif how == "strong" and self.pairs.is_inline_label(i, self.flow.line.text()):
            self.flow.line.colon()

    def _leave_link(self, i: int, position: tuple[int, int]) -> None:
        href = self.tree.attributes[i].get("href", "")
        if not href or href[0] not in "mtcMTC/":
            return
        text = self.flow.since(position)
        carried = beyond(href.strip(), text)
        if carried:
            self.flow.text(f" <{carried}>" if text.strip() else carried)
