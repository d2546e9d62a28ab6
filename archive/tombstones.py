"""Tombstones: what was erased, as digests that tell a value when it comes again and do not give it away.

A copy stands beside the captures (`FILE_NAME`), so that an archive made anew from captures alone knows them too.
"""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from sqlite_utils import Database

from archive.errors import CaptureError
from archive.schema import transaction

TombstoneKind = Literal["email", "phone", "person", "url"]
TOMBSTONE_KINDS: tuple[TombstoneKind, ...] = get_args(TombstoneKind)
FILE_NAME = "tombstones.jsonl"
SALT_KEY = "tombstone_salt"
_SALT_BYTES = 32


@dataclass(frozen=True, slots=True)
class Tombstone:
    """One erased value. ``words`` is the number of words of a person's name, 0 for all else; ``since`` is UTC."""

    digest: str
    kind: TombstoneKind
    words: int
    since: str


@dataclass(frozen=True, slots=True)
class Tombstones:
    """All tombstones of an archive: their digests by kind, and how many words the names have."""

    salt: bytes
    digests: frozenset[tuple[str, str]] = frozenset()
    name_lengths: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        """Whether anything was ever erased."""
        return bool(self.digests)

    def has(self, kind: TombstoneKind, value: str) -> bool:
        """Whether a value in its one form (see `pipelines.withhold`) was erased."""
        return (kind, digest(self.salt, kind, value)) in self.digests

    def has_kind(self, kind: TombstoneKind) -> bool:
        """Whether any value of a kind was erased."""
        return any(known == kind for known, _ in self.digests)


def digest(salt: bytes, kind: TombstoneKind, value: str) -> str:
    """The digest by which a value is known again, hexadecimal."""
    return hmac.new(salt, f"{kind}:{value}".encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def load_tombstones(db: Database) -> Tombstones:
    """The tombstones of an archive."""
    rows = db.execute("SELECT kind, digest, words FROM tombstones").fetchall()
    lengths = frozenset(words for kind, _, words in rows if kind == "person")
    return Tombstones(_salt(db), frozenset((kind, value) for kind, value, _ in rows), lengths)


def add_tombstones(db: Database, kind: TombstoneKind, values: Iterable[str], since: str) -> None:
    """Set tombstones for values in their one form; part of a transaction."""
    _make_salt(db, secrets.token_bytes(_SALT_BYTES))
    salt = _salt(db)
    rows = [(digest(salt, kind, v), kind, len(v.split()) if kind == "person" else 0, since) for v in values]
    db.conn.executemany("INSERT OR IGNORE INTO tombstones (digest, kind, words, since) VALUES (?, ?, ?, ?)", rows)


def write_file(db: Database, captures: Path) -> None:
    """Bring the copy beside the captures up to date. Raises CaptureError where it cannot be written."""
    rows = db.execute("SELECT digest, kind, words, since FROM tombstones ORDER BY digest").fetchall()
    if not rows:
        return
    lines = [{"salt": _salt(db).hex()}, *(dict(zip(Tombstone.__slots__, row, strict=True)) for row in rows)]
    path = captures / FILE_NAME
    part = path.with_name(f"{path.name}.part")
    try:
        captures.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(line) + "\n" for line in lines)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise CaptureError(f"{path}: {error.strerror}") from error


def read_file(db: Database, captures: Path) -> None:
    """Take over the copy beside the captures into an archive that has no tombstones of its own yet.

    Raises CaptureError for a copy that cannot be read: without it erased values would come back.
    """
    path = captures / FILE_NAME
    if not path.exists() or db["tombstones"].count:
        return
    try:
        first, *others = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        salt = bytes.fromhex(first["salt"])
        rows = [tuple(line[name] for name in Tombstone.__slots__) for line in others]
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise CaptureError(f"{path} is damaged: what was erased would come back") from error
    with transaction(db):
        _make_salt(db, salt)
        db.conn.executemany("INSERT INTO tombstones (digest, kind, words, since) VALUES (?, ?, ?, ?)", rows)


def _salt(db: Database) -> bytes:
    row = db.execute("SELECT value FROM meta WHERE key = ?", [SALT_KEY]).fetchone()
    return bytes.fromhex(row[0]) if row else b""


def _make_salt(db: Database, salt: bytes) -> None:
    db.execute("INSERT OR IGNORE INTO meta (key, value) VALUES (?, ?)", [SALT_KEY, salt.hex()])
