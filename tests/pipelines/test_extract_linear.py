"""Texts that repeat one thing in one line: what they cost grows as they do, whichever rule they are meant to keep busy."""

import json
import subprocess
import sys

import pytest

TEXTS = {
    "names": "Anna Esimerkki ja Matti Mallikas sekä ",
    "sums": "1 234 567,89 euroa ",
    "ranges": "1 000-2 000 € ",
    "sums in words": "3 miljoonaa euroa tuki 50 % ",
    "labelled sums": "Rahoitus 100 000 €, josta 50 000 €, kokonaisbudjetti ",
    "digits": "123456789 ",
    "dates": "1.2.2024-3.4.2025, ",
    "months": "tammikuu 2024 maaliskuuta ",
    "labels": "Rahoittaja: Toteutusaika: Koordinaattori: Hakuaika: ",
    "bodies in brackets": "Tampereen kaupunki (Tredu) ",
    "open brackets": "([{",
    "quotes": "\"'”»«",
    "projects": "projektet Alfa Beta och projektet Gamma Delta vid ",
    "quoted": '"Hanke Alfa" ',
    "given names": "0400 123 456 (Reijo) ",
    "mailboxes": "anna.esimerkki@site.example ",
    "halves of mailboxes": "a@",
    "hidden mailboxes": "anna (at) site (dot) fi ",
    "phones": "+358 40 123 4567 ",
    "pieces of phones": "040 1 2 3 4 ",
    "bodies": "Turun yliopisto, Oulun kaupunki, Vaasan ammattikorkeakoulu, ",
    "coordinators": "hanketta koordinoi Turun yliopisto ja toteuttaa Oulun kaupunki ",
    "genitives": "Tampereen yliopiston kaupungin kunnan koulun ",
    "English": "The project is coordinated by the University of Turku and funded by Business Finland with 1,000,000 EUR ",
    "Swedish": "Projektet koordineras av Åbo Akademi och finansieras av Svenska kulturfonden med 50 000 euro ",
    "list marks": "- • * · ",
    "slashes": "ja/tai/och/",
    "identifiers": "S12345 101012345 2021-1-FI01-KA220-ABC ",
    "abbreviations": "ry. oy. prof. dr. puh. ",
    "sentences": "Hanke. Projekti. ",
    "counts": "kolme kumppania 12 partneria viidestä maasta ",
    "counted lists": "12 kumppania: kunta, koulu ",
    "spaces": "a          ",
    "one letter": "A",
    "cells": "| a | b ",
    "job titles": "projektipäällikkö professori tutkija ",
    "deadlines": "Haku päättyy 1.2.2024 klo 16.15 mennessä ",
}
# Four times the text: 4 where the work grows as the text does, 16 where it grows with the square; what is done once for a text, or is
# sorted, lies between.
MOST = 5.5


@pytest.fixture(scope="module")
def counted() -> dict[str, list[int]]:
    """What each text takes at two lengths, one four times the other."""
    command = [sys.executable, "-m", "tests.pipelines.counted_work"]
    found: dict[str, list[int]] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return found


@pytest.mark.parametrize("name", TEXTS)
def test_four_times_the_text_is_four_times_the_work(counted: dict[str, list[int]], name: str) -> None:
    short, long = counted[name]
    assert long <= MOST * short
