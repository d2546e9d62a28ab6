"""Everything that fuzzing ever found, tried again; and that every target takes its seeds and plain nonsense."""

import random
from pathlib import Path

import pytest

from tests.fuzz.seeds import seeds
from tests.fuzz.targets import TARGETS

FINDINGS = sorted((Path(__file__).parent / "findings").glob("*/*.bin"))


@pytest.mark.parametrize("path", FINDINGS, ids=[f"{path.parent.name}-{path.stem}" for path in FINDINGS])
def test_a_finding_stays_mended(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
def test_seeds_and_nonsense(target: str) -> None:
    chance = random.Random(target)  # noqa: S311 - no secret
    given = list(seeds(target))
    for seed in chance.sample(given, min(12, len(given))):
        TARGETS[target](seed)
        at = chance.randrange(len(seed))
        TARGETS[target](seed[:at])
        TARGETS[target](seed[:at] + chance.randbytes(40) + seed[at:])
    for nonsense in (b"", b"\x00", b"\xff\xfe", chance.randbytes(500), "\u202e\u0000\ud7ff\U0010ffff".encode() * 20):
        TARGETS[target](nonsense)
