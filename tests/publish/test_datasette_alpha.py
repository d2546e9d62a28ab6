"""The portal on an alpha of Datasette 1.0, in an environment of its own; what is closed on 0.65 stays closed there."""

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.publish import sample

ALPHA = "1.0a41"
HERE = Path(__file__).parent.parent.parent
# Made once and kept beside the other things that belong to one checkout.
FOLDER = HERE / ".state" / f"datasette-{ALPHA}-python{sys.version_info.major}.{sys.version_info.minor}"
INSTALL_S = 240
# The portal's pages, its feeds and files, the data area; and what must not open.
OPEN = ("/fi", "/sv/calls", "/en/search?q=hanke", "/fi/regions", "/sv/network", "/en/changes", "/fi/search.atom",
        "/fi/search.csv", "/archive", "/archive/projects", "/archive/pages.json", "/assets")  # fmt: skip
CLOSED = ("/archive/-/query?sql=select+1", "/archive.db", "/archive/-/query.json?sql=select+email+from+contacts")
SCRIPT = """
import asyncio, json, sys
sys.path[:0] = [sys.argv[2]]
sys.path.append(sys.argv[3])
from pathlib import Path
import datasette
from publish.portal.frame import asset
from publish.site import Site, make_datasette

async def main():
    site = make_datasette(Site(Path(sys.argv[1])))
    await site.invoke_startup()
    found = {"version": datasette.__version__}
    for path in sys.argv[4:]:
        response = await site.client.get(asset("portal.css") if path == "/assets" else path)
        found[path] = [response.status_code, response.text]
    print(json.dumps(found))

asyncio.run(main())
"""


@pytest.fixture(scope="module")
def python() -> Path:
    """The Python of an environment with the alpha; skips where the package index cannot be reached."""
    given = os.environ.get("DATASETTE_ALPHA_PYTHON")
    if given:
        return Path(given)
    found = FOLDER / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not (FOLDER / "done").exists():
        _make(found)
    return found


def _make(python: Path) -> None:
    commands = (
        [sys.executable, "-m", "venv", str(FOLDER)],
        [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "1",
         "--timeout", "10", f"datasette=={ALPHA}"],
    )  # fmt: skip
    for command in commands:
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=INSTALL_S, check=False)
        except subprocess.TimeoutExpired:
            pytest.skip(f"Datasette {ALPHA} could not be installed within {INSTALL_S} s")
        if done.returncode:
            pytest.skip(f"Datasette {ALPHA} cannot be installed here: {(done.stderr.strip() or 'pip failed')[-200:]}")
    (FOLDER / "done").touch()


def test_the_portal_runs_on_datasette_1_0(archive: Path, python: Path) -> None:
    packages = sysconfig.get_paths()["purelib"]
    paths = [*OPEN, *CLOSED]
    done = subprocess.run(
        [str(python), "-c", SCRIPT, str(archive), str(HERE), packages, *paths],
        cwd=HERE,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found.pop("version").startswith("1.0")
    assert {path: found[path][0] for path in OPEN} == dict.fromkeys(OPEN, 200)
    assert {path: found[path][0] for path in CLOSED} == dict.fromkeys(CLOSED, 403)
    assert not [path for path in CLOSED if sample.EMAIL in found[path][1]]
