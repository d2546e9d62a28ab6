"""Voikko's readings of Finnish words, where it is installed and asked for with HANKEARKISTO_ANALYSER=voikko.

Its dictionary is under the GPL, so it is no part of this project and never needed: simplemma's lists and the rules here
do without. It is asked for by name, for an index made with it and one made without are two indexes.
"""

import importlib
import os
import re
from functools import cache
from threading import Lock
from typing import Any

_VARIABLE, _NAME = "HANKEARKISTO_ANALYSER", "voikko"
# "+kehittämis(kehittäminen)+hanke(hanke)": the word's parts with their base forms in brackets.
_BASE = re.compile(r"\+[^+()]{0,60}\(\+?([^+()]{1,60})\)")
# A handle of the library serves one thread at a time.
_LOCK = Lock()


def is_in_use() -> bool:
    """Whether Voikko was asked for and can be loaded, with its Finnish dictionary."""
    return _handle() is not None


def base_forms(word: str) -> tuple[str, ...]:
    """The lemmas of a Finnish word; nothing where Voikko is not in use or does not know the word."""
    return _found(word, "BASEFORM")


def part_forms(word: str) -> tuple[str, ...]:
    """The lemmas of a Finnish word's parts."""
    return tuple(part for bases in _found(word, "WORDBASES") for part in _BASE.findall(bases))


def _found(word: str, attribute: str) -> tuple[str, ...]:
    handle = _handle()
    if handle is None:
        return ()
    with _LOCK:
        analyses = handle.analyze(word)
    return tuple(dict.fromkeys(one[attribute].lower() for one in analyses if attribute in one))


@cache
def _handle() -> Any:
    if os.environ.get(_VARIABLE) != _NAME:
        return None
    try:
        library = importlib.import_module("libvoikko")
    except (ImportError, OSError):
        return None
    try:
        return library.Voikko("fi")
    except (OSError, library.VoikkoException):
        return None
