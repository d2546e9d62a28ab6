"""Commands that are killed at random moments, and what an archive holds after all."""

import io
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Kills before a command may end: what one leaves, the next one meets.
_IN_A_ROW = 5
sys.path.insert(0, str(ROOT))

from archive.backup import damage_of  # noqa: E402 - the tests are no installed package
from archive.schema import open_archive  # noqa: E402
from examples.serve import FIRST_PORT, NAMES  # noqa: E402
from pipelines.verify import verify  # noqa: E402
from publish.exports import export  # noqa: E402

PAGE = """<html lang="fi"><head><title>Hanke {n}</title></head><body><main><h1>Vihreä siirtymä {n}</h1>
<p>Hankkeessa kehitetään maaseudun yritysten osaamista yhdessä oppilaitosten kanssa osa {n}.</p>
<dl><dt>Toteutusaika</dt><dd>1.1.2025–31.12.20{year}</dd><dt>Rahoittaja</dt><dd>Opetushallitus</dd></dl>
<p>Yhteyshenkilö: Anna Esimerkki{n}, anna{n}@opisto.example, 040 123 4{n:03}</p></main></body></html>"""


def moments(seed: int) -> random.Random:
    """A source of moments, the same for each seed."""
    return random.Random(seed)  # noqa: S311 - no secret


def pages(folder: Path, number: int = 60) -> Path:
    """A folder of pages to ingest."""
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(number):
        (folder / f"{n:03}.html").write_text(PAGE.format(n=n, year=26 + n % 5), "utf-8")
    return folder


def sources(folder: Path, first_port: int) -> Path:
    """The source files of the examples, with the ports of this run."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in (ROOT / "examples" / "sources").glob("*.yml"):
        text = file.read_text("utf-8")
        for index in range(len(NAMES)):
            text = text.replace(f":{FIRST_PORT + index}", f":{first_port + index}")
        (folder / file.name).write_text(text, "utf-8")
    return folder


def run(arguments: Sequence[str], folder: Path, kill_after: float | None = None) -> float:
    """Run a command on ``a.db`` of a folder, killed (SIGKILL) after some seconds; returns how long it took."""
    folder.mkdir(parents=True, exist_ok=True)
    place = ("--db", str(folder / "a.db"), "--captures", str(folder / "captures"))
    return run_program([sys.executable, str(ROOT / "hankearkisto.py"), *arguments, *place], kill_after)


def run_program(command: Sequence[str], kill_after: float | None = None) -> float:
    """Run a program in a process group of its own, which is killed whole; returns the seconds that it took."""
    started = time.monotonic()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=ROOT, start_new_session=True
    )
    try:
        _, said = process.communicate(timeout=kill_after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    else:
        assert process.returncode in (0, 1), said
    return time.monotonic() - started


def content(folder: Path) -> str:
    """The records and entities that an archive holds, as its exports say them; times of this run left out."""
    out = io.StringIO()
    for name in ("records", "csv"):
        export(name, folder / "a.db", None, out)
    return "\n".join(_timeless(line) for line in out.getvalue().splitlines())


def _timeless(line: str) -> str:
    return ",".join(cell for cell in line.split(",") if not cell.startswith("20") or "T" not in cell)


def faults(folder: Path) -> list[str]:
    """What `verify` finds, and whatever stands twice."""
    out = io.StringIO()
    lines = out.getvalue().splitlines() if verify(folder / "a.db", folder / "captures", out) else []
    db = open_archive(folder / "a.db")
    doubled = db.execute(
        "SELECT page_id, text_digest, count(*) FROM page_versions GROUP BY page_id, text_digest HAVING count(*) > 1"
    ).fetchall()
    db.conn.close()
    return lines + [f"twice: {row}" for row in doubled] + (out.getvalue().splitlines() if lines else [])


def killed(
    kill: Callable[[float | None], object], folder: Path, longest: float, chance: random.Random, times: int
) -> None:
    """Start a command (``kill`` takes the seconds after which it dies) so many times; then let it end.

    After every kill the file is whole.
    """
    for _ in range(times):
        kill(chance.uniform(0.2, longest))
        if (folder / "a.db").exists():
            assert damage_of(folder / "a.db") is None
    kill(None)


def rounds(kills: int) -> list[int]:
    """How often to kill before each completion, to come to so many kills."""
    return [_IN_A_ROW] * (kills // _IN_A_ROW) + [kills % _IN_A_ROW] * bool(kills % _IN_A_ROW)
