"""Words and the terms they are found by."""

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalise.language import voikko
from normalise.language.compounds import take_apart
from normalise.language.lemmas import index_terms, query_lemmas, terms, words
from normalise.language.lexicon import LANGUAGES, lexicon
from normalise.language.readings import readings
from normalise.language.search_terms import Block, text_terms
from normalise.words import vocabulary

FOUND_BY = [
    ("hankkeessa", "fi", {"hanke"}),
    ("kehittämishankkeen", "fi", {"hanke", "kehittäminen", "kehittämishanke"}),
    ("johtamiskulttuuria", "fi", {"kulttuuri", "johtaminen"}),
    ("muutosjohtamisen", "fi", {"johtaminen", "muutos", "muutosjohtaminen"}),
    ("ammattikorkeakoulussa", "fi", {"koulu", "korkeakoulu", "ammattikorkeakoulu"}),
    ("kuntayhtymille", "fi", {"kunta", "yhtymä", "kuntayhtymä"}),
    ("puheenjohtajan", "fi", {"johtaja", "puheenjohtaja"}),
    ("kumppanilleen", "fi", {"kumppani"}),
    ("laajempia", "fi", {"laaja"}),
    ("erilaisimmissa", "fi", {"erilainen"}),
    ("kuvasta", "fi", {"kuva"}),
    ("vuotiaille", "fi", {"vuotias"}),
    ("työssä", "fi", {"työ"}),
    ("hyödyt", "fi", {"hyöty"}),
    ("vaalit", "fi", {"vaali"}),
    ("solujen", "fi", {"solu"}),
    ("nuorissa", "fi", {"nuori"}),
    ("palkintoja", "fi", {"palkinto"}),
    ("värit", "fi", {"väri"}),
    ("ajan", "fi", {"aika"}),
    ("parempaa", "fi", {"hyvä"}),
    ("heikompia", "fi", {"heikko"}),
    ("ammatillista", "fi", {"ammatillinen"}),
    ("ikkunoiden", "fi", {"ikkuna"}),
    ("joukossaan", "fi", {"joukko"}),
    ("käyttöoikeudet", "fi", {"käyttöoikeus", "oikeus"}),
    ("henkilökohtaisen", "fi", {"henkilö", "kohtainen"}),
    ("maaseutuasiantuntijoiden", "fi", {"maaseutu", "asiantuntija"}),
    ("verkostoitumisesta", "fi", {"verkostoituminen"}),
    ("sovellettavien", "fi", {"soveltaa"}),
    ("päättyneiden", "fi", {"päättyä"}),
    ("avustettua", "fi", {"avustaa"}),
    ("seuraa", "fi", {"seura", "seurata"}),
    ("muista", "fi", {"muu", "muistaa"}),
    ("miehenä", "fi", {"mies"}),
    ("elämääni", "fi", {"elämä"}),
    ("jalastani", "fi", {"jalka"}),
    ("alakerras", "fi", {"alakerta"}),
    ("vaikee", "fi", {"vaikea"}),
    ("kehittämis", "fi", {"kehittäminen"}),
    ("biotieteiden", "fi", {"tiede"}),
    ("projektets", "sv", {"projekt"}),
    ("utvecklingsprojekten", "sv", {"projekt", "utveckling", "utvecklingsprojekt"}),
    ("arbetsplatshandledningen", "sv", {"arbete", "arbetsplats", "handledning"}),
    ("skolbibliotek", "sv", {"skola", "bibliotek"}),
    ("statsunderstöden", "sv", {"understöd"}),
    ("beslutet", "sv", {"beslut"}),
    ("besluten", "sv", {"beslut"}),
    ("samarbetsförbundet", "sv", {"förbund", "samarbete"}),
    ("viljan", "sv", {"vilja"}),
    ("organisations", "en", {"organisation"}),
    ("tredussa", "fi", {"tredu"}),
    ("arsenalin", "fi", {"arsenal"}),
    ("Gradiahankkeessa", "fi", {"hanke"}),
    ("s21925", "fi", {"21925"}),
]


@pytest.mark.parametrize(("word", "lang", "expected"), FOUND_BY)
def test_word_is_found_by(word: str, lang: str, expected: set[str]) -> None:
    assert expected <= terms(word, lang)


NOT_FOUND_BY = [
    ("koulutusta", "fi", "koulu"),
    ("kokonaisen", "fi", "nainen"),
    ("mahdollisuudet", "fi", "uusi"),
    ("voimassa", "fi", "voima"),
    ("yhteisöllisyyden", "fi", "syyskuu"),
    ("yliopistossa", "fi", "opisto"),
    ("maailman", "fi", "ilma"),
    ("esimerkiksi", "fi", "merkki"),
    ("onneksi", "fi", "onni"),
    ("kesäkuussa", "fi", "kesä"),
    ("parempaa", "fi", "pari"),
    ("paremmin", "fi", "hyvä"),
    ("toiminut", "fi", "toimi"),
    ("toimenpiteitä", "fi", "toimi"),
    ("tietää", "fi", "tie"),
    ("välillä", "fi", "väli"),
    ("nykyisin", "fi", "isä"),
    ("sairaalassa", "fi", "ala"),
    ("asiantuntijoille", "fi", "asia"),
    ("maaseutuasiantuntijoiden", "fi", "maaseutuasia"),
    ("ammatillisen", "fi", "tilli"),
    ("kansainvälisissä", "fi", "kansa"),
    ("järjestelmän", "fi", "järjestellä"),
    ("kuolemaa", "fi", "kuolla"),
    ("tillägg", "sv", "ägg"),
    ("utbildning", "sv", "bildning"),
    ("skulle", "sv", "skola"),
    ("ja", "fi", "ja"),
]


@pytest.mark.parametrize(("word", "lang", "other"), NOT_FOUND_BY)
def test_word_is_not_found_by(word: str, lang: str, other: str) -> None:
    assert other not in terms(word, lang)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("koulutuksen", ("koulutus",)),
        ("markkinat", ("markkinat", "markkina")),
        ("hanke", ("hanke",)),
        ("projektet", ("projekt",)),
        ("koulutushankkeissa", ("koulutushanke",)),
        ("kuljetustapa", ("kuljetustapa",)),
        ("S21925", ("s21925",)),
    ],
)
def test_question_is_asked_by_lemmas_without_parts(word: str, expected: tuple[str, ...]) -> None:
    assert query_lemmas(word) == expected


def test_word_of_another_language_is_read_in_it() -> None:
    assert "utvecklingsprojekt" in terms("utvecklingsprojektet", "fi")


def test_every_run_of_parts_counts() -> None:
    parts = take_apart("työpaikkaohjaajakoulutuksen", "fi").parts
    assert {"työpaikka", "ohjaaja", "koulutus", "ohjaajakoulutus", "työpaikkaohjaaja"} <= parts


def test_text_keeps_to_its_blocks_languages() -> None:
    text = "Hankkeen tulokset\n\nProjektets resultat"
    found = text_terms(text, [Block(0, "fi"), Block(19, "sv")])
    assert {"hanke", "tulos", "projekt", "resultat"} <= found.terms
    assert not {"hankkeen", "projektets"} & found.terms


def test_words_that_stand_often_are_told_apart() -> None:
    found = text_terms("Hanke ja hankkeen tulokset. Kehittämishankkeen raportti.", [Block(0, "fi")])
    assert found.often == {"hanke"}


def test_terms_of_a_text_are_the_same_in_every_process() -> None:
    """A row is taken out of the index by its terms, which another process may have written."""
    code = (
        "from normalise.language.search_terms import Block, text_terms\n"
        "text = 'hanke raportti kunta museo talo vesi metsä järvi kaupunki työpaikkaohjaajakoulutuksen ' * 3\n"
        "print(sorted(text_terms(text, [Block(0, 'fi')]).often))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(found) == 1


@pytest.mark.parametrize("word", ["ja", "tredussa", "s21925", "hankkeissa", "xyzzy", "alusta", "utvecklingsprojektet"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_is_found_as_it_is_written(word: str, lang: str) -> None:
    assert index_terms(word, lang) & {word, *query_lemmas(word)}


@given(st.text(max_size=80), st.sampled_from(LANGUAGES))
def test_any_string_has_terms_without_an_error(text: str, lang: str) -> None:
    for match in words(text):
        assert all(term and not term.isspace() for term in terms(match.group(), lang))
        assert query_lemmas(match.group())


@given(st.text("abcdefghijklmnopqrstuvwxyzåäö", max_size=70), st.sampled_from(("fi", "sv")))
def test_parts_never_contain_the_word_itself(word: str, lang: str) -> None:
    assert word not in take_apart(word, lang).parts


def test_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="no lexicon"):
        lexicon("de")


def test_domain_words_are_lemmas_of_the_dictionaries() -> None:
    groups = vocabulary("search_terms")["groups"]
    assert len(groups) >= 150
    single = [
        (word.strip(), lang)
        for group in groups
        for lang in ("fi", "sv")
        for word in group[lang].split(",")
        if word.strip().isalpha()
    ]
    strange = [word for word, lang in single if not {word, *terms(word, lang)} & set(query_lemmas(word))]
    assert strange == []


class FakeVoikko:
    """Answers as the library does, for one word."""

    def __init__(self, lang: str) -> None:
        assert lang == "fi"

    def analyze(self, word: str) -> list[dict[str, str]]:
        return [{"BASEFORM": "Xyzzyri"}] if word in ("xyzzyreiltä", "hankkeella") else []


@pytest.mark.parametrize(("asked", "expected"), [("voikko", ["xyzzyri"]), ("", [])])
def test_voikko_is_used_when_asked_for(monkeypatch: pytest.MonkeyPatch, asked: str, expected: list[str]) -> None:
    library = SimpleNamespace(Voikko=FakeVoikko, VoikkoException=ValueError)
    monkeypatch.setitem(sys.modules, "libvoikko", library)
    monkeypatch.setenv("HANKEARKISTO_ANALYSER", asked)
    voikko._handle.cache_clear()
    try:
        assert [lemma.text for lemma in readings.__wrapped__("xyzzyreiltä", "fi")] == expected
        assert [lemma.text for lemma in readings.__wrapped__("hankkeella", "fi")] == ["hanke"]
        assert voikko.is_in_use() == bool(asked)
    finally:
        voikko._handle.cache_clear()


def test_missing_voikko_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "libvoikko", None)
    monkeypatch.setenv("HANKEARKISTO_ANALYSER", "voikko")
    voikko._handle.cache_clear()
    try:
        assert not voikko.is_in_use()
    finally:
        voikko._handle.cache_clear()
