"""The archived text in the making: inline pieces become lines, lines become blocks."""

from pipelines.readers.inline import Inline
from pipelines.readers.lines import level_of, pair_lines, without_hollow
from pipelines.readers.remarks import announces_others, is_appeal, is_remark, without_credit
from pipelines.readers.words import bare, elsewhere_lines

_VALUE_LENGTH = 160
_LABEL_LENGTH = 80


class Flow:
    """Collects one run of text: the page's, a table cell's, or a label's."""

    __slots__ = (
        "_hollow",
        "_parted",
        "_pending",
        "blocks",
        "depth",
        "heading",
        "indent",
        "line",
        "lines",
        "mark",
        "tight",
    )

    def __init__(self, tight: int = 0) -> None:
        """``tight`` above 0 keeps all lines in one block (cells, cards, list items)."""
        self.blocks: list[list[str]] = []
        self.lines: list[str] = []
        self.tight = tight
        self.heading = 0
        self.depth = 0
        self.mark = ""
        self.indent = ""
        self.line = Inline()
        self._pending: tuple[str, list[str]] | None = None
        self._hollow: set[int] = set()
        self._parted = False

    def text(self, piece: str) -> None:
        """Add inline text as it stands in the page."""
        if not piece:
            return
        if self._pending is not None and not piece.isspace():
            self.flush()
        self.line.add(piece)

    def position(self) -> tuple[int, int]:
        """Where the flow stands, for `since`."""
        return len(self.blocks) + len(self.lines), len(self.line.pieces)

    def since(self, position: tuple[int, int]) -> str:
        """The text that came after a position; the current line where lines ended since."""
        same_line = position[0] == len(self.blocks) + len(self.lines)
        return "".join(self.line.pieces[position[1] if same_line else 0 :])

    def end_line(self) -> None:
        """End the current line; inside a heading this is a blank."""
        if self.line.pieces and self.heading:
            self.line.pieces.append(" ")
        elif self.line.pieces and (line := self.line.take()):
            self._add(line)

    def _add(self, line: str) -> None:
        if is_remark(line):
            self.dropped()
            return
        self.lines.append((self.mark or self.indent) + without_credit(line))
        self.mark = ""

    def line_break(self) -> None:
        """A line break of the page; the second in a row ends the block."""
        if self.heading or not self.line.is_blank():
            self.end_line()
        else:
            self.line.take()
            self.end_block()

    def add_lines(self, lines: list[str]) -> None:
        """Add finished lines."""
        self.flush()
        self.end_line()
        for line in lines:
            self._add(line)

    def pair(self, label: str, values: list[str]) -> None:
        """Add a label with its values."""
        self.label(label)
        if self._pending is not None:
            self._pending[1].extend(values)
        self.flush()

    def begin_list(self) -> None:
        """A list begins; lists in lists stay in their block."""
        self.flush()
        self.end_line() if self.depth else self.end_block()
        self.depth += 1

    def finish_list(self) -> None:
        """The list ends."""
        self.flush()
        self.depth -= 1
        self.end_line() if self.depth else self.end_block()

    def begin_item(self) -> None:
        """A list item begins."""
        self.flush()
        self.end_line()
        self.tight += 1
        self.mark = "  " * max(self.depth - 1, 0) + "- "
        self.indent = " " * len(self.mark)

    def finish_item(self) -> None:
        """The list item ends."""
        self.flush()
        self.end_line()
        self.tight -= 1
        self.mark = ""
        self.indent = "  " * max(self.depth - 1, 0)

    def end_block(self) -> None:
        """End the current line, and the block too where blocks are told apart."""
        self.end_line()
        if self._pending is not None:
            self._parted = True
        elif not self.tight and self.lines:
            self.blocks.append(self.lines)
            self.lines = []

    def split(self) -> None:
        """End the block even in a tight run: headings stand alone."""
        self.end_line()
        if self.lines:
            self.blocks.append(self.lines)
            self.lines = []

    def begin_heading(self, level: int) -> None:
        """What follows, up to `finish_heading`, is one heading of this level."""
        self.flush()
        self.split()
        self.heading = level

    def finish_heading(self) -> None:
        """Write the heading as a block of its own; an empty one leaves nothing."""
        level, self.heading = self.heading, 0
        line = self.line.take()
        if line and not is_appeal(line.lower()):
            if bare(line) in elsewhere_lines():
                self._hollow.add(len(self.blocks))
            self.blocks.append(["#" * level + " " + line])

    def label(self, label: str) -> None:
        """A label whose values follow by `value`; what reads as a question or a sentence is a line of its own."""
        self._write_pair()
        self._parted = False
        self.end_line()
        if len(label) > _LABEL_LENGTH or label.endswith((".", "?", "!")):
            self.end_block()
            self._add(label)
            self.end_block()
        elif label.rstrip(" :"):
            self._pending = (label.rstrip(" :"), [])

    def value(self, inner: "Flow") -> None:
        """One value of the label before; long ones, and those without a label, stand as blocks of their own."""
        blocks = inner.finish()
        lines = [line for block in blocks for line in block]
        short = all(len(line) <= _VALUE_LENGTH and level_of([line]) == 0 for line in lines)
        if self._pending is not None and (short or len(lines) == 1):
            self._pending[1].extend(lines)
            return
        self.flush()
        self.end_block()
        for block in blocks:
            for line in block:
                self._add(line)
            self.end_block()

    def flush(self) -> None:
        """Write the label that waits, with its values; what comes next stands apart where the page parts it."""
        if self._pending is None:
            return
        self._write_pair()
        if self._parted:
            self._parted = False
            self.end_block()

    def _write_pair(self) -> None:
        if self._pending is None:
            return
        (label, values), self._pending = self._pending, None
        for line in pair_lines(label, values):
            self._add(line)

    def dropped(self) -> None:
        """Furniture stood here: a heading right before it may have headed nothing else."""
        if not self.blocks or self.lines or self._pending is not None or not self.line.is_blank():
            return
        if len(self.blocks[-1]) == 1 and announces_others(self.blocks[-1][0]):
            self.blocks.pop()
            self._hollow.discard(len(self.blocks))
        elif self.blocks[-1][0].startswith("##"):
            self._hollow.add(len(self.blocks) - 1)

    def finish(self) -> list[list[str]]:
        """All blocks."""
        self.flush()
        self.split()
        return without_hollow(self.blocks, self._hollow) if self._hollow else self.blocks
