"""The readings of a word form: the dictionary's, and those that it leaves out because it knows one lemma a form.

"vaalien" is a form of the verb "vaalia" to the dictionary, and of the noun "vaali" (election) to readers; forms with a
possessive suffix or a clitic ("kumppanilleen"), compared adjectives ("laajempi") and participles ("koskevan") are often
not in it at all. The words that the rules need stand in vocabulary/readings.yml.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from normalise.language import voikko
from normalise.language.lexicon import Lemma, Lexicon, lexicon
from normalise.language.noun_stems import full_forms, singulars_of, stem_nominatives
from normalise.language.verb_forms import participles, past_participle, verbs_in_a_vowel
from normalise.words import vocabulary

_MIN_STEM = 3
# Of the endings among the cases.
_CASE_LENGTHS = range(1, 7)
# Comparative -mpi (-mma-, -mpa-) and superlative -in (-imma-, -impa-), but not the adverbs in -mmin.
_COMPARED = re.compile(r"(?!.*mmin$)(?P<stem>[a-zåäö]{3,20}?)(?:[aeäi]?m[mp][aäi][a-zäö]{0,7}|in)")
_SUPERLATIVE = "in"
_PARTICIPLE = "en"
_ADJECTIVE = "nen"
_VOWELS = "aeiouyäöå"
_CACHED = 1 << 15


@lru_cache(maxsize=_CACHED)
def readings(form: str, lang: str) -> tuple[Lemma, ...]:
    """All lemmas that a form in small letters may belong to; empty for an unknown form."""
    if form in _only(lang):
        return tuple(Lemma(text, is_part=text != form) for text in _only(lang)[form])
    book = lexicon(lang)
    known = book.lemmas(form)
    found = dict(_listed(known, book))
    if not any(is_noun_for_sure(lemma, lang) for lemma in known):
        found |= _by_rule(form, book, is_known=any(lemma.text != form for lemma in known))
    elif lang == "fi":
        found |= {noun.text: noun for word in singulars_of(form, found) for noun in _nominative(word, book)}
    if lang == "fi":
        found |= _verbs(form, found, book)
        found |= _positives_of(form, found, book)
    nouns = (text for text, lemma in found.items() if not lemma.is_verb)
    others = (other for text in (form, *nouns) for other in _also(lang).get(text, ()))
    # Voikko knows more words, but tells less well which of their readings are meant: it is asked last.
    for text in (*others, *(() if found or lang != "fi" else voikko.base_forms(form))):
        found.setdefault(text, Lemma(text, is_part=True))
    return tuple(found.values())


def is_noun_for_sure(lemma: Lemma, lang: str) -> bool:
    """Whether the dictionary takes a form for a noun's, and no participle hides one: "beslutet" is no "besluten"."""
    return lemma.is_part and not (lang == "sv" and lemma.text.endswith(_PARTICIPLE))


def _listed(known: Sequence[Lemma], book: Lexicon) -> Iterator[tuple[str, Lemma]]:
    """The dictionary's lemmas. Some of them are slips: "mies." for "mies", "elämäni" beside "elämä"."""
    for lemma in known:
        text = lemma.text.removesuffix(".")
        yield text, lemma._replace(text=text)
        endings = _endings(book.lang, "possessives")
        for ending in endings if not lemma.is_part and text.endswith(endings) else ():
            if text.endswith(ending):
                yield from ((noun.text, noun) for noun in _nominative(text.removesuffix(ending), book))


def _by_rule(form: str, book: Lexicon, *, is_known: bool) -> dict[str, Lemma]:
    """The nouns of a form that the dictionary does not know, or takes for a verb's or an adverb."""
    found: dict[str, Lemma] = {}
    bases = [form, *(() if is_known else _without_suffixes(form, book.lang))]
    bases += full_forms(form) if book.lang == "fi" and not is_known else ()
    bases += [lemma.text for lemma in book.lemmas(form) if not lemma.is_verb and lemma.text != form]
    for base in bases[1:]:
        found |= {lemma.text: lemma for lemma in book.lemmas(base)}
    for noun in _nouns(form, book.lang):
        found |= {lemma.text: lemma for lemma in book.lemmas(noun) if _is_noun(lemma, noun)}
    if book.lang == "fi":
        words = dict.fromkeys(word for base in bases for word in stem_nominatives(base))
        found |= {noun.text: noun for word in words for noun in _nominative(word, book)}
    return found


def _verbs(form: str, found: Mapping[str, Lemma], book: Lexicon) -> dict[str, Lemma]:
    """The verbs of a form that the dictionary takes for no verb's, and the participle that it is of."""
    for lemma in found.values():
        if lemma.is_verb:
            return {}
    words = dict.fromkeys((form, *found))
    if not any(lemma.is_part for lemma in found.values()):
        words |= dict.fromkeys(word for base in _bases(form) for word in stem_nominatives(base))
    pairs = (*participles(words, book), *(pair for word in found or (form,) for pair in past_participle(word, book)))
    verbs = (*(word for pair in pairs for word in pair), *verbs_in_a_vowel(form, book))
    return {text: Lemma(text, is_part=False, is_verb=True) for text in verbs}


def _bases(form: str) -> Iterator[str]:
    yield form
    yield from _without_suffixes(form, "fi")


def _positives_of(form: str, found: Mapping[str, Lemma], book: Lexicon) -> dict[str, Lemma]:
    """The positives of a compared form; of those that are listed none, they are irregular: "parempi" is no "pari"."""
    texts = [text for text in dict.fromkeys((form, *found)) if _COMPARED.fullmatch(text)]
    if not texts or not _also(book.lang).keys().isdisjoint((form, *found)):
        return {}
    if any(lemma.is_part for lemma in found.values()):
        texts = [text for text in texts if not text.endswith(_SUPERLATIVE)]
    return {one.text: one for text in texts for word in _positives(text) for one in _nominative(word, book)}


def _nominative(word: str, book: Lexicon) -> Iterator[Lemma]:
    """A word that is the nominative of a noun, as that."""
    return (lemma for lemma in book.lemmas(word) if lemma.is_part and lemma.text == word)


def _is_noun(lemma: Lemma, form: str) -> bool:
    """Whether a nominative or genitive is a noun's. Verbs end in a vowel; "vuotias", listed once only, does not."""
    if form.endswith("n") and not form.endswith(_ADJECTIVE):
        return lemma.is_part and lemma.text != form
    return lemma.text == form and (lemma.is_part or form[-1] not in _VOWELS)


def _without_suffixes(form: str, lang: str) -> Iterator[str]:
    """The form without its possessive suffix or clitic, the lost -n or -t of the case restored."""
    for ending in _endings(lang, "suffixes"):
        stem = form.removesuffix(ending)
        if stem != form and len(stem) >= _MIN_STEM:
            yield from (stem, f"{stem}n")


def _nouns(form: str, lang: str) -> Iterator[str]:
    cases = _cases(lang)
    for length in _CASE_LENGTHS if cases else ():
        stem = form[:-length]
        if len(stem) < _MIN_STEM:
            return
        for restored in cases.get(form[-length:], ()):
            yield stem + restored


def _positives(text: str) -> Iterator[str]:
    """The adjectives that a compared form may belong to: "laajempi" -> "laaja", "erilaisimmissa" -> "erilainen"."""
    compared = _COMPARED.fullmatch(text)
    if compared:
        stem = compared["stem"]
        yield from stem_nominatives(f"{stem}n")
        yield from (stem + ending for ending in vocabulary("readings")["fi"]["comparisons"])
        if stem.endswith("s"):
            yield f"{stem[:-1]}nen"


@cache
def _cases(lang: str) -> Any:
    return vocabulary("readings").get(lang, {}).get("cases", {})


@cache
def _also(lang: str) -> Any:
    return vocabulary("readings").get(lang, {}).get("also", {})


@cache
def _only(lang: str) -> dict[str, tuple[str, ...]]:
    """The readings of forms that have no other."""
    adverbs = {form: (form,) for form in _endings(lang, "adverbs")}
    return adverbs | {
        form: tuple(texts) for form, texts in vocabulary("readings").get(lang, {}).get("only", {}).items()
    }


@cache
def _endings(lang: str, key: str) -> tuple[str, ...]:
    return tuple(vocabulary("readings").get(lang, {}).get(key, "").split())
