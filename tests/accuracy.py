"""The accuracy of the extraction on the golden pages by field, language and kind, and the floors that hold it.

The pages held out are measured too: nothing is fitted on them, and nobody looks at what is missed there.

python -m tests.accuracy             print the table
python -m tests.accuracy --update    write docs/accuracy.json and raise the floors to what was reached
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from normalise.facts import as_json
from pipelines.extract import extract
from tests.scoring import Tally, compare

ROOT = Path(__file__).parent.parent
PAGES = ROOT / "tests" / "pages" / "facts"
HELD_OUT = ROOT / "tests" / "pages" / "held_out"
REPORT = ROOT / "docs" / "accuracy.json"
FLOORS = ROOT / "tests" / "accuracy_floors.json"
# A floor lies this far under what was reached: golden pages are few, and one of them may tip a field by as much.
SLACK = 0.01
# Fields with fewer golden facts say nothing in figures.
ENOUGH = 10


@dataclass(slots=True)
class Accuracy:
    """Tallies of one group of pages, by field."""

    pages: int = 0
    fields: dict[str, Tally] = field(default_factory=dict)

    def add(self, tallies: Iterable[tuple[str, Tally]]) -> None:
        """Count one page in."""
        self.pages += 1
        for name, tally in tallies:
            self.fields.setdefault(name, Tally()).add(tally)

    @property
    def macro(self) -> float:
        """Plain mean of the fields' F1 over the fields that occur."""
        scores = [t.f1 for t in self.fields.values() if t.right + t.wrong + t.missed]
        return sum(scores) / len(scores) if scores else 0.0


def measure(folder: Path = PAGES) -> dict[str, Accuracy]:
    """Accuracy over all golden pages of a folder, and by language (``lang:fi``) and kind (``kind:call``)."""
    groups: dict[str, Accuracy] = {"all": Accuracy()}
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        text = path.with_suffix(".txt").read_bytes().decode("utf-8")
        tallies = list(compare(gold, as_json(extract(text, id=path.stem))))
        for key in ("all", f"lang:{gold['lang']}", f"kind:{gold['kind']}"):
            groups.setdefault(key, Accuracy()).add(tallies)
    return groups


def digest(folder: Path = PAGES) -> str:
    """SHA-256 over the golden pages: figures hold for these pages only."""
    total = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def report(groups: Mapping[str, Accuracy], held_out: Accuracy) -> dict[str, Any]:
    """The figures as JSON: rounded to three digits, fields in the record's order."""
    return {
        "pages": groups["all"].pages,
        "digest": digest(),
        "groups": {key: _figures(group) for key, group in sorted(groups.items())},
        "held_out": {"digest": digest(HELD_OUT), **_figures(held_out)},
    }


def _figures(group: Accuracy) -> dict[str, Any]:
    return {
        "pages": group.pages,
        "macro_f1": round(group.macro, 3),
        "fields": {
            name: {
                "precision": round(t.precision, 3),
                "recall": round(t.recall, 3),
                "f1": round(t.f1, 3),
                "facts": t.right + t.missed,
            }
            for name, t in group.fields.items()
        },
    }


def table(groups: Mapping[str, Accuracy], held_out: Accuracy) -> str:
    """The figures as a Markdown table, one row a field, then one a group."""
    lines = ["| field | precision | recall | F1 | facts | held out: F1 | facts |", "|---|---|---|---|---|---|---|"]
    for name, t in groups["all"].fields.items():
        kept = held_out.fields.get(name, Tally())
        golden = f"| {name} | {t.precision:.3f} | {t.recall:.3f} | {t.f1:.3f} | {t.right + t.missed} |"
        lines.append(f"{golden} {kept.f1:.3f} | {kept.right + kept.missed} |")
    lines += ["", "| pages | number | macro F1 |", "|---|---|---|"]
    lines += [f"| {key} | {group.pages} | {group.macro:.3f} |" for key, group in sorted(groups.items())]
    lines.append(f"| held out | {held_out.pages} | {held_out.macro:.3f} |")
    return "\n".join(lines)


def raised_floors(groups: Mapping[str, Accuracy], floors: Mapping[str, float]) -> dict[str, float]:
    """The floors after this run: each field's F1 less the slack, where that is higher than before."""
    reached = {name: t.f1 for name, t in groups["all"].fields.items() if t.right + t.missed >= ENOUGH}
    reached["macro"] = groups["all"].macro
    return {name: max(floors.get(name, 0.0), round(score - SLACK, 3)) for name, score in sorted(reached.items())}


def main(arguments: list[str] | None = None) -> int:
    """Print the table; with --update write the report and raise the floors."""
    parser = argparse.ArgumentParser(description="Accuracy of the extraction on the golden pages.")
    parser.add_argument("--update", action="store_true", help="write docs/accuracy.json and raise the floors")
    options = parser.parse_args(arguments)
    groups, held_out = measure(), measure(HELD_OUT)["all"]
    sys.stdout.write(table(groups, held_out) + "\n")
    if options.update:
        REPORT.write_text(json.dumps(report(groups, held_out), indent=1) + "\n", "utf-8")
        old = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
        FLOORS.write_text(json.dumps(raised_floors(groups, old), indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
