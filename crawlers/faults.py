"""Everything that is wrong with source files, where loading them stops at the first fault."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from crawlers.source_fields import SourceFieldError, source_fields
from crawlers.sources import DEFAULT_SOURCES, SourceError, load_source
from crawlers.spiders import SPIDER_NAMES

# A file that is right but for the key that is looked at.
_RIGHT: Mapping[str, object] = {"id": "x", "name": "x", "spider": "site", "every": "7d"}


def source_faults(path: Path | None = None) -> tuple[int, list[str]]:
    """How many files there are, and a line for each fault of each (default: the files that ship).

    Raises SourceError where there is nothing to check.
    """
    place = path or DEFAULT_SOURCES
    if not place.exists():
        raise SourceError(f"{place}: no such file or folder")
    files = sorted(place.glob("*.yml")) if place.is_dir() else [place]
    if not files:
        raise SourceError(f"{place}: no source files (*.yml)")
    by_id: dict[str, Path] = {}
    faults: list[str] = []
    for file in files:
        faults += _faults(file, by_id)
    return len(files), faults


def _faults(file: Path, by_id: dict[str, Path]) -> Iterator[str]:
    try:
        source = load_source(file)
    except SourceError as error:
        yield from dict.fromkeys((*_key_faults(file), str(error)))
        return
    if source.spider not in SPIDER_NAMES:
        yield f"{file}: spider: {source.spider!r} is none of {', '.join(sorted(SPIDER_NAMES))}"
    if by_id.setdefault(source.id, file) is not file:
        yield f"{file}: id: {source.id!r} is already used by {by_id[source.id]}"


def _key_faults(file: Path) -> Iterator[str]:
    """The faults of each key by itself; none where the file cannot be read as keys and values."""
    try:
        raw = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return
    if not isinstance(raw, dict):
        return
    yield from (f"{file}: {key}: missing" for key in _RIGHT if key not in raw)
    for key, value in raw.items():
        try:
            source_fields({**_RIGHT, key: value})
        except SourceFieldError as error:
            yield f"{file}: {error}"
