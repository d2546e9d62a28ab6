"""Whose site a host is, and which bodies are registered."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from sqlite_utils import Database

from archive.register_names import known_bodies, known_history
from normalise.organisations.register import register
from normalise.resolution.bodies import Bodies, registered_bodies
from normalise.resolution.history import History, history_of
from pipelines.linking.pages import LinkedPage
from pipelines.slugs import slug

# A label of a host shorter than this names too many bodies ("tem", "ely").
_SHORTEST_LABEL = 4
Named = Mapping[str, set[str]]


def load_bodies(db: Database) -> Bodies:
    """The registered bodies: the shipped register, with the public registers where they were imported."""
    return known_bodies(db) if _is_imported(db) else registered_bodies()


def load_history(db: Database) -> History:
    """Their names, first and last days and mergers, from the same registers."""
    return known_history(db) if _is_imported(db) else _shipped_history()


def _is_imported(db: Database) -> bool:
    return bool(db["register_bodies"].exists() and db["register_bodies"].count)


@cache
def _shipped_history() -> History:
    return history_of(register().values())


def named_on(pages: Iterable[LinkedPage]) -> Named:
    """The bodies that pages name, each with its names there."""
    named: dict[str, set[str]] = defaultdict(set)
    for page in pages:
        for fact in page.facts:
            if fact.organisation:
                named[fact.organisation].add(fact.value)
    return named


class SiteOwners:
    """Whose site a host or a mail domain is: by the register's domains, else by a word of one named body's name alone.

    Only the bodies that the pages in question name are asked, so that no other page of the archive changes the answer.
    """

    def __init__(self, bodies: Bodies) -> None:
        """Index the registered bodies by their domains."""
        self._entries = bodies.entries
        self._domains: dict[str, set[str]] = defaultdict(set)
        for entry in bodies.entries.values():
            for domain in entry.domains:
                self._domains[domain].add(entry.id)

    def owner(self, host: str, named: Named, source_id: str | None = None) -> str | None:
        """The id of the one body that a host belongs to; ``source_id`` (the site's short name) may tell it too."""
        labels = host.split(".")
        for start in range(len(labels) - 1):
            owners = self._domains.get(".".join(labels[start:]), set()) & named.keys()
            if owners:
                return min(owners)
        for label in (*labels[:-1], *(source_id or "").split("-")):
            if len(label) >= _SHORTEST_LABEL:
                owners = {body for body, names in named.items() if label in self._words(body, names)}
                if len(owners) == 1:
                    return min(owners)
        return None

    def _words(self, body: str, names: set[str]) -> set[str]:
        entry = self._entries.get(body)
        every = names | set(entry.names if entry else ())
        return {word for name in every for word in _words_of(name)}


@lru_cache(maxsize=20_000)
def _words_of(name: str) -> tuple[str, ...]:
    return tuple(slug(name, longest=len(name)).split("-"))
