"""Where the sums of a page stand: with a currency, in tables, and with a currency that another sum has."""

import pytest

from normalise.amounts.sums import find_sums
from normalise.analysis import Analysis
from normalise.text.document import Document


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("En förening kan få högst 12 000 euro, ett nätverk 30 000.", [12000, 30000]),
        ("Kaupunki sai 200 000 euroa. Sen oma osuus siitä on 45 000.", [200000, 45000]),
        ("Banken och fonden skjuter till 50 000 respektive 35 000 euro.", [50000, 35000]),
        ("Leader antaa 20 000 euroa. Loput 5 000 tehdään talkoilla.", [20000, 5000]),
        # A new sentence, a count and a post code have no share in the currency.
        ("Tuki on 20 000 euroa. Kävijöitä oli 15 000.", [20000]),
        ("Leirit maksoivat 20 000 euroa, ja niille tuli 12 000 osallistujaa.", [20000]),
        ("Bidraget är 20 000 euro, postadress 65100 Vasa.", [20000]),
        # Wide gaps between columns, and the plan beside what it came to.
        ("Palkat                 48 000\nYhteensä               96 000", [96000]),
        ("Totalt\t81 500\t78 940", [81500, 78940]),
        ("Yhteensä      310 000      298 500", [310000, 298500]),
        # A table whose head names the currency of its last column.
        ("Saaja | Hanke | Euroa\nSeura | Leiri | 4 000\nYhteensä | | 62 000", [4000, 62000]),
        ("Hakija\thaettu €\tmyönnetään €\nPartio\t\t1.500\nYhteensä\t\t8.300", [1500, 8300]),
        ("Saaja | Hanke | Kävijöitä\nSeura | Leiri | 4 000", []),
    ],
)
def test_sums(text: str, sums: list[float]) -> None:
    assert [money.eur for money in find_sums(Analysis(Document(text)))] == sums
