"""What ties the words of a candidate for the title to its page, and what its line says around it."""

import math

import pytest

from normalise.analysis import Analysis
from normalise.text.document import Document
from normalise.titles.candidates import title_candidates
from normalise.titles.lines import length_features
from normalise.titles.relations import page_words, relations, remainder_features, said_beside_line
from normalise.titles.vocabulary import NEWSY, senses_of
from normalise.titles.words import surroundings, word_features

PROSE = "Silta auttaa nuoria, ja Kuhmon kaupunki vastaa siitä. Jokainen nuori saa oman työpajan, jossa opitaan korjaamaan veneitä."
PAGE = Analysis(
    Document(f"Silta nuorille -hanke\nKuhmon kaupunki\n{PROSE}\nSilta nuorille jatkuu. Nuorille kerrotaan siitä.")
)
WORDS = page_words(PAGE, 2)


def test_the_share_of_words_that_the_page_says_again_and_its_first_prose_has() -> None:
    features = relations(senses_of("Silta nuorille"), WORDS)
    assert (features["told"], features["told.lead"]) == (1.0, 0.5)
    assert relations(senses_of("Mustikka metsässä"), WORDS)["told"] == 0.0


def test_words_of_the_names_of_bodies() -> None:
    assert relations(senses_of("Kuhmon kaupunki"), WORDS)["only_body_words"] == 1.0
    assert relations(senses_of("Kuhmon silta"), WORDS)["body_words"] == 0.5
    assert "body_words" not in relations([], WORDS)


def test_what_stands_around_a_part() -> None:
    line = "Uutiset – Silta sai rahoituksen"
    start = line.index("Silta")
    features = remainder_features(line, start, start + len("Silta"), NEWSY)
    assert features["rest.before.type"] == features["rest.after.newsy"] == 1.0
    assert remainder_features(line, 0, len(line), 0) == {"rest.before.none": 1.0, "rest.after.none": 1.0}
    assert remainder_features("Silta " + "x " * 200, 0, 5, 0)["rest.after.long"] == 1.0


def test_a_number_before_the_word_for_a_project_is_no_name() -> None:
    analysis = Analysis(Document("Kunnassa jatkuu 21 -hanke ja Silta-hanke."))
    named = {candidate.words for candidate in title_candidates(analysis) if candidate.rule == "title.named"}
    assert named == {"silta"}


def test_a_part_that_the_page_says_oftener_than_its_line() -> None:
    line = {"is_top": 1.0}
    assert list(said_beside_line([line, {"is_part": 1.0, "said": 1.4}])) == [
        {"part_said": 1.4},
        {"said_over_line": 1.4},
    ]
    assert list(said_beside_line([line | {"said": 1.4}, {"is_part": 1.0, "said": 1.4}])) == [{}, {}]
    heading = {"is_part": 1.0, "said": 1.4, "heading_words": 1.0}
    assert list(said_beside_line([line, heading])) == [{}, {"said_over_line": 1.4}]


def test_candidates_of_a_line_know_of_its_parts() -> None:
    analysis = Analysis(Document("Silta Aura: uusi alku\n\nSilta Aura alkaa. Silta Aura jatkuu."))
    features = {
        candidate.words: candidate.features for candidate in title_candidates(analysis) if "said" in candidate.features
    }
    line = next(c for c in title_candidates(analysis) if c.rule == "title.top" and c.start == 0)
    assert line.features["part_said"] == features["silta aura"]["said_over_line"] == features["silta aura"]["said"]


def test_the_longest_line_over_the_prose_and_how_long_the_next_is() -> None:
    lines = Document("Silta nuorille\nAB\n" + "x" * 200).lines
    assert length_features(lines, 0, 14) == {"longest": 1.0, "next_length": math.log1p(2) / math.log1p(14)}
    assert length_features(lines, 1, 14) == {"next_length": 2.0}
    assert length_features(lines, 2, 14) == {}


@pytest.mark.parametrize(
    ("line", "feature"),
    [
        ("Silta vie nuoria töihin", "verb"),
        ("Kyläavustukset yhdistyksille", "funding"),
        ("Seuraava hakuaika keväällä", "applying"),
        ("Diaarinumero ja päiväys", "docket"),
        ("Polku 2", "digit"),
    ],
)
def test_what_the_words_of_a_line_tell(line: str, feature: str) -> None:
    page = Analysis(Document(f"{line}\n{PROSE}"))
    around = surroundings(page)
    assert feature in word_features(page, 0, len(line), around)
    assert feature not in word_features(page, len(line) + 1, len(line) + 6, around)


def test_a_word_that_the_page_also_writes_small_is_no_name_of_its_own() -> None:
    page = Analysis(Document("Silta\nPolku\nNyt polku alkaa."))
    around = surroundings(page)
    assert "proper" in word_features(page, 0, 5, around)
    assert "proper" not in word_features(page, 6, 11, around)


def test_the_ways_in_which_a_name_is_given_are_one_candidates() -> None:
    page = Analysis(
        Document("Uutinen\nRantaPolku-hanke alkoi. Projektet RantaPolku är ett projekt. Silta-hanke päättyi.")
    )
    named = {c.words: c.features for c in title_candidates(page) if c.rule == "title.named"}
    polku, silta = named["rantapolku"], named["silta"]
    assert {"named.hyphen", "named.coined", "named.ways", "named.most"} <= polku.keys()
    assert not {"named.ways", "named.most"} & silta.keys()
    assert polku["named.count"] > silta["named.count"]


@pytest.mark.parametrize(
    ("word", "feature"), [("Luostolla", "one_word.local"), ("Kainuun", "one_word.genitive"), ("Silta", "one_word")]
)
def test_a_single_word_in_a_case_is_a_place_or_an_owner(word: str, feature: str) -> None:
    page = Analysis(Document(f"{word}\n\nTarina alkaa."))
    features = word_features(page, 0, len(word), surroundings(page))
    assert {name for name in features if name.startswith("one_word")} == {"one_word", feature}
