"""Which rules an archived fact was found by."""

import hashlib
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
_VERSION_HEX = 12


@cache
def rules_version() -> str:
    """A digest of the code and vocabulary that read pages: it changes when any rule or word does."""
    root = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for pattern in _RULES:
        for path in sorted(root.glob(pattern)):
            digest.update(f"{path.relative_to(root).as_posix()}\n".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:_VERSION_HEX]
