"""Words of the archive: what a mistyped one may have meant, and how a started one goes on.

``search_vocabulary`` counts the documents of each word that stands in two or more. Of the others, half of all, most are
slips themselves.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable

from rapidfuzz import fuzz, process
from sqlite_utils import Database

from archive.schema import transaction
from normalise.lemmas import query_lemmas, words

# rapidfuzz's ratio, 0..100: one wrong letter in six, or two in twelve.
_ALIKE = 80.0
# Shorter words are not mended: too many others are a letter away.
_MIN_KNOWN = 4
_MIN_LETTERS, _MAX_LETTERS = 2, 40
_MIN_DOCUMENTS = 2
# A new word stands in as many documents as the batch that brought it.
_MOST = 1_000
_LENGTH_DIFFERENCE = 2
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
        [last, last + _LAST, limit],
    )
    return [start[: found[-1].start()] + row[0] for row in rows]


def documents_with(connection: sqlite3.Connection, term: str) -> int:
    """In how many documents a term stands; of those below two, zero or one."""
    row = connection.execute("SELECT documents FROM search_vocabulary WHERE term = ?", [term]).fetchone()
    return int(row[0]) if row else _indexed(connection, term, 1)


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
    """Count all terms of the index anew. They are counted aside, so that nobody who writes waits for it."""
    db.conn.create_function("is_word", 1, _is_word, deterministic=True)
    db.execute("CREATE VIRTUAL TABLE temp.search_term_counts USING fts5vocab (main, search_terms, row)")
    db.execute("CREATE TEMP TABLE search_counted (term TEXT, doc INTEGER)")
    db.execute(
        "INSERT INTO temp.search_counted SELECT term, doc FROM temp.search_term_counts"
        " WHERE doc >= ? AND is_word(term)",
        [_MIN_DOCUMENTS],
    )
    with transaction(db):
        db.execute("DELETE FROM search_vocabulary")
        db.execute("INSERT INTO search_vocabulary SELECT term, doc FROM temp.search_counted")
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
        if alike:
            return str(max(alike, key=lambda hit: (hit[1], counts[hit[0]]))[0])
    return None
