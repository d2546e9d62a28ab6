"""The catalogues are complete, and dates, sums and numbers are written as each language writes them."""

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from normalise.amounts import finding as amounts
from normalise.periods import evidence as period_evidence
from normalise.publication import finding as publication
from pipelines.linking import clusters as link_clusters
from pipelines.linking import entities as link_entities
from pipelines.linking import evidence as link_evidence
from pipelines.linking import relations as link_relations
from publish.language import LANGUAGES, moment_of, preferred, texts

TEMPLATES = Path(__file__).parent.parent.parent / "publish" / "templates"
CODE = Path(__file__).parent.parent.parent / "publish"
NB = "\u00a0"


def leaves(content: Any, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(content, dict):
        for name, value in content.items():
            yield from leaves(value, f"{key}.{name}" if key else name)
    elif isinstance(content, list):
        for place, value in enumerate(content):
            yield from leaves(value, f"{key}.{place}")
    else:
        yield key, str(content)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_catalogue_has_the_same_keys_and_fields(lang: str) -> None:
    own, reference = (dict(leaves({name: texts(one).get(name) for name in NAMES})) for one in (lang, "en"))
    assert own.keys() == reference.keys()
    assert {key: fields(value) for key, value in own.items()} == {
        key: fields(value) for key, value in reference.items()
    }
    assert not [key for key, value in own.items() if not value.strip()]


NAMES = [
    line.partition(":")[0]
    for line in (CODE / "texts" / "en.yml").read_text("utf-8").splitlines()
    if re.match(r"[a-z_]+:", line)
]


def used_keys() -> set[str]:
    sources = [*TEMPLATES.rglob("*.html"), *CODE.rglob("*.py")]
    pattern = re.compile(r"""\bt(?:\.count|\.get)?\(\s*["']([a-z_]+(?:\.[a-z_0-9]+)+)["']\s*[,)]""")
    return {key for path in sources for key in pattern.findall(path.read_text("utf-8"))}


def test_every_key_that_pages_use_is_there() -> None:
    keys = used_keys()
    assert len(keys) > 150
    assert sorted(key for key in keys if not texts("en").has(key)) == []


@pytest.mark.parametrize(
    ("lang", "value", "words"),
    [
        ("fi", "2021", "2021"),
        ("fi", "2021-08", "elokuu 2021"),
        ("sv", "2021-08", "augusti 2021"),
        ("en", "2021-08-05", f"5{NB}August 2021"),
        ("fi", "2021-08-05", "5.8.2021"),
        ("sv", "2021-08-05T16:15", "5.8.2021 kl. 16.15"),
        ("en", "2021-08-05T16:15", f"5{NB}August 2021 at 16:15"),
        ("fi", None, ""),
        ("fi", "soon", "soon"),
        ("fi", "2021-99", "2021-99"),
    ],
)
def test_dates_keep_their_precision(lang: str, value: str | None, words: str) -> None:
    assert texts(lang).date(value) == words


@pytest.mark.parametrize(
    ("lang", "start", "end", "words"),
    [
        ("fi", "2024-03-01", "2025", f"1.3.2024{NB}– 2025"),
        ("fi", "2024-03-01", None, "1.3.2024 alkaen"),
        ("fi", "2024-03", None, "maaliskuusta 2024 alkaen"),
        ("fi", None, "2025-08", "elokuuhun 2025 asti"),
        ("fi", None, "2025", "vuoteen 2025 asti"),
        ("sv", "2024-03", None, "från mars 2024"),
        ("en", None, "2025-12-31", f"until 31{NB}December 2025"),
        ("fi", "2024-99", None, "2024-99 alkaen"),
        ("fi", None, None, ""),
    ],
)
def test_periods(lang: str, start: str | None, end: str | None, words: str) -> None:
    assert texts(lang).period(start, end) == words


def test_shares_line_up() -> None:
    assert [texts("fi").share(share) for share in (1, 0.9, 0.834)] == ["1,00", "0,90", "0,83"]
    assert texts("en").share(0.9) == "0.90"


def test_every_reason_that_links_pages_has_its_words() -> None:
    weights = {**vars(link_evidence)["_WEIGHTS"], **vars(link_relations)["_WEIGHTS"]}
    reasons = {*weights, *vars(link_clusters)["_ALONE"].reasons, vars(link_entities)["_ATTACHED"][1]}
    assert len(reasons) > 20
    assert sorted(reasons - texts("en").get("reasons").keys()) == []


def test_every_reason_that_turns_a_candidate_down_has_its_words() -> None:
    reasons = {*vars(amounts)["_REASONS"].values(), *period_evidence.REFUSED.values(), vars(publication)["_STAMP"]}
    assert len(reasons) > 15
    assert sorted(reasons - texts("en").get("refusals").keys()) == []


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("date of a decision", "päätöksen päivä"),
        ("too little speaks for it: 0.18 of 1", "liian vähän puhuu sen puolesta: 0,18"),
        ("the sentence speaks of something else: aiemmin", "lause puhuu muusta: aiemmin"),
        ("a new reason", "a new reason"),
    ],
)
def test_reasons_for_refusals(reason: str, words: str) -> None:
    assert texts("fi").reason("refusals", reason) == words


def test_times_are_finnish() -> None:
    assert texts("fi").time("2026-07-01T21:30:00Z") == "2.7.2026 klo 0.30".replace("0.30", "00.30")
    assert texts("fi").day("2026-01-01T22:30:00Z") == "2.1.2026"


@pytest.mark.parametrize(
    ("lang", "value", "words"),
    [("fi", 1234567.5, f"1{NB}234{NB}567,5{NB}€"), ("sv", 1000, f"1{NB}000{NB}€"), ("en", 1234567.5, "€1,234,567.5")],
)
def test_money(lang: str, value: float, words: str) -> None:
    assert texts(lang).money(value) == words


def test_counts_agree() -> None:
    assert texts("fi").count("calls.days_left", 1) == "1 päivä jäljellä"
    assert texts("sv").count("calls.days_left", 2) == "2 dagar kvar"


def test_unknown_codes_stand_as_they_are() -> None:
    assert texts("fi").term("fields", "contact.email") == "Yhteyshenkilön sähköposti"
    assert texts("fi").term("fields", "new_field") == "new_field"


@pytest.mark.parametrize("header", ["", "xx", "*", "sv;q=abc", ";;;,,", "a" * 10_000])
def test_any_header_gives_a_language(header: str) -> None:
    assert preferred(header) in LANGUAGES


@pytest.mark.parametrize("value", [None, "", "2026-13-01", "yesterday"])
def test_what_is_no_time_is_none(value: str | None) -> None:
    assert moment_of(value) is None
