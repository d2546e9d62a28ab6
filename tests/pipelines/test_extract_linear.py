"""Texts that repeat one thing in one line: what they cost grows as they do, whichever rule they are meant to keep busy."""

import time

import pytest

from pipelines.extract import extract

# Without it many of them would be in no language that the rules know.
BEGINNING = "Hankkeen kuvaus ja rahoitus: hanketta toteuttaa "
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
    "quoted": '"Hanke Alfa" ',
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
    "spaces": "a          ",
    "one letter": "A",
    "cells": "| a | b ",
    "job titles": "projektipäällikkö professori tutkija ",
    "deadlines": "Haku päättyy 1.2.2024 klo 16.15 mennessä ",
}
SHORT, TIMES = 10_000, 4
# Four times the text: 4 where the time is linear, 16 where it grows with the square. In processor time, of which
# a busy machine takes away little; the seconds are for what does not grow, and for clocks that tick coarsely.
MOST, SLACK_S = 9.0, 0.3


@pytest.mark.parametrize("name", TEXTS)
def test_four_times_the_text_is_not_sixteen_times_the_work(name: str) -> None:
    cost(name, 200)
    for _ in range(3):
        short, long = cost(name, SHORT), cost(name, TIMES * SHORT)
        if long <= MOST * short + SLACK_S:
            return
    pytest.fail(f"{SHORT} characters took {short:.2f} s, {TIMES} times as many {long:.2f} s")


def cost(name: str, size: int) -> float:
    """Seconds of processor time to read a text of so many characters."""
    repeated = TEXTS[name]
    text = (BEGINNING + repeated * (size // len(repeated) + 1))[:size]
    before = time.process_time()
    extract(text, id="x")
    return time.process_time() - before
