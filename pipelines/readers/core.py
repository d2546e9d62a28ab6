"""Where the main content of a page stands."""

from pipelines.readers.tree import Tree
from pipelines.readers.words import Role, roles_of

# A main element with less than this is a shell that scripts fill; the rest of the page is looked at then.
_ENOUGH = 100
# A child that holds this share of its parent's running text is where the content stands.
_SHARE = 0.7
_NEVER = frozenset({"nav", "footer", "header", "aside", "form", "script", "style", "noscript", "template", "a", "p", "ul"})


def marks_of(attributes: dict[str, str]) -> str:
    """The class and id of an element, for `roles_of`."""
    return attributes.get("class", "") + " " + attributes.get("id", "")


def find_core(tree: Tree) -> tuple[int, bool]:
    """The index of the element that holds the main content, and whether the markup itself says so."""
    mains = [i for i, tag in enumerate(tree.tags) if tag == "main" or tree.attributes[i].get("role") == "main"]
    best = max(mains, key=lambda i: tree.text[i] - tree.linked[i], default=None)
    if best is not None and (tree.text[best] - tree.linked[best] >= _ENOUGH or tree.has_heading(best)):
        return best, True
    return _descend(tree), False


def _descend(tree: Tree) -> int:
    """From the body down to the smallest element that still holds most of the running text."""
    weights = _weights(tree)
    here = next((i for i, tag in enumerate(tree.tags) if tag == "body"), 0)
    while True:
        children = tree.children(here)
        heaviest = max(children, key=weights.__getitem__, default=None)
        if heaviest is None or tree.tags[heaviest] in _NEVER or weights[heaviest] < _SHARE * max(weights[here], 1):
            return here
        here = heaviest


def _weights(tree: Tree) -> list[int]:
    """Characters of running text below each element: links and marked furniture weigh nothing."""
    weights = [0] * len(tree.tags)
    skip_until = 0
    own: list[int] = []
    for i, tag in enumerate(tree.tags):
        if i < skip_until:
            own.append(0)
            continue
        if tag in _NEVER and tag not in ("p", "ul", "form", "a") or _is_furniture(tree, i):
            skip_until = tree.ends[i]
            own.append(0)
            continue
        own.append(_own_text(tree, i))
    for i in range(len(weights) - 1, -1, -1):
        weights[i] += own[i]
        if tree.parents[i] >= 0:
            weights[tree.parents[i]] += weights[i]
    return weights


def _is_furniture(tree: Tree, i: int) -> bool:
    attributes = tree.attributes[i]
    if not attributes or tree.tags[i] in ("html", "body"):
        return False
    roles = roles_of(marks_of(attributes))
    if roles & Role.KEEP or not roles & (Role.ALWAYS | Role.OUTSIDE):
        return False
    return not tree.has_heading(i) or tree.linked[i] * 2 > tree.text[i] or bool(roles & Role.ALWAYS)


def _own_text(tree: Tree, i: int) -> int:
    """Text that stands in the element itself and no deeper; that of links not at all."""
    if tree.tags[i] == "a":
        return 0
    below = sum(tree.text[child] for child in tree.children(i))
    return max(tree.text[i] - below, 0)
