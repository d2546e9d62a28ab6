"""The names of all projects, calls and awards, and finding them in running text: one pass, whatever their number."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlite_utils import Database

from archive.sync import chosen
from pipelines.linking.profiles import folded_title, series_numbers, short_names, telling_words

# A name of one word must have so many letters to be looked for at all.
_SHORTEST_WORD = 5
# First words whose names are held in memory.
_MOST_WORDS = 50_000
# What a project's name is without its number, kept beside the names.
SERIES = "series"
Words = tuple[str, ...]
Titled = tuple[str, str, str]


class TitleIndex:
    """Names by kind and first word (folded, see `folded_title`), in `link_titles`.

    A name that two entities of a kind share tells neither.
    """

    def __init__(self, db: Database) -> None:
        """Read and write an archive, as part of the caller's transaction."""
        self._db = db
        self._by_first: dict[str, Mapping[str, Sequence[tuple[Words, str]]]] = {}

    def store(self, former: set[str], names: Iterable[Titled]) -> set[tuple[str, str]]:
        """Replace the names of entities; returns the (kind, name) pairs that one got or lost."""
        sql = "SELECT name, kind, entity_id FROM link_titles WHERE entity_id IN (SELECT value FROM json_each(?))"
        new = set(names)
        old: set[Titled] = set(self._db.execute(sql, [chosen(former | {entity for *_, entity in new})]))
        delete = "DELETE FROM link_titles WHERE name = ? AND kind = ? AND entity_id = ?"
        self._db.conn.executemany(delete, list(old - new))
        self._db.conn.executemany("INSERT INTO link_titles VALUES (?, ?, ?)", list(new - old))
        self._by_first.clear()
        return {(kind, name) for name, kind, _ in old ^ new}

    def of(self, entity: str, kind: str) -> list[str]:
        """The names of an entity, or the series that it belongs to."""
        sql = "SELECT name FROM link_titles WHERE entity_id = ? AND kind = ? ORDER BY name"
        return [name for (name,) in self._db.execute(sql, [entity, kind])]

    def owners(self, kind: str, name: str) -> list[str]:
        """The entities that have a name."""
        sql = "SELECT entity_id FROM link_titles WHERE name = ? AND kind = ? ORDER BY entity_id"
        return [entity for (entity,) in self._db.execute(sql, [name, kind])]

    def find(self, kind: str, words: Sequence[str]) -> Iterator[tuple[str, int]]:
        """(entity, number of the name's words) for every name in folded words, the longest where several begin."""
        begun = {word: named for word in set(words) if (named := self._with_first(word).get(kind))}
        end = 0
        for at in [at for at, word in enumerate(words) if word in begun]:
            named = begun[words[at]] if at >= end else ()
            hit = next((entry for entry in named if tuple(words[at : at + len(entry[0])]) == entry[0]), None)
            if hit:
                yield hit[1], len(hit[0])
                end = at + len(hit[0])

    def _with_first(self, word: str) -> Mapping[str, Sequence[tuple[Words, str]]]:
        found = self._by_first.get(word)
        if found is None:
            if len(self._by_first) >= _MOST_WORDS:
                self._by_first.clear()
            found = self._by_first[word] = self._read(word)
        return found

    def _read(self, word: str) -> Mapping[str, Sequence[tuple[Words, str]]]:
        # "!" is the next letter after the space that follows a first word.
        rows = self._db.execute(
            "SELECT kind, name, min(entity_id) FROM link_titles WHERE name >= ? AND name < ? AND kind <> ?"
            " GROUP BY kind, name HAVING count(*) = 1",
            [word, f"{word}!", SERIES],
        )
        found: dict[str, list[tuple[Words, str]]] = defaultdict(list)
        for kind, name, entity in rows:
            words = tuple(name.split())
            if words[0] == word and is_looked_for(name):
                found[kind].append((words, entity))
        for entries in found.values():
            entries.sort(key=lambda entry: (-len(entry[0]), entry))
        return found


def is_looked_for(name: str) -> bool:
    """Whether a name tells enough to be looked for in texts."""
    return " " in name or len(name) >= _SHORTEST_WORD


def names_of(entity: str, kind: str, titles: Iterable[str]) -> Iterator[Titled]:
    """All names that the titles of an entity give it, and the series that a project's title belongs to."""
    every = sorted({form for title in titles for form in (folded_title(title), *short_names(title))})
    yield from ((name, kind, entity) for name in every if name)


def series_of(title: str) -> tuple[str, int]:
    """A folded title without its number, and the number (1 where there is none); nothing where there are several."""
    numbers = series_numbers(title)
    base = " ".join(word for word in title.split() if not series_numbers(word))
    return (base, max(numbers, default=1)) if len(numbers) < 2 else ("", 0)


def folded_words(text: str) -> list[str]:
    """The words of a text as the index has them."""
    return telling_words(text)
