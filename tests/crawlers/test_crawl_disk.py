import asyncio
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import durable
from archive.capture import Capture
from archive.captures import CaptureWriter
from archive.errors import CaptureError
from crawlers.disk import Disk

NOW = "2026-01-02T03:04:05Z"


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[CaptureWriter]:
    with CaptureWriter(tmp_path) as made:
        made.write(Capture("http://site.example/", NOW, b"<p>0"))
        yield made


def put(writer: CaptureWriter, number: int) -> None:
    writer.write(Capture(f"http://site.example/{number}", NOW, b"<p>"), wait=False)


def test_captures_that_wait_together_are_waited_for_once(
    writer: CaptureWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is written while the disk is busy waits for the next time, never for the one under way."""
    calls: list[int] = []
    under_way, may_end = threading.Event(), threading.Event()

    def sync(handle: int) -> None:
        calls.append(os.fstat(handle).st_size)
        under_way.set()
        assert may_end.wait(10)

    monkeypatch.setattr(durable.os, "fsync", sync)

    async def run() -> None:
        disk = Disk(writer)
        put(writer, 1)
        first = asyncio.ensure_future(disk.settled())
        put(writer, 2)
        second = asyncio.ensure_future(disk.settled())
        await asyncio.to_thread(under_way.wait, 10)
        put(writer, 3)
        third = asyncio.ensure_future(disk.settled())
        await asyncio.sleep(0.01)
        assert (len(calls), third.done()) == (1, False)
        may_end.set()
        await asyncio.gather(first, second, third)

    asyncio.run(run())
    assert len(calls) == 2
    assert calls[0] < calls[1]


def test_a_disk_that_fails_fails_all_that_wait(writer: CaptureWriter, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(handle: int) -> None:
        raise OSError(28, "No space left on device")

    async def run() -> list[BaseException | None]:
        disk = Disk(writer)
        put(writer, 1)
        put(writer, 2)
        monkeypatch.setattr(durable.os, "fsync", fail)
        return await asyncio.gather(disk.settled(), disk.settled(), return_exceptions=True)

    assert [type(one) for one in asyncio.run(run())] == [CaptureError, CaptureError]


def test_a_file_is_on_the_disk_before_the_next_one_begins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    real = os.fsync
    monkeypatch.setattr(durable.os, "fsync", lambda handle: (synced.append(os.fstat(handle).st_size), real(handle)))
    with CaptureWriter(tmp_path, rotate_at=1) as writer:
        put(writer, 1)
        put(writer, 2)
    sizes = [path.stat().st_size for path in tmp_path.glob("*.warc.gz")]
    assert len(sizes) == 2
    assert set(sizes) <= set(synced)
