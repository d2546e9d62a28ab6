"""Index: keep the search index in step with the archive, a batch a transaction: no search waits or sees half a page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlite_utils import Database

from archive.schema import transaction
from archive.search_analysis import Analysed
from archive.search_documents import TYPES, Document, DocumentType
from archive.search_rows import documents, keys_of
from archive.search_store import AlteredTextError, clear, compact, is_current, replace, text_of_version
from archive.search_words import recount_written
from pipelines.analysing import Text, analyse_all

# Small enough that a crawl which writes at the same time gets its turn, large enough to spare commits.
_BATCH = 100
# 128 MB for the pages that FTS5 merges again and again; without, a large index is read hundreds of times over.
_LARGE_CACHE = "PRAGMA cache_size = -131072"


# Rows to take out, and documents to index.
_Change = tuple[list[int], list[Document]]


def index(db: Database, changed: Mapping[DocumentType, Iterable[str]] | None = None, *, workers: int = 1) -> int:
    """Bring the index up to date; returns how many documents were indexed anew or taken out.

    ``changed`` names the keys that may have changed, by type; without it the whole archive is compared. An index that
    another version of the analyser made, or whose texts were erased since, is emptied and made again. Not to be called
    inside a transaction. Texts are analysed in ``workers`` processes where there are many. Raises ArchiveError where
    another writer does not yield.
    """
    if not is_current(db.conn):
        return rebuild_index(db, workers=workers)
    try:
        count = sum(_index_type(db, type_, _keys(changed, type_), workers=workers) for type_ in TYPES)
    except AlteredTextError:
        return rebuild_index(db, workers=workers)
    recount_written(db)
    return count


def rebuild_index(db: Database, *, workers: int = 1) -> int:
    """Empty the index and make it again; returns how many documents it holds."""
    db.execute(_LARGE_CACHE)
    with transaction(db):
        clear(db)
    count = sum(_index_type(db, type_, None, is_counted=False, workers=workers) for type_ in TYPES)
    compact(db)
    return count


def _keys(changed: Mapping[DocumentType, Iterable[str]] | None, type_: DocumentType) -> set[str] | None:
    return None if changed is None else set(changed.get(type_, ()))


def _index_type(
    db: Database, type_: DocumentType, keys: set[str] | None, *, is_counted: bool = True, workers: int = 1
) -> int:
    stored = _stored(db, type_, keys)
    obsolete = set(stored)
    count = 0

    def changes() -> Iterator[tuple[_Change, list[Text]]]:
        for batch in _batches(keys_of(db, type_) if keys is None else sorted(keys)):
            found = documents(db, type_, batch)
            obsolete.difference_update(document.key for document in found)
            differing = [doc for doc in found if stored.get(doc.key, (0, None))[1] != doc.signature]
            texts = [(text_of_version(db, doc.page_version_id), doc.lang) for doc in differing]
            yield ([stored[doc.key][0] for doc in differing if doc.key in stored], differing), texts

    for (rows, new), analysed in analyse_all(changes(), workers):
        count += _replace(db, rows, new, analysed, is_counted)
    for batch in _batches(sorted(obsolete)):
        count += _replace(db, [stored[key][0] for key in batch], [], [], is_counted)
    return count


def _stored(db: Database, type_: DocumentType, keys: set[str] | None) -> dict[str, tuple[int, int]]:
    sql = "SELECT key, id, signature FROM search_documents WHERE type = ?"
    if keys is None:
        return {key: (row, signature) for key, row, signature in db.execute(sql, [type_])}
    found = (db.execute(f"{sql} AND key = ?", [type_, key]).fetchone() for key in keys)
    return {row[0]: (row[1], row[2]) for row in found if row}


def _replace(db: Database, rows: list[int], new: list[Document], analysed: list[Analysed], is_counted: bool) -> int:
    if not rows and not new:
        return 0
    with transaction(db):
        replace(db, rows, new, analysed, is_counted=is_counted)
    return len(new) or len(rows)


def _batches(keys: Sequence[str]) -> Iterator[list[str]]:
    for at in range(0, len(keys), _BATCH):
        yield list(keys[at : at + _BATCH])
