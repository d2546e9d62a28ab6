"""Words of the archive: what a mistyped one may have meant, and how a started one goes on.

``search_vocabulary`` counts the documents of each word that stands in two or more. Of the others, half of all, most are
slips themselves. ``search_written`` counts those of the commonest words as written, for beginnings that many share; it
is counted only now and then.
"""

import itertools
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable

from rapidfuzz import fuzz, process
from sqlite_utils import Database

from archive.schema import transaction
from normalise.language.compounds import take_apart
from normalise.language.lemmas import query_lemmas, words
from normalise.language.lexicon import LANGUAGES, lexicon

# rapidfuzz's ratio, 0..100: one wrong letter in six, or two in twelve.
_ALIKE = 80.0
# Shorter words are not mended: too many others are a letter away.
_MIN_KNOWN = 4
_MIN_LETTERS, _MAX_LETTERS = 2, 40
_MIN_DOCUMENTS = 2
# A new word stands in as many documents as the batch that brought it.
_MOST = 1_000
_LENGTH_DIFFERENCE = 2
# Fewer than these FTS5 gathers in a few milliseconds, whatever words begin so.
_GATHERED = 50_000
# A smaller archive has no words that are so common.
_MIN_ARCHIVE = 20_000
_WRITTEN_DOCUMENTS = 100
_COMMONEST = 64
# An archive that has grown so much since has other common words.
_GROWTH = 2
COUNTED_KEY = "search_counted"
# Some terms are no words: so many more are looked at.
_TRIED = 3
_LAST = "\U0010ffff"


def did_you_mean(connection: sqlite3.Connection, question: str, found: tuple[str, ...]) -> str | None:
    """The question with its unknown words replaced by the likeliest ones of the archive; None if all are known.

    ``found`` are the question's words that were looked up, in small letters.
    """
    better = {
        word: other for word in found if not _is_known(connection, word) and (other := _likeliest(connection, word))
    }
    if not better:
        return None
    pieces, at = [], 0
    for match in words(question):
        pieces += [question[at : match.start()], better.get(match.group().lower(), match.group())]
        at = match.end()
    return "".join((*pieces, question[at:]))


def complete(connection: sqlite3.Connection, start: str, limit: int = 10) -> list[str]:
    """Questions that go on from a started one: its last word completed by words of the archive, commonest first."""
    found = list(words(start))
    if not found or found[-1].end() != len(start) or len(found[-1].group()) < 2:
        return []
    last = found[-1].group().lower()
    rows = connection.execute(
        "SELECT term FROM search_vocabulary WHERE term >= ? AND term < ? ORDER BY documents DESC, term LIMIT ?",
        [last, last + _LAST, _TRIED * limit],
    )
    known = (row[0] for row in rows if _is_in_use(connection, row[0]))
    return [start[: found[-1].start()] + term for term in itertools.islice(known, limit)]


def _is_in_use(connection: sqlite3.Connection, term: str) -> bool:
    """Whether a term is a word, and no guess at the base form of one that no dictionary knows."""
    if any(term in lexicon(lang).forms or take_apart(term, lang).parts for lang in LANGUAGES):
        return True
    sql = "SELECT 1 FROM search_index WHERE search_index MATCH ? LIMIT 1"
    return connection.execute(sql, [f'"{term}"']).fetchone() is not None


def documents_with(connection: sqlite3.Connection, term: str) -> int:
    """In how many documents a term stands; of those below two, zero or one."""
    row = connection.execute("SELECT documents FROM search_vocabulary WHERE term = ?", [term]).fetchone()
    return int(row[0]) if row else _indexed(connection, term, 1)


def documents_written(connection: sqlite3.Connection, start: str) -> int:
    """About how many times documents have a common word, as written, that begins in a way."""
    sql = "SELECT sum(documents) FROM search_written WHERE term >= ? AND term < ?"
    return int(connection.execute(sql, [start, start + _LAST]).fetchone()[0] or 0)


def common_words(connection: sqlite3.Connection, start: str) -> list[str]:
    """The commonest words as written that begin in a way; none where all that begin so are soon gathered."""
    if documents_written(connection, start) < _GATHERED:
        return []
    sql = "SELECT term FROM search_written WHERE term >= ? AND term < ? ORDER BY documents DESC LIMIT ?"
    return [row[0] for row in connection.execute(sql, [start, start + _LAST, _COMMONEST])]


def count_words(db: Database, added: Iterable[Iterable[str]], removed: Iterable[Iterable[str]]) -> None:
    """Count the terms of documents that were just added to the index, and of those taken out of it."""
    counts = Counter(term for terms in added for term in terms)
    counts.subtract(term for terms in removed for term in terms)
    changed = {term: number for term, number in sorted(counts.items()) if number and _is_word(term)}
    listed = _listed(db.conn, changed)
    db.conn.executemany(
        "UPDATE search_vocabulary SET documents = documents + ? WHERE term = ?",
        [(number, term) for term, number in changed.items() if term in listed],
    )
    db.conn.executemany(
        "DELETE FROM search_vocabulary WHERE term = ? AND documents < ?",
        [(term, _MIN_DOCUMENTS) for term, number in changed.items() if term in listed and number < 0],
    )
    new = [term for term, number in changed.items() if term not in listed and number > 0]
    rows = [(term, number) for term in new if (number := _indexed(db.conn, term, _MOST)) >= _MIN_DOCUMENTS]
    db.conn.executemany("INSERT INTO search_vocabulary VALUES (?, ?)", rows)


def recount_words(db: Database) -> None:
    """Count all words of the index anew."""
    _recount(db, "search_terms", "search_vocabulary", _MIN_DOCUMENTS)
    recount_written(db)


def recount_written(db: Database) -> None:
    """Count the common words as written anew, unless they were counted when the archive was not much smaller."""
    documents = int(db.execute("SELECT coalesce(max(id), 0) FROM search_documents").fetchone()[0])
    row = db.execute("SELECT value FROM meta WHERE key = ?", [COUNTED_KEY]).fetchone()
    if documents < max(_MIN_ARCHIVE, _GROWTH * int(row[0]) if row else 0):
        return
    _recount(db, "search_index", "search_written", _WRITTEN_DOCUMENTS)
    with transaction(db):
        db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [COUNTED_KEY, str(documents)])


def _recount(db: Database, index: str, table: str, least: int) -> None:
    """Count the documents of a table's words. They are counted aside, so that nobody who writes waits for it."""
    db.conn.create_function("is_word", 1, _is_word, deterministic=True)
    db.execute(f"CREATE VIRTUAL TABLE temp.search_term_counts USING fts5vocab (main, {index}, row)")
    db.execute("CREATE TEMP TABLE search_counted (term TEXT, doc INTEGER)")
    db.execute(
        "INSERT INTO temp.search_counted SELECT term, doc FROM temp.search_term_counts"
        " WHERE doc >= ? AND is_word(term)",
        [least],
    )
    with transaction(db):
        db.execute(f"DELETE FROM {table}")  # noqa: S608 - constants
        db.execute(f"INSERT INTO {table} SELECT term, doc FROM temp.search_counted")  # noqa: S608 - constants
    db.execute("DROP TABLE temp.search_counted")
    db.execute("DROP TABLE temp.search_term_counts")


def _is_word(term: str) -> bool:
    """Whether a term of the index is a word that a reader may mean: no code, no mark, nothing endless."""
    return term.isalpha() and _MIN_LETTERS <= len(term) <= _MAX_LETTERS


def _listed(connection: sqlite3.Connection, terms: Iterable[str]) -> set[str]:
    sql = "SELECT term FROM search_vocabulary WHERE term IN (SELECT value FROM json_each(?))"
    return {row[0] for row in connection.execute(sql, [json.dumps(list(terms))])}


def _indexed(connection: sqlite3.Connection, term: str, limit: int) -> int:
    sql = "SELECT count(*) FROM (SELECT 1 FROM search_terms WHERE search_terms MATCH ? LIMIT ?)"
    return int(connection.execute(sql, [f'"{term}"', limit]).fetchone()[0])


def _is_known(connection: sqlite3.Connection, word: str) -> bool:
    lookups = (word, *query_lemmas(word))
    return len(word) < _MIN_KNOWN or any(documents_with(connection, term) for term in lookups)


def _likeliest(connection: sqlite3.Connection, word: str) -> str | None:
    """The commonest of the words that are most like one; words that begin alike are tried first."""
    for start in (word[:2], word[:1]):
        rows = connection.execute(
            "SELECT term, documents FROM search_vocabulary WHERE term >= ? AND term < ?"
            " AND length(term) BETWEEN ? AND ?",
            [start, start + _LAST, len(word) - _LENGTH_DIFFERENCE, len(word) + _LENGTH_DIFFERENCE],
        ).fetchall()
        counts = dict(rows)
        alike = process.extract(word, list(counts), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=5)
        known = [hit for hit in alike if _is_in_use(connection, hit[0])]
        if known:
            return str(max(known, key=lambda hit: (hit[1], counts[hit[0]]))[0])
    return None
