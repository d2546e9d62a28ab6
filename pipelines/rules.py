"""Which rules an archived fact was found by."""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

# Everything that decides what is read out of given bytes.
_RULES = (
    "normalise/**/*.py",
    "normalise/**/*.yml",
    "pipelines/read.py",
    "pipelines/readers/*.py",
    "pipelines/extract.py",
)
# What decides which facts mean the same thing.
_LINKING = ("normalise/resolution/*.py", "normalise/vocabulary/**/*.yml", "pipelines/linking/*.py")
# What decides which words a document of the search index is made of, beside the analyser.
_INDEXING = (
    "archive/search/*.py",
    "normalise/organisations/register.py",
    "normalise/organisations/places.py",
    "normalise/vocabulary/**/*.yml",
)
_VERSION_HEX = 12


@cache
def rules_version() -> str:
    """A digest of the code and vocabulary that read pages: it changes when any rule or word does."""
    return _digest(_RULES)


@cache
def linking_version() -> str:
    """A digest of the code and vocabulary that link what pages say."""
    return _digest(_LINKING)


@cache
def indexing_version() -> str:
    """A digest of the code and vocabulary that make documents of the search index."""
    return _digest(_INDEXING)


def _digest(patterns: Iterable[str]) -> str:
    root = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for pattern in patterns:
        for path in sorted(root.glob(pattern)):
            digest.update(f"{path.relative_to(root).as_posix()}\n".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:_VERSION_HEX]
