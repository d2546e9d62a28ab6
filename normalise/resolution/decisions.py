"""Human judgements on names, which win over every rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from normalise.resolution.names import clean, read_name
from normalise.words import vocabulary

KINDS = ("same", "not_same", "part_of")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said of names (or register ids): one body, never one body, or the first part of the second."""

    names: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """All judgements, by what they say."""

    same: tuple[Decision, ...] = ()
    not_same: tuple[Decision, ...] = ()
    part_of: tuple[Decision, ...] = ()


@cache
def human_decisions() -> Decisions:
    """The judgements of ``normalise/vocabulary/decisions.yml``."""
    return read_decisions(vocabulary("decisions"))


def read_decisions(raw: Mapping[str, Any]) -> Decisions:
    """Judgements from the file's content.

    Raises ValueError for an unknown kind, a missing reason, or fewer than two names.
    """
    unknown = set(raw) - set(KINDS)
    if unknown:
        raise ValueError(f"decisions.yml: no such kind of judgement: {', '.join(sorted(unknown))}")
    return Decisions(**{kind: tuple(_decision(kind, item) for item in raw.get(kind) or ()) for kind in KINDS})


def decision_key(name: str) -> str:
    """What a name of a judgement and a mention are compared by: neither case, punctuation nor legal form."""
    return read_name(clean(name)).key


def _decision(kind: str, item: Any) -> Decision:
    if not isinstance(item, Mapping) or set(item) != {"names", "reason"}:
        raise ValueError(f"decisions.yml: {kind}: each judgement has names and a reason, not {item!r}")
    names = tuple(map(str, item["names"]))
    if len(names) < 2 or (kind != "same" and len(names) != 2):
        raise ValueError(f"decisions.yml: {kind}: {' / '.join(names)}: two names are needed")
    return Decision(names, str(item["reason"]))
