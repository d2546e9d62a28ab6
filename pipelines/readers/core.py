"""Where the main content of a page stands."""

from pipelines.readers.tree import Tree
from pipelines.readers.words import Role, roles_of

# A main element with less than this is a shell that scripts fill; the rest of the page is looked at then.
_ENOUGH = 100
# A child that holds this share of its parent's running text is where the content stands.
_SHARE = 0.8
# Many small steps down may not lose more than this leaves.
_WHOLE_SHARE = 0.6
# An article with less running text may be one teaser of several.
_ARTICLE = 600
_NEVER = frozenset({"nav", "footer", "header", "aside", "script", "style", "template", "dialog"})
_LEAVES = _NEVER | {"p", "a", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "span", "b", "strong", "dl", "pre"}
_FURNITURE = Role.ALWAYS | Role.WHOLE | Role.OUTSIDE | Role.SIDE | Role.FOOT | Role.TEASER


def marks_of(attributes: dict[str, str]) -> str:
    """The class and id of an element, for `roles_of`."""
    return attributes.get("class", "") + " " + attributes.get("id", "")


def roles_at(tree: Tree, i: int) -> int:
    """The `Role` flags of an element."""
    attributes = tree.attributes[i]
    return roles_of(marks_of(attributes)) if attributes else 0


def find_core(tree: Tree) -> tuple[int, bool]:
    """The index of the element that holds the main content, and whether the markup itself says so."""
    mains = [i for i, tag in enumerate(tree.tags) if tag == "main" or tree.attributes[i].get("role") == "main"]
    best = max(mains, key=lambda i: tree.text[i] - tree.linked[i], default=None)
    if best is not None and (tree.text[best] - tree.linked[best] >= _ENOUGH or tree.has_heading(best)):
        return best, True
    article = _only_article(tree)
    if article is not None:
        return article, True
    return descend(tree, next((i for i, tag in enumerate(tree.tags) if tag == "body"), 0)), False


def _only_article(tree: Tree) -> int | None:
    """The page's article, where it has one and no more, with enough text to be the page's own."""
    outer = [i for i, tag in enumerate(tree.tags) if tag == "article" and not _within_article(tree, i)]
    enough = [i for i in outer if tree.text[i] - tree.linked[i] >= _ARTICLE and tree.has_heading(i)]
    return outer[0] if len(outer) == 1 and enough else None


def _within_article(tree: Tree, i: int) -> bool:
    while i > 0:
        i = tree.parents[i]
        if tree.tags[i] == "article":
            return True
    return False


def descend(tree: Tree, top: int) -> int:
    """From an element down to the smallest one that still holds most of its running text."""
    here = top
    weights = _weights(tree, top)
    while True:
        heaviest = max(tree.children(here), key=weights.__getitem__, default=None)
        if heaviest is None or tree.tags[heaviest] in _LEAVES:
            return here
        if weights[heaviest] < max(_SHARE * weights[here], _WHOLE_SHARE * weights[top], 1):
            return here
        here = heaviest


def _weights(tree: Tree, top: int) -> list[int]:
    """Characters of running text below each element: links and marked furniture weigh nothing."""
    weights = [0] * len(tree.tags)
    whole = max(tree.text[top] - tree.linked[top], 1)
    skip_until = 0
    for i in range(top, tree.ends[top]):
        if i < skip_until:
            continue
        if i > top and (tree.tags[i] in _NEVER or _is_furniture(tree, i, whole)):
            skip_until = tree.ends[i]
        else:
            weights[i] = _own_text(tree, i)
    for i in range(tree.ends[top] - 1, top, -1):
        weights[tree.parents[i]] += weights[i]
    return weights


def _is_furniture(tree: Tree, i: int, whole: int) -> bool:
    attributes = tree.attributes[i]
    if not attributes or tree.tags[i] in ("html", "body"):
        return False
    roles = roles_of(marks_of(attributes))
    if roles & Role.KEEP or not roles & _FURNITURE:
        return False
    return bool(roles & Role.WHOLE) or (tree.text[i] - tree.linked[i]) * 5 < whole * 2


def _own_text(tree: Tree, i: int) -> int:
    """Text that stands in the element itself and no deeper; that of links not at all."""
    if tree.tags[i] == "a":
        return 0
    return max(tree.text[i] - sum(tree.text[child] for child in tree.children(i)), 0)
