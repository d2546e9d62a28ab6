"""A question as match expressions of SQLite's FTS5. Everything from the reader stands in quotation marks.

Words are looked up in ``search_terms``, by their lemmas; exact phrases and beginnings of words in ``search_index``,
which has the words as written and their places.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Literal

from archive.search.marks import IN_NAMES, IN_TITLE, OFTEN
from normalise.language.lemmas import is_stopword, query_lemmas
from normalise.language.lexicon import LANGUAGES
from normalise.language.questions import Clause, Question, parse
from normalise.words import vocabulary

Table = Literal["search_terms", "search_index"]
TERMS: Table = "search_terms"
SURFACE: Table = "search_index"
_COLUMNS = {"": "{text title names}", "title": "{title}", "names": "{names}"}
_FIELDS = {"title": "title", "names": "names", "funder": "names", "organisation": "names"}
_MARKS = {"": "", "title": IN_TITLE, "names": IN_NAMES}
# How much more a word counts that stands in a document's title, in a name, or again and again in its text, than one
# that merely stands there: a title outweighs the others together.
_WEIGHTS = {IN_TITLE: 10.0, IN_NAMES: 4.0, OFTEN: 3.0}


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression and the table that it is for.

    ``terms`` are what it looks up, in that table; ``start`` is the beginning of words that it looks up instead, of
    which ``is_spelt_out`` says that the commonest stand in its place. ``column``: "title", "names" or any ("").
    """

    table: Table
    text: str
    terms: tuple[str, ...] = ()
    start: str = ""
    is_spelt_out: bool = False
    column: str = ""

    def spelt_out(self, words: Iterable[str]) -> "Expression":
        """The same with words in place of their beginning."""
        found = f"({' OR '.join(map(_quoted, words))})"
        return replace(self, text=self.text.replace(_beginning(self.start), found), is_spelt_out=True)


@dataclass(frozen=True, slots=True)
class Ranking:
    """How much one word or phrase of a question counts: more in some ``places`` (expression, weight).

    ``terms`` are what it is looked up by: the rarer they are, the more it counts.
    """

    terms: tuple[str, ...]
    places: tuple[tuple[Expression, float], ...]


@dataclass(frozen=True, slots=True)
class Match:
    """What hits must match: all of ``groups``, of each of which one expression; and none of ``excluded``.

    ``terms`` are the words and lemmas looked up, ``prefixes`` the beginnings, ``phrases`` the exact ones: what is
    marked in snippets. ``words`` are those of the question; ``widened`` tells which words were added for which.
    """

    groups: tuple[tuple[Expression, ...], ...] = ()
    excluded: tuple[Expression, ...] = ()
    rankings: tuple[Ranking, ...] = ()
    terms: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()
    phrases: tuple[tuple[str, ...], ...] = ()
    words: tuple[str, ...] = ()
    widened: dict[str, tuple[str, ...]] = field(default_factory=dict)


def rewrite(query: str, lang: str | None = None, *, widen: bool = False) -> str:
    """The words of a question as FTS5's expression on the table ``search_terms``; ``""`` where it has none.

    It never is an error of syntax. Fields that are facets ("laji:haku"), exact phrases and beginnings of words are no
    part of it: `search` and `find` of `archive.search.asking` look them up as well. ``lang``: the language that the
    words are in; without it all are tried. ``widen`` adds the words of the other languages.
    """
    match = make_match(parse(query), lang, widen=widen)
    wanted = [_any(group) for group in match.groups if all(one.table == TERMS for one in group)]
    unwanted = [one for one in match.excluded if one.table == TERMS]
    if wanted and unwanted:
        return f"({' AND '.join(wanted)}) NOT {_any(unwanted)}"
    return " AND ".join(wanted)


def make_match(question: Question, lang: str | None = None, *, widen: bool = False) -> Match:
    """What to look up for a question."""
    langs = (lang,) if lang in LANGUAGES else LANGUAGES
    wanted = _without_stopwords([clause for clause in question.clauses if not clause.negated])
    words = [clause.texts[0] for clause in wanted if clause.form == "word"]
    widened = {word: found for word in words if widen and (found := _widened(word, langs))}
    groups: list[list[Expression]] = []
    for clause in wanted:
        expression = _expression(clause, langs, widened.get(clause.texts[0], ()))
        if clause.alternative and groups:
            groups[-1].append(expression)
        else:
            groups.append([expression])
    lookups = {word: (*_lookups(word, langs), *widened.get(word, ())) for word in words}
    return Match(
        tuple(map(tuple, groups)),
        tuple(_expression(clause, langs, ()) for clause in question.clauses if clause.negated),
        tuple(_ranking(clause, langs, widened.get(clause.texts[0], ())) for clause in wanted if not clause.field),
        frozenset(term for found in lookups.values() for term in found),
        frozenset(clause.texts[0] for clause in wanted if clause.form == "prefix"),
        tuple(clause.texts for clause in wanted if clause.form == "phrase"),
        tuple(lookups),
        widened,
    )


def _any(expressions: Sequence[Expression]) -> str:
    return f"({' OR '.join(one.text for one in expressions)})"


def _without_stopwords(clauses: list[Clause]) -> list[Clause]:
    """Words without meaning of their own need not be found, unless there are no others."""
    kept = [
        c
        for c in clauses
        if c.form != "word" or c.field or not any(is_stopword(c.texts[0], lang) for lang in LANGUAGES)
    ]
    return kept or clauses


def _expression(clause: Clause, langs: tuple[str, ...], widened: Iterable[str]) -> Expression:
    place = _FIELDS.get(clause.field or "", "")
    if clause.form == "word":
        found = (*_lookups(clause.texts[0], langs), *widened)
        return Expression(TERMS, _one_of(found, _MARKS[place]), found)
    return _in_columns(clause, place)


def _ranking(clause: Clause, langs: tuple[str, ...], widened: Iterable[str]) -> Ranking:
    if clause.form == "word":
        found = (*_lookups(clause.texts[0], langs), *widened)
        places = [(Expression(TERMS, _one_of(found, mark)), weight) for mark, weight in _WEIGHTS.items()]
        return Ranking(found, tuple(places))
    places = [(_in_columns(clause, place), _WEIGHTS[_MARKS[place]]) for place in ("title", "names")]
    return Ranking(clause.texts, tuple(places))


def _in_columns(clause: Clause, place: str) -> Expression:
    """An exact phrase, or the beginning of a word, in a place."""
    if clause.form == "prefix":
        text = f"{_COLUMNS[place]} : {_beginning(clause.texts[0])}"
        return Expression(SURFACE, text, start=clause.texts[0], column=place)
    return Expression(SURFACE, f"{_COLUMNS[place]} : {_quoted(' '.join(clause.texts))}", clause.texts, column=place)


@lru_cache(maxsize=256)
def phrase_pattern(words: tuple[str, ...], *, is_beginning: bool = False) -> re.Pattern[str]:
    """Words in this order, whatever parts them; ``is_beginning``: the last one may go on."""
    end = "" if is_beginning else r"\b"
    return re.compile(r"\b" + r"[\W_]+".join(map(re.escape, words)) + end, re.IGNORECASE)


def _beginning(start: str) -> str:
    return f"{_quoted(start)} *"


def _one_of(terms: Iterable[str], mark: str) -> str:
    """Any of some terms; one of several words is looked up by all of them, for terms have no places."""
    found = (" AND ".join(_quoted(mark + word) for word in term.split()) for term in dict.fromkeys(terms))
    return f"({' OR '.join(f'({term})' if ' AND ' in term else term for term in found)})"


def _lookups(word: str, langs: tuple[str, ...]) -> tuple[str, ...]:
    """A word as written, and its lemmas."""
    return tuple(dict.fromkeys((word, *query_lemmas(word, langs))))


def _quoted(words: str) -> str:
    return '"' + words.replace('"', "") + '"'


def _widened(word: str, langs: tuple[str, ...]) -> tuple[str, ...]:
    """The words of the other languages that mean what a word means."""
    lookups = _lookups(word, langs)
    members = (other for lemma in lookups for other in _groups().get(lemma, ()))
    found = dict.fromkeys(form for other in members for form in _lookups(other, langs))
    return tuple(other for other in found if other not in lookups)


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    """Every word of the vocabulary's groups with all words of its groups."""
    found: dict[str, dict[str, None]] = {}
    for group in vocabulary("search_terms")["groups"]:
        members = [word.strip() for words in group.values() for word in words.split(",")]
        for member in members:
            found.setdefault(member, {}).update(dict.fromkeys(members))
    return {word: tuple(others) for word, others in found.items()}
