"""Reading captures on many machines, with Dask: workers make shards, this process takes them in order.

https://distributed.dask.org. A task that is lost is run again by the scheduler; a slice that kills one worker after
another is read here, where each capture that kills is told from its neighbours.
"""

import hashlib
from argparse import Namespace
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive.capture_slices import CaptureSlice, slices_of
from archive.errors import CaptureError
from archive.files import shards_path
from archive.places import INSTALL
from archive.tombstones import Tombstones
from pipelines.pool import Task, process_all
from pipelines.report import say
from pipelines.rules import rules_version
from pipelines.shard_lines import Entry
from pipelines.shards import ShardOrder, make_shard, read_shard, write_shard

if TYPE_CHECKING:
    from distributed import Client, Future

# Slices that wait for each thread of the cluster: so far others may be ahead of the slowest.
_WAITING = 32
_CONNECT_S, _PATIENCE_S = 10, 30
_NAME_HEX = 8
# A store that does not answer is asked again so often.
_RETRIES = 2


@dataclass(frozen=True, slots=True)
class Cluster:
    """A Dask scheduler's address, and the folder that its workers and this process share."""

    address: str
    shards: Path


def cluster_of(options: Namespace) -> Cluster | None:
    """The cluster that a command names, if any.

    Within a place that a person names the archive gets a folder of its own, for it is removed at the end.
    """
    if not options.dask:
        return None
    own = shards_path(options.db.absolute())
    name = f"{own.name}-{hashlib.sha256(str(own).encode()).hexdigest()[:_NAME_HEX]}"
    return Cluster(options.dask, options.shards.absolute() / name if options.shards else own)


@contextmanager
def connected(address: str) -> Iterator["Client"]:
    """A client of the scheduler. Raises CaptureError where Dask is not installed or nobody answers."""
    try:
        from distributed import Client  # noqa: PLC0415 - optional, and nobody waits for it who did not ask for it
    except ImportError as error:
        raise CaptureError(f"--dask needs more packages: {INSTALL}") from error
    try:
        client = Client(address, timeout=_CONNECT_S, set_as_default=False)
    except (OSError, ValueError) as error:
        raise CaptureError(f"no Dask scheduler answers at {address}") from error
    try:
        yield client
    except (CancelledError, OSError) as error:
        raise CaptureError(f"the scheduler at {address} is gone: run the same command again to go on") from error
    finally:
        client.close()


def read_on_cluster(
    cluster: Cluster, files: Sequence[Path], tombstones: Tombstones, task: Task | None = None
) -> Iterator[Entry]:
    """What all captures of the files say, in order, whatever workers come and go.

    ``task`` replaces the project's own rules, for tests. Raises CaptureError.
    """
    with connected(cluster.address) as client:
        yield from read_with(client, cluster.shards, files, tombstones, task)


def read_with(
    client: "Client", shards: Path, files: Sequence[Path], tombstones: Tombstones, task: Task | None = None
) -> Iterator[Entry]:
    """As `read_on_cluster`, for one who is connected already."""
    rules = rules_version()
    orders = (ShardOrder(one, shards, rules, tombstones, task) for one in _slices(client, files))
    for order in _made(client, orders):
        yield from read_shard(order.path)


def _slices(client: "Client", files: Sequence[Path]) -> Iterator[CaptureSlice]:
    futures = client.map(slices_of, files, pure=False, retries=_RETRIES)
    for future in futures:
        yield from wait_for(client, future)


def _made(client: "Client", orders: Iterable[ShardOrder]) -> Iterator[ShardOrder]:
    waiting: deque[tuple[ShardOrder, Future]] = deque()
    source = iter(orders)
    while True:
        for order in islice(source, _room(client) - len(waiting)):
            waiting.append((order, client.submit(make_shard, order, pure=False, retries=_RETRIES)))
        if not waiting:
            return
        order, future = waiting.popleft()
        _finish(client, order, future)
        yield order


def _room(client: "Client") -> int:
    threads: dict[str, int] = client.nthreads()
    return _WAITING * max(1, sum(threads.values()))


def _finish(client: "Client", order: ShardOrder, future: "Future") -> None:
    from distributed import KilledWorker  # noqa: PLC0415

    try:
        wait_for(client, future)
    except KilledWorker:
        say(f"{order.slice.file.name}, from byte {order.slice.begin}: workers died of it, so it is read here")
        write_shard(order, lambda captures: process_all(captures, 1, order.task, order.tombstones))


def wait_for(client: "Client", future: "Future") -> Any:
    """A future's result, saying so now and then where there is no worker to make it."""
    while not future.done():
        try:
            return future.result(timeout=_PATIENCE_S)
        except TimeoutError:
            if not future.done() and not client.nthreads():
                say("waiting for a Dask worker")
    return future.result()
