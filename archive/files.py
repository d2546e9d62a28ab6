"""The files of an archive beside its own."""

from pathlib import Path


def unfinished_path(db_path: Path) -> Path:
    """Where a rebuild makes the new archive."""
    return db_path.with_name(f"{db_path.name}.rebuild")


def shards_path(db_path: Path) -> Path:
    """Where the workers of a cluster put what they read, unless another place is named."""
    return db_path.with_name(f"{db_path.name}.shards")


def set_aside(path: Path) -> Path:
    """Give an archive's files another name, ``.damaged``; returns it. Nothing that was set aside before is lost."""
    names = (path.with_name(f"{path.name}.damaged{f'.{number}' if number else ''}") for number in range(1_000))
    aside = next(name for name in names if not name.exists())
    for suffix in ("", "-wal"):
        beside = path.with_name(path.name + suffix)
        if beside.exists():
            beside.replace(aside.with_name(aside.name + suffix))
    remove_archive(path)
    return aside


def remove_archive(path: Path) -> None:
    """Remove an archive's file and those that SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
