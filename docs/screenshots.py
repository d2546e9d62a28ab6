"""Screenshots of the main pages for the README: ``python -m docs.screenshots ARCHIVE.db FOLDER``.

Needs chromium and playwright (see docs/publishing.md).
"""

import shutil
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

from publish.site import Site, make_datasette

WIDTH, HEIGHT = 1280, 900
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
]
_BUSIEST = """
    SELECT projects.id, page_id FROM projects JOIN project_pages ON project_id = projects.id
    ORDER BY (SELECT count(*) FROM participations WHERE participations.project_id = projects.id) DESC, 1 LIMIT 1
"""


def main() -> int:
    """Take the pictures; returns the exit code."""
    if len(sys.argv) != 3:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    archive, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    with _serving(archive) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name, (path, scheme) in _pages(archive).items():
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme=scheme)
            page.goto(address + path)
            page.screenshot(path=folder / f"{name}.png")
            page.close()
        browser.close()
    return 0


def _pages(archive: Path) -> dict[str, tuple[str, str]]:
    connection = sqlite3.connect(archive)
    project, page = connection.execute(_BUSIEST).fetchone()
    connection.close()
    return {
        "home": ("/fi", "light"),
        "search": ("/sv/search?q=projekt", "light"),
        "project": (f"/fi/projects/{project}", "light"),
        "evidence": (f"/fi/pages/{page}", "light"),
        "calls": ("/sv/calls", "dark"),
        "changes": ("/en/changes", "light"),
        "network": ("/en/network", "light"),
        "regions": ("/fi/regions", "dark"),
    }


@contextmanager
def _serving(archive: Path) -> Iterator[str]:
    config = uvicorn.Config(make_datasette(Site(archive)).app(), port=0, log_level="warning", lifespan="on")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(5)


if __name__ == "__main__":
    sys.exit(main())
