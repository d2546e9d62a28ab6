"""Faults of the machine, told in one line: a full disk, files that may not be written, a damaged database."""

import errno
import sqlite3

_CODE_MASK = 0xFF  # the primary part of an extended result code, https://www.sqlite.org/rescode.html
_MEND = "restore a backup, or run 'hankearkisto rebuild'"
_SQLITE = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_IOERR: "the disk cannot be read or written",
    sqlite3.SQLITE_READONLY: "the archive's file may not be written",
    sqlite3.SQLITE_PERM: "the archive's file may not be opened",
    sqlite3.SQLITE_CANTOPEN: "the archive's file cannot be opened",
    sqlite3.SQLITE_BUSY: "the archive is busy",
    sqlite3.SQLITE_LOCKED: "the archive is busy",
    sqlite3.SQLITE_CORRUPT: f"the archive is damaged: {_MEND}",
    sqlite3.SQLITE_NOTADB: f"the archive's file is damaged, or no archive: {_MEND}",
}
_SYSTEM = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.EMFILE}
)


def fault_sentence(error: BaseException) -> str | None:
    """What is wrong with the machine, in one line; None for an error that has another reason."""
    if isinstance(error, sqlite3.Error):
        found = _SQLITE.get((getattr(error, "sqlite_errorcode", None) or 0) & _CODE_MASK)
        return f"{found} ({error})" if found else None
    if isinstance(error, OSError) and error.errno in _SYSTEM:
        place = f"{error.filename}: " if error.filename else ""
        return f"{place}{(error.strerror or str(error)).lower()}"
    return None
