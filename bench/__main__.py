"""Every benchmark in one run, as ratios against other tools on the same inputs.

python -m bench [--record] [NAME...]      all of them, or those named; BENCH=full for the large inputs

With --record the figures are added to the history, and docs/benchmarks.md is written again.
"""

import os
import platform
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import version

from bench import (
    Ratio,
    crawling,
    facts,
    history,
    passing,
    peers,
    portal,
    reading,
    resolution,
    schedule,
    search,
    storing,
    warcs,
    workers,
)
from docs import generate

BENCHES: dict[str, Callable[[bool], list[Ratio]]] = {
    "reading": reading.run,
    "facts": facts.run,
    "peers": peers.run,
    "storing": storing.run,
    "resolution": resolution.run,
    "search": search.run,
    "crawling": crawling.run,
    "portal": portal.run,
    "warcs": warcs.run,
    "passing": passing.run,
    "workers": workers.run,
    "schedule": schedule.run,
}
OTHERS = ("trafilatura", "scrapy", "sqlite-utils", "phonenumbers")


def main(arguments: list[str]) -> int:
    """Run the benchmarks and print a table; 2 for a name that is none of them."""
    names = [name for name in arguments if name != "--record"]
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(f"no benchmark {', '.join(unknown)}; there are {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    versions = f"Python {platform.python_version()}, " + ", ".join(f"{name} {version(name)}" for name in OTHERS)
    print(f"{versions}, {os.cpu_count()} cores, {platform.machine()}")
    print("| measure | ours | theirs | unit | ratio | against |\n|---|---|---|---|---|---|")
    full, measured = os.environ.get("BENCH") == "full", []
    for ratio in _measured(names or list(BENCHES), full):
        print(ratio, flush=True)
        measured.append(ratio)
    if "--record" in arguments:
        history.record(measured, versions, full=full)
        generate.main([])
    return 0


def _measured(names: list[str], full: bool) -> Iterator[Ratio]:
    for name in names:
        print(f"measuring {name}", file=sys.stderr)
        yield from BENCHES[name](full)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
