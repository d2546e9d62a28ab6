"""The generated parts of the documentation: command line, tables, rules, accuracy. `--check` says what is stale.

A generated part stands between `<!-- generated: NAME -->` and `<!-- end -->` in README.md or a page of docs/.
"""

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

import hankearkisto
from normalise.organisations.register import register
from normalise.words import vocabulary

ROOT = Path(__file__).parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
_PART = re.compile(r"(<!-- generated: (?P<name>\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
# argparse wraps its help to the terminal: the docs need one width on every machine.
_WIDTH = "100"


def command_line() -> str:
    """Every command with its options, as `--help` prints them."""
    parser = hankearkisto.build_parser()
    parts = [f"```\n{parser.format_help().strip()}\n```"]
    for name, command in _commands(parser).items():
        parts.append(f"### {name}\n\n```\n{command.format_help().strip()}\n```")
    return "\n\n".join(parts)


def _commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    actions = (action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    return dict(next(actions).choices)


def tables() -> str:
    """Every table of the archive with its columns, from metadata.yml."""
    metadata = yaml.safe_load((ROOT / "metadata.yml").read_text("utf-8"))
    return "\n\n".join(_table(name, table) for name, table in _visible(metadata["databases"]["archive"]["tables"]))


def _visible(entries: dict[str, dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((name, entry) for name, entry in entries.items() if not entry.get("hidden"))


def _table(name: str, entry: dict[str, Any]) -> str:
    rows = [f"| `{column}` | {_line(text)} |" for column, text in entry.get("columns", {}).items()]
    head = [f"### {name}", "", _line(entry.get("description", "")), "", "| column | meaning |", "|---|---|"]
    return "\n".join([*head, *rows])


def _line(text: str) -> str:
    return " ".join(str(text).split()).replace("|", "\\|")


def accuracy() -> str:
    """The published accuracy, field by field, as docs/accuracy.json has it."""
    report = json.loads((ROOT / "docs" / "accuracy.json").read_text("utf-8"))
    every, held_out = report["groups"]["all"], report["held_out"]
    lines = ["| field | precision | recall | F1 | facts | held out: F1 | facts |", "|---|---|---|---|---|---|---|"]
    for name, f in every["fields"].items():
        golden = f"| {name} | {f['precision']:.3f} | {f['recall']:.3f} | {f['f1']:.3f} | {f['facts']} |"
        kept = held_out["fields"].get(name)
        lines.append(f"{golden} {kept['f1']:.3f} | {kept['facts']} |" if kept else f"{golden} | 0 |")
    groups = [f"{key} {g['macro_f1']:.3f} ({g['pages']} pages)" for key, g in report["groups"].items() if key != "all"]
    golden = f"Macro F1 {every['macro_f1']:.3f} on {report['pages']} golden pages; {'; '.join(groups)}."
    lines += ["", f"{golden} {held_out['macro_f1']:.3f} on {held_out['pages']} pages held out."]
    return "\n".join(lines)


def labels() -> str:
    """How many labels each field has in the vocabulary."""
    fields = vocabulary("labels")["fields"]
    rows = [f"| {name} | {len(e.get('labels', ()))} | {len(e.get('weak', ()))} |" for name, e in fields.items()]
    return "\n".join(["| field | labels | weak labels |", "|---|---|---|", *rows])


def bodies() -> str:
    """How many bodies of each type the register holds."""
    counts: dict[str, int] = {}
    for entry in register().values():
        counts[entry.type] = counts.get(entry.type, 0) + 1
    rows = [f"| {name} | {number} |" for name, number in sorted(counts.items())]
    return "\n".join(["| type | bodies |", "|---|---|", *rows])


def benchmarks() -> str:
    """The recorded benchmarks, as docs/benchmarks.jsonl has them."""
    from bench.history import table  # noqa: PLC0415 - the benchmarks import this module to write their page

    return table()


PARTS: dict[str, Callable[[], str]] = {
    "command_line": command_line,
    "tables": tables,
    "accuracy": accuracy,
    "labels": labels,
    "bodies": bodies,
    "benchmarks": benchmarks,
}


def regenerated(text: str) -> str:
    """A page's text with its generated parts made again. Raises KeyError for a part that nothing makes."""
    return _PART.sub(lambda m: f"{m[1]}{PARTS[m['name']]()}\n{m[3]}", text)


def main(arguments: list[str] | None = None) -> int:
    """Write the generated parts, or with --check name the pages where they are stale and return 1."""
    os.environ["COLUMNS"] = _WIDTH
    parser = argparse.ArgumentParser(description="Generated parts of the documentation.")
    parser.add_argument("--check", action="store_true", help="change nothing, exit 1 where a page is stale")
    options = parser.parse_args(arguments)
    stale = []
    for page in PAGES:
        text = page.read_text("utf-8")
        fresh = regenerated(text)
        if fresh != text:
            stale.append(page.relative_to(ROOT))
            if not options.check:
                page.write_text(fresh, "utf-8")
    for page in stale:
        sys.stderr.write(f"{page}: {'stale, run `make docs`' if options.check else 'written'}\n")
    return int(options.check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
