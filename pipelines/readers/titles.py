"""What heads a page and its panels: the page's own first-level heading, and titles of tabs that are said twice."""

from collections import defaultdict

from pipelines.readers.tree import Tree


def page_heading(tree: Tree) -> tuple[int, bool]:
    """The index of the page's own h1 (-1 when there is none), and whether the title element begins with its words.

    A site's name may be an h1, too; the title element then tells which one is the page's.
    """
    firsts = [h for h in tree.headings if tree.tags[h] == "h1"]
    title = next((tree.words(i).lower() for i, tag in enumerate(tree.tags) if tag == "title"), "")
    for h in firsts:
        if (words := tree.words(h).lower()) and title.startswith(words):
            return h, True
    return (firsts[0] if firsts else -1), False


def repeated_tabs(tree: Tree) -> frozenset[int]:
    """Titles of tabs that stand in a row of their own, and again right before each panel: the row goes."""
    tabs: defaultdict[str, list[int]] = defaultdict(list)
    for i, attributes in enumerate(tree.attributes):
        if attributes.get("role") == "tab" and "aria-controls" in attributes:
            tabs[attributes["aria-controls"]].append(i)
    found: set[int] = set()
    for panel, titles in tabs.items():
        beside = [i for i in titles if _is_before(tree, i, panel)]
        if beside and len(titles) > 1:
            found.update(i for i in titles if i != beside[0])
    return frozenset(found)


def _is_before(tree: Tree, i: int, panel: str) -> bool:
    following = tree.ends[i]
    return following < len(tree.tags) and tree.attributes[following].get("id") == panel
