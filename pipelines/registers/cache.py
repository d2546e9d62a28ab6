"""Answers of registers kept on disk with what a later request needs to ask whether they changed."""

import hashlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored answer. ``fetched_at`` and ``checked_at`` are seconds since 1970."""

    url: str
    body: bytes
    etag: str | None
    last_modified: str | None
    fetched_at: float
    checked_at: float


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of answers by address and request body; each is written whole or not at all."""

    folder: Path

    def get(self, url: str, payload: bytes | None = None) -> Stored | None:
        """The stored answer; None where there is none or it cannot be read."""
        about = self._path(url, payload, "json")
        try:
            fields = json.loads(about.read_text("utf-8"))
            return Stored(body=self._path(url, payload, "body").read_bytes(), **fields)
        except (OSError, ValueError, TypeError):
            return None

    def put(self, stored: Stored, payload: bytes | None = None) -> None:
        """Store an answer in place of an older one."""
        self.folder.mkdir(parents=True, exist_ok=True)
        fields = asdict(stored)
        body: bytes = fields.pop("body")
        _write(self._path(stored.url, payload, "body"), body)
        _write(self._path(stored.url, payload, "json"), json.dumps(fields, indent=1).encode())

    def _path(self, url: str, payload: bytes | None, kind: str) -> Path:
        digest = hashlib.sha256(url.encode() + b"\0" + (payload or b"")).hexdigest()
        return self.folder / f"{digest[:32]}.{kind}"


def _write(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(name).replace(path)
