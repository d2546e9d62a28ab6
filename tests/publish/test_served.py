"""The analysts' process as it really runs: questions that take all time or memory, bodies and headers without end."""

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parents[2]
# What the process may take beyond what it took before, in MB: two values at the limit of 32 MB, and what SQLite copies.
MOST_MORE_MB = 300
LOOP = "with recursive c(x) as (select 1 union all select x + 1 from c) select "


@pytest.fixture(scope="module")
def process(archive: Path) -> Iterator[tuple[int, int]]:
    """The port and process id of `hankearkisto serve --analyst`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "hankearkisto.py", "serve", "--analyst", "--port", str(port), "--db", str(archive)]
    served = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 90
    while time.monotonic() < until and not _is_up(port):
        time.sleep(0.2)
    yield port, served.pid
    served.send_signal(signal.SIGINT)
    served.wait(20)


def _is_up(port: int) -> bool:
    try:
        return _status(port, "/fi") == 200
    except OSError:
        return False


def _status(port: int, path: str) -> int:
    try:
        with urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
            answer.read()
            return int(answer.status)
    except HTTPError as error:
        return error.code


def _peak_mb(pid: int) -> int:
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text("ascii"))
    assert found
    return int(found[1]) // 1024


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from Linux's /proc")
@pytest.mark.parametrize(
    "sql",
    [
        "select length(printf('%.*c', 900000000, 'x'))",
        "select length(printf('%900000000d', 1))",
        "select length(zeroblob(2000000000))",
        "select length(hex(zeroblob(20000000)))",
        "select length(replace(hex(zeroblob(1000000)), '0', printf('%.*c', 10000, 'x')))",
        f"{LOOP} count(*) from c",
        f"{LOOP} length(group_concat(printf('%.*c', 1000000, 'x'))) from c",
        f"{LOOP} max(randomblob(1000000)) from c",
        "select count(*) from pages a, pages b, facts c, facts d, facts e, facts f",
        "select json_group_array(randomblob(30000000)) from facts",
        "select load_extension('/tmp/x.so')",
        "attach '/tmp/hankearkisto-attached.db' as x",
        "select * from pragma_database_list; select 1",
        "vacuum into '/tmp/hankearkisto-copied.db'",
        "select writefile('/tmp/hankearkisto-written', 'x')",
        "pragma journal_mode = delete",
        "update projects set title = 'x'",
    ],
)
def test_questions_that_take_everything(process: tuple[int, int], sql: str) -> None:
    port, pid = process
    before = _peak_mb(pid)
    started = time.monotonic()
    status = _status(port, "/archive.json?" + urlencode({"sql": sql}))
    assert status in (200, 400, 403, 500)
    # The time limit is 5 seconds; the rest is room for a machine that does other things, too.
    assert time.monotonic() - started < 20
    assert _peak_mb(pid) - before < MOST_MORE_MB
    assert _status(port, "/fi") == 200
    assert not list(Path("/tmp").glob("hankearkisto-[acw]*ed*"))  # noqa: S108 - where the questions would have written


@pytest.mark.parametrize("method", ["POST", "GET"])
def test_a_body_without_end_is_not_kept(process: tuple[int, int], method: str) -> None:
    """The answer comes at once, and what is sent on is thrown away."""
    port, pid = process
    before = _peak_mb(pid)
    with socket.create_connection(("127.0.0.1", port), timeout=3) as line:
        line.sendall(f"{method} /fi HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999999999\r\n\r\n".encode())
        assert line.recv(100).split()[1] in (b"405", b"200")
        try:
            for _ in range(3_000):
                line.send(b"x" * 100_000)
        except OSError:
            pass  # closed, or full: both end it
    assert _peak_mb(pid) - before < 100


def test_headers_without_end_are_refused(process: tuple[int, int]) -> None:
    port, _ = process
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(b"GET /fi HTTP/1.1\r\nHost: 127.0.0.1\r\n")
        try:
            for number in range(100_000):
                line.sendall(b"X-%d: %s\r\n" % (number, b"y" * 1_000))
        except OSError:
            pass
        else:
            pytest.fail("a hundred megabytes of headers were taken")
    assert _status(port, "/fi") == 200


def test_slow_visitors_do_not_stop_others(process: tuple[int, int]) -> None:
    """Two hundred lines that send nothing more; the pages go on."""
    port, _ = process
    lines = [socket.create_connection(("127.0.0.1", port), timeout=5) for _ in range(200)]
    for line in lines:
        line.sendall(b"GET /fi HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
    assert _status(port, "/fi") == 200
    for line in lines:
        line.close()
    assert Path(f"/proc/{process[1]}").exists()
