"""`hankearkisto serve`: the archive in a browser, with the safe settings."""

import base64
import contextlib
import ipaddress
import os
import socket
import sqlite3
import sys
import threading
import time
import urllib.request
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import uvicorn

from archive.search.asking import search
from publish.public import is_public, publish
from publish.renewal import Renewal, keep_readable
from publish.site import Site, SiteError, make_datasette, shown_tables

# The pages that show what is counted once a run, and how long one may take to count.
_COUNTED_PAGES = ("/fi", "/fi/organisations", "/fi/network", "/fi/regions", "/fi/sources", "/fi/deadlines.ics")
_WARM_S = 300.0
_BUSIEST = "SELECT organisation_id FROM participations GROUP BY 1 ORDER BY count(*) DESC LIMIT 30"
# A visitor who never ends a request must not keep the process from ending.
_PATIENCE_S = 5
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
    threading.Thread(target=_warm, args=[shown, host, port, site.password], daemon=True).start()
    renewal = Renewal(archive, archive.with_suffix(".public.db"), archive.parent / "files", address)
    if renewal.copy.exists() and not is_public(archive):
        renewal.start()
    sys.stderr.write(f"{shown} on http://{_in_address(host)}:{port}/ (Ctrl+C stops)\n")
    try:
        uvicorn.run(
            make_datasette(site).app(),
            host=host,
            port=port,
            log_level="warning",
            lifespan="on",
            server_header=False,
            timeout_graceful_shutdown=_PATIENCE_S,
        )
    finally:
        renewal.stop()
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
    """The public copy beside an archive (``archive.public.db``), made where there is none.

    One that is there is served as it is and renewed while it is served: an old copy at once is better than none for
    minutes.
    """
    copy = archive.with_suffix(".public.db")
    if not copy.exists():
        sys.stderr.write(f"making the public copy {copy}\n")
        publish(archive, copy)
    keep_readable(copy)
    return copy


def _warm(path: Path, host: str, port: int, password: str | None) -> None:
    """Load the search's dictionaries, and count what is counted once a run, in nobody's time."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        search(connection, "hanke projekt project", limit=1)
        busiest = [f"/fi/organisations/{quote(key)}" for (key,) in connection.execute(_BUSIEST)]
    own = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - what is listened on, to be asked
    credentials = base64.b64encode(f"warm:{password}".encode()).decode()
    _wait_for(own, port)
    tables = ["/archive", *(f"/archive/{name}" for name, table in shown_tables().items() if table.get("facets"))]
    for page in (*_COUNTED_PAGES, *busiest, *tables):
        request = urllib.request.Request(f"http://{_in_address(own)}:{port}{page}")
        if password:
            request.add_header("Authorization", f"Basic {credentials}")
        # The pages count anew when a reader asks; a server that has stopped meanwhile has none.
        with contextlib.suppress(OSError), urllib.request.urlopen(request, timeout=_WARM_S):  # noqa: S310 - ditto
            pass


def _wait_for(host: str, port: int) -> None:
    """Until the server answers, or half a minute: it starts while the dictionaries are loaded."""
    for _ in range(30):
        with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
            return
        time.sleep(1)


def _captures(archive: Path, captures: Path | str | None) -> Path | None:
    folder = Path(captures) if captures else archive.parent / "captures"
    if folder.is_dir():
        return folder
    sys.stderr.write(f"no folder {folder}: captures are not offered for download (--captures names it)\n")
    return None


def _hosts(host: str, address: str | None) -> tuple[str, ...]:
    named = address.partition("//")[2].partition("/")[0].rpartition("@")[2] if address else ""
    return tuple(name for name in (host, named.partition(":")[0]) if name)


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host
