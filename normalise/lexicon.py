"""Word forms and their lemmas, from simplemma's lists, in a file that is mapped into memory and shared by processes.

simplemma's own tables cost 3.3 s and 350 MB in every process; the tries made here from its public API cost that once, on
the first use or by ``python -m normalise.lexicon``, and 20 MB and a millisecond from then on. They stand in the user's
cache folder: the lists' licences (ODbL, CC BY) allow using them, and nothing derived from them is passed on.
"""

import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from marisa_trie import BytesTrie
from simplemma.strategies.dictionaries import DefaultDictionaryFactory

LANGUAGES = ("fi", "sv", "en")
# Changes whenever the files' layout or the rules that mark heads do.
FORMAT = 1
# A lemma with fewer forms than this is a fragment or a slip in the lists, and no part of compounds.
_MIN_FORMS = {"fi": 8, "sv": 4, "en": 2}
_HEAD = 1
_FINNISH_VERB_ENDS = ("isivat", "isivät")


@dataclass(frozen=True, slots=True)
class Lemma:
    """A dictionary word. ``is_part``: a noun or adjective with a full paradigm, which may stand in compounds."""

    text: str
    is_part: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The forms of one language, in small letters."""

    lang: str
    forms: BytesTrie

    def lemmas(self, form: str) -> tuple[Lemma, ...]:
        """The lemmas a form may belong to, itself first where it is one; empty for an unknown form."""
        found = (_decoded(form, value) for value in self.forms.get(form, ()))
        return tuple(sorted(found, key=lambda lemma: lemma.text != form))


def lexicon_version() -> str:
    """What a lexicon's content depends on."""
    return f"simplemma {version('simplemma')}.{FORMAT}"


@cache
def lexicon(lang: str) -> Lexicon:
    """The lexicon of "fi", "sv" or "en"; made on the first call ever, which takes some seconds.

    Raises ValueError for another language.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"no lexicon for language {lang!r}")
    path = _folder() / f"{lang}-{version('simplemma')}.{FORMAT}.marisa"
    if not path.exists():
        trie = _build(lang)
        if not _save(trie, path):
            return Lexicon(lang, trie)
    return Lexicon(lang, BytesTrie().mmap(str(path)))


def _folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "hankearkisto"


def _save(trie: BytesTrie, path: Path) -> bool:
    """Write beside and rename, so that a reader never maps half a file; False where the folder cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            trie.write(file)
        Path(file.name).replace(path)
    except OSError:
        return False
    return True


def _build(lang: str) -> BytesTrie:
    forms = DefaultDictionaryFactory(cache_max_size=1).get_dictionary(lang)
    return BytesTrie(_entries(lang, forms))


def _entries(lang: str, forms: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    counts = Counter(lemma.lower() for lemma in forms.values())
    verbs = _verbs(lang, forms, counts)
    parts = {lemma for lemma, count in counts.items() if count >= _MIN_FORMS[lang] and lemma not in verbs}
    for form, lemma in forms.items():
        yield form.lower(), _encoded(form.lower(), lemma.lower(), lemma.lower() in parts)
    # The lists know one lemma a form, and that of "understöd" is "understödja": a word that is a lemma stays one.
    for lemma, count in counts.items():
        if forms.get(lemma, lemma).lower() != lemma and count > 1:
            yield lemma, _encoded(lemma, lemma, lemma in parts)


def _verbs(lang: str, forms: Mapping[str, str], lemmas: Iterable[str]) -> set[str]:
    if lang == "fi":
        return {lemma.lower() for form, lemma in forms.items() if form.endswith(_FINNISH_VERB_ENDS)}
    if lang == "sv":
        return {lemma for lemma in lemmas if lemma.endswith("a") and not _is_swedish_noun(lemma, forms)}
    return set()


def _is_swedish_noun(lemma: str, forms: Mapping[str, str]) -> bool:
    """Whether a word in -a has the forms of "skola" (skolan, skolor) or "öga" (ögon) rather than those of a verb."""
    return any(forms.get(form) == lemma for form in (f"{lemma}n", f"{lemma[:-1]}or", f"{lemma[:-1]}on"))


def _encoded(form: str, lemma: str, is_part: bool) -> bytes:
    """How to make the lemma from the form: letters to cut from its end, flags, letters to add. Short, so tries share it."""
    shared = len(os.path.commonprefix((form, lemma)))
    return bytes((len(form) - shared, _HEAD if is_part else 0)) + lemma[shared:].encode()


def _decoded(form: str, value: bytes) -> Lemma:
    cut, flags = value[0], value[1]
    return Lemma(form[: len(form) - cut] + value[2:].decode(), bool(flags & _HEAD))


if __name__ == "__main__":
    for language in LANGUAGES:
        lexicon(language)
