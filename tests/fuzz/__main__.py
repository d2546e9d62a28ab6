"""Fuzz targets for some time each; new findings are kept in ``tests/fuzz/findings/``, where `test_fuzz.py` tries them.

    python -m tests.fuzz html --seconds 600
    python -m tests.fuzz all --seconds 600 --work /tmp/fuzz

Needs atheris (``pip install atheris``, CPython 3.11-3.13 on Linux); the tests of the findings do not.
"""

import argparse
import subprocess
import sys
import time
from pathlib import Path

from tests.fuzz.targets import TARGETS

# The interpreter is restarted after a hang or a crash of a C library, so often at most.
_MOST_RESTARTS = 20
ROOT = Path(__file__).parents[2]


def main() -> int:
    """Run the targets that were asked for; returns the number of findings."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("target", choices=[*TARGETS, "all"])
    parser.add_argument("--seconds", type=int, default=600, help="for each target (default 600)")
    parser.add_argument("--work", type=Path, default=Path("/tmp/hankearkisto-fuzz"), help="folder of the corpora")  # noqa: S108
    options = parser.parse_args()
    names = list(TARGETS) if options.target == "all" else [options.target]
    return sum(fuzz(name, options.seconds, options.work) for name in names)


def fuzz(target: str, seconds: int, work: Path) -> int:
    """Fuzz one target in processes of its own; returns the number of new findings."""
    until, folder = time.monotonic() + seconds, work / target
    folder.mkdir(parents=True, exist_ok=True)
    known = set(_findings(target))
    for _ in range(_MOST_RESTARTS):
        left = int(until - time.monotonic())
        if left < 1:
            break
        command = [sys.executable, "-m", "tests.fuzz.drive", target, str(folder), str(left)]
        subprocess.run(command, cwd=ROOT, check=False)
        for artifact in [*folder.glob("timeout-*"), *folder.glob("crash-*"), *folder.glob("oom-*")]:
            artifact.replace(findings_of(target) / f"{artifact.name[:20]}.bin")
    found = sorted(set(_findings(target)) - known)
    sys.stderr.write(f"{target}: {len(found)} new findings {' '.join(found)}\n")
    return len(found)


def findings_of(target: str) -> Path:
    """The folder of a target's findings."""
    folder = ROOT / "tests" / "fuzz" / "findings" / target
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _findings(target: str) -> list[str]:
    return [path.name for path in findings_of(target).glob("*.bin")]


if __name__ == "__main__":
    sys.exit(main() > 0)
