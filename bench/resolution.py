"""How well and how fast organisation names are resolved.

python -m bench.resolution pairs [FILE]          precision and recall on the labelled pairs, a third held back
python -m bench.resolution records FOLDER...     the same on golden records: forms of one entry, entries of one page
python -m bench.resolution speed [N]             seconds for N mentions, and for half of them
"""

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations
from pathlib import Path

import yaml

from bench import Ratio
from normalise.organisations.register import register
from normalise.resolution.resolving import Mention, Resolution, resolve

PAIRS = Path(__file__).parent.parent / "tests" / "data" / "organisation_pairs.yml"
# Every third pair, by its digest, is held back from tuning.
HELD_BACK = 3


@dataclass(frozen=True)
class Pair:
    """Two names, what they are to each other (same, different, part), why, and the page where they stand."""

    first: str
    second: str
    verdict: str
    reason: str
    page: str = ""

    @property
    def held_back(self) -> bool:
        return int(sha256(f"{self.first}|{self.second}".encode()).hexdigest(), 16) % HELD_BACK == 0


@dataclass(frozen=True)
class Score:
    """Counts of pairs: joined rightly, joined wrongly, missed; ``linked`` of ``parts`` have the link between them.

    ``owners``: pairs said to be the same of which one is a unit of the other, with the link (missed, too).
    """

    right: int = 0
    wrong: int = 0
    missed: int = 0
    linked: int = 0
    parts: int = 0
    owners: int = 0
    faults: tuple[Pair, ...] = ()

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall_of_bodies(self) -> float:
        """Recall where a unit and its owner do not count as one body."""
        missed = self.missed - self.owners
        return self.right / (self.right + missed) if self.right + missed else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def read_pairs(path: Path) -> list[Pair]:
    """The labelled pairs of a file."""
    groups = yaml.safe_load(path.read_text("utf-8"))
    return [Pair(one, other, group["verdict"], group["reason"]) for group in groups for one, other in group["pairs"]]


def record_pairs(folders: Sequence[Path]) -> Iterator[Pair]:
    """Pairs of golden records: accepted forms of one entry are one body, entries of one page are not."""
    for folder in folders:
        for path in sorted(folder.glob("*.json")):
            record = json.loads(path.read_text("utf-8"))
            yield from _pairs_of(record, path.stem)


def _pairs_of(record: dict[str, object], page: str) -> Iterator[Pair]:
    optional = record.get("optional") or {}
    coordinator = [record["coordinator"]] if record.get("coordinator") else []
    entries = [*record["funders"], *coordinator, *record["partners"]]  # type: ignore[misc]
    entries += [*optional.get("partners", []), *optional.get("funders", [])]  # type: ignore[attr-defined]
    for entry in entries:
        yield from (Pair(a, b, "same", "forms of one entry", page) for a, b in combinations(entry, 2))
    for one, other in combinations(entries, 2):
        if not {name.casefold() for name in one} & {name.casefold() for name in other}:
            yield Pair(one[0], other[0], "different", "two entries of one page", page)


def score(pairs: Sequence[Pair], *, apart: bool = False) -> Score:
    """The score of pairs resolved all in one go, or, with ``apart``, each pair on its own."""
    whole = None if apart else resolve(mention for pair in pairs for mention in _mentions(pair))
    counts = {"right": 0, "wrong": 0, "missed": 0, "linked": 0, "parts": 0, "owners": 0}
    faults = []
    for pair in pairs:
        resolution = whole or resolve(_mentions(pair))
        first, second = (resolution.of_mention[mention] for mention in _mentions(pair))
        joined = first == second
        if pair.verdict == "same":
            counts["right" if joined else "missed"] += 1
            counts["owners"] += not joined and is_linked(resolution, first, second)
        elif joined:
            counts["wrong"] += 1
        if pair.verdict == "part":
            counts["parts"] += 1
            counts["linked"] += is_linked(resolution, first, second)
        if joined != (pair.verdict == "same") and not (pair.page and is_linked(resolution, first, second)):
            faults.append(pair)
    return Score(**counts, faults=tuple(faults))


def is_linked(resolution: Resolution, first: str, second: str) -> bool:
    """Whether one of two entities is part of the other, at any depth."""
    return second in _owners(resolution, first) or first in _owners(resolution, second)


def _owners(resolution: Resolution, id_: str) -> set[str]:
    found: set[str] = set()
    owner = resolution.entities[id_].part_of
    while owner and owner not in found:
        found.add(owner)
        owner = resolution.entities[owner].part_of
    return found


def _mentions(pair: Pair) -> tuple[Mention, Mention]:
    # Names of one record stand on one page; the two of a labelled pair come from two.
    scopes = (pair.page, pair.page) if pair.page else (f"1 {pair}", f"2 {pair}")
    return Mention(pair.first, scope=scopes[0]), Mention(pair.second, scope=scopes[1])


def made_mentions(number: int, seed: int = 1) -> list[Mention]:
    """Mentions as pages have them: half of registered bodies, a tenth misspelt, a fifth inflected, the rest unknown."""
    chance = random.Random(seed)  # noqa: S311 - a repeatable sample, no secret
    known = [name for entry in register().values() for name in entry.names]
    towns = [entry.genitive for entry in register().values() if entry.genitive]
    heads = ["koulu", "lukio", "kyläyhdistys ry", "seurakunta", "Yrittäjät ry", "opisto", "museo", "Konepaja Oy"]
    parts = ["Kuusi", "Mänty", "Haapa", "Leppä", "Pihlaja", "Kataja", "Honka", "Raita", "Visa", "Tammi", "Saarni"]
    ends = ["lahden", "rannan", "mäen", "kosken", "niemen", "järven", "vaaran", "suon", "lammen", "kylän", "harjun"]
    found = []
    for _ in range(number):
        if chance.random() < 0.5:
            name = chance.choice(known)
        else:
            place = chance.choice([chance.choice(towns), chance.choice(parts) + chance.choice(ends)])
            name = f"{place} {chance.choice(parts).lower()}{chance.choice(ends)} {chance.choice(heads)}"
        found.append(Mention(_altered(name, chance)))
    return found


def _altered(name: str, chance: random.Random) -> str:
    draw = chance.random()
    if draw < 0.1 and len(name) > 5:
        at = chance.randrange(2, len(name) - 1)
        return name[:at] + name[at + 1 :]
    return f"{name}n" if draw < 0.3 else name


def run(full: bool) -> list[Ratio]:
    """Whether the time for mentions grows with their number only; ``full`` takes 100,000."""
    number = 100_000 if full else 10_000
    resolve(made_mentions(10))
    ours, half = (_seconds(made_mentions(size)) for size in (number, number // 2))
    note = f"half of them; {number:,} mentions; 2.0 is linear, lower is better"
    return [Ratio("resolving organisation names", ours, half, "s", ours / half, note)]


def main() -> None:
    """Run one measurement and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["pairs", "records", "speed"])
    parser.add_argument("arguments", nargs="*")
    parser.add_argument("--faults", action="store_true", help="print the pairs that were judged wrongly")
    options = parser.parse_args()
    if options.what == "speed":
        _print_speed(int(options.arguments[0]) if options.arguments else 100_000)
        return
    if options.what == "records":
        pairs = list(record_pairs([Path(folder) for folder in options.arguments]))
        _print_score("records", score(pairs), options.faults)
        return
    pairs = read_pairs(Path(options.arguments[0]) if options.arguments else PAIRS)
    tuning = [pair for pair in pairs if not pair.held_back]
    held = [pair for pair in pairs if pair.held_back]
    _print_score("tuned on", score(tuning), options.faults)
    _print_score("tuned on, pair by pair", score(tuning, apart=True), False)
    _print_score("held back", score(held), False)
    _print_score("held back, pair by pair", score(held, apart=True), False)


def _print_score(title: str, result: Score, faults: bool) -> None:
    print(
        f"{title}: precision {result.precision:.4f}, recall {result.recall:.4f}"
        f" (without units and their owners {result.recall_of_bodies:.4f})"
        f" ({result.right} right, {result.wrong} wrong, {result.missed} missed; {result.linked}/{result.parts} linked)"
    )
    for pair in result.faults if faults else ():
        print(f"  {pair.verdict}: {pair.first} | {pair.second} ({pair.reason}) {pair.page}")


def _print_speed(number: int) -> None:
    resolve(made_mentions(10))
    for size in (number // 4, number // 2, number):
        mentions = made_mentions(size)
        print(f"{size} mentions, {len(set(mentions))} different: {_seconds(mentions):.1f} s")


def _seconds(mentions: list[Mention]) -> float:
    start = time.process_time()
    resolve(mentions)
    return time.process_time() - start


if __name__ == "__main__":
    main()
