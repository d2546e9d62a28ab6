"""kill -9 at random moments: nothing is half, nothing is twice, and the next run completes as if nothing had been."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from killing import content, faults, killed, moments, pages, run, sources

from archive.schema import open_archive
from examples.serve import serving
from pipelines.rebuild import rebuild

PORT = 18_301


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


def test_a_crawl_that_is_killed(served: Path, tmp_path: Path) -> None:
    killed(["crawl", "--sources", str(served / "sources")], tmp_path, 4.0, moments(1), 2)
    assert faults(tmp_path) == []
    assert content(tmp_path) == content(served)


def test_ingests_and_rebuilds_that_are_killed(tmp_path: Path) -> None:
    job = ["ingest", str(pages(tmp_path / "pages"))]
    took = run(job, tmp_path / "whole")
    killed(job, tmp_path / "cut", took, moments(2), 3)
    assert faults(tmp_path / "cut") == []
    assert content(tmp_path / "cut") == content(tmp_path / "whole")
    killed(["rebuild"], tmp_path / "cut", took, moments(3), 3)
    assert faults(tmp_path / "cut") == []
    assert content(tmp_path / "cut") == content(tmp_path / "whole")
    db = open_archive(tmp_path / "cut" / "a.db")
    assert db.execute("SELECT count(*) FROM meta WHERE key = 'rebuild_of'").fetchone() == (0,)
    assert not list((tmp_path / "cut").glob("*.rebuild*"))
