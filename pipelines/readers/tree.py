"""An HTML page as a tree in document order, with the sums that decide what is content."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import cast

from lxml import etree

# A real page of 2 MB has some 30,000 elements; a page of more is cut, so that none takes over two seconds.
MAX_ELEMENTS = 45_000
# libxml2 gives up below 2,048 levels; a page that nests deeper is parsed again without the tags that nest.
_NESTING_TAG = re.compile(
    r"</?(?:div|span|font|b|i|em|strong|center|section|ul|ol|li|blockquote|table|tbody|tr|td)\b[^<>]*>",
    re.IGNORECASE,
)
# A page that lost the end of its noscript element stands in it whole.
_WHOLE_PAGE = 1_500
_SILENT = frozenset(
    {"script", "style", "noscript", "svg", "head", "title", "iframe", "object", "math", "select", "textarea"}
)
# A heading that holds more lost its end tag and swallowed what follows.
_LONGEST_HEADING = 400
_NEUTRAL = frozenset({"div", "span", "p"})
_LEVELS = frozenset("123456")
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}


@dataclass(frozen=True, slots=True)
class Tree:
    """The elements of a page in document order; all lists run parallel to ``tags``.

    ``own[i]`` is the text of element i before its first child, ``tails[i]`` that after its end.
    ``ends[i]`` is the index after the last descendant of element i; ``text`` and ``linked`` count the characters of
    text (and of text inside links) in the element and below; ``headings`` holds the indexes of h1-h6.
    ``cut`` tells that the page has more elements.
    """

    own: list[str]
    tails: list[str]
    tags: list[str]
    attributes: list[dict[str, str]]
    parents: list[int]
    ends: list[int]
    text: list[int]
    linked: list[int]
    headings: list[int]
    cut: bool

    def children(self, index: int) -> list[int]:
        """The indexes of an element's children."""
        found, child, end = [], index + 1, self.ends[index]
        while child < end:
            found.append(child)
            child = self.ends[child]
        return found

    def is_heading(self, index: int) -> bool:
        """Whether an element is an h1-h6 that heads something."""
        return self.tags[index] in HEADINGS and self.text[index] <= _LONGEST_HEADING

    def has_heading(self, index: int) -> bool:
        """Whether an h1-h6 stands below an element."""
        at = bisect_left(self.headings, index + 1)
        return at < len(self.headings) and self.headings[at] < self.ends[index]

    def words(self, index: int) -> str:
        """The text below an element, in one line."""
        return " ".join(" ".join(self._pieces(index)).split())

    def _pieces(self, index: int) -> Iterator[str]:
        """The texts within an element in their order."""
        yield self.own[index]
        inside: list[int] = []
        for i in range(index + 1, self.ends[index]):
            while inside and self.ends[inside[-1]] <= i:
                yield self.tails[inside.pop()]
            yield self.own[i]
            inside.append(i)
        yield from (self.tails[i] for i in reversed(inside))

    def before(self, index: int) -> int:
        """The index of the element's sibling before it; that of its parent where it is the first child."""
        i = index - 1
        while i > self.parents[index] and self.parents[i] != self.parents[index]:
            i = self.parents[i]
        return i

    def has_tag(self, index: int, *names: str) -> bool:
        """Whether an element of one of these names stands below (or is) the element."""
        return any(self.tags[i] in names for i in range(index, self.ends[index]))


def parse(html: str) -> etree._Element | None:
    """The root of a page within bounds, or None where there is nothing to parse. Too deep pages are flattened."""
    html = html.replace("\x00", "")
    parser = _parser()
    root = _parsed(html, parser)
    if root is not None and any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        return _parsed(_NESTING_TAG.sub("\n<br>", html), _parser())
    return root


def _parser() -> etree.HTMLParser:
    return etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True)


def _parsed(html: str, parser: etree.HTMLParser) -> etree._Element | None:
    try:
        return etree.fromstring(html.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def survey(root: etree._Element) -> Tree:
    """Walk the tree once and sum it up; a page of too many elements is cut."""
    elements = list(islice(root.iter(etree.Element), MAX_ELEMENTS + 1))
    cut = len(elements) > MAX_ELEMENTS
    del elements[MAX_ELEMENTS:]
    index = {element: i for i, element in enumerate(elements)}
    tags = [_tag(element) for element in elements]
    parents = [index[e.getparent()] if i else -1 for i, e in enumerate(elements)]  # type: ignore[index]  # only a root has none
    own, tails = [e.text or "" for e in elements], [e.tail or "" for e in elements]
    ends, text, linked = _sums(own, tails, tags, parents)
    return Tree(
        own,
        tails,
        tags,
        [cast("dict[str, str]", dict(e.items())) for e in elements],
        parents,
        ends,
        text,
        linked,
        [i for i, tag in enumerate(tags) if tag in HEADINGS and text[i] <= _LONGEST_HEADING],
        cut,
    )


def _tag(element: etree._Element) -> str:
    """The element's name; that of a heading where ARIA says that a neutral element is one (levels as in aria-level)."""
    tag = str(element.tag)
    if tag not in _NEUTRAL or element.get("role") != "heading":
        return tag
    level = str(element.get("aria-level", "2")).strip()
    return f"h{level}" if level in _LEVELS else "h2"


def _sums(
    own: list[str], tails: list[str], tags: list[str], parents: list[int]
) -> tuple[list[int], list[int], list[int]]:
    ends = list(range(1, len(tags) + 1))
    text, linked = [0] * len(tags), [0] * len(tags)
    for i in range(len(tags) - 1, -1, -1):
        parent = parents[i]
        if tags[i] in _SILENT and not (tags[i] == "noscript" and text[i] > _WHOLE_PAGE):
            text[i] = linked[i] = 0
        else:
            text[i] += len(own[i].strip())
        if tags[i] == "a":
            linked[i] = text[i]
        if parent < 0:
            continue
        ends[parent] = max(ends[parent], ends[i])
        text[parent] += text[i] + len(tails[i].strip())
        linked[parent] += linked[i]
    return ends, text, linked
