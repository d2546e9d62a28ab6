"""Writing the search index. `clear` and `replace` belong inside a write transaction, `compact` outside of one."""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from archive.schema import transaction
from archive.search.analysis import Analysed, analyse
from archive.search.documents import Document
from archive.search.marks import IN_NAMES, IN_TITLE, OFTEN, closing_marks, label, year_marks
from archive.search.names import written
from archive.search.queue import unmark_compared
from archive.search.words import COUNTED_KEY, count_words, recount_words
from normalise.language.search_terms import Block, analyser_version, text_terms

ANALYSER_KEY = "search_analyser"
_ADD = "INSERT INTO search_index (rowid, text, title, names, labels) VALUES (?, ?, ?, ?, ?)"
_ADD_TERMS = "INSERT INTO search_terms (rowid, terms) VALUES (?, ?)"
# A contentless index forgets a row when it is told what it was given.
_REMOVE = "INSERT INTO search_index (search_index, rowid, text, title, names, labels) VALUES ('delete', ?, ?, ?, ?, ?)"
_REMOVE_TERMS = "INSERT INTO search_terms (search_terms, rowid, terms) VALUES ('delete', ?, ?)"
_INDEXES = ("search_index", "search_terms")
# Pages of the index that are merged at a time, 4 KB each: a fraction of a second.
_MERGED_PAGES = 1_000
_TABLES = ("search_documents", "search_values", "search_vocabulary", "search_written")


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a document is indexed by: its words as written, column by column, and its terms."""

    columns: tuple[str, str, str, str]
    terms: frozenset[str]

    @property
    def joined(self) -> str:
        return " ".join(sorted(self.terms))


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether the index was made by this analyser; terms of two analysers must not be mixed."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", [ANALYSER_KEY]).fetchone()
    return bool(row) and row[0] == analyser_version()


def clear(db: Database) -> None:
    """Empty the index and note which analyser will fill it."""
    for table in _INDEXES:
        db.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")  # noqa: S608 - constants
    for table in _TABLES:
        db.execute(f"DELETE FROM {table}")  # noqa: S608 - constants
    db.execute("DELETE FROM meta WHERE key = ?", [COUNTED_KEY])
    unmark_compared(db)
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [ANALYSER_KEY, analyser_version()])


def compact(db: Database) -> None:
    """Merge the index's segments (a fifth smaller, faster to read) and count the words that `replace` left uncounted.

    It takes as many transactions of its own as it needs: others who write get their turn between them.
    """
    for table in _INDEXES:
        # FTS5's way of "optimize" in pieces: a negative number to begin with, then on until nothing changes.
        _merge(db, table, -_MERGED_PAGES)
        while _merge(db, table, _MERGED_PAGES) > 1:
            pass
    recount_words(db)


def _merge(db: Database, table: str, pages: int) -> int:
    before = db.conn.total_changes
    with transaction(db):
        db.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', ?)", [pages])  # noqa: S608 - constants
    return db.conn.total_changes - before


class AlteredTextError(Exception):
    """A text is not what it was when it was indexed (it was erased): its words cannot be taken out one by one."""


def replace(
    db: Database,
    row_ids: Iterable[int],
    documents: Sequence[Document],
    analysed: Sequence[Analysed] | None = None,
    *,
    is_counted: bool = True,
) -> None:
    """Take documents out of the index, and index others that it does not hold.

    ``analysed``: what was made of the documents' texts (`text_of_version`) elsewhere. ``is_counted``: their words are
    counted for suggestions at once; without it, `compact` does so for all. Raises AlteredTextError where the text of a
    page version is no longer what was indexed: the index must be made anew.
    """
    removed, added = _remove(db, row_ids), _add(db, documents, analysed or [None] * len(documents))
    if is_counted:
        count_words(db, added, removed)


def _add(db: Database, documents: Sequence[Document], analysed: Sequence[Analysed | None]) -> list[frozenset[str]]:
    """Index documents; returns the terms of each."""
    values = _value_ids(db, documents)
    entries = []
    for document, known in zip(documents, analysed, strict=True):
        text = text_of_version(db, document.page_version_id)
        of_text = known or analyse(text, document.lang)
        own = [values[facet] for facet in sorted(document.facets)]
        row_id = _insert_document(db, document, of_text.blocks, own, _check(text))
        entries.append((row_id, _entry(document, text, of_text, _labels(document, own))))
    _write(db, (_ADD, _ADD_TERMS), entries)
    return [entry.terms for _, entry in entries]


def _remove(db: Database, row_ids: Iterable[int]) -> list[frozenset[str]]:
    """Take documents out of the index; returns the terms of each."""
    entries = []
    for row_id in row_ids:
        document, blocks, values, check = _stored(db, row_id)
        text = text_of_version(db, document.page_version_id)
        if _check(text) != check:
            raise AlteredTextError(document.page_version_id)
        of_text = Analysed(blocks, text_terms(text, blocks))
        entries.append((row_id, _entry(document, text, of_text, _labels(document, values))))
    _write(db, (_REMOVE, _REMOVE_TERMS), entries)
    db.conn.executemany("DELETE FROM search_documents WHERE id = ?", [(row_id,) for row_id, _ in entries])
    return [entry.terms for _, entry in entries]


def _write(db: Database, statements: tuple[str, str], entries: Sequence[tuple[int, _Entry]]) -> None:
    """Tell both tables of the index. Nothing else is written between: FTS5 would flush what it has gathered."""
    written, terms = statements
    db.conn.executemany(written, [(row_id, *entry.columns) for row_id, entry in entries])
    db.conn.executemany(terms, [(row_id, entry.joined) for row_id, entry in entries])


def _entry(document: Document, text: str, of_text: Analysed, labels: frozenset[str]) -> _Entry:
    """Title and names are read in the language that the text starts in: they are too short to tell by themselves."""
    title, names = document.title, "\n".join(written(document.names, is_itself=document.type == "organisation"))
    whole = [Block(0, of_text.blocks[0].lang)]
    of_title, of_names = text_terms(title, whole), text_terms(names, whole)
    marked = {IN_TITLE + term for term in of_title.terms} | {IN_NAMES + term for term in of_names.terms}
    marked |= {OFTEN + term for term in of_text.found_by.often}
    terms = of_text.found_by.terms | of_title.terms | of_names.terms | marked | labels
    return _Entry((text, title, names, " ".join(sorted(labels))), terms)


def _labels(document: Document, values: Iterable[int]) -> frozenset[str]:
    """Facets, years and closing days as words of the index: it narrows by them as fast as by any word."""
    years = year_marks(document.first_day, document.last_day)
    return frozenset((*map(label, values), *years, *closing_marks(document.closes)))


def _stored(db: Database, row_id: int) -> tuple[Document, list[Block], list[int], int]:
    """A document as it was indexed, as far as its entry depends on it: its languages, facets and text's checksum."""
    columns = "type, key, kind, title, names, lang, page_version_id, date, start, end, opens, closes"
    sql = f"SELECT blocks, facets, text_check, {columns} FROM search_documents WHERE id = ?"  # noqa: S608 - constants
    blocks, facets, check, type_, key, kind, title, names, lang, version, *dates = db.execute(sql, [row_id]).fetchone()
    document = Document(type_, key, kind, title, None, tuple(names.split("\n")), lang, version, *dates)
    return document, read_blocks(blocks, lang), json.loads(facets), check


def read_blocks(stored: str | None, lang: str | None) -> list[Block]:
    """The blocks of a document from its row: one block where nothing else is stored."""
    return [Block(*pair) for pair in json.loads(stored)] if stored else [Block(0, lang or "und")]


def text_of_version(db: Database, version_id: int | None) -> str:
    """The text of a page version; what is no page has none."""
    if version_id is None:
        return ""
    row = db.execute("SELECT text FROM page_versions WHERE id = ?", [version_id]).fetchone()
    return str(row[0]) if row else ""


def _check(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def _insert_document(
    db: Database, document: Document, blocks: Sequence[Block], values: Sequence[int], check: int
) -> int:
    is_plain = len(blocks) == 1 and blocks[0].lang == (document.lang or "und")
    row = {
        "type": document.type,
        "key": document.key,
        "page_version_id": document.page_version_id,
        "url": document.url,
        "kind": document.kind,
        "title": document.title,
        "names": "\n".join(document.names),
        "lang": document.lang,
        "blocks": None if is_plain else _json([[block.start, block.lang] for block in blocks]),
        "date": document.date,
        "start": document.start,
        "end": document.end,
        "opens": document.opens,
        "closes": document.closes,
        "facets": _json(values),
        "signature": document.signature,
        "text_check": check,
    }
    marks = ", ".join("?" * len(row))
    sql = f"INSERT INTO search_documents ({', '.join(row)}) VALUES ({marks})"  # noqa: S608 - constants
    return int(db.execute(sql, list(row.values())).lastrowid or 0)


def _value_ids(db: Database, documents: Iterable[Document]) -> dict[tuple[str, str], int]:
    """The ids of all facets of some documents; those that are new get one."""
    found = {}
    for pair in sorted({pair for document in documents for pair in document.facets}):
        db.execute("INSERT OR IGNORE INTO search_values (facet, value) VALUES (?, ?)", pair)
        row = db.execute("SELECT id FROM search_values WHERE facet = ? AND value = ?", pair).fetchone()
        found[pair] = int(row[0])
    return found


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))
