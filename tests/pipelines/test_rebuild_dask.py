"""`rebuild --dask` with real worker processes: equal to one process, whatever happens to the workers."""

import io
import os
import re
import signal
import sys
import threading
import time
from argparse import Namespace
from pathlib import Path

import pytest
from distributed import Client, LocalCluster
from test_rebuild import content, crawl, some_pages
from upath import UPath

from archive.capture import Capture
from archive.capture_slices import slices_of
from archive.captures import CaptureWriter, capture_files, read_stored
from archive.errors import CaptureError
from archive.places import place, remove_folder
from archive.schema import open_archive
from archive.tombstones import Tombstones
from pipelines.cluster import Cluster, cluster_of
from pipelines.extract import extract
from pipelines.pool import Result
from pipelines.process import process_safely
from pipelines.read import read
from pipelines.rebuild import rebuild
from pipelines.rules import rules_version
from pipelines.shard_lines import entry_of, line_of
from pipelines.shards import ShardOrder, make_shard, read_shard
from publish.exports import export
from tests.plain_rules import capture, deadly_task, plain_task

PAGE = (
    "<html lang=fi><head><title>Valo {n}</title></head><body><main><h1>Valo-hanke {n}</h1><p>Hankkeessa kehitetään "
    "maaseudun yritysten osaamista. Hanke päättyy 31.12.20{year}.</p><p>Rahoittaja: Opetushallitus. Anna Esimerkki, "
    "projektipäällikkö, anna{n}@opisto.example, 040 123 4{n:03}</p><a href='/x'>x</a></main></body></html>"
)


def slow_task(captures: list[Capture]) -> list[Result]:
    """As `plain_task`, slow enough to be killed at work, and only where it may be."""
    time.sleep(0.1)
    return plain_task(captures)


def run(path: Path, address: str, task: object = plain_task, shards: Path | None = None) -> str:
    out = io.StringIO()
    place = Cluster(address, shards or path.parent / "shards")
    rebuild(path, path.parent / "captures", cluster=place, out=out, task=task)  # type: ignore[arg-type]
    return out.getvalue()


def crawled(folder: Path, *more: Capture, size: int = 1) -> Path:
    """An archive whose captures fill several files."""
    path = crawl(folder, *some_pages(), *more)
    (whole,) = capture_files(folder / "captures")
    captures = [stored.capture for stored in read_stored(whole)]
    whole.unlink()
    with CaptureWriter(folder / "captures", "crawl", rotate_at=size) as writer:
        for one in captures:
            writer.write(one)
    assert len(capture_files(folder / "captures")) > 20
    path.unlink()
    rebuild(path, folder / "captures", out=io.StringIO(), task=plain_task)
    return path


def test_a_cluster_gives_the_same_archive(tmp_path: Path, cluster: LocalCluster) -> None:
    path = crawled(tmp_path)
    before = content(path)
    assert run(path, cluster.scheduler_address) == "no value differs from the old archive\n"
    assert content(path) == before
    assert not (tmp_path / "shards").exists()


def test_a_worker_that_is_killed_changes_nothing(
    tmp_path: Path, cluster: LocalCluster, capsys: pytest.CaptureFixture[str]
) -> None:
    path = crawled(tmp_path)
    before = content(path)
    killed: list[int] = []

    def kill() -> None:
        while len(list((tmp_path / "shards").glob("*.jsonl.gz"))) < 4:
            time.sleep(0.02)
        with Client(cluster.scheduler_address, set_as_default=False) as client:
            killed.extend(client.run(os.getpid).values())
        os.kill(killed[0], signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    assert run(path, cluster.scheduler_address, slow_task) == "no value differs from the old archive\n"
    killer.join()
    assert content(path) == before
    with Client(cluster.scheduler_address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=30)
        assert killed[0] not in client.run(os.getpid).values()


def test_a_capture_that_kills_workers_is_set_aside(
    tmp_path: Path, cluster: LocalCluster, capsys: pytest.CaptureFixture[str]
) -> None:
    path = crawled(tmp_path, capture("http://site0.example/d", "kind: project\ntitle: deadly\n", day=6))
    run(path, cluster.scheduler_address, deadly_task)
    problems = open_archive(path).execute("SELECT url, message FROM problems ORDER BY id").fetchall()
    assert problems == [
        ("http://site0.example/x", "ValueError: boom"),
        ("http://site0.example/d", "the process that read this capture died"),
    ]
    assert "workers died of it, so it is read here" in capsys.readouterr().err
    assert open_archive(path)["pages"].count == 20


def test_shards_that_are_there_are_not_made_again(tmp_path: Path, cluster: LocalCluster) -> None:
    path = crawled(tmp_path)
    before = content(path)
    orders = [
        ShardOrder(one, tmp_path / "shards", rules_version(), Tombstones(b""), plain_task)
        for file in capture_files(tmp_path / "captures")
        for one in slices_of(file)
    ]
    for order in orders:
        make_shard(order)
    inodes = {order.path: order.path.stat().st_ino for order in orders}
    make_shard(orders[0])
    assert orders[0].path.stat().st_ino == inodes[orders[0].path]
    # A task that cannot run proves that nothing ran.
    assert run(path, cluster.scheduler_address, _never) == "no value differs from the old archive\n"
    assert content(path) == before


def _never(captures: list[Capture]) -> list[Result]:
    raise OSError("read again")


def test_other_rules_and_a_silent_scheduler_are_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.cluster._CONNECT_S", 1)
    path = crawl(tmp_path, *some_pages()[:1])
    (file,) = capture_files(tmp_path / "captures")
    order = ShardOrder(slices_of(file)[0], tmp_path / "shards", "other", Tombstones(b""))
    with pytest.raises(CaptureError, match="another version"):
        make_shard(order)
    with pytest.raises(CaptureError, match="no Dask scheduler answers"):
        run(path, "tcp://127.0.0.1:1")


def test_without_the_extra_the_command_to_install_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = crawl(tmp_path, *some_pages()[:1])
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CaptureError, match=re.escape("pip install 'hankearkisto[scale]'")):
        run(path, "tcp://127.0.0.1:1")


def test_a_damaged_shard_is_named(tmp_path: Path) -> None:
    crawl(tmp_path, *some_pages())
    (file,) = capture_files(tmp_path / "captures")
    order = ShardOrder(slices_of(file)[0], tmp_path / "shards", rules_version(), Tombstones(b""), plain_task)
    make_shard(order)
    assert len(list(read_shard(order.path))) == 24
    order.path.write_bytes(order.path.read_bytes()[:-20])
    with pytest.raises(CaptureError, match="is damaged: remove it"):
        list(read_shard(order.path))


def test_slices_give_together_what_the_file_gives(tmp_path: Path) -> None:
    with CaptureWriter(tmp_path, "crawl") as writer:
        for n in range(40):
            writer.write(capture(f"http://site.example/{n}", f"title: {n}\n" * 20, via="http://site.example/"))
    (file,) = capture_files(tmp_path)
    slices = slices_of(file, 3_000)
    assert len(slices) > 5
    assert [one for part in slices for one in part.read()] == list(read_stored(file))
    # Behind a damaged record there is one slice, which finds where records begin again.
    damaged = bytearray(file.read_bytes())
    middle = (next(iter(slices[3].read())).capture.warc_offset or 0) + 40
    damaged[middle : middle + 20] = b"x" * 20
    file.write_bytes(damaged)
    whole: list[object] = []
    parts: list[object] = []
    expected = list(read_stored(file, whole.append))
    assert [one for part in slices_of(file, 3_000) for one in part.read(parts.append)] == expected
    assert (len(expected), parts) == (39, whole)


def test_a_line_gives_back_what_it_was_made_of() -> None:
    page = capture("http://site.example/", PAGE.format(n=1, year=26), content_type="text/html", source_id="s")
    result = process_safely(page, read, extract)
    found, again = entry_of(line_of((page, result)))  # type: ignore[misc]
    assert (found.length, found.body, found.url, found.source_id) == (page.length, b"", page.url, "s")
    assert again.record == result.record  # type: ignore[union-attr]
    assert again.reading.title == result.reading.title == "Valo-hanke 1"  # type: ignore[union-attr]
    assert entry_of(line_of((page, None)))[1] is None  # type: ignore[index]


def test_captures_of_a_store_are_read_where_they_are(tmp_path: Path, cluster: LocalCluster) -> None:
    """A rebuild by real rules from addresses, here and on workers, exports the same bytes as one from local files."""
    captures = tmp_path / "captures"
    with CaptureWriter(captures, "crawl") as writer:
        for n in range(12):
            writer.write(capture(f"http://site{n % 3}.example/{n}", PAGE.format(n=n, year=26 + n % 3), source_id="s"))
    store = place(f"memory://rebuild{os.getpid()}/captures")
    for file in capture_files(captures):
        (store / file.name).write_bytes(file.read_bytes())
    # A store that all processes see; as `file://` was written by a person it would be a plain path.
    elsewhere = UPath(tmp_path.as_uri())
    shared = Cluster(cluster.scheduler_address, elsewhere / "s")
    exports = []
    for name, folder, there in (("a", captures, None), ("b", store, None), ("c", elsewhere / "captures", shared)):
        rebuild(tmp_path / f"{name}.db", folder, workers=2, cluster=there, out=io.StringIO())
        out = io.StringIO()
        export("records", tmp_path / f"{name}.db", None, out)
        exports.append(out.getvalue())
    assert exports[0].count("\n") == 12
    assert exports[0] == exports[1] == exports[2]


def test_a_place_that_a_person_names_is_never_emptied(tmp_path: Path) -> None:
    """Shards get a folder of their own in it, the same for the same archive, another for another."""
    (tmp_path / "precious.txt").write_text("mine")
    found = [
        cluster_of(Namespace(dask="tcp://x:1", db=tmp_path / name, shards=tmp_path))
        for name in ("a.db", "a.db", "b.db")
    ]
    folders = [one.shards for one in found if one]
    assert folders[0] == folders[1] != folders[2]
    assert {folder.parent for folder in folders} == {tmp_path}
    folders[0].mkdir()
    (folders[0] / "x.jsonl.gz").write_bytes(b"")
    remove_folder(folders[0])
    assert [path.name for path in tmp_path.iterdir()] == ["precious.txt"]
    assert cluster_of(Namespace(dask=None, db=tmp_path / "a.db", shards=None)) is None
