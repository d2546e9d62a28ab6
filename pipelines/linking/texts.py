"""Which pages' texts hold one of some names: by the search index, and by reading what it does not hold yet."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from sqlite_utils import Database

from archive.search.texts import is_usable, pages_with
from pipelines.linking.names import Words, folded_words, is_looked_for

_KINDS = "('project', 'award')"


def text_of(db: Database, page: str) -> str:
    """The current text of a page: texts are too large to be held all at once."""
    row = db.execute(
        "SELECT text FROM page_versions WHERE id = (SELECT current_version_id FROM pages WHERE id = ?)", [page]
    ).fetchone()
    return str(row[0]) if row else ""


def pages_naming(db: Database, names: Iterable[str]) -> set[str]:
    """The pages of projects and awards whose texts hold one of the names (folded, see `folded_title`)."""
    by_first: dict[str, set[Words]] = defaultdict(set)
    for name in names:
        if is_looked_for(name):
            words = tuple(name.split())
            by_first[words[0]].add(words)
    if not by_first:
        return set()
    usable = is_usable(db)
    found = {page for page in _unread(db, usable) if _holds(db, page, by_first)}
    if usable:
        for name in sorted(" ".join(words) for group in by_first.values() for words in group):
            wanted = {name.split()[0]: {tuple(name.split())}}
            found |= {page for page in pages_with(db, name) if page not in found and _holds(db, page, wanted)}
    return found


def _unread(db: Database, usable: bool) -> Iterator[str]:
    """The pages whose texts have to be read one by one."""
    noted = " AND id IN (SELECT page_id FROM link_unindexed)" if usable else ""
    yield from (page for (page,) in db.execute(f"SELECT id FROM pages WHERE +kind IN {_KINDS}{noted}").fetchall())  # noqa: S608 - constants


def _holds(db: Database, page: str, by_first: dict[str, set[Words]]) -> bool:
    words = folded_words(text_of(db, page))
    return any(
        tuple(words[at : at + len(name)]) == name for at, word in enumerate(words) for name in by_first.get(word, ())
    )
