"""A WACZ of ours in ReplayWeb.page, the player that it is made for, in a real browser.

The player is fetched once as its makers published it, and kept beside the other things that belong to one checkout.
"""

import io
import re
import shutil
import subprocess
import tarfile
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from publish.export_formats import export_format
from tests.publish import sample
from tests.publish.test_portal_browser import CHROMIUM, FLAGS

PLAYER = "replaywebpage@2.4.6"
FOLDER = Path(__file__).parent.parent.parent / ".state" / PLAYER
FETCH_S = 120
pytestmark = pytest.mark.skipif(
    CHROMIUM is None or find_spec("playwright") is None or shutil.which("npm") is None,
    reason="no browser or no npm: apt-get install chromium npm, and pip install playwright",
)
PAGE = """<!DOCTYPE html><title>Replay</title><script src="/ui.js"></script>
<replay-web-page source="/ours.wacz" url="{url}" replayBase="/replay/" embed="replayonly"></replay-web-page>"""
# The player nests shadow trees and frames; the text of all of them.
TEXT = """() => {
    const read = root => [...root.querySelectorAll('*')].map(element =>
        element.shadowRoot ? read(element.shadowRoot)
        : element.tagName === 'IFRAME' && element.contentDocument
        ? read(element.contentDocument) + (element.contentDocument.body || {}).innerText : '').join('');
    return read(document);
}"""


@pytest.fixture(scope="module")
def player() -> Path:
    """The folder of the player's two scripts; skips where the package index cannot be reached."""
    if not (FOLDER / "ui.js").exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        command = ["npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", str(FOLDER), PLAYER]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=FETCH_S, check=False)
        except subprocess.TimeoutExpired:
            pytest.skip(f"{PLAYER} could not be fetched within {FETCH_S} s")
        if done.returncode:
            pytest.skip(f"{PLAYER} cannot be fetched here: {(done.stderr.strip() or 'npm failed')[-200:]}")
        with tarfile.open(FOLDER / done.stdout.split()[-1]) as package:
            for name in ("sw.js", "ui.js"):
                (FOLDER / name).write_bytes(package.extractfile(f"package/{name}").read())  # type: ignore[union-attr]  # a file
    return FOLDER


class Handler(SimpleHTTPRequestHandler):
    """Serves ranges of files, which the player asks for."""

    def send_head(self) -> Any:
        path = Path(self.translate_path(self.path))
        asked = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range") or "")
        if not asked or not path.is_file():
            return super().send_head()
        content, first, last = path.read_bytes(), asked[1], asked[2]
        start = int(first) if first else max(0, len(content) - int(last))
        piece = content[start : int(last) + 1 if first and last else len(content)]
        self.send_response(206)
        self.send_header("Content-Length", str(len(piece)))
        self.send_header("Content-Range", f"bytes {start}-{start + len(piece) - 1}/{len(content)}")
        self.end_headers()
        return io.BytesIO(piece)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def address(archive: Path, player: Path, tmp_path: Path) -> Iterator[str]:
    """A site with the player and a WACZ of the sample."""
    (tmp_path / "replay").mkdir()
    shutil.copy(player / "ui.js", tmp_path)
    shutil.copy(player / "sw.js", tmp_path / "replay")
    export_format("wacz", archive, tmp_path / "ours.wacz", captures=archive.parent / "captures")
    (tmp_path / "index.html").write_text(PAGE.format(url=f"{sample.BASE}/osaajat"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_the_player_shows_a_captured_page(address: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page()
        page.goto(address)
        page.wait_for_function(f"({TEXT})().includes('Osaajat esiin Pirkanmaalla')", timeout=60_000)
        browser.close()
