"""Index: keep the search index in step with the archive, a batch a transaction: no search waits or sees half a page."""

from collections.abc import Iterator, Sequence

from sqlite_utils import Database

from archive.schema import transaction, use_large_cache
from archive.search.analysis import Analysed
from archive.search.documents import TYPES, Document, DocumentType
from archive.search.queue import Waiting, drop_waiting, is_compared_by, mark_compared, waiting, waiting_keys
from archive.search.rows import documents, keys_of
from archive.search.store import AlteredTextError, clear, compact, is_current, replace, text_of_version
from archive.search.words import recount_written
from pipelines.analysing import Text, analyse_all
from pipelines.rules import indexing_version

# Small enough that a crawl which writes at the same time gets its turn, large enough to spare commits.
_BATCH = 100


# Rows to take out, and documents to index.
_Change = tuple[list[int], list[Document]]


def index(db: Database, *, is_whole: bool = True, workers: int = 1) -> int:
    """Bring the index up to date; returns how many documents were indexed anew or taken out.

    The whole archive is compared; where ``is_whole`` is false, only what has changed since, unless the rules of
    indexing have. An index that another version of the analyser made, or whose texts were erased since, is emptied and
    made again. Not to be called inside a transaction. Texts are analysed in ``workers`` processes where there are many.
    Raises ArchiveError where another writer does not yield.
    """
    if not is_current(db.conn):
        return rebuild_index(db, workers=workers)
    is_whole = is_whole or not is_compared_by(db, indexing_version())
    done = waiting(db)
    try:
        count = sum(
            _index_type(db, type_, None if is_whole else waiting_keys(db, type_), workers=workers) for type_ in TYPES
        )
    except AlteredTextError:
        return rebuild_index(db, workers=workers)
    _finish(db, done)
    recount_written(db)
    return count


def rebuild_index(db: Database, *, workers: int = 1) -> int:
    """Empty the index and make it again; returns how many documents it holds."""
    # For the pages that FTS5 merges again and again: without, a large index is read hundreds of times over.
    use_large_cache(db)
    done = waiting(db)
    with transaction(db):
        clear(db)
    count = sum(_index_type(db, type_, None, is_counted=False, workers=workers) for type_ in TYPES)
    _finish(db, done)
    compact(db)
    return count


def _finish(db: Database, done: Sequence[Waiting]) -> None:
    """Note that nothing is behind but what has come to wait since ``done``."""
    if done or not is_compared_by(db, indexing_version()):
        with transaction(db):
            drop_waiting(db, done)
            mark_compared(db, indexing_version())


def _index_type(
    db: Database, type_: DocumentType, keys: Sequence[str] | None, *, is_counted: bool = True, workers: int = 1
) -> int:
    stored = _stored(db, type_, keys)
    obsolete = set(stored)
    count = 0

    def changes() -> Iterator[tuple[_Change, list[Text]]]:
        for batch in _batches(keys_of(db, type_) if keys is None else keys):
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


def _stored(db: Database, type_: DocumentType, keys: Sequence[str] | None) -> dict[str, tuple[int, int]]:
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
