"""Every benchmark in one run, as ratios against other tools on the same inputs.

python -m bench [NAME...]      all of them, or those named; BENCH=full for the large inputs
"""

import os
import platform
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import version

from bench import Ratio, crawling, facts, portal, reading, resolution, search, storing

BENCHES: dict[str, Callable[[bool], list[Ratio]]] = {
    "reading": reading.run,
    "facts": facts.run,
    "storing": storing.run,
    "resolution": resolution.run,
    "search": search.run,
    "crawling": crawling.run,
    "portal": portal.run,
}
OTHERS = ("trafilatura", "scrapy", "sqlite-utils", "phonenumbers")


def main(names: list[str]) -> int:
    """Run the benchmarks and print a table; 2 for a name that is none of them."""
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(f"no benchmark {', '.join(unknown)}; there are {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    print(f"Python {platform.python_version()}, " + ", ".join(f"{name} {version(name)}" for name in OTHERS))
    print("| measure | ours | theirs | unit | ratio | against |\n|---|---|---|---|---|---|")
    for ratio in _measured(names or list(BENCHES), os.environ.get("BENCH") == "full"):
        print(ratio)
    return 0


def _measured(names: list[str], full: bool) -> Iterator[Ratio]:
    for name in names:
        print(f"measuring {name}", file=sys.stderr)
        yield from BENCHES[name](full)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
