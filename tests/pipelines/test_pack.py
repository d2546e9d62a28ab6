"""The room that is left free in an archive's file is given back."""

from pathlib import Path

import pytest
from sqlite_utils import Database

from pipelines.pack import pack


def _pages(db: Database, name: str) -> int:
    return int(db.execute(f"PRAGMA {name}").fetchone()[0])


def _leave_free(db: Database, share: float) -> int:
    """Fill a table and drop it, so that about this share of the file's pages is free; returns how many it has."""
    size = int(_pages(db, "page_count") * share / (1 - share)) * _pages(db, "page_size")
    db["meta"].insert({"key": "filler", "value": "x" * size})
    db["meta"].delete("filler")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return _pages(db, "page_count")


@pytest.mark.parametrize(("share", "is_packed"), [(0.02, False), (0.3, True)])
def test_a_file_with_much_free_room_is_packed(db: Database, tmp_path: Path, share: float, is_packed: bool) -> None:
    db["meta"].insert({"key": "kept", "value": "1"})
    before = _leave_free(db, share)
    pack(db)
    assert (_pages(db, "page_count") < before) is is_packed
    assert (tmp_path / "archive.db").stat().st_size == _pages(db, "page_count") * _pages(db, "page_size")
    assert db["meta"].get("kept")["value"] == "1"


def test_where_there_is_no_room_for_a_copy(db: Database, capsys: pytest.CaptureFixture[str]) -> None:
    _leave_free(db, 0.3)
    db.execute("BEGIN")  # SQLite refuses now as it does on a full disk
    pack(db)
    assert capsys.readouterr().err.startswith("the archive is left as large as it is: ")
