"""One bundle of sources, crawled on a worker: in a process of its own, which ends with the worker.

`crawl_bundle` is the worker's task; ``python -m crawlers.bundle FOLDER`` is that process.
"""

import os
import pickle
import secrets
import subprocess
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from archive.captures import CaptureWriter, capture_files
from archive.errors import CaptureError, HankearkistoError
from archive.places import copy_file, is_local
from archive.schema import open_archive
from archive.tombstones import load_tombstones
from crawlers.run import crawl_sources
from crawlers.sources import Source
from pipelines.withhold_captures import withhold_capture

_ARCHIVE, _STOP = "archive.db", "stop"
_LOOK_AGAIN_S = 0.5


@dataclass(frozen=True, slots=True)
class BundleOrder:
    """What to crawl; ``folder`` is shared with the one who merges, ``captures`` is where the captures go.

    ``name`` is part of the names of all files that come of it.
    """

    name: str
    sources: tuple[Source, ...]
    folder: Path
    captures: Path
    everything: bool = False
    limit: int | None = None

    @property
    def seed(self) -> Path:
        """The excerpt of the archive that the crawl begins with."""
        return self.folder / f"{self.name}.seed.db"

    @property
    def state(self) -> Path:
        """The excerpt as the crawl left it; there when it is finished."""
        return self.folder / f"{self.name}.state.db"

    @property
    def stop(self) -> Path:
        """A file that says to all bundles of the crawl: finish what is under way, then end."""
        return self.folder / f"{self.name.rpartition('-')[0]}.stop"


def crawl_bundle(order: BundleOrder) -> None:
    """Crawl a bundle, unless its state is there already. Raises CaptureError where the crawl fails as a whole.

    A bundle whose crawl is to stop before it has begun is given back: it leaves no state.
    """
    try:
        if order.state.exists() or order.stop.exists():
            return
        with TemporaryDirectory(prefix="hankearkisto-") as folder:
            place = Path(folder)
            copy_file(order.seed, place / _ARCHIVE)
            _run(order, place)
            if not is_local(order.captures):
                for file in capture_files(place):
                    copy_file(file, order.captures / file.name)
            db = open_archive(place / _ARCHIVE)
            db.execute("VACUUM INTO ?", [str(place / "state.db")])
            db.conn.close()
            copy_file(place / "state.db", order.state)
    except OSError as error:
        raise CaptureError(f"{order.name}: {error.strerror or error}") from error


def _run(order: BundleOrder, place: Path) -> None:
    """Run the crawl. Its input stays open as long as this process lives: when it ends, the crawl ends, too."""
    command = [sys.executable, "-m", "crawlers.bundle", str(place)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    log = place / "log"
    with (
        log.open("wb") as said,
        subprocess.Popen(  # noqa: S603 - this program itself
            command, stdin=subprocess.PIPE, stderr=said, env=environment
        ) as process,
    ):
        stdin = process.stdin
        if stdin is None:
            raise CaptureError(f"{order.name}: no way to tell the crawl what to do")
        pickle.dump(order, stdin)
        stdin.flush()
        _wait(process, order, place / _STOP)
    if process.returncode:
        last = (log.read_text("utf-8", "replace").strip().splitlines() or [f"ended with {process.returncode}"])[-1]
        raise CaptureError(f"{', '.join(source.id for source in order.sources)}: {last}")


def _wait(process: subprocess.Popen[bytes], order: BundleOrder, told: Path) -> None:
    """Wait for the crawl's end; where it is to stop, it is told by a file of its own machine."""
    while True:
        try:
            process.wait(_LOOK_AGAIN_S)
        except subprocess.TimeoutExpired:
            if not told.exists() and order.stop.exists():
                told.touch()
        else:
            return


def main(folder: str) -> int:
    """Crawl as standard input says, with the archive in a folder; returns the exit code."""
    order: BundleOrder = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
    Thread(target=_end_with, args=(sys.stdin.fileno(),), daemon=True).start()
    try:
        _crawl(order, Path(folder))
    except HankearkistoError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _crawl(order: BundleOrder, place: Path) -> None:
    db = open_archive(place / _ARCHIVE)
    try:
        withhold = partial(withhold_capture, tombstones=load_tombstones(db))
        captures = order.captures if is_local(order.captures) else place
        # A worker that takes over from a lost one adds files of its own.
        with CaptureWriter(captures, f"{order.name}-{secrets.token_hex(3)}", withhold=withhold) as writer:
            sources = {source.id: source for source in order.sources}
            crawl_sources(
                db,
                sources,
                writer,
                everything=order.everything,
                limit=order.limit,
                is_part=True,
                stop=place / _STOP,
            )
    finally:
        db.conn.close()


def _end_with(descriptor: int) -> None:
    # Not by way of sys.stdin, whose lock a thread that waits would hold when the interpreter ends.
    while os.read(descriptor, 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
