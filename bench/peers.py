"""Facts against what one would pick today: spaCy's Finnish model, dateparser and phonenumbers, in speed and accuracy.

python -m bench.peers

Those live in a virtual environment of their own, `.state/peers`, made by the first run. Both read the Finnish golden
pages, which this project's rules were improved on; the peer's own tuning is an afternoon's (`bench.peer_pipeline`).
"""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

from bench import Ratio, seconds
from bench.facts import PAGES
from normalise.facts import as_json
from pipelines.extract import extract
from tests.accuracy import Accuracy
from tests.scoring import compare

ROOT = Path(__file__).parent.parent
PLACE = ROOT / ".state" / "peers"
NEEDED = ("spacy-fi-experimental-web-md==0.15.0", "dateparser==1.5.0", "phonenumbers==9.0.43", "langdetect==1.0.9")
_SOME = 30
LEAST_SPEED = 50


def run(full: bool) -> list[Ratio]:
    """Texts a second and macro F1 of both; ``full`` reads all Finnish golden pages."""
    pages = golden()[:: 1 if full else 1 + len(golden()) // _SOME]
    texts = [text for _, text in pages]
    try:
        about, theirs = peer_records(texts)
    except (subprocess.CalledProcessError, OSError) as error:
        print(f"facts against others: not measured, {error}", file=sys.stderr)
        return []
    ours = [as_json(extract(text, id="bench")) for text in texts]
    speed = len(texts) / seconds(_facts, texts)
    versions = ", ".join(f"{name} {number}" for name, number in about["versions"].items())
    note = f"{versions}; {len(texts)} Finnish golden pages, which our rules know; higher is better"
    f1, their_f1 = (_f1(pages, records) for records in (ours, theirs))
    return [
        _speed("facts, speed", speed, len(texts) / about["whole_seconds"], f"{note}, at least {LEAST_SPEED}"),
        _speed(
            "facts, speed, entities alone", speed, len(texts) / about["seconds"], "the same without tagger and parser"
        ),
        Ratio("facts, macro F1", f1, their_f1, "%", f1 / their_f1, note),
    ]


def _speed(name: str, ours: float, theirs: float, note: str) -> Ratio:
    return Ratio(name, ours, theirs, "texts/s", ours / theirs, note)


def golden() -> list[tuple[dict[str, Any], str]]:
    """The Finnish golden records with their texts."""
    found = [(json.loads(path.read_text("utf-8")), path) for path in sorted(PAGES.glob("*.json"))]
    return [(gold, path.with_suffix(".txt").read_bytes().decode()) for gold, path in found if gold["lang"] == "fi"]


def peer_records(texts: list[str]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Versions and processor seconds of the peer, and its records."""
    given = "".join(f"{json.dumps(text)}\n" for text in texts)
    command = [str(peers_python()), str(Path(__file__).with_name("peer_pipeline.py"))]
    done = subprocess.run(
        command, input=given, capture_output=True, text=True, check=True, env=os.environ | {"OMP_NUM_THREADS": "1"}
    )
    first, *records = map(json.loads, done.stdout.splitlines())
    return first, records


def peers_python() -> Path:
    """The interpreter of the peers' environment, which is made where it is missing."""
    python = PLACE / "bin" / "python"
    stamp = PLACE / "installed"
    if not stamp.exists() or stamp.read_text() != " ".join(NEEDED):
        print(f"installing {', '.join(NEEDED)} into {PLACE}", file=sys.stderr)
        venv.create(PLACE, with_pip=True, clear=True, symlinks=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *NEEDED], check=True)
        stamp.write_text(" ".join(NEEDED))
    return python


def _facts(text: str) -> object:
    return extract(text, id="bench")


def _f1(pages: list[tuple[dict[str, Any], str]], records: list[dict[str, Any]]) -> float:
    scored = Accuracy()
    for (gold, _), predicted in zip(pages, records, strict=True):
        scored.add(compare(gold, predicted))
    return 100 * scored.macro


if __name__ == "__main__":
    for ratio in run(full=False):
        print(ratio)
