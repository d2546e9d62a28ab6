from collections.abc import Iterator
from itertools import permutations

import pytest
from sqlite_utils import Database

from archive.schema import open_archive
from pipelines.flow import Flow
from pipelines.linking.linking import link
from pipelines.linking.profiles import folded_title, series_numbers, short_names
from pipelines.slugs import slug
from tests.conftest import Take
from tests.plain_rules import capture, plain_extract, plain_read

LONG = "Osaaminen kasvuun maaseudun yrityksissä"


def project(title: str, *lines: str) -> str:
    return "\n".join(["kind: project", f"title: {title}", *lines, ""])


def call(title: str, *lines: str) -> str:
    return project(title, *lines).replace("project", "call", 1)


def titles(db: Database, table: str = "projects") -> list[str]:
    return [row["title"] for row in db[table].rows_where(order_by="title")]


def linked(*texts: str) -> Iterator[tuple[str, str]]:
    yield from ((f"http://site{number}.example/", text) for number, text in enumerate(texts))


ONE_PROJECT = {
    "a long title": (project(LONG), project(LONG.upper())),
    "a title but for generic words": (project(f"{LONG} -hanke"), project(LONG)),
    "short title, same coordinator": (
        project("Valo", "coordinator: Turun kaupunki"),
        project("Valo", "coordinator: Turun kaupunki"),
    ),
    "short title, dates agree": (project("Valo", "start: 2023-01"), project("Valo", "start: 2023-01-15")),
    "acronym, dates and lead": (
        project("Valo – uusia polkuja työhön", "start: 2023", "coordinator: Tredu"),
        project("VALO: nya vägar", "start: 2023-02-01", "coordinator: Tredu"),
    ),
    "the fuller title": (
        project("Strapetsi – Strategisen pedagogisen toiminnan johtaminen", "start: 2023-12-01"),
        project("Strapetsi - Strategisen ja pedagogisen toiminnan johtaminen - Ledning av verksamheten"),
    ),
    "identifier and dates": (
        project("Uusia polkuja", "identifier: S21925", "end: 2024-12"),
        project("Nya vägar", "identifier: S21925", "end: 2024-12-31"),
    ),
    "a conflict in one date": (
        project(LONG, "start: 2023-01-01", "coordinator: Tredu"),
        project(LONG, "start: 2023-02-01", "coordinator: Tredu"),
    ),
    "languages that name each other": (
        project("Uusia polkuja", "alternate: http://site1.example/"),
        project("Nya vägar", "alternate: http://site0.example/"),
    ),
}
ONE_PROJECT["dates and sum in two languages"] = (
    project("Uusia polkuja", "start: 2024-01-01", "end: 2025-12-31", "amount: 216000 grant"),
    project("Nya vägar", "start: 2024-01-01", "end: 2025-12-31", "amount: 216000 grant", "lang: sv"),
)
DEAL = ("start: 2024-03-01", "partner: Gradia", "partner: Omnia", "amount: 640000 grant")
ONE_PROJECT["the same deal in two languages, one date moved"] = (
    project("Vihreät taidot haltuun", *DEAL, "end: 2025-12-31", "coordinator: Tampereen kaupunki / Tredu", "lang: fi"),
    project("Gröna färdigheter", *DEAL, "end: 2025-11-30", "coordinator: Tammerfors stad", "lang: sv"),
)
ONE_PROJECT["a school that leads, and the town that owns it"] = (
    project("Vihreät taidot haltuun", "start: 2024-03-01", "coordinator: Tampereen kaupunki (Tredu)"),
    project("Vihreät taidot haltuun", "start: 2024-03-01", "coordinator: Tampereen kaupunki"),
)
ONE_PROJECT["a lead that went into another body"] = (
    project("Kotoa töihin", "start: 2016-05-01", "coordinator: Mikkelin ammattikorkeakoulu"),
    project("Kotoa töihin", "start: 2016-05-01", "coordinator: Xamk"),
)
ONE_PROJECT["a project code and the lead, one date in conflict"] = (
    project("Uusia polkuja", "identifier: S22310", "coordinator: Xamk", "start: 2022", "end: 2024"),
    project("Nya vägar", "identifier: S22310", "coordinator: Xamk", "start: 2022-01-01", "end: 2023-12-31", "lang: sv"),
)
ONE_PROJECT["a short name, the lead and partners, one date in conflict"] = (
    project(
        "Silta – polkuja työhön", "coordinator: Xamk", "partner: WinNova", "partner: Raseko", "start: 2022", "end: 2024"
    ),
    project("Silta", "coordinator: Xamk", "partner: Winnovan", "partner: Raseko", "start: 2022-01", "end: 2023-12"),
)
TWO_PROJECTS = {
    "a case number and the lead, one date in conflict": (
        project("Uusia polkuja", "identifier: OPH-12-2022", "coordinator: Xamk", "start: 2022", "end: 2024"),
        project("Nya vägar", "identifier: OPH-12-2022", "coordinator: Xamk", "start: 2022", "end: 2023", "lang: sv"),
    ),
    "a consortium's two projects": (
        project(
            "Valo", "coordinator: Xamk", "partner: WinNova", "partner: Raseko", "start: 2022-01-01", "amount: 5 total"
        ),
        project(
            "Silta", "coordinator: Xamk", "partner: WinNova", "partner: Raseko", "start: 2022-01-01", "amount: 5 total"
        ),
    ),
    "the same deal in one language": (
        project("Vihreät taidot haltuun", *DEAL, "coordinator: Tredu", "lang: fi"),
        project("Digiä kaikille", *DEAL, "coordinator: Tredu", "lang: fi"),
    ),
    "two schools of one town": (
        project("Valo", "start: 2024-03-01", "coordinator: Stadin ammattiopisto"),
        project("Valo", "start: 2024-03-01", "coordinator: Helsingin kaupungin sivistystoimiala"),
    ),
    "short title alone": (project("Valo"), project("Valo")),
    "parts of a series": (project(f"{LONG} II"), project(LONG)),
    "parts of a series in digits": (project(f"{LONG} 2"), project(f"{LONG} 3")),
    "other periods": (
        project(LONG, "start: 2019", "end: 2021", "coordinator: Tredu"),
        project(LONG, "start: 2022", "end: 2024", "coordinator: Tredu"),
    ),
    "other leads": (project("Valo", "coordinator: Tredu"), project("Valo", "coordinator: Gradia")),
    "one case number, many projects": (
        project("Uusia polkuja", "identifier: OKM/30/221/2017", "coordinator: Tredu"),
        project("Matikkaa kaikille", "identifier: OKM/30/221/2017", "coordinator: Gradia"),
    ),
    "dates and sum in one language": (
        project("Uusia polkuja", "start: 2024-01-01", "end: 2025-12-31", "amount: 216000 grant"),
        project("Nya vägar", "start: 2024-01-01", "end: 2025-12-31", "amount: 216000 grant"),
    ),
    "months and sum in two languages": (
        project("Uusia polkuja", "start: 2024-01", "end: 2025-12", "amount: 216000 grant"),
        project("Nya vägar", "start: 2024-01", "end: 2025-12", "amount: 216000 grant", "lang: sv"),
    ),
    "only generic words in common": (project("Hanke – uutta"), project("Hanke – vanhaa")),
}


@pytest.mark.parametrize("pages", ONE_PROJECT.values(), ids=ONE_PROJECT.keys())
def test_pages_of_one_project_meet(db: Database, take: Take, pages: tuple[str, ...]) -> None:
    take(*(capture(url, text, source_id="site") for url, text in linked(*pages)))
    assert len(titles(db)) == 1
    ties = db.execute("SELECT score, reason FROM project_pages").fetchall()
    assert all(score >= 0.7 and reason for score, reason in ties)


@pytest.mark.parametrize("pages", TWO_PROJECTS.values(), ids=TWO_PROJECTS.keys())
def test_pages_of_two_projects_stay_apart(db: Database, take: Take, pages: tuple[str, ...]) -> None:
    take(*(capture(url, text, source_id="site") for url, text in linked(*pages)))
    assert len(titles(db)) == 2


def test_twins_that_a_third_page_makes_doubtful(db: Database, take: Take) -> None:
    told = ("closes: 2026-02-02T16:15", "amount: 500000 available")
    finnish, swedish = call("Tukea kouluille", *told), call("Stöd till skolor", *told, "lang: sv")
    take(capture("http://a.example/fi", finnish), capture("http://a.example/sv", swedish))
    assert db.execute("SELECT count(*), (SELECT reason FROM call_pages) FROM calls").fetchone() == (
        1,
        "the only two in other languages with these dates and sums; dates agree",
    )
    take(capture("http://a.example/fi2", call("Tukea lukioille", *told), day=2))
    assert db["calls"].count == 3


def test_a_deal_that_a_third_title_makes_doubtful(db: Database, take: Take) -> None:
    lead = "coordinator: Tredu"
    finnish = [project(title, *DEAL, lead, "lang: fi") for title in ("Vihreät taidot haltuun", "Digiä kaikille")]
    take(
        capture("http://a.example/", finnish[0]),
        capture("http://b.example/", project("Gröna", *DEAL, lead, "lang: sv")),
    )
    assert db["projects"].count == 1
    take(capture("http://c.example/", finnish[1], day=2))
    assert db["projects"].count == 3


def test_calls_of_two_years_stay_apart(db: Database, take: Take) -> None:
    title = "Ammatillisen koulutuksen strategiarahoitus haettavana"
    take(
        capture("http://a.example/1", call(title, "closes: 2023-05-01")),
        capture("http://a.example/2", call(title, "closes: 2024-05-02")),
        capture("http://b.example/1", call(title, "closes: 2024-05-02T16:15")),
    )
    assert db.execute("SELECT closes FROM calls ORDER BY closes").fetchall() == [("2023-05-01",), ("2024-05-02T16:15",)]


LED = "coordinator: Tredu"
SITES = (
    ("http://tredu.example/a", project(LONG, LED, "end: 2024", "published: 2022-01-01", "start: 2021")),
    ("http://b.example/b", project(LONG, LED, "end: 2025", "updated: 2024-02-02", "start: 2021-08-01")),
    ("http://c.example/c", project(f"{LONG}!", LED, "updated: 2024-01-01", "start: 2021-08")),
)


def test_the_shown_value_is_chosen_by_the_rule(db: Database, take: Take) -> None:
    take(*(capture(url, text) for url, text in SITES))
    assert db.execute("SELECT title, start, end FROM projects").fetchall() == [(LONG, "2021-08-01", "2024")]
    ends = db.execute("SELECT value FROM facts WHERE field = 'end' ORDER BY value").fetchall()
    assert ends == [("2024",), ("2025",)]


def test_the_order_of_pages_does_not_matter(tmp_path_factory: pytest.TempPathFactory) -> None:
    seen = set()
    for order in permutations(SITES):
        db = open_archive(tmp_path_factory.mktemp("order") / "a.db", create=True)
        flow = Flow(db, read=plain_read, extract=plain_extract)
        for url, text in order:
            flow.take(capture(url, text))
        flow.finish()
        rows = [list(db[table].rows_where(order_by="id")) for table in ("projects", "organisations")]
        rows.append(db.execute("SELECT id, organisation_id, page_id, pages FROM participations ORDER BY id").fetchall())
        seen.add(repr(rows))
        db.conn.close()
    assert len(seen) == 1


def test_linking_again_writes_nothing(db: Database, take: Take) -> None:
    take(*(capture(url, text) for url, text in SITES))
    before = db.conn.total_changes
    assert set().union(*link(db).values()) == set()
    assert db.conn.total_changes == before


def test_the_same_title_twice_gives_two_ids(db: Database, take: Take) -> None:
    take(capture("http://a.example/", project("Valo")), capture("http://b.example/", project("Valo")))
    ids = [row[0] for row in db.execute("SELECT id FROM projects")]
    assert len(set(ids)) == 2
    assert all(key.startswith("valo-") for key in ids)


def test_roles_amounts_and_codes_hang_on_the_project(db: Database, take: Take) -> None:
    lines = ("funder: ESR", "coordinator: Tredu", "partner: Tredu", "partner: Yritys Oy", "partner: YRITYS oy")
    take(
        capture("http://a.example/", project(LONG, *lines, "amount: 500 grant", "amount: 500 grant", "identifier: S1"))
    )
    roles = db.execute("SELECT role, name, pages FROM participations JOIN organisations o ON o.id = organisation_id")
    assert sorted(roles.fetchall()) == [
        ("coordinator", "Tampereen seudun ammattiopisto Tredu", 1),
        ("funder", "Euroopan sosiaalirahasto", 1),
        ("partner", "YRITYS oy", 1),
    ]
    assert db.execute("SELECT eur, role FROM amounts").fetchall() == [(500.0, "grant")]
    assert db.execute("SELECT value FROM identifiers").fetchall() == [("S1",)]
    assert db.execute("SELECT grant_eur, coordinator_id FROM projects").fetchone()[0] == 500.0


def test_sums_are_never_added_up(db: Database, take: Take) -> None:
    take(capture("http://a.example/", call(LONG, "amount: 300 available", "amount: 700 available", "amount: 50 max")))
    assert db.execute("SELECT available_eur, max_eur FROM calls").fetchall() == [(700.0, 50.0)]


def test_what_came_of_a_call(db: Database, take: Take) -> None:
    take(
        capture("http://a.example/c", call(LONG, "identifier: OPH-123-2024")),
        capture("http://a.example/p", project("Valo", "identifier: OPH-123-2024")),
    )
    assert db.execute("SELECT call_id = (SELECT id FROM calls) FROM projects").fetchall() == [(1,)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Yritys Oy", "YRITYS OY", True),
        ("Yritys Oy", "Yritys", True),
        ("Kylätoimijat ry", "Kylätoimijat r.y.", True),
        ("Testisäätiö (TS)", "Testisäätiö", True),
        ("Satakunnan testikunta", "Satakunta", False),
        ("Turun yliopisto", "Turun ammattikorkeakoulu", False),
        ("Opetushallitus", "Utbildningsstyrelsen", True),
        ("Salon seudun koulutuskuntayhtymä", "Raision seudun koulutuskuntayhtymä", False),
    ],
)
def test_names_of_organisations(db: Database, take: Take, one: str, other: str, same: bool) -> None:
    take(
        capture("http://a.example/", f"kind: project\ntitle: Yksi\npartner: {one}\n"),
        capture("http://b.example/", f"kind: project\ntitle: Toinen\npartner: {other}\n"),
    )
    assert (db["organisations"].count == 1) is same


def test_ids_of_organisations(db: Database, take: Take) -> None:
    take(capture("http://a.example/", project("Valo", "funder: Opetushallitus", "partner: Åbo testförening rf")))
    ids = [row["id"] for row in db["organisations"].rows_where(order_by="id")]
    assert ids[1] == "opetushallitus"
    assert ids[0].startswith("abo-testforening-")


@pytest.mark.parametrize(
    ("successor", "found"),
    [
        (project("Strapetsi II", "partner: Tredu", "start: 2025"), [("continues", "the next of a series; a body in common; the times fit")]),
        (project("Strapetsi II", "partner: Tredu", "start: 2021"), []),
        (project("Strapetsi II", "partner: Axxell"), []),
        (project("Strapetsi 3", "partner: Tredu"), []),
        (project("Uusi alku", "note: Hanke on jatkoa hankkeelle Strapetsi."), [("continues", "its page says what it continues")]),
        (project("Ny start", "note: Projektet bygger vidare på projektet Strapetsi."), [("continues", "its page says what it continues")]),
        (project("Uusi alku", "note: Hanke on jatkoa hankkeelle Muu."), []),
    ],
)  # fmt: skip
def test_predecessors(db: Database, take: Take, successor: str, found: list[tuple[str, str]]) -> None:
    take(
        capture("http://a.example/", project("Strapetsi", "partner: Tredu", "start: 2023")),
        capture("http://b.example/", successor),
    )
    assert db.execute("SELECT kind, reason FROM relations").fetchall() == found
    assert db["projects"].count == 2
    if found:
        row = next(iter(db["relations"].rows))
        assert (row["from"], row["to"]) == (row["from_project_id"], row["to_project_id"])


AWARD = "kind: award\ntitle: Vihreän siirtymän rahoitus myönnettiin\nfunder: Opetushallitus\npublished: 2024-03-01\n"


@pytest.mark.parametrize(
    ("pages", "found"),
    [
        ((call(LONG, "funder: Opetushallitus", "closes: 2023-11-01"), AWARD + f"note: Haku oli {LONG}.\n"), ["came of"]),
        ((call(LONG, "funder: Opetushallitus", "closes: 2027-11-01"), AWARD + f"note: Haku oli {LONG}.\n"), []),
        ((project("Vihreät taidot haltuun", "funder: Opetushallitus", "start: 2024"), AWARD + "note: Saajat: Vihreät taidot haltuun\n"), ["granted by"]),
        ((project("Vihreät taidot haltuun"), AWARD + "note: Saajat: Vihreät taidot haltuun\n"), []),
        ((call("Haku A", "identifier: OPH-123-2024"), project("Valo", "identifier: OPH-123-2024")), ["came of"]),
        ((project("Valo", "identifier: OPH-123-2024"), AWARD + "identifier: OPH-123-2024\n"), ["granted by"]),
    ],
)  # fmt: skip
def test_the_chain_of_call_award_and_project(
    db: Database, take: Take, pages: tuple[str, ...], found: list[str]
) -> None:
    take(*(capture(f"http://a.example/{number}", text) for number, text in enumerate(pages)))
    assert [row["kind"] for row in db["relations"].rows] == found


CONTACT = "contact: Anna Esimerkki; Suunnittelija; anna.esimerkki@tredu.example; +358401"


def contacts(db: Database) -> list[tuple[str | None, str | None, str]]:
    return db.execute("SELECT name, email, kind FROM contacts ORDER BY name, email").fetchall()


def test_one_person_on_many_pages(db: Database, take: Take) -> None:
    take(
        capture("http://a.example/1", project("Valo", CONTACT)),
        capture("http://b.example/1", project("Muu", CONTACT.replace("Anna Esimerkki", "anna  esimerkki"))),
        capture("http://a.example/2", project("Kolmas", "contact: Anna Esimerkki")),
    )
    assert len(contacts(db)) == 1
    assert db.execute("SELECT count(*) FROM contact_mentions").fetchone() == (3,)


def test_people_with_one_name_elsewhere_are_others(db: Database, take: Take) -> None:
    take(
        capture("http://a.example/1", project("Valo", CONTACT)),
        capture("http://b.example/1", project("Muu", "contact: Anna Esimerkki")),
    )
    assert len(contacts(db)) == 2


def test_the_pages_of_one_project_speak_of_one_person(db: Database, take: Take) -> None:
    take(
        capture("http://a.example/1", project(LONG, CONTACT)),
        capture("http://b.example/1", project(LONG, "contact: Anna Esimerkki")),
    )
    assert contacts(db) == [("Anna Esimerkki", "anna.esimerkki@tredu.example", "person")]


def test_a_shared_mailbox_joins_nobody(db: Database, take: Take) -> None:
    take(
        capture(
            "http://a.example/1",
            project(
                "Valo",
                "contact: Anna Esimerkki; ; hanke@tredu.example",
                "contact: Olli Malli; ; hanke@tredu.example",
                "contact: ; ; hanke@tredu.example",
            ),
        )
    )
    assert [(name, kind) for name, _, kind in contacts(db)] == [
        (None, "mailbox"),
        ("Anna Esimerkki", "person"),
        ("Olli Malli", "person"),
    ]


def test_a_contact_belongs_to_the_body_of_its_mail_domain(db: Database, take: Take) -> None:
    take(capture("http://a.example/1", project("Valo", CONTACT, "coordinator: Testikoulu Oy", "partner: Tredu")))
    row = db.execute("SELECT o.name FROM contacts JOIN organisations o ON o.id = organisation_id").fetchone()
    assert row == ("Tampereen seudun ammattiopisto Tredu",)


def test_lost_partners_stay_in_the_archive(db: Database, take: Take) -> None:
    url = "http://a.example/"
    take(capture(url, project("Valo", "partner: Tredu", CONTACT)), capture(url, project("Valo"), day=2))
    assert db.execute("SELECT count(*) FROM participations").fetchone() == (0,)
    assert db.execute("SELECT count(*) FROM facts WHERE organisation_id IS NOT NULL").fetchone() == (1,)
    assert db.execute("SELECT substr(last_seen, 9, 2) FROM contacts").fetchall() == [("01",)]
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Strapetsi – Johtaminen", ["strapetsi"]),
        ("VALO: valmiuksia", ["valo"]),
        ("Valmiuksia työhön (VALO)", ["valo"]),
        ("Strapetsi", ["strapetsi"]),
        ("Hanke – uutta", []),
        ("Osaava yrittäjä", []),
        ("Etelä-Pohjanmaa kasvaa", []),
    ],
)
def test_short_names(title: str, names: list[str]) -> None:
    assert list(short_names(title)) == names


def test_titles_are_compared_by_their_telling_words() -> None:
    assert folded_title("VALO-hanke: Uutta, ja vanhaa!") == folded_title("Valo uutta vanhaa")
    assert series_numbers(folded_title("Valo II")) == series_numbers(folded_title("Valo 2")) == {2}
    assert series_numbers(folded_title("Projekt i Åbo 2024")) == frozenset()


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Åbo stad", "abo-stad"), ("  Ø & Æ! ", "o-ae"), ("", "x"), ("日本", "x"), ("a" * 60, "a" * 48)],
)
def test_slugs(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_a_long_slug_ends_with_a_word() -> None:
    assert slug("sana " * 30) == "-".join(["sana"] * 9)
