"""Tables: which are layout, and how a row of data reads in the archived text."""

from dataclasses import dataclass, field

from pipelines.readers.flow import Flow
from pipelines.readers.tree import Tree

# A cell with more text than this, in a table without header cells, holds a part of the page.
_LAYOUT_CELL = 500
_NO_COMMA_AFTER = ",;:–-(/"


def is_layout(tree: Tree, table: int) -> bool:
    """Whether a table only places parts of the page: it holds headings, tables or long texts, or a single column."""
    if tree.attributes[table].get("role") in ("presentation", "none") or tree.has_heading(table):
        return True
    inside = range(table + 1, tree.ends[table])
    if any(tree.tags[i] == "table" for i in inside):
        return True
    if any(tree.tags[i] in ("th", "thead", "caption") for i in inside):
        return False
    cells = [i for i in inside if tree.tags[i] == "td"]
    rows = sum(1 for i in inside if tree.tags[i] == "tr")
    return len(cells) <= rows or any(tree.text[i] > _LAYOUT_CELL for i in cells)


def is_bold(tree: Tree, cell: int) -> bool:
    """Whether all text of a cell is bold: a header cell by its looks."""
    return any(
        tree.tags[j] in ("strong", "b") and 0 < tree.text[cell] == tree.text[j]
        for j in range(cell + 1, tree.ends[cell])
    )


@dataclass(slots=True)
class Table:
    """A table of data while it is read: the cells of the current row as (is a header, lines)."""

    cells: list[tuple[bool, list[str]]] = field(default_factory=list)
    has_header_row: bool = False

    def add(self, header: bool, cell: Flow) -> None:
        """Take a finished cell."""
        self.cells.append((header, [line for block in cell.finish() for line in block]))

    def write_row(self, flow: Flow) -> None:
        """Write the row that the cells make, and begin the next."""
        cells, self.cells = self.cells, []
        filled = [cell for cell in cells if cell[1]]
        if not filled:
            return
        if len(filled) == 1:
            flow.add_lines(filled[0][1])
        elif _is_pairs(cells):
            _write_pairs(cells, flow)
        else:
            gap = "-" if self.has_header_row else ""
            joined = [one_line(lines) or gap for _, lines in cells]
            flow.add_lines([" | ".join(cell for cell in joined if cell)])
        self.has_header_row = self.has_header_row or (len(cells) > 2 and all(header for header, _ in cells))


def _is_pairs(cells: list[tuple[bool, list[str]]]) -> bool:
    """Whether cells are label, value, label, value."""
    if len(cells) % 2 or len(cells) > 6 or all(header for header, _ in cells):
        return False
    labels, values = cells[::2], cells[1::2]
    return all(h or (len(t) == 1 and t[0].endswith(":")) for h, t in labels) and not any(h for h, _ in values)


def _write_pairs(cells: list[tuple[bool, list[str]]], flow: Flow) -> None:
    for (_, label), (_, value) in zip(cells[::2], cells[1::2], strict=True):
        if label and value:
            flow.pair(one_line(label), value)
        else:
            flow.add_lines(label or value)


def one_line(lines: list[str]) -> str:
    """The lines of a cell in one: a comma stands where a line of its own begins, a blank where a line runs on."""
    text = ""
    for line in (line.removeprefix("- ") for line in (line.strip() for line in lines)):
        if not text or not line:
            text = text or line
        elif text[-1] in _NO_COMMA_AFTER or (line[0].islower() and "@" not in line):
            text += " " + line
        else:
            text += ", " + line
    return text
