"""Word forms, their lemmas and the forms that join compounds, from simplemma's lists, in files mapped into memory.

simplemma's own tables cost every process 3.3 s and 350 MB. The tries made here through its public interface cost half
a minute once (on first use, or by ``python -m normalise.language.lexicon`` at set-up); from then on a millisecond, and
memory that processes share. They stand in the user's cache folder and are not passed on: the lists come under ODbL and
CC BY.
"""

import hashlib
import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from marisa_trie import BytesTrie, Trie
from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from normalise.language.link_forms import LINKED_LANGUAGES, LinkRules, link_rules

LANGUAGES = ("fi", "sv", "en")
# A lemma with fewer forms than this is a fragment or a slip in the lists, and no part of compounds.
_MIN_FORMS = {"fi": 8, "sv": 2, "en": 2}
_PART, _VERB = 1, 2
# (is_part, is_verb) by what is stored of both.
_FLAGS = tuple((bool(flags & _PART), bool(flags & _VERB)) for flags in range(4))
# Endings that only verbs have, and those of their infinitives.
_FINNISH_VERB_ENDS = ("isivat", "isivät", "tte", "kaamme", "käämme", "koot", "kööt")
_FINNISH_INFINITIVES = ("a", "ä")
_MIN_LINK = 3
_DIGEST_HEX = 8


class Lemma(NamedTuple):
    """A dictionary word.

    ``is_part``: a noun or adjective with a full paradigm, which may stand in compounds. ``is_verb``: certainly a verb.
    """

    text: str
    is_part: bool
    is_verb: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language, in small letters.

    ``links``: forms that stand before another part ("arbets", "kehittämis"); ``starts``: the same without their lemmas,
    in which those that a word starts with are found three times as fast.
    """

    lang: str
    forms: BytesTrie
    links: BytesTrie
    starts: Trie

    def lemmas(self, form: str) -> list[Lemma]:
        """The lemmas a form may belong to; empty for an unknown form."""
        return [_decoded(form, value) for value in self.forms.get(form, ())]

    def link_lemmas(self, form: str) -> list[str]:
        """The lemmas that a form stands for before another part."""
        return [_decoded(form, value).text for value in self.links.get(form, ())]


def lexicon_version() -> str:
    """What a lexicon's content depends on: the lists, and the rules and layout of this module."""
    digest = hashlib.sha256()
    for name in ("language/lexicon.py", "language/link_forms.py", "vocabulary/compounds.yml"):
        digest.update(files("normalise").joinpath(name).read_bytes())
    return f"{version('simplemma')}-{digest.hexdigest()[:_DIGEST_HEX]}"


@cache
def lexicon(lang: str) -> Lexicon:
    """The lexicon of "fi", "sv" or "en"; made on the first call ever, which takes some seconds.

    Raises ValueError for another language.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"no lexicon for language {lang!r}")
    paths = [_folder() / f"{lang}-{kind}-{lexicon_version()}.marisa" for kind in ("forms", "links", "starts")]
    if not all(path.exists() for path in paths):
        tries = _build(lang)
        if not all(_save(trie, path) for trie, path in zip(tries, paths, strict=True)):
            return Lexicon(lang, *tries)
    forms, links, starts = (str(path) for path in paths)
    return Lexicon(lang, BytesTrie().mmap(forms), BytesTrie().mmap(links), Trie().mmap(starts))


def _folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "hankearkisto"


def _save(trie: BytesTrie | Trie, path: Path) -> bool:
    """Write beside and rename, so that no reader maps half a file; False where the folder cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            trie.save(str(Path(folder) / path.name))
            (Path(folder) / path.name).replace(path)
    except OSError:
        return False
    return True


def _build(lang: str) -> tuple[BytesTrie, BytesTrie, Trie]:
    """The tries. The lists are gone through twice: held in memory as strings they would take a gigabyte more."""
    listed = DefaultDictionaryFactory(cache_max_size=1).get_dictionary(lang)
    counts, verbs = _counted(lang, listed)
    parts = {lemma for lemma, count in counts.items() if count >= _MIN_FORMS[lang] and lemma not in verbs}
    rules = link_rules(lang) if lang in LINKED_LANGUAGES else None
    links = set(_stems(rules, parts)) if rules else set[tuple[str, str]]()

    def entries() -> Iterator[tuple[str, bytes]]:
        for form, lemma in _forms(listed, counts):
            yield form, _encoded(form, lemma, _PART * (lemma in parts) | _VERB * (lemma in verbs))
            if rules and lemma in parts and len(form) >= _MIN_LINK and rules.may_join(form, lemma):
                links.add((form, lemma))

    words = BytesTrie(entries())
    with_lemmas = BytesTrie((form, _encoded(form, lemma, _PART)) for form, lemma in sorted(links))
    return words, with_lemmas, Trie(sorted({form for form, _ in links}))


def _counted(lang: str, listed: Mapping[str, str]) -> tuple[Counter[str], set[str]]:
    """How many forms each lemma has, and which lemmas are verbs."""
    counts: Counter[str] = Counter()
    verbs: set[str] = set()
    for form, lemma in listed.items():
        counts[lemma.lower()] += 1
        if lang == "fi" and form.endswith(_FINNISH_VERB_ENDS) and lemma.endswith(_FINNISH_INFINITIVES):
            verbs.add(lemma.lower())
    if lang == "sv":
        verbs = {lemma for lemma in counts if lemma.endswith("a") and not _is_swedish_noun(lemma, listed)}
    return counts, verbs


def _forms(listed: Mapping[str, str], counts: Counter[str]) -> Iterator[tuple[str, str]]:
    """Forms and lemmas in small letters. The lists know one lemma a form, and that of "understöd" is "understödja".

    A word that is a lemma of other forms therefore stays one of its own.
    """
    for form, lemma in listed.items():
        yield form.lower(), lemma.lower()
    for lemma, count in counts.items():
        if count > 1 and listed.get(lemma, lemma).lower() != lemma:
            yield lemma, lemma


def _stems(rules: LinkRules, parts: set[str]) -> Iterator[tuple[str, str]]:
    for lemma in parts:
        yield from ((stem, lemma) for stem in rules.stems_of(lemma) if len(stem) >= _MIN_LINK)
    yield from rules.modifiers.items()


def _is_swedish_noun(lemma: str, listed: Mapping[str, str]) -> bool:
    """Whether a word in -a has forms as "skola" (skolan, skolor) or "öga" (ögon) do, and a verb does not."""
    return any(listed.get(form) == lemma for form in (f"{lemma}n", f"{lemma[:-1]}or", f"{lemma[:-1]}on"))


def _encoded(form: str, lemma: str, flags: int) -> bytes:
    """How the lemma is made from the form, short so that tries share it: letters to cut, flags, letters to add."""
    shared = 0
    for one, other in zip(form, lemma, strict=False):
        if one != other:
            break
        shared += 1
    return bytes((len(form) - shared, flags)) + lemma[shared:].encode()


def _decoded(form: str, value: bytes) -> Lemma:
    text = form[: len(form) - value[0]] + value[2:].decode()
    # Half the time of calling Lemma, and several are made for every word.
    return tuple.__new__(Lemma, (text, *_FLAGS[value[1]]))


if __name__ == "__main__":
    for language in LANGUAGES:
        lexicon(language)
