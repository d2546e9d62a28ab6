"""kill -9 at random moments: nothing is half, nothing is twice, and the next run completes as if nothing had been.

KILLS=200 kills so often in all, a quarter each of crawl, ingest, rebuild and register update (half an hour or so).
"""

import io
import os
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from killing import content, faults, killed, moments, pages, rounds, run, run_program, sources
from test_register_update import Site, addresses, serve_areas, serve_opintopolku, serve_prh, site

from archive.schema import open_archive
from examples.serve import serving
from pipelines.rebuild import rebuild

__all__ = ["site"]  # a fixture
# The example sites take some ports in a row; two runs of the tests must not want the same ones.
PORT = 18_000 + os.getpid() % 700 * 16
KILLS = int(os.environ.get("KILLS", "8")) // 4
REGISTER = """
import sys
from pathlib import Path
from archive.lock import work_lock
from archive.schema import open_archive
from pipelines.register_update import Addresses, update_registers
from pipelines.registers.cache import Cache
from pipelines.registers.fetch import Fetcher
folder = Path(sys.argv[1])
with work_lock(folder / "a.db"):
    db = open_archive(folder / "a.db", create=True)
    fetcher = Fetcher(Cache(folder / "registers"), delay_s=0.0, sleep=lambda _seconds: None)
    assert not [one for one in update_registers(db, fetcher, addresses=Addresses(*sys.argv[2:])) if one.error]
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The example sites, crawled without a disturbance."""
    folder = tmp_path_factory.mktemp("whole")
    with serving(PORT):
        run(["crawl", "--sources", str(sources(folder / "sources", PORT))], folder)
        yield folder


def test_a_rebuild_equals_the_crawl_and_the_next_rebuild(served: Path) -> None:
    live = content(served)
    for workers in (1, 2):
        out = io.StringIO()
        rebuild(served / "a.db", served / "captures", workers=workers, out=out)
        assert out.getvalue() == "no value differs from the old archive\n"
        assert content(served) == live
    assert faults(served) == []


def test_crawls_that_are_killed(served: Path, tmp_path: Path) -> None:
    chance = moments(1)
    for number, times in enumerate(rounds(KILLS)):
        folder = tmp_path / str(number)
        killed(partial(run, ["crawl", "--sources", str(served / "sources")], folder), folder, 6.0, chance, times)
        assert faults(folder) == []
        assert content(folder) == content(served)


def test_ingests_and_rebuilds_that_are_killed(tmp_path: Path) -> None:
    job, chance = ["ingest", str(pages(tmp_path / "pages"))], moments(2)
    took = run(job, tmp_path / "whole")
    for number, times in enumerate(rounds(KILLS)):
        folder = tmp_path / str(number)
        for command in (job, ["rebuild"]):
            killed(partial(run, command, folder), folder, took, chance, times)
            assert faults(folder) == []
            assert content(folder) == content(tmp_path / "whole")
        db = open_archive(folder / "a.db")
        assert db.execute("SELECT count(*) FROM meta WHERE key = 'rebuild_of'").fetchone() == (0,)
        assert not list(folder.glob("*.rebuild*"))


def test_imports_of_registers_that_are_killed(site: Site, tmp_path: Path) -> None:
    for serve in (serve_areas, serve_opintopolku, serve_prh):
        serve(site)
    at = addresses(site)

    def update(folder: Path, kill_after: float | None = None) -> float:
        folder.mkdir(exist_ok=True)
        place = (str(folder), at.areas, at.opintopolku, at.prh)
        return run_program([sys.executable, "-c", REGISTER, *place], kill_after)

    took = update(tmp_path / "whole")
    wanted, chance = _registers(tmp_path / "whole"), moments(3)
    assert all(wanted.values())
    for number, times in enumerate(rounds(KILLS)):
        folder = tmp_path / str(number)
        killed(partial(update, folder), folder, took, chance, times)
        assert _registers(folder) == wanted


def _registers(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    db = open_archive(folder / "a.db")
    tables = ("register_bodies", "register_names", "register_areas")
    columns = {table: [name for name in db[table].columns_dict if name != "fetched_at"] for table in tables}
    rows = {
        table: sorted(map(repr, db.execute(f"SELECT {', '.join(names)} FROM {table}")))  # noqa: S608 - constants
        for table, names in columns.items()
    }
    db.close()
    return rows  # type: ignore[return-value]
