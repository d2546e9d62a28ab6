"""The public copy."""

from pathlib import Path


def is_public(path: Path) -> bool:
    """Whether a database is a public copy."""
    return path.name.endswith(".public.db")


def publish(db_path: Path | str, out_path: Path | str) -> None:
    """Write the public copy of an archive."""
    raise NotImplementedError(f"{db_path} {out_path}")
