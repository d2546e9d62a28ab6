"""Words brought to the terms they are found by: lemmas, parts of compounds, parts of codes. Pure, and cached by word.

A text is indexed by `terms` of its words in the language of the block they stand in; a question is asked by
`query_lemmas`, which knows no parts: "hanke" finds "kehittämishankkeen", and "kehittämishanke" does not find "hanke".
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from normalise.language.compounds import take_apart
from normalise.language.lexicon import LANGUAGES, lexicon
from normalise.language.readings import readings
from normalise.words import vocabulary

# Letters and digits as SQLite's unicode61 tokenizer takes them; everything else parts words.
_WORD = re.compile(r"[^\W_]+")
_CODE_PART = re.compile(r"\d+|[^\W\d_]+")
# Snippets and questions need few words; `normalise.language.search_terms` remembers those of texts.
_CACHED_WORDS = 1 << 13
_MIN_CODE_PART = 2
_MIN_BASE = 3
_MIN_FOREIGN_COMPOUND = 9
_PLURAL = "t"


def words(text: str) -> Iterator[re.Match[str]]:
    """The words of a text with their places, cut where the index cuts them."""
    return _WORD.finditer(text)


def word_list(text: str) -> list[str]:
    """The words of a text in small letters, in order."""
    return _WORD.findall(text.lower())


@lru_cache(maxsize=_CACHED_WORDS)
def terms(word: str, lang: str) -> frozenset[str]:
    """What a word is found by beside its written form: lemmas, parts and runs of parts, in small letters.

    ``lang``: "fi", "sv" or "en", the language of the text around; a word that it does not know is tried in the others.
    """
    word = word.lower()
    if not word.isalpha():
        return frozenset(code_parts(word))
    if is_stopword(word, lang):
        return frozenset()
    found = _terms(word, lang)
    if not found:
        found = found.union(*(_terms(word, other) for other in LANGUAGES if other != lang and _may_be(word, other)))
    return frozenset((found or set(base_forms(word))) - _stop_lemmas(lang))


@lru_cache(maxsize=_CACHED_WORDS)
def query_lemmas(word: str, langs: tuple[str, ...] = LANGUAGES) -> tuple[str, ...]:
    """The lemmas by which a word of a question is looked up; the word and its base forms where none is known."""
    word = word.lower()
    if not word.isalpha():
        return (word,)
    known = {lemma.text for lang in langs for lemma in readings(word, lang)}
    if word in known:
        # What has no singular to the dictionary often has one inside compounds: "markkinat", "työmarkkinoilla".
        singular = word.removesuffix(_PLURAL)
        return (word, singular) if singular in known and singular != word else (word,)
    # What one language's dictionary has is not read by the rules of another: "projektet" is no Finnish word.
    listed = tuple(lang for lang in langs if word in lexicon(lang).forms)
    found = dict.fromkeys(lemma for lang in listed or langs for lemma in _query_lemmas(word, lang))
    return tuple(found) or (word, *base_forms(word))


def index_terms(word: str, lang: str) -> frozenset[str]:
    """What a word in small letters is indexed by: its terms, and itself unless they find it when it is asked for."""
    found = terms(word, lang)
    if word in found:
        return found
    is_found = word.isalpha() and not found.isdisjoint(_query_lemmas(word, lang))
    is_elsewhere = is_found and any(word in lexicon(other).forms for other in LANGUAGES if other != lang)
    return found if is_found and not is_elsewhere else found | {word}


def is_stopword(word: str, lang: str) -> bool:
    """Whether a word as written carries no meaning of its own; ``word`` in small letters."""
    return word in _stopwords(lang)


def code_parts(code: str) -> Iterator[str]:
    """Letters and digits of a code apart, so that it is found in part: "s21925" -> "21925"."""
    found = _CODE_PART.findall(code)
    if len(found) > 1:
        yield from (part for part in found if len(part) >= _MIN_CODE_PART)


def _may_be(word: str, lang: str) -> bool:
    """Whether a word in a text of another language may be of this one: what is short and unknown is rather a name."""
    return len(word) >= _MIN_FOREIGN_COMPOUND or word in lexicon(lang).forms


def _terms(word: str, lang: str) -> set[str]:
    known = readings(word, lang)
    found = {lemma.text for lemma in known}
    if found:
        whole = {lemma.text: take_apart(lemma.text, lang, is_lemma=True) for lemma in known if not lemma.is_verb}
        found = found.union(*(compound.parts for compound in whole.values()))
        # What the dictionary has in the plural only, it has so by chance: "ihmisoikeudet".
        found = found.union(*(compound.lemmas for text, compound in whole.items() if text.endswith(_PLURAL)))
    else:
        compound = take_apart(word, lang)
        found.update(compound.parts, compound.lemmas, lexicon(lang).link_lemmas(word))
    return found


def _query_lemmas(word: str, lang: str) -> tuple[str, ...]:
    if is_stopword(word, lang):
        return ()
    known = tuple(lemma.text for lemma in readings(word, lang))
    return known or take_apart(word, lang).lemmas


def base_forms(word: str) -> tuple[str, ...]:
    """What an unknown word (a brand, a surname) may be an inflected form of: "tredussa" -> ("tredu",).

    Foreign names take an -i- before the ending: "arsenalin" -> ("arsenal", "arsenali").
    """
    for ending, restored in _endings():
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _MIN_BASE:
            return tuple(stem + letters for letters in restored)
    return ()


@cache
def _endings() -> tuple[tuple[str, list[str]], ...]:
    return tuple(sorted(vocabulary("readings")["endings"].items(), key=lambda pair: -len(pair[0])))


@cache
def _stopwords(lang: str) -> frozenset[str]:
    return frozenset(vocabulary("stopwords")[lang]["words"].split())


@cache
def _stop_lemmas(lang: str) -> frozenset[str]:
    return frozenset(vocabulary("stopwords")[lang]["lemmas"].split())
