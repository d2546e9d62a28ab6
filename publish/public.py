"""The public copy."""

import sqlite3
from pathlib import Path


def is_public(path: Path) -> bool:
    """Whether a database is a public copy."""
    return path.name.endswith(".public.db")


def is_public_connection(connection: sqlite3.Connection) -> bool:
    """Whether the archive behind a connection is a public copy."""
    row = connection.execute("SELECT 1 FROM meta WHERE key = 'public_copy'").fetchone()
    return row is not None


def publish(db_path: Path | str, out_path: Path | str) -> None:
    """Write the public copy of an archive."""
    raise NotImplementedError(f"{db_path} {out_path}")
