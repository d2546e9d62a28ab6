"""The vocabulary: words are data. Every file under normalise/vocabulary/ is YAML, read once a process."""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

# Distinct words whose analysis a process remembers: pages share most of theirs, and memory stays flat.
WORDS_KEPT = 1 << 15
# Inflected forms of a Finnish or Swedish word share about this many letters: words are told apart by them, and their
# inflection is not. The models of dates, sums, parties and titles, which look at a few words, take this one length;
# that of kinds (normalise/kinds/features.py) counts a whole page's words and takes a letter less: so rare ones fall
# together.
STEM = 6
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def vocabulary(name: str) -> Any:
    """The parsed content of ``normalise/vocabulary/{name}.yml``. Treat it as read-only.

    Raises FileNotFoundError for a name that has no file.
    """
    path = files("normalise").joinpath("vocabulary", f"{name}.yml")
    return yaml.load(path.read_text("utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader, C or pure


def vocabulary_names(folder: str) -> tuple[str, ...]:
    """Names (for `vocabulary`) of all files in a folder of the vocabulary, sorted."""
    entries = files("normalise").joinpath("vocabulary", folder).iterdir()
    return tuple(sorted(f"{folder}/{e.name[:-4]}" for e in entries if e.name.endswith(".yml")))


def any_of(words: Iterable[str]) -> str:
    """An expression that matches any of the words as they are written, the longest that fits first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def joining_words(*lists: str, language: str | None = None) -> frozenset[str]:
    """The small words of lists of vocabulary/joining.yml, of all languages or of one."""
    entries = (vocabulary("joining")[name] for name in lists)
    return frozenset(w for entry in entries for key, words in entry.items() if language in (None, key) for w in words)


def joining(*lists: str, language: str | None = None) -> str:
    """An expression for `joining_words`, as `any_of` makes it."""
    return any_of(joining_words(*lists, language=language))


def any_start(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds words that begin with any of the given ones, in small letters or capitals."""
    return re.compile(rf"\b(?:{any_of(words)})", re.IGNORECASE)


def at_word_start(words: Iterable[str]) -> str:
    """An expression that matches any of the words, its first letter small or capital, where a word or line begins.

    It begins with a set of letters, which is looked for faster than many words are.
    """
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0] + word[0].upper(), []).append(word[1:])
    first = "".join(rests)
    return (
        rf"[{first}](?<![\w-][{first}])(?:"
        + "|".join(rf"(?<=[{letters}])(?:{any_of(ends)})" for letters, ends in rests.items())
        + ")"
    )


# What joins two names: an expression for the words, and all of them with the sign.
AND = joining("plain_and", "as_well_as")
CONJUNCTIONS = joining_words("plain_and", "as_well_as") | {"&"}
