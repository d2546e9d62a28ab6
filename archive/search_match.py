"""A question as the match expression of SQLite's FTS5. Everything from the reader stands in quotation marks."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from normalise.lemmas import is_stopword, query_lemmas
from normalise.lexicon import LANGUAGES
from normalise.questions import Clause, Question, parse
from normalise.words import vocabulary

_SURFACE = "{text title names}"
_TITLE, _NAMES = ("{title}", "{title title_terms}"), ("{names}", "{names}")
_FIELDS = {"title": _TITLE, "names": _NAMES, "funder": _NAMES, "organisation": _NAMES}
_HEADINGS = "{title title_terms names}"
_ALL = "{text terms title title_terms names}"


@dataclass(frozen=True, slots=True)
class Match:
    """``expression`` is FTS5's; empty where nothing can be looked up. ``excluded`` is what hits must not match.

    ``in_headings`` matches where any of it stands in a title or name. ``terms`` are the words and lemmas looked up,
    ``prefixes`` the beginnings, ``phrases`` the exact ones: what is marked in snippets. ``words`` are those of the
    question; ``widened`` tells which words were added for which, for the reader to see.
    """

    expression: str = ""
    excluded: str = ""
    in_headings: str = ""
    terms: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()
    phrases: tuple[tuple[str, ...], ...] = ()
    words: tuple[str, ...] = ()
    widened: dict[str, tuple[str, ...]] = field(default_factory=dict)


def rewrite(query: str, lang: str | None = None, *, widen: bool = False) -> str:
    """The FTS5 expression for a question on the table ``search_index``; ``""`` where there is nothing to look up.

    It never is an error of syntax. Fields that are facets ("laji:haku") are no part of it, and a question of
    exclusions only has none. ``lang``: the language that the words are in; without it all are tried. ``widen`` adds the
    words of the other languages.
    """
    match = make_match(parse(query), lang, widen=widen)
    if match.expression and match.excluded:
        return f"({match.expression}) NOT ({match.excluded})"
    return match.expression


def make_match(question: Question, lang: str | None = None, *, widen: bool = False) -> Match:
    """What to look up for a question."""
    langs = (lang,) if lang in LANGUAGES else LANGUAGES
    wanted = _without_stopwords([clause for clause in question.clauses if not clause.negated])
    unwanted = [clause for clause in question.clauses if clause.negated]
    widened = {
        c.texts[0]: found for c in wanted if widen and c.form == "word" and (found := _widened(c.texts[0], langs))
    }
    groups: list[list[str]] = []
    for clause in wanted:
        expression = _expression(clause, langs, widened.get(clause.texts[0], ()) if clause.form == "word" else ())
        if clause.alternative and groups:
            groups[-1].append(expression)
        else:
            groups.append([expression])
    lemmas = {clause.texts[0]: _lookups(clause.texts[0], langs) for clause in wanted if clause.form == "word"}
    return Match(
        " AND ".join(f"({' OR '.join(group)})" for group in groups),
        " OR ".join(_expression(clause, langs, ()) for clause in unwanted),
        f"{_HEADINGS} : ({' OR '.join(found for group in groups for found in group)})" if groups else "",
        frozenset(term for found in (*lemmas.values(), *widened.values()) for term in found),
        frozenset(clause.texts[0] for clause in wanted if clause.form == "prefix"),
        tuple(clause.texts for clause in wanted if clause.form == "phrase"),
        tuple(lemmas),
        widened,
    )


def _without_stopwords(clauses: list[Clause]) -> list[Clause]:
    """Words without meaning of their own need not be found, unless there are no others."""
    kept = [
        c
        for c in clauses
        if c.form != "word" or c.field or not any(is_stopword(c.texts[0], lang) for lang in LANGUAGES)
    ]
    return kept or clauses


def _expression(clause: Clause, langs: tuple[str, ...], widened: Iterable[str]) -> str:
    surface, columns = _FIELDS.get(clause.field or "", (_SURFACE, _ALL))
    if clause.form == "phrase":
        return f"{surface} : {_quoted(clause.texts)}"
    if clause.form == "prefix":
        return f"{columns} : {_quoted(clause.texts)} *"
    found = [_quoted(term.split()) for term in (*_lookups(clause.texts[0], langs), *widened)]
    return f"{columns} : ({' OR '.join(dict.fromkeys(found))})"


def _lookups(word: str, langs: tuple[str, ...]) -> tuple[str, ...]:
    """A word as written, and its lemmas."""
    return tuple(dict.fromkeys((word, *query_lemmas(word, langs))))


def _quoted(words: Iterable[str]) -> str:
    return '"' + " ".join(words).replace('"', "") + '"'


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
