"""Words of the archive: what a mistyped one may have meant, and how a started one goes on."""

import sqlite3

from rapidfuzz import fuzz, process

from normalise.lemmas import query_lemmas, words

# rapidfuzz's ratio, 0..100: one wrong letter in six, or two in twelve.
_ALIKE = 80.0
_MIN_LETTERS = 4
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
        "SELECT term FROM search_vocabulary WHERE term >= ? AND term < ? AND words > 0"
        " ORDER BY words DESC, term LIMIT ?",
        [last, last + _LAST, limit],
    )
    return [start[: found[-1].start()] + row[0] for row in rows]


def _is_known(connection: sqlite3.Connection, word: str) -> bool:
    return len(word) < _MIN_LETTERS or any(_documents(connection, term) for term in (word, *query_lemmas(word)))


def _documents(connection: sqlite3.Connection, term: str) -> int:
    row = connection.execute("SELECT documents FROM search_vocabulary WHERE term = ?", [term]).fetchone()
    return int(row[0]) if row else 0


def _likeliest(connection: sqlite3.Connection, word: str) -> str | None:
    """The commonest of the words that are most like one; words that begin alike are tried first."""
    for start in (word[:2], word[:1], ""):
        rows = connection.execute(
            "SELECT term, words FROM search_vocabulary WHERE term >= ? AND term < ? AND words > 0"
            " AND length(term) BETWEEN ? AND ?",
            [start, start + _LAST, len(word) - _LENGTH_DIFFERENCE, len(word) + _LENGTH_DIFFERENCE],
        ).fetchall()
        counts = dict(rows)
        alike = process.extract(word, list(counts), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=5)
        if alike:
            return str(max(alike, key=lambda hit: (hit[1], counts[hit[0]]))[0])
    return None
