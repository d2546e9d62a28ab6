"""`hankearkisto serve`: the archive in a browser, with the safe settings."""

import ipaddress
import os
import sqlite3
import sys
import threading
from contextlib import closing
from pathlib import Path

import uvicorn

from archive.search import search
from publish.public import is_public, publish
from publish.site import Site, SiteError, make_datasette

PASSWORD_VARIABLE = "HANKEARKISTO_PASSWORD"  # noqa: S105 - the variable's name, no password


def serve(  # noqa: PLR0913 - the options of the command line
    db_path: Path | str,
    host: str = "127.0.0.1",
    port: int = 8001,
    *,
    full: bool = False,
    analyst: bool = False,
    address: str | None = None,
    captures: Path | str | None = None,
) -> int:
    """Serve an archive until interrupted; returns the exit code.

    To the world (any ``host`` that is not loopback) the public copy is served, made beside the archive where it is
    older; on loopback, and with ``full``, the archive itself. ``full`` beyond loopback needs a password in the
    environment variable HANKEARKISTO_PASSWORD. ``analyst`` opens the SQL page, under limits of its own. ``address`` is
    the public address behind a proxy; it makes the copy the default, for a proxy speaks from loopback. Raises
    SiteError where this cannot be done.
    """
    password = os.environ.get(PASSWORD_VARIABLE) or None
    archive = Path(db_path)
    if not archive.exists():
        raise SiteError(f"no archive at {archive}: make one with 'hankearkisto crawl' or 'hankearkisto ingest'")
    is_local = is_loopback(host) and not address
    if full and not is_local and not password:
        raise SiteError(f"the full archive holds personal data: set {PASSWORD_VARIABLE} to serve it on {host}")
    shown = archive if full or is_local or is_public(archive) else public_copy(archive)
    folder = _captures(archive, captures) if shown == archive and not is_public(archive) else None
    site = Site(
        shown,
        analyst=analyst,
        address=address,
        hosts=_hosts(host, address),
        captures=folder,
        files=archive.parent / "files",
        password=password if full else None,
    )
    threading.Thread(target=_warm, args=[shown], daemon=True).start()
    sys.stderr.write(f"{shown} on http://{_in_address(host)}:{port}/ (Ctrl+C stops)\n")
    uvicorn.run(
        make_datasette(site).app(), host=host, port=port, log_level="warning", lifespan="on", server_header=False
    )
    return 0


def is_loopback(host: str) -> bool:
    """Whether a host to listen on can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def public_copy(archive: Path) -> Path:
    """The public copy beside an archive (``archive.public.db``), made anew where the archive has had a run since."""
    copy = archive.with_suffix(".public.db")
    if not copy.exists() or _last_run(copy) != _last_run(archive):
        sys.stderr.write(f"making the public copy {copy}\n")
        publish(archive, copy)
    return copy


def _warm(path: Path) -> None:
    """Load the search's dictionaries, which takes seconds (a minute after an installation) of no reader's time."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        search(connection, "hanke projekt project", limit=1)


def _last_run(path: Path) -> tuple[object, ...] | None:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        row: tuple[object, ...] | None = connection.execute("SELECT max(id), max(ended_at) FROM runs").fetchone()
    except sqlite3.Error as error:
        raise SiteError(f"{path} cannot be read as an archive: {error}") from error
    finally:
        connection.close()
    return row


def _captures(archive: Path, captures: Path | str | None) -> Path | None:
    folder = Path(captures) if captures else archive.parent / "captures"
    return folder if folder.is_dir() else None


def _hosts(host: str, address: str | None) -> tuple[str, ...]:
    named = address.partition("//")[2].partition("/")[0].rpartition("@")[2] if address else ""
    return tuple(name for name in (host, named.partition(":")[0]) if name)


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host
