"""The history of the benchmarks: every recorded run is kept, one figure a line; the docs show the last one first."""

import json
import subprocess
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import Ratio

ROOT = Path(__file__).parent.parent
FILE = ROOT / "docs" / "benchmarks.jsonl"
# So many earlier ratios are shown beside the last one.
_SHOWN = 6


def record(ratios: Sequence[Ratio], versions: str, *, full: bool) -> None:
    """Append a run: one line a measure, with the day, the commit and the versions that it was measured with."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
    about = {"date": datetime.now(UTC).strftime("%Y-%m-%d"), "commit": commit, "full": full, "versions": versions}
    with FILE.open("a", encoding="utf-8") as file:
        for one in ratios:
            figures = {name: float(f"{getattr(one, name):.4g}") for name in ("ours", "theirs", "ratio")}
            line = about | {"name": one.name, **figures, "unit": one.unit, "note": one.note}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def table() -> str:
    """The last figures of every measure, in the order in which they were first measured, with the ratios before."""
    runs: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in FILE.read_text("utf-8").splitlines():
        found = json.loads(line)
        runs[found["name"]].append(found)
    lines = [
        "| measure | ours | theirs | unit | ratio | measured | against | before |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += [_row(name, found) for name, found in runs.items()]
    return "\n".join(lines)


def _row(name: str, found: list[dict[str, Any]]) -> str:
    *before, last = found
    size = ", large inputs" if last["full"] else ""
    path = ", ".join(f"{one['ratio']:.3g} ({one['date']})" for one in before[-_SHOWN:])
    figures = f"{last['ours']:,.5g} | {last['theirs']:,.5g} | {last['unit']} | {last['ratio']:.3g}"
    return f"| {name} | {figures} | {last['date']} at {last['commit']}{size} | {last['note']} | {path} |"
