import time

import pytest

from normalise.analysis import Analysis
from normalise.contacts.finding import contacts_of, find_contacts
from normalise.facts import Contact, Findings
from normalise.text.document import Document
from normalise.text.positions import Positions, Spans
from normalise.words import vocabulary


def findings(text: str) -> Findings:
    return find_contacts(Analysis(Document(text)), "project")


def contacts(text: str) -> list[tuple[str | None, str | None, str | None, str | None]]:
    return [(c.name, c.title, c.email, c.phone) for c in contacts_of(findings(text).facts)]


ANNA = ("Anna Aho", "projektipäällikkö", "anna.aho@site.example", "+358501234567")


@pytest.mark.parametrize(
    "text",
    [
        "Projektissa: projektipäällikkö Anna Aho, p. 050 123 4567, anna.aho@site.example",
        "Lisätietoja\n\nAnna Aho\nprojektipäällikkö\nanna.aho(at)site.example\n+358 50 123 4567",
        "Lisätietoja antaa projektipäällikkö Anna Aho (050 123 4567 tai anna.aho@site.example).",
        "Anna Aho | projektipäällikkö | 050 123 4567 | anna.aho@site.example",
        "Yhteystiedot\nprojektipäällikkö | Anna Aho | 050 123 4567 | anna.aho@site.example",
        "Yhteystiedot\nprojektipäällikkö, LAB | Anna Aho | 050 123 4567 | anna.aho@site.example",
        "Anna Aho\nOma Häme\n050 123 4567\nanna.aho@site.example\nprojektipäällikkö",
        "Anna Aho <anna.aho@site.example>, projektipäällikkö, 050 123 4567",
        "Yhteyshenkilön nimi: Aho Anna\nAsema: projektipäällikkö\nEmail: anna.aho@site.example\nPuhelin: 050 123 4567",
        "Yhteyshenkilö\tAnna Aho\nAsema\tprojektipäällikkö\nS-posti\tanna.aho@site.example\nPuhelin\t050 123 4567",
        "– Hyvä, sanoo projektipäällikkö Anna Aho.\n\nLisätietoja:\nAnna Aho, 050 123 4567, anna.aho@site.example",
        "Kirjoittaja: Anna Aho, projektipäällikkö\n\nTule mukaan!\n\nanna.aho@site.example, 050 123 4567",
    ],
)
def test_details_are_tied_to_their_person(text: str) -> None:
    assert contacts(text) == [ANNA]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        # A task over the name as a label, the job under it; a title that is the next one's (Anna has no details).
        ("Projektledare\nAnna Berg\nlektor i kemi\nanna.berg@site.example", ["lektor i kemi"]),
        ("Projektledare\nAnna Berg\nKoordinator\nOtto Lind\n040 123 4567", ["Koordinator"]),
        ("Koordinaattoriksi on valittu Anna Aho, puh. 040 123 4567", ["Koordinaattori"]),
        (
            "Projektledare\nAnna Berg\nanna.berg@site.example\nKoordinator\nOtto Lind\n040 123 4567",
            ["Projektledare", "Koordinator"],
        ),
        (
            "Anna Berg\nProjektledare\nanna.berg@site.example\nOtto Lind\nKoordinator\n040 123 4567",
            ["Projektledare", "Koordinator"],
        ),
        ("Anna Berg, lektor, 040 123 4567, Otto Lind, rektor, 050 123 4567", ["lektor", "rektor"]),
        ("Viestintä: Anna Berg, anna.berg@site.example", ["Viestintä"]),
        ("Ohjaajat\nEspoo Anna Berg 050 123 4567\nPori Otto Lind 040 123 4567", ["Ohjaaja", "Ohjaaja"]),
        ("Hankepäällikkö, Tredu: Anna Berg, 050 123 4567", ["Hankepäällikkö"]),
        ("Överinspektör             Anna Berg\n\nUpplysningar: Anna Berg, tfn 050 123 4567", ["Överinspektör"]),
        ("Kontaktperson: Anna Berg", [None]),
        ("Projektledare vid Bryggskolan är Anna Berg, tfn 050 123 4567", ["Projektledare"]),
        ("Projektipäällikkönä Bryggeopistossa toimii Anna Berg, p. 050 123 4567", ["Projektipäällikkö"]),
        ("Kontakt\nProjektledare är docent Anna Berg, tfn 050 123 4567", ["Projektledare"]),
        ("Projektledare: Anna Berg, lektor, tfn 050 123 4567", ["lektor"]),
        ("Kontakt:\nProjektansvarig\nSjökapten Otto Lind\n050 123 4567", ["Projektansvarig"]),
        (
            "Kysymyksiin vastaavat ohjaajat:\n\nEspoo  Anna Berg  050 123 4567\nPori  Otto Lind  040 123 4567",
            ["ohjaaja", "ohjaaja"],
        ),
    ],
)
def test_title_stands_beside_its_name(text: str, titles: list[str | None]) -> None:
    assert [title for _, title, _, _ in contacts(text)] == titles


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kontaktperson: Anna Berg", ["Anna Berg"]),
        ("Hankkeen yhteyshenkilöinä toimivat Anna Aho ja Otto Lind.", ["Anna Aho", "Otto Lind"]),
        ("Lisätietoa antavat\nOpetusneuvos Anna Aho\nSihteeri Otto Lind", ["Anna Aho", "Otto Lind"]),
        ("Projektipäällikkö: Anna Aho", ["Anna Aho"]),
        ("Projektipäällikkö | Anna Aho", ["Anna Aho"]),
        ("Vastuututkija: Anna Aho, erikoistutkija", ["Anna Aho"]),
        ("Ohjausryhmä\nAnna Aho, rehtori\nOtto Lind, johtaja", []),
        ("– Hyvä hanke, sanoo rehtori Anna Aho.", []),
        (
            "Johtaja Anna Aho\nOpetusneuvos Otto Lind\n\nLisätietoja: opetusneuvos Otto Lind, 029 533 1718",
            ["Otto Lind"],
        ),
    ],
)
def test_names_without_details(text: str, names: list[str]) -> None:
    assert [name for name, _, _, _ in contacts(text)] == names


@pytest.mark.parametrize(
    ("text", "mailboxes"),
    [
        ("Kirjoita meille: hanke(at)site.example", [("hanke@site.example", None)]),
        ("Frågor: kansliet, kansli@site.example, tfn 040 555 7390", [("kansli@site.example", "+358405557390")]),
        ("kansli(at)site.example", [("kansli@site.example", None)]),
        ("Lähetä hakemus osoitteeseen haku@site.example.", []),
        ("Tekniset ongelmat: tuki@site.example", []),
        ("Lisätietoja: kirjaamo@site.example", []),
        ("Säätiö, Katu 3, 20520 Turku, puh. 02 263 3500, info@site.example", []),
        ("Vaihde 029 533 1000", []),
        ("Osoite: PL 7\nPuhelinnumero: 09 231999", []),
    ],
)
def test_mailboxes(text: str, mailboxes: list[tuple[str | None, str | None]]) -> None:
    assert contacts(text) == [(None, None, *mailbox) for mailbox in mailboxes]


def test_mailbox_is_not_the_next_persons() -> None:
    text = "Frågor: ting@site.example eller projektledare Anna Berg, tfn 050 555 6071"
    expected = [(None, None, "ting@site.example", None), ("Anna Berg", "projektledare", None, "+358505556071")]
    assert contacts(text) == expected


def test_mailbox_under_a_list_is_nobodys() -> None:
    text = "Lisätietoja\nAnna Aho, 0295 330 728\nOtto Lind, 0295 330 760\navustukset@site.example"
    assert (None, None, "avustukset@site.example", None) in contacts(text)


def test_foreign_mailbox_of_a_single_person_is_theirs() -> None:
    text = "Puheenjohtaja Maija Liisa Muotka p. 040 550 7712, kuitu(at)site.example"
    assert contacts(text) == [("Maija Liisa Muotka", "Puheenjohtaja", "kuitu@site.example", "+358405507712")]


def test_pattern_gives_addresses_to_those_without() -> None:
    text = (
        "Ota yhteyttä\n\nPäällikkö Päivi Räsänen-Åberg, puh. 029 533 1901\nSähköpostit: etunimi.sukunimi@site.example"
    )
    (contact,) = contacts_of(findings(text).facts)
    assert contact == Contact(
        "Päivi Räsänen-Åberg", "Päällikkö", "paivi.rasanen-aberg@site.example", "+358295331901", email_derived=True
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Merja 044 123 4567\nPirita 044 123 4568", [("Merja", None, None, "+358441234567"), ("Pirita", None, None, "+358441234568")]),
        ("Anna Aho 050 123 4567\nMerja 044 123 4567", [("Anna Aho", None, None, "+358501234567"), ("Merja", None, None, "+358441234567")]),
        ("Lisätietoja: Liisa, puh. 050 123 4567", [("Liisa", None, None, "+358501234567")]),
        ("Avaimet: talonmies Kauko, 040 123 4567", [("Kauko", "talonmies", None, "+358401234567")]),
        ("Hör av dig till oss:\nFelix (norra) 040-123 4567", [("Felix", None, None, "+358401234567")]),
        # A word that asks to get in touch is no surname, though some are called so.
        ("Frågor?\nRing Felix på 040-123 4567", [("Felix", None, None, "+358401234567")]),
        ("Kontakta Felix (kvällar) på tfn 040-123 4567", [("Felix", None, None, "+358401234567")]),
        ("Ring Felix Aho 040-123 4567", [("Felix Aho", None, None, "+358401234567")]),
        ("Felix Ring 040-123 4567", [("Felix Ring", None, None, "+358401234567")]),
        ("Varaukset tekstiviestillä 0400 123 456 (Reijo).", [("Reijo", None, None, "+358400123456")]),
        ("Heikki p. 040 123 4567, heikki@kyla.example", [("Heikki", None, "heikki@kyla.example", "+358401234567")]),
        ("Kom med!\n\n/Britta\nbritta@ateljen.example", [("Britta", None, "britta@ateljen.example", None)]),
        # The one person of the page who is called so.
        ("Projektipäällikkö Liisa Salo kertoo.\n\nLiisa 050 123 4567", [("Liisa Salo", "Projektipäällikkö", None, "+358501234567")]),
        # A name that is a word, names further on in the line.
        ("Aura 044 123 4567", []),
        ("Kysy lisää Merjalta ja Liisalta, 044 123 4567", [(None, None, None, "+358441234567")]),
    ],
)  # fmt: skip
def test_a_given_name_beside_a_detail_is_a_person(
    text: str, expected: list[tuple[str | None, str | None, str | None, str | None]]
) -> None:
    assert contacts(text) == expected


def test_address_alone_tells_a_name() -> None:
    assert contacts("Laita viestiä osoitteeseen kirsi.virtanen@site.example.") == [
        ("Kirsi Virtanen", None, "kirsi.virtanen@site.example", None)
    ]


def test_quotes_stand_at_their_offsets_and_groups_number_contacts() -> None:
    text = "Projektipäällikkönä toimii Anna Virtanen (anna.virtanen(at)site.example, p. 050 123 4567)."
    facts = findings(text).facts
    assert all(text[fact.start : fact.end] == fact.quote for fact in facts)
    assert {fact.field for fact in facts} == {"contact.name", "contact.title", "contact.email", "contact.phone"}
    assert {fact.group for fact in facts} == {0}


def test_refusals_say_why() -> None:
    text = "Lisätietoja: Anna Aho, 050 123 4567, 040 123 4567. Vaihde 029 533 1000. Kirjaamo: kirjaamo@site.example"
    reasons = [refusal.reason for refusal in findings(text).refusals]
    assert reasons == [
        "second number of the same person",
        "switchboard",
        "registry, technical or data protection mailbox",
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "Yhteystiedot", "@", "Lisätietoja:\n", "Ω" * 100])
def test_nothing_is_invented(text: str) -> None:
    assert findings(text) == Findings()


@pytest.mark.parametrize(
    "unit", ["Anna Aho, johtaja, p. 0401234567, anna.aho@x.fi ", "x@y.fi 0401234567 ", "Anna Aho\n\n"]
)
def test_time_is_linear(unit: str) -> None:
    started = time.perf_counter()
    findings(unit * (20_000 // len(unit)))
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize("name", ["contacts", "emails", "given_names", "persons", "phones", "roles", "surnames"])
def test_vocabulary_holds_words_only(name: str) -> None:
    """An unquoted "on" or "no" would be read as a truth value."""
    values = [vocabulary(name)]
    while values:
        value = values.pop()
        if isinstance(value, dict):
            values += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            values += value
            words = [word for word in value if isinstance(word, str)]
            assert len(words) == len(set(words))
        else:
            assert isinstance(value, str)


def test_spans_find_the_innermost() -> None:
    spans = Spans([(0, 50), (10, 20), (30, 31)])
    assert [spans.around(offset) for offset in (0, 15, 25, 30, 50)] == [0, 1, 0, 2, None]


def test_positions() -> None:
    positions = Positions([3, 7])
    assert (positions.first_from(4), positions.last_before(2), positions.any_within(4, 7)) == (1, -1, False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Kysy lisää!\n\nAnna Aho, koordinaattori (Vantaa)\nOtto Lind\nOsoitteet: etunimi.sukunimi@site.example",
            [("Anna Aho", "anna.aho@site.example"), ("Otto Lind", "otto.lind@site.example")],
        ),
        (
            "Boka besök av Anna Berg, barnbibliotekarie. E-post fornamn.efternamn@site.example",
            [("Anna Berg", "anna.berg@site.example")],
        ),
        ("Tervetuloa, toivottaa Anna Aho.\n\nSähköpostit: etunimi.sukunimi@site.example", []),
    ],
)
def test_people_over_a_pattern_are_contacts(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(name, email) for name, _, email, _ in contacts(text)] == expected
