"""What the shape of a page tells of its kind: prose or short lines, long sentences or short ones."""

import math

import pytest

from normalise.analysis import Analysis
from normalise.document import Document
from normalise.page_shape import shape_features

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
