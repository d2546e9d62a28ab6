"""Voikko's readings of Finnish words that lists and rules do not know, if asked for with HANKEARKISTO_ANALYSER=voikko.

Its dictionary is under the GPL, so it is no part of this project and never needed: simplemma's lists and the rules here
do without. It is asked for by name, for an index made with it and one made without are two indexes.
"""

import importlib
import os
from functools import cache
from threading import Lock
from typing import Any

_VARIABLE, _NAME = "HANKEARKISTO_ANALYSER", "voikko"
# A handle of the library serves one thread at a time.
_LOCK = Lock()


def is_in_use() -> bool:
    """Whether Voikko was asked for and can be loaded, with its Finnish dictionary."""
    return _handle() is not None


def base_forms(word: str) -> tuple[str, ...]:
    """The lemmas of a Finnish word; nothing where Voikko is not in use or does not know the word."""
    handle = _handle()
    if handle is None:
        return ()
    with _LOCK:
        analyses = handle.analyze(word)
    return tuple(dict.fromkeys(one["BASEFORM"].lower() for one in analyses if "BASEFORM" in one))


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
