"""Writing the search index. Every function but `is_current` belongs inside a write transaction."""

import json
import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from archive.search_documents import Document, Facets
from normalise.languages import language_of
from normalise.lexicon import LANGUAGES
from normalise.search_terms import Block, analyser_version, text_terms

ANALYSER_KEY = "search_analyser"
_COLUMNS = "text, terms, title, title_terms, names, labels"
_ADD = f"INSERT INTO search_index (rowid, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - a constant
# A contentless index forgets a row when it is told what it was given.
_REMOVE = f"INSERT INTO search_index (search_index, rowid, {_COLUMNS}) VALUES ('delete', ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
_TABLES = ("search_facets", "search_documents", "search_values", "search_vocabulary")


@dataclass(frozen=True, slots=True)
class _Entry:
    """The columns of one row of the index, and what it adds to the vocabulary."""

    columns: tuple[str, ...]
    terms: frozenset[str]
    lemmas: frozenset[str]


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether the index was made by this analyser; terms of two analysers must not be mixed."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", [ANALYSER_KEY]).fetchone()
    return bool(row) and row[0] == analyser_version()


def clear(db: Database) -> None:
    """Empty the index and note which analyser will fill it."""
    db.execute("INSERT INTO search_index (search_index) VALUES ('delete-all')")
    for table in _TABLES:
        db.execute(f"DELETE FROM {table}")  # noqa: S608 - constants
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [ANALYSER_KEY, analyser_version()])


def compact(db: Database) -> None:
    """Merge the index's segments: a fifth smaller, and faster to read."""
    db.execute("INSERT INTO search_index (search_index) VALUES ('optimize')")


class AlteredTextError(Exception):
    """A text is not what it was when it was indexed (it was erased): its words cannot be taken out one by one."""


def add(db: Database, documents: Sequence[Document]) -> None:
    """Index documents that the index does not hold."""
    counts = _Counts()
    for document in documents:
        text = _text(db, document.page_version_id)
        blocks = _blocks(text, document.lang)
        row_id = _insert_document(db, document, blocks, _check(text))
        values = _insert_facets(db, row_id, document.facets)
        entry = _entry(document.title, "\n".join(document.names), text, blocks)
        db.execute(_ADD, [row_id, *entry.columns, _labels(values)])
        counts.add(entry, 1)
    counts.write(db)


def remove(db: Database, row_ids: Iterable[int]) -> None:
    """Take documents out of the index.

    Raises AlteredTextError where the text of a page version is no longer what was indexed: the index must be made anew.
    """
    counts = _Counts()
    sql = "SELECT title, names, page_version_id, blocks, text_check FROM search_documents WHERE id = ?"
    for row_id in row_ids:
        title, names, version, blocks, check = db.execute(sql, [row_id]).fetchone()
        text = _text(db, version)
        if _check(text) != check:
            raise AlteredTextError(version)
        entry = _entry(title, names, text, [Block(*pair) for pair in json.loads(blocks)])
        values = db.execute("SELECT value_id FROM search_facets WHERE document_id = ?", [row_id])
        db.execute(_REMOVE, [row_id, *entry.columns, _labels(value for (value,) in values)])
        db.execute("DELETE FROM search_facets WHERE document_id = ?", [row_id])
        db.execute("DELETE FROM search_documents WHERE id = ?", [row_id])
        counts.add(entry, -1)
    counts.write(db)


def _entry(title: str, names: str, text: str, blocks: Sequence[Block]) -> _Entry:
    """Title and names are read in the language that the text starts in: they are too short to tell by themselves."""
    whole = [Block(0, blocks[0].lang)]
    of_text, of_title, of_names = text_terms(text, blocks), text_terms(title, whole), text_terms(names, whole)
    terms = of_text.terms | (of_names.terms - of_text.surface)
    return _Entry(
        (text, " ".join(sorted(terms)), title, " ".join(sorted(of_title.terms)), names),
        terms | of_title.terms,
        of_text.lemmas | of_title.lemmas | of_names.lemmas,
    )


def _labels(values: Iterable[int]) -> str:
    """The facets as words of the index, so that it narrows by them as fast as by any word."""
    return " ".join(label(value) for value in sorted(values))


def label(value_id: int) -> str:
    """The word of the index that stands for a row of ``search_values``."""
    return f"facetvalue{value_id}"


def _text(db: Database, version_id: int | None) -> str:
    if version_id is None:
        return ""
    row = db.execute("SELECT text FROM page_versions WHERE id = ?", [version_id]).fetchone()
    return str(row[0]) if row else ""


def _check(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def _blocks(text: str, lang: str | None) -> list[Block]:
    """Where the language changes in a text.

    Only texts in several languages, or in none that is known, are looked through block by block: in the others, words
    that the main language does not know are read in the other ones anyway.
    """
    if lang in LANGUAGES or not text:
        return [Block(0, lang or "und")]
    blocks: list[Block] = []
    for found in language_of(text).blocks:
        if not blocks or blocks[-1].lang != found.lang:
            blocks.append(Block(found.start if blocks else 0, found.lang))
    return blocks or [Block(0, "und")]


def _insert_document(db: Database, document: Document, blocks: Sequence[Block], check: int) -> int:
    row = db.execute(
        "INSERT INTO search_documents (type, key, page_version_id, url, kind, title, names, lang, blocks,"
        " date, start, end, opens, closes, signature, text_check)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        [
            document.type,
            document.key,
            document.page_version_id,
            document.url,
            document.kind,
            document.title,
            "\n".join(document.names),
            document.lang,
            json.dumps([[block.start, block.lang] for block in blocks], separators=(",", ":")),
            document.date,
            document.start,
            document.end,
            document.opens,
            document.closes,
            document.signature,
            check,
        ],
    ).fetchone()
    return int(row[0])


def _insert_facets(db: Database, row_id: int, facets: Facets) -> list[int]:
    values = []
    for facet, value in sorted(facets):
        db.execute("INSERT OR IGNORE INTO search_values (facet, value) VALUES (?, ?)", [facet, value])
        row = db.execute("SELECT id FROM search_values WHERE facet = ? AND value = ?", [facet, value]).fetchone()
        values.append(int(row[0]))
    db.conn.executemany("INSERT INTO search_facets VALUES (?, ?)", [(row_id, value) for value in values])
    return values


class _Counts:
    """In how many documents terms stand; written once for a batch."""

    def __init__(self) -> None:
        self._documents: Counter[str] = Counter()
        self._words: Counter[str] = Counter()

    def add(self, entry: _Entry, sign: int) -> None:
        for term in entry.terms | entry.lemmas:
            self._documents[term] += sign
        for lemma in entry.lemmas:
            self._words[lemma] += sign

    def write(self, db: Database) -> None:
        db.conn.executemany(
            "INSERT INTO search_vocabulary VALUES (?, ?, ?) ON CONFLICT (term) DO UPDATE SET"
            " documents = documents + excluded.documents, words = words + excluded.words",
            [(term, number, self._words[term]) for term, number in sorted(self._documents.items())],
        )
        gone = [(term,) for term, number in self._documents.items() if number < 0]
        db.conn.executemany("DELETE FROM search_vocabulary WHERE term = ? AND documents <= 0", gone)
