"""Commands that are killed at random moments, and what an archive holds after all. Also run by hand, for long:

python tests/pipelines/killing.py FOLDER SECONDS
"""

import io
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from archive.schema import open_archive  # noqa: E402 - the tests are no installed package
from examples.serve import FIRST_PORT, NAMES, serving  # noqa: E402
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
    command = [sys.executable, str(ROOT / "hankearkisto.py"), *arguments, *place]
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        _, said = process.communicate(timeout=kill_after)
    except subprocess.TimeoutExpired:
        process.kill()
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


def killed(arguments: Sequence[str], folder: Path, longest: float, chance: random.Random, times: int) -> None:
    """Start a command so many times and kill it; then let it end."""
    for _ in range(times):
        run(arguments, folder, kill_after=chance.uniform(0.2, longest))
    run(arguments, folder)


def main(place: str, seconds: str) -> None:
    """Kill ingests, rebuilds and crawls for so many seconds; the first fault ends it."""
    chance, until = moments(0), time.monotonic() + float(seconds)
    rounds = 0
    with serving(19_101):
        jobs = {
            "ingest": ["ingest", str(pages(Path(place) / "pages"))],
            "crawl": ["crawl", "--sources", str(sources(Path(place) / "sources", 19_101))],
        }
        wanted, took = {}, {}
        for name, job in jobs.items():
            took[name] = run(job, Path(place) / f"whole-{name}")
            wanted[name] = content(Path(place) / f"whole-{name}")
        while time.monotonic() < until:
            name = chance.choice(sorted(jobs))
            folder = Path(place) / f"{name}-{rounds}"
            killed(jobs[name], folder, took[name], chance, 3)
            assert (faults(folder), content(folder) == wanted[name]) == ([], True), folder
            killed(["rebuild"], folder, took[name] * 0.7, chance, 3)
            assert (faults(folder), content(folder) == wanted[name]) == ([], True), folder
            rounds += 1
            print(f"{rounds} rounds, {rounds * 6} kills", flush=True)  # noqa: T201 - a program for people


if __name__ == "__main__":
    main(*sys.argv[1:])
