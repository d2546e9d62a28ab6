"""What the fits of the models share: the golden pages they are fitted on, and the file that a fit writes."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import normalise
from tests.accuracy import PAGES

VOCABULARY = Path(normalise.__file__).parent / "vocabulary"


def golden_paths(folders: Sequence[str]) -> list[Path]:
    """The golden records (ID.json) of some folders in the order of their names; of tests/pages/facts without any."""
    return [path for folder in map(Path, folders or [str(PAGES)]) for path in sorted(folder.glob("*.json"))]


def golden(path: Path) -> tuple[dict[str, Any], str]:
    """A golden record and its page's text."""
    return json.loads(path.read_text("utf-8")), path.with_suffix(".txt").read_text("utf-8")


def weights_of_classes(rows: Mapping[str, Sequence[float]], classes: Sequence[str], smallest: float) -> str:
    """Weights as YAML, a line a feature with its weight for each class; ``rows`` holds them by feature, "bias" among them.

    A weight under ``smallest`` is left out: it changes no decision.
    """
    lines = []
    for name, row in sorted(rows.items()):
        weights = (f"{c}: {round(float(w), 2)}" for c, w in zip(classes, row, strict=True) if abs(w) >= smallest)
        if shown := ", ".join(weights):
            lines.append(f"{json.dumps(name, ensure_ascii=False)}: {{{shown}}}\n")
    return "".join(lines)
