"""Where captures are: a local path, or an address of a store that fsspec knows (s3://, gs://, https://, memory://)."""

import re
import secrets
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit
from urllib.request import url2pathname

from archive.errors import HankearkistoError

if TYPE_CHECKING:
    from upath import UPath

_BLOCK = 1 << 20
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://")
INSTALL = "pip install 'hankearkisto[scale]'"


class PlaceError(HankearkistoError):
    """An address whose store cannot be asked, for lack of a package or because nobody knows its kind."""


def place(text: str) -> Path:
    """The path that a person named; for an address one with the same methods (fsspec's, by universal_pathlib).

    Raises PlaceError where the packages for the address are missing, with the command that installs them.
    """
    if text.startswith("file://"):
        return Path(url2pathname(urlsplit(text).path))
    if not _ADDRESS.match(text):
        return Path(text)
    try:
        from upath import UPath  # noqa: PLC0415 - optional, and nobody with local files waits for it
    except ImportError as error:
        raise PlaceError(f"{text}: addresses need more packages: {INSTALL}") from error
    try:
        found = UPath(text)
        _ = found.fs
    except (ImportError, ValueError) as error:
        # fsspec's own words: which package reads this kind of store, or that none does.
        raise PlaceError(f"{text}: {error}") from error
    # It has the methods of a path, if not its class.
    return cast("Path", found)


def is_local(path: Path) -> bool:
    """Whether a place is in this machine's own file tree, where files can be rewritten and locked."""
    return isinstance(path, Path)


def publish_file(part: Path, path: Path) -> None:
    """Give a finished file its name: whoever sees the name sees the whole file."""
    if is_local(part):
        part.replace(path)
    else:
        store = cast("UPath", part).fs
        store.mv(cast("UPath", part).path, cast("UPath", path).path)


def copy_file(source: Path, target: Path) -> None:
    """Copy a file between any two places; it is there whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
    with source.open("rb") as there, part.open("wb") as here:
        shutil.copyfileobj(there, here, _BLOCK)
    publish_file(part, target)


def remove_folder(folder: Path) -> None:
    """Remove a folder of finished files and what was begun in it; one that is not there is no fault."""
    files: list[Any] = list(folder.glob("*")) if folder.exists() else []
    for file in files:
        file.unlink(missing_ok=True)
    if is_local(folder) and folder.exists():
        folder.rmdir()
