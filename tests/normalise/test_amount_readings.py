"""What a sentence says of its sums."""

import pytest

from normalise.amounts.readings import read_sums
from normalise.analysis import Analysis
from normalise.text.document import Document


@pytest.mark.parametrize(
    ("text", "role", "bounded"),
    [
        # The noun behind a sum in the genitive says what the sum is.
        ("Seura sai 240 000 euron budjetistaan puolet säätiöltä.", "total", ""),
        ("Seura sai 24 000 euron avustuksen.", "grant", ""),
        ("Seura sai 24 000 euroa, budjetti on suurempi.", "granted", ""),
        # What a ceiling bounds.
        ("Kunnan omarahoitus on enintään 9 000 euroa.", "max", "own"),
        ("Kustannukset ovat korkeintaan 62 000 euroa.", "max", "total"),
        ("Enintään 62 000 euroa.", "max", ""),
        # A share in per cent is of the costs; the sum is not.
        ("Tuki on 80 % kustannuksista, yhteensä 64 000 euroa.", "grant", ""),
        ("Tuki ja kustannukset, yhteensä 64 000 euroa.", "total", ""),
        ("Stiftelsens del är 96 500 euro.", "part", ""),
    ],
)
def test_role_of_a_sum(text: str, role: str, bounded: str) -> None:
    analysis = Analysis(Document(text))
    reading = read_sums(analysis.lowered, 0, len(text), analysis.money)[0]
    assert (reading.role, reading.bounded) == (role, bounded)
