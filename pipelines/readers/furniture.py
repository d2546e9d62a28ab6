"""Which elements of a page are furniture: by their kind, their role, their words, and how much of them is links."""

import re
from bisect import bisect_left
from enum import Enum

from pipelines.readers.core import descend, find_core, marks_of
from pipelines.readers.links import is_attachment
from pipelines.readers.tree import HEADINGS, Tree
from pipelines.readers.words import Role, bare, elsewhere_begins, elsewhere_lines, facts_pattern, foot_pattern, roles_of


class Zone(Enum):
    """Where an element stands: on the way to the main content, in it, or in a block beside it that was kept."""

    PATH = 1
    CORE = 2
    BESIDE = 3
    OUT = 4


_NEVER_SHOWN = frozenset(
    "script style head title svg math iframe object embed canvas audio video map select option datalist "
    "textarea input meta link base source track param area progress meter frame frameset applet".split()
)
_FURNITURE_ROLES = frozenset(
    {"navigation", "search", "menu", "menubar", "alertdialog", "toolbar", "banner", "contentinfo", "dialog"}
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{\{|\$\{|<%|\[\[|\{%")
_MAIL = re.compile(r"[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\]|\(ät\))\s?[\w-]{1,60}\.[a-z]", re.IGNORECASE)
_PHONE = re.compile(r"\+358[\d ()-]{6,}|\b0\d{1,2}[ -]?\d{3}[\d -]{2,}")
_MAX_HEADING = 60
_MAX_LINE = 200
# Running text of this length, with few links in it, is no furniture whatever its class says.
_BULK = 400
# Text of this length with hardly a link beside an unmarked main content belongs to the page.
_RUNNING = 200
# A shorter card may be a partner's or a person's.
_TEASER = 60
# In pages of this much running text, lists of links with titles of this length lead to other pages.
_LONG_PAGE = 1_000
_TITLE = 30
# A smaller box is a byline or a credit.
_SIDE_BOX = 80
_FURNITURE = Role.TEASER | Role.ALWAYS | Role.WHOLE | Role.OUTSIDE | Role.SIDE | Role.FOOT
_NEVER_BESIDE = Role.ALWAYS | Role.WHOLE | Role.FOOT
_BLOCKS = ("div", "section", "aside", "article", "ul", "ol", "table", "tr", "td", "tbody", "dl", "header", "footer")


class Judge:
    """Decides element by element; made once for a page."""

    def __init__(self, tree: Tree) -> None:
        """Find the main content and what scripts control."""
        self.tree = tree
        self.core, self.marked = find_core(tree)
        self.core_end = tree.ends[self.core]
        self.inner = descend(tree, self.core) if self.marked else self.core
        self.controlled = _controlled(tree)
        self.host = _host(tree)
        self.first_heading = next((h for h in tree.headings if tree.tags[h] == "h1"), -1)
        self.core_heading = next((h for h in tree.headings if self.core < h < self.core_end), -1)
        self.core_has_h1 = any(tree.tags[h] == "h1" and self.core < h < self.core_end for h in tree.headings)

    def roles(self, i: int) -> int:
        """The `Role` flags of an element."""
        attributes = self.tree.attributes[i]
        return roles_of(marks_of(attributes)) if attributes else 0

    def zone(self, i: int, parent: Zone) -> Zone:
        """The zone of an element whose parent was kept in ``parent``; `Zone.OUT` drops it with all below."""
        tag = self.tree.tags[i]
        if tag in _NEVER_SHOWN or (tag == "noscript" and not self.tree.text[i]) or self._hidden(i):
            return Zone.OUT
        if parent is Zone.CORE or i == self.core:
            return (
                Zone.OUT if i != self.core and (self._furniture_inside(i) or self._lists_beside_text(i)) else Zone.CORE
            )
        if i < self.core and self.tree.ends[i] >= self.core_end:
            return Zone.PATH
        if parent is Zone.BESIDE:
            return Zone.OUT if self._furniture_inside(i) or self._links_only(i) else Zone.BESIDE
        return Zone.BESIDE if self._belongs(i) else Zone.OUT

    def _hidden(self, i: int) -> bool:
        tag, attributes = self.tree.tags[i], self.tree.attributes[i]
        if tag == "template":
            return bool(_PLACEHOLDER.search(self.tree.words(i)))
        if not attributes:
            return False
        hidden = "hidden" in attributes or ("style" in attributes and _HIDDEN.search(attributes["style"]) is not None)
        if tag == "dialog" or attributes.get("aria-modal") == "true":
            hidden = hidden or "open" not in attributes
        if not hidden or i <= self.core < self.tree.ends[i]:
            return False
        if attributes.get("id") in self.controlled or attributes.get("role") in ("tabpanel", "region"):
            return False
        return not self.roles(i) & Role.PANEL and not self._like_shown_sibling(i)

    def _like_shown_sibling(self, i: int) -> bool:
        """Whether an element of the same kind stands before it and is shown: one of several panels."""
        before = [
            j for j in self.tree.children(self.tree.parents[i]) if j < i and self.tree.tags[j] == self.tree.tags[i]
        ]
        kind = self.tree.attributes[i].get("class", "").split()[:1]
        return bool(kind) and any(self.tree.attributes[j].get("class", "").split()[:1] == kind for j in before)

    def _furniture_inside(self, i: int) -> bool:
        """Whether an element within kept content is furniture."""
        tag, attributes = self.tree.tags[i], self.tree.attributes[i]
        if tag == "nav":
            return not self._holds_title(i)
        if tag == "footer":
            return self._is_foot(i)
        if tag == "form":
            return self._is_small_form(i)
        if tag == "button":
            return not self._opens_panel(i)
        if tag == "a":
            return self._is_button(i) or self._is_teaser_link(i)
        if self._is_link_row(i):
            return True
        if tag == "aside" and self._links_mostly(i):
            return not self._has_contact(i)
        if not attributes or tag in ("body", "html", "main"):
            return False
        role = attributes.get("role")
        if role == "tablist":
            return False
        if role in _FURNITURE_ROLES:
            return not self._holds_title(i)
        return self._furniture_words(i, self.roles(i) | (Role.SIDE if role == "complementary" else Role.NONE))

    def _lists_beside_text(self, i: int) -> bool:
        """Whether a block beside the main content's running text holds links to other pages and nothing of this one."""
        tree = self.tree
        if (
            tree.tags[i] not in _BLOCKS
            and tree.tags[i] != "p"
            or not tree.linked[i]
            or tree.attributes[i].get("role") == "tablist"
        ):
            return False
        if self._lists_own_site(i):
            return True
        beside = i > self.inner and i >= tree.ends[self.inner] or tree.ends[i] <= self.inner
        if not beside or tree.tags[i] == "p" or tree.linked[i] * 4 < tree.text[i]:
            return False
        return not self._holds_title(i) and not self._has_facts(i)

    def _lists_own_site(self, i: int) -> bool:
        """Whether a block in a page of running text is hardly more than links to other pages of the same site."""
        tree = self.tree
        whole = tree.text[self.core] - tree.linked[self.core]
        share = 19 if self.marked or tree.tags[i] == "p" else 10
        if whole < _LONG_PAGE or tree.linked[i] * 20 < tree.text[i] * share or tree.text[i] < _TITLE:
            return False
        links = [j for j in range(i, tree.ends[i]) if tree.tags[j] == "a" and tree.text[j]]
        if not links or tree.linked[i] < _TITLE * len(links) and (self.marked or len(links) < 3):
            return False
        if not all(self._is_own_page(tree.attributes[j].get("href", "")) for j in links):
            return False
        return not self._holds_title(i) and not self._has_facts(i) and not self._headed_by_facts(i)

    def _is_own_page(self, href: str) -> bool:
        """Whether a link leads to another page (no file) of the site that the page says it stands on."""
        if is_attachment(href) or href.startswith(("#", "mailto:", "tel:", "javascript:")):
            return False
        return (
            not href.startswith(("http:", "https:", "//"))
            or href.partition("//")[2].partition("/")[0].lower() == self.host
        )

    def _headed_by_facts(self, i: int) -> bool:
        """Whether the heading above a block, or the line before it, labels the page's own matter."""
        tree = self.tree
        at = bisect_left(tree.headings, i) - 1
        before = [j for j in tree.children(tree.parents[i]) if j < i][-1:]
        labels = ([tree.headings[at]] if at >= 0 else []) + before
        return any(tree.text[j] <= _MAX_LINE and facts_pattern().match(tree.words(j).lower()) for j in labels)

    def _furniture_words(self, i: int, roles: int) -> bool:
        if not roles & _FURNITURE or self._holds_title(i):
            return False
        if roles & Role.KEEP:
            return self._links_mostly(i) and not self._has_contact(i)
        if roles & Role.WHOLE:
            return True
        if roles & (Role.ALWAYS | Role.SIDE | Role.FOOT) and self._is_bulk(i):
            return False
        if roles & Role.ALWAYS:
            return True
        if roles & Role.FOOT:
            return self._is_foot(i)
        if self.tree.tags[i] not in _BLOCKS and self.tree.tags[i] != "li":
            return False
        if roles & Role.TEASER:
            return self._holds_link(i) and not self._is_bulk(i) and not self._has_contact(i)
        if roles & Role.SIDE and self.tree.text[i] >= _SIDE_BOX:
            return not self._has_facts(i)
        return self.tree.linked[i] * 5 > self.tree.text[i] * 2 and not self._has_contact(i)

    def _is_bulk(self, i: int) -> bool:
        """Whether an element is running text, and too much of the page to be furniture whatever it is called."""
        running = self.tree.text[i] - self.tree.linked[i]
        whole = self.tree.text[self.core] - self.tree.linked[self.core]
        return (running >= _BULK and self.tree.linked[i] * 6 < running) or running * 2 > whole

    def _is_foot(self, i: int) -> bool:
        """Whether a foot is the site's: an article's own foot that tells of the page is kept."""
        if not self.marked and not self._in_article(i):
            return not self._holds_title(i)
        return not self._has_facts(i) or self._reads_as_foot(i)

    def _is_link_row(self, i: int) -> bool:
        """Whether an element is a row of short links to pages of the site, with bars or dots between them."""
        tree = self.tree
        if not 0 < tree.text[i] <= _MAX_LINE or tree.linked[i] * 10 < tree.text[i] * 7:
            return False
        links = [j for j in tree.children(i) if tree.tags[j] == "a"]
        between = [(tree.elements[j].tail or "").strip() for j in links]
        hrefs = [tree.attributes[j].get("href", "") for j in links]
        if len(links) < 3 or any(":" in href or tree.text[j] > 30 for j, href in zip(links, hrefs, strict=True)):
            return False
        return any(between[:-1]) and all(not tail.strip("|/·•»>-–—") for tail in between)

    def _holds_link(self, i: int) -> bool:
        return self.tree.linked[i] > 0 or self.tree.tags[self.tree.parents[i]] == "a"

    def _is_button(self, i: int) -> bool:
        """Whether a link looks like a button and says nothing but what it does."""
        roles = self.roles(i)
        href = self.tree.attributes[i].get("href", "#")
        return bool(roles & Role.BUTTON) and href[:1] != "#" and self.tree.text[i] <= 40 and not self._has_contact(i)

    def _is_teaser_link(self, i: int) -> bool:
        """Whether a link is a card for another page: blocks with a good deal of text, all of it link."""
        tree = self.tree
        running = tree.text[self.core] - tree.linked[self.core]
        if tree.text[i] < _TEASER or running < _BULK or tree.attributes[i].get("href", "#")[:1] in ("#", "m", "t"):
            return False
        return tree.has_tag(i, "h2", "h3", "h4", "h5", "p", "div", "figcaption", "figure") and not self._has_contact(i)

    def _in_article(self, i: int) -> bool:
        while i > self.core:
            i = self.tree.parents[i]
            if self.tree.tags[i] == "article":
                return True
        return False

    def _belongs(self, i: int) -> bool:
        """Whether an element beside the way to the main content is the page's own."""
        tree = self.tree
        tag = tree.tags[i]
        if (
            not tree.text[i]
            or tag in ("nav", "footer")
            or tree.attributes[i].get("role") in _FURNITURE_ROLES - {"banner"}
        ):
            return False
        if self._title_beside(i):
            return True
        roles = self.roles(i)
        if (
            tag == "header"
            or roles & _NEVER_BESIDE
            or self._links_only(i)
            or i >= self.core_end
            and self._reads_as_foot(i)
        ):
            return False
        if self._has_facts(i):
            return True
        if self.marked or roles & (Role.OUTSIDE | Role.SIDE | Role.TEASER) and not roles & Role.KEEP or tag == "aside":
            return False
        near = tree.parents[i] == tree.parents[self.core] or (i < self.core and tree.has_heading(i))
        return (
            near
            and tree.linked[i] * 4 < tree.text[i]
            or tree.text[i] >= _RUNNING
            and tree.linked[i] * 10 < tree.text[i]
        )

    def _title_beside(self, i: int) -> bool:
        """A page's first heading may stand above its main content, in a header of its own."""
        tree = self.tree
        h1 = self.first_heading
        return not self.core_has_h1 and i <= h1 < tree.ends[i] and i < self.core and tree.linked[h1] < tree.text[h1]

    def _holds_title(self, i: int) -> bool:
        h1 = self.first_heading
        return i <= h1 < self.tree.ends[i] or i <= self.core_heading < self.tree.ends[i] and self.first_heading < 0

    def _links_mostly(self, i: int) -> bool:
        return self.tree.linked[i] * 2 > self.tree.text[i]

    def _links_only(self, i: int) -> bool:
        tree = self.tree
        if tree.linked[i] * 10 < tree.text[i] * 6 or tree.tags[i] not in _BLOCKS or self._has_contact(i):
            return False
        return tree.tags[i] not in ("tr", "td") or sum(1 for j in range(i, tree.ends[i]) if tree.tags[j] == "a") > 2

    def _has_contact(self, i: int) -> bool:
        tree = self.tree
        for j in range(i, tree.ends[i]):
            href = tree.attributes[j].get("href", "") if tree.tags[j] == "a" else ""
            if href.startswith("mailto:") and "@" in href or href.startswith("tel:"):
                return True
        words = tree.words(i)
        return bool(_MAIL.search(words) or _PHONE.search(words))

    def _has_facts(self, i: int) -> bool:
        """Whether an address, a number or a label of the page's matter stands below an element."""
        if self._has_contact(i):
            return True
        pattern = facts_pattern()
        for j in range(i, self.tree.ends[i]):
            own = (self.tree.elements[j].text or "").strip()
            if own and self.tree.text[j] <= _MAX_LINE and self.tree.tags[j] != "a" and pattern.match(own.lower()):
                return True
        return False

    def _reads_as_foot(self, i: int) -> bool:
        return foot_pattern().search(self.tree.words(i).lower()) is not None

    def _is_small_form(self, i: int) -> bool:
        """A form of its own (search, newsletter, feedback), not one that wraps the page."""
        tree = self.tree
        if self._holds_title(i) or tree.has_heading(i) and tree.text[i] > 1500:
            return False
        return tree.text[i] < 400 or tree.text[i] * 5 < tree.text[self.core]

    def _opens_panel(self, i: int) -> bool:
        attributes = self.tree.attributes[i]
        if attributes.keys() & {"aria-controls", "aria-expanded", "data-target", "data-bs-target"}:
            return True
        parent = self.tree.tags[self.tree.parents[i]]
        return parent in ("h2", "h3", "h4", "h5", "h6", "dt", "summary") or bool(self.roles(i) & Role.PANEL)

    def elsewhere(self, i: int) -> int:
        """Where the list of other pages ends that element i heads or holds; 0 when it does neither."""
        tree = self.tree
        if not 0 < tree.text[i] <= _MAX_LINE:
            return 0
        words = tree.words(i)
        if tree.text[i] <= _MAX_HEADING:
            line = bare(words)
            if line in elsewhere_lines() or tree.tags[i] in HEADINGS and line.startswith(elsewhere_begins()):
                return self._end_of_list(i)
        before, colon, _ = words.partition(":")
        names_another = colon and tree.linked[i] * 3 > tree.text[i] and bare(before) in elsewhere_lines()
        return tree.ends[i] if names_another else 0

    def _end_of_list(self, i: int) -> int:
        tree = self.tree
        heading = tree.tags[i] in HEADINGS
        for _ in range(3):
            stop = self._end_of_links(i, heading)
            if stop > tree.ends[i]:
                return stop
            if tree.ends[i] < tree.ends[tree.parents[i]]:
                return 0
            i = tree.parents[i]
            if i <= 0 or i == self.core:
                return 0
        return 0

    def _end_of_links(self, i: int, heading: bool) -> int:
        """The end of the siblings after an element that list other pages; they begin no new heading of its rank."""
        tree = self.tree
        at, stop, links = tree.ends[i], tree.ends[tree.parents[i]], 0
        while at < stop and tree.tags[at] not in ("h1", "h2", tree.tags[i] if heading else "h3"):
            if not self._lists_others(at, heading):
                break
            links += tree.linked[at]
            at = tree.ends[at]
        return at if links else 0

    def _lists_others(self, at: int, heading: bool) -> bool:
        tree = self.tree
        if not tree.text[at]:
            return True
        share = 4 if heading else 2
        return tree.linked[at] * share > tree.text[at] and not self._has_contact(at)


def _host(tree: Tree) -> str:
    """The host that the page names as its own, empty when it names none."""
    for tag, attributes in zip(tree.tags, tree.attributes, strict=True):
        own = (
            tag == "link" and attributes.get("rel", "").lower() == "canonical" or attributes.get("property") == "og:url"
        )
        address = attributes.get("href") or attributes.get("content", "")
        if own and "//" in address:
            return address.partition("//")[2].partition("/")[0].lower()
    return ""


def _controlled(tree: Tree) -> frozenset[str]:
    """The ids of elements that links and buttons open."""
    found = set()
    for attributes in tree.attributes:
        for name in ("aria-controls", "data-target", "data-bs-target", "href"):
            value = attributes.get(name, "")
            if value and (name == "aria-controls" or value.startswith("#")):
                found.add(value.lstrip("#"))
    return frozenset(found - {""})
