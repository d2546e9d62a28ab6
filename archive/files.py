"""The files of an archive beside its own."""

from pathlib import Path


def unfinished_path(db_path: Path) -> Path:
    """Where a rebuild makes the new archive."""
    return db_path.with_name(f"{db_path.name}.rebuild")


def shards_path(db_path: Path) -> Path:
    """Where the workers of a cluster put what they read, unless another place is named."""
    return db_path.with_name(f"{db_path.name}.shards")


def remove_archive(path: Path) -> None:
    """Remove an archive's file and those that SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
