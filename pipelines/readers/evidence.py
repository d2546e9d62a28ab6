"""What an element of a page holds: addresses, labels of the page's matter, links to other pages of the site."""

import re
from bisect import bisect_left

from pipelines.readers.core import roles_at
from pipelines.readers.links import is_attachment
from pipelines.readers.tree import Tree
from pipelines.readers.words import facts_pattern, foot_pattern, own_contact_pattern

_MAIL = re.compile(r"[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\]|\(ät\)|\(a\))\s?[\w-]{1,60}\.[a-z]", re.IGNORECASE)
_PHONE = re.compile(r"\+358[\d ()-]{6,30}|\b0\d{1,2}[ -]?\d{3}[\d -]{2,20}")
_LABEL_LINE = 200


class Evidence:
    """Answers about the elements of one page; every text is looked at once."""

    def __init__(self, tree: Tree) -> None:
        """Note where addresses and labels stand."""
        self.tree = tree
        self.host = _host(tree)
        own = [text if shown else "" for text, shown in zip(tree.own, tree.text, strict=True)]
        self._contacts = [
            i
            for i, (text, attributes) in enumerate(zip(own, tree.attributes, strict=True))
            if (text and _tells_contact(text)) or (attributes and _links_contact(attributes))
        ]
        self._tail_contacts = [i for i, tail in enumerate(tree.tails) if tail and _tells_contact(tail)]
        labels = facts_pattern()
        self._labels = [
            i
            for i, text in enumerate(own)
            if text and tree.text[i] <= _LABEL_LINE and tree.tags[i] != "a" and labels.match(text.strip().lower())
        ]

    def has_contact(self, i: int) -> bool:
        """Whether an e-mail address or a phone number stands in an element."""
        return self._between(self._contacts, i, i) or self._between(self._tail_contacts, i, i + 1)

    def has_facts(self, i: int) -> bool:
        """Whether an address, a number or a label of the page's matter stands in an element."""
        return self.has_contact(i) or self._between(self._labels, i, i)

    def _between(self, places: list[int], i: int, first: int) -> bool:
        at = bisect_left(places, first)
        return at < len(places) and places[at] < self.tree.ends[i]

    def links_mostly(self, i: int) -> bool:
        """Whether more than half of an element's text is links."""
        return self.tree.linked[i] * 2 > self.tree.text[i]

    def reads_as_foot(self, i: int) -> bool:
        """Whether words of a site's foot stand in an element: copyright, switchboard, privacy statement."""
        return foot_pattern().search(self.tree.words(i).lower()) is not None

    def has_own_contact(self, i: int) -> bool:
        """Whether an address or a number stands in an element together with words of a project's own contacts."""
        return self.has_contact(i) and own_contact_pattern().search(self.tree.words(i).lower()) is not None

    def is_own_page(self, href: str) -> bool:
        """Whether a link leads to another page (no file) of the site that the page says it stands on."""
        if is_attachment(href) or href.startswith(("#", "mailto:", "tel:", "javascript:")):
            return False
        if not href.startswith(("http:", "https:", "//")):
            return True
        return href.partition("//")[2].partition("/")[0].lower() == self.host

    def headed_by_facts(self, i: int) -> bool:
        """Whether the heading above an element, or the one beside it, labels the page's own matter."""
        tree = self.tree
        at = bisect_left(tree.headings, i) - 1
        before = [j for j in tree.children(tree.parents[i]) if j < i][-1:]
        labels = ([tree.headings[at]] if at >= 0 else []) + before
        return any(tree.text[j] <= _LABEL_LINE and facts_pattern().match(tree.words(j).lower()) for j in labels)

    def roles(self, i: int) -> int:
        """The `Role` flags of an element."""
        return roles_at(self.tree, i)


def _tells_contact(text: str) -> bool:
    if ("@" in text or "(" in text or "[" in text) and _MAIL.search(text):
        return True
    return "0" in text and _PHONE.search(text) is not None


def _links_contact(attributes: dict[str, str]) -> bool:
    href = attributes.get("href", "")
    return "data-cfemail" in attributes or href.startswith("tel:") or (href.startswith("mailto:") and "@" in href)


def _host(tree: Tree) -> str:
    """The host that the page names as its own, empty when it names none."""
    for tag, attributes in zip(tree.tags, tree.attributes, strict=True):
        if not attributes:
            continue
        canonical = tag == "link" and attributes.get("rel", "").lower() == "canonical"
        address = attributes.get("href") or attributes.get("content", "")
        if (canonical or attributes.get("property") == "og:url") and "//" in address:
            return address.partition("//")[2].partition("/")[0].lower()
    return ""
