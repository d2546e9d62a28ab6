"""The names that a document is found by. Those of a body of the register are kept as its id, which is shorter."""

from collections.abc import Iterable

from normalise.organisations.register import register

# No name begins so.
_REFERENCE = "@"
# A body is named in Finnish, Swedish and English; what else it is called finds the body, not all its pages.
_OFFICIAL = 3


def names_of_body(name: str, register_id: str | None, *, is_itself: bool = False) -> tuple[str, ...]:
    """A body's name as shown, and its id in the register where it has one; ``is_itself`` as in `written`."""
    known = _known(register_id or "", is_itself)
    shown = () if name in known else (name,)
    return (*shown, f"{_REFERENCE}{register_id}") if known else shown


def written(names: Iterable[str], *, is_itself: bool = False) -> tuple[str, ...]:
    """The names in full; ``is_itself``: of the document of a body itself, which is found by all that it is called."""
    found = [_known(name[1:], is_itself) or (name,) if name.startswith(_REFERENCE) else (name,) for name in names]
    return tuple(dict.fromkeys(name for one in found for name in one if name))


def _known(register_id: str, is_itself: bool) -> tuple[str, ...]:
    entry = register().get(register_id)
    if entry is None:
        return ()
    return entry.names if is_itself else entry.names[:_OFFICIAL]
