"""What the shape of a page tells of its kind: prose or short lines, long sentences or short ones."""

import math

import pytest

from normalise.analysis import Analysis
from normalise.kinds.page_shape import shape_features
from normalise.text.document import Document

PROSE = "Hankkeessa rakennetaan silta kylästä kouluun, ja samalla opitaan puutöitä. " * 4


def shape(text: str) -> dict[str, float]:
    return shape_features(Analysis(Document(text)), "")


def test_the_share_of_prose() -> None:
    assert shape("Hanke\nSilta\nKesto\n2 vuotta")["shape.prose"] == 0.0
    assert shape(f"Silta\n{PROSE}")["shape.prose"] > 0.9


def test_words_in_all_and_of_a_sentence() -> None:
    features = shape("Silta alkaa. Silta päättyy. ")
    assert features["shape.words"] == pytest.approx(math.log1p(4))
    assert features["shape.sentence"] == pytest.approx(math.log1p(2))


def test_an_empty_page_has_no_shape() -> None:
    assert shape("") == {}


def test_a_list_of_projects_has_lines_of_periods_and_sums_that_begin_alike() -> None:
    features = shape(
        "Hanke Silta 1.1.2020–31.12.2021\nHanke Polku 1.2.2021–31.3.2022\nHanke Reitti 5 000 euroa\nMuut 700 euroa"
    )
    lines = {name: features.get(f"shape.{name}") for name in ("period_lines", "sum_lines", "same_start", "sections")}
    assert lines == {
        "period_lines": math.log1p(2),
        "sum_lines": math.log1p(2),
        "same_start": math.log1p(3),
        "sections": None,
    }


def test_short_lines_over_prose_are_sections() -> None:
    assert shape(f"Silta\n{PROSE}\nPolku\n{PROSE}")["shape.sections"] == pytest.approx(math.log1p(2))


def test_spellings_of_the_names_of_projects() -> None:
    assert shape("Silta-hanke alkaa. SILTA-hanke jatkuu. Silta-hanke päättyy.")["shape.spellings"] == pytest.approx(
        math.log1p(2)
    )


def test_bodies_are_counted_by_their_type() -> None:
    features = shape("Opetushallitus ja Opetushallitus sekä Metelinmäen Soittokunta ry")
    assert features["shape.bodies.agency"] == pytest.approx(math.log1p(2))


@pytest.mark.parametrize(
    ("title", "signs"),
    [
        ("Silta kylästä kouluun", set()),
        ("Kuka voi hakea?", {"title_question"}),
        ("Haku auki!", {"title_exclamation"}),
        ("Avustukset 2024", {"title_digit", "title_year"}),
        ("Silta – polku 3", {"title_parts", "title_digit"}),
        ("Hanke ”Silta”", {"title_quote"}),
    ],
)
def test_signs_of_a_title_line(title: str, signs: set[str]) -> None:
    features = shape_features(Analysis(Document("Silta")), title)
    names = {"title_question", "title_exclamation", "title_digit", "title_year", "title_parts", "title_quote"}
    assert {name for name in names if f"shape.{name}" in features} == signs
