"""The public copy: nothing personal is left anywhere in its file, everything else is."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import ArchiveError
from archive.schema import open_archive
from archive.search.asking import search
from pipelines.flow import Flow
from publish.public import is_public, publish
from publish.redaction import is_office, redact
from publish.site import Site
from tests.plain_rules import capture, plain_extract, plain_read
from tests.publish import sample
from tests.publish.conftest import client


@pytest.fixture(scope="module")
def copy(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public copy of the sample."""
    path = tmp_path_factory.mktemp("public") / "archive.public.db"
    publish(archive, path)
    return path


def test_nothing_personal_is_in_the_file(copy: Path, archive: Path) -> None:
    secrets = [sample.EMAIL, sample.PHONE, sample.NAME, "040 123 4567", "Meikäläinen", "meikalainen"]
    before, after = archive.read_bytes(), copy.read_bytes()
    assert sample.EMAIL.encode() in before
    assert [secret for secret in secrets if secret.encode() in after] == []


def test_all_else_is_there(copy: Path, archive: Path) -> None:
    full, public = sqlite3.connect(archive), sqlite3.connect(copy)
    assert public.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert public.execute("PRAGMA foreign_key_check").fetchall() == []
    for table in (
        "pages",
        "page_versions",
        "projects",
        "calls",
        "awards",
        "organisations",
        "participations",
        "captures",
    ):
        sql = f"SELECT count(*) FROM {table}"  # noqa: S608 - constants
        assert public.execute(sql).fetchone() == full.execute(sql).fetchone(), table
    assert public.execute("SELECT email FROM contacts").fetchall() == [("info@opisto.example",)]
    lengths = "SELECT id, length(text) FROM page_versions ORDER BY id"
    assert public.execute(lengths).fetchall() == full.execute(lengths).fetchall()


def test_evidence_is_still_right(copy: Path) -> None:
    connection = sqlite3.connect(copy)
    sql = "SELECT quote, substr(text, start + 1, end - start) FROM facts JOIN page_versions ON page_versions.id = page_version_id"
    quotes = connection.execute(sql).fetchall()
    assert quotes
    assert all(quote == cut for quote, cut in quotes)


def test_captures_cannot_be_found(copy: Path) -> None:
    connection = sqlite3.connect(copy)
    assert connection.execute("SELECT count(*) FROM captures WHERE warc_file IS NOT NULL").fetchone() == (0,)


def test_search_finds_words_but_no_person(copy: Path) -> None:
    db = open_archive(copy)
    assert search(db, "Pirkanmaalla").hits
    assert not search(db, "Meikäläinen").hits
    assert not search(db, sample.EMAIL).hits
    db.conn.close()


def test_pages_say_what_is_left_out(copy: Path, ids: dict[str, str], loop: asyncio.AbstractEventLoop) -> None:
    get = client(Site(copy), loop)
    page = get(f"/en/pages/{ids['page']}")
    assert "blacked out" in page.text
    assert sample.NAME not in page.text
    assert get(f"/captures/{ids['capture']}.warc.gz").status_code == 404
    assert sample.EMAIL not in get("/archive/contacts.json?_shape=objects").text


def test_a_copy_is_renewed_in_place(archive: Path, copy: Path) -> None:
    reader = sqlite3.connect(copy)
    assert reader.execute("SELECT count(*) FROM projects").fetchone()[0] == 5
    publish(archive, copy)
    assert reader.execute("SELECT count(*) FROM projects").fetchone()[0] == 5
    assert is_public(copy)
    assert not is_public(archive)


def test_nothing_else_is_overwritten(archive: Path, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="left alone"):
        publish(archive, archive)
    other = tmp_path / "other.db"
    other.write_text("no database")
    with pytest.raises(ArchiveError):
        publish(archive, other)
    assert other.read_text() == "no database"
    with pytest.raises(ArchiveError, match="no archive"):
        publish(tmp_path / "missing.db", tmp_path / "x.db")


@pytest.mark.parametrize(
    ("text", "names", "shown"),
    [
        ("Soita 040 123 4567 heti", (), "Soita ███ ███ ████ heti"),
        ("anna.ek@x.example ja info@x.example", (), "█████████████████ ja info@x.example"),
        ("Anna Ek; Ek Anna; ANNA  EK; Annan", ("Anna Ek",), "████ ██; ██ ████; ████  ██; Annan"),
        ("Annan Ekin hanke alkaa 1.2.2024", ("Annan Ekin",), "█████ ████ hanke alkaa 1.2.2024"),
        (
            "Maija Meikäläisen hanke, Meikäläiselle Maijalle",
            ("Maija Meikäläinen",),
            "█████ ███████████ hanke, Meikäläiselle Maijalle",
        ),
        ("Olli Lahden ja Lahti Ollin", ("Olli Lahti",), "████ ██████ ja █████ █████"),
        ("Avustus 2 300 000 euroa, OPH-1234-2023", (), "Avustus 2 300 000 euroa, OPH-1234-2023"),
    ],
)
def test_redaction(text: str, names: tuple[str, ...], shown: str) -> None:
    assert redact(text, names) == shown


TITLED = """kind: project
lang: fi
title: {title}
coordinator: {body}
partner: Turun kaupunki
contact: Maija Meikäläinen; johtaja; maija.meikalainen@opisto.example;
identifier: S12345
note: Hanke.
"""


def test_a_given_name_alone_blackens_its_own_page_only(tmp_path: Path) -> None:
    db = open_archive(tmp_path / "a.db", create=True)
    flow = Flow(db, read=plain_read, extract=plain_extract)
    flow.take(capture("http://a.example/1", "kind: project\ntitle: Valo\ncontact: Sofia; ; ; +358401234567\n"))
    flow.take(capture("http://a.example/2", "kind: project\ntitle: Sofia oppii\n"))
    flow.finish()
    db.conn.close()
    publish(tmp_path / "a.db", tmp_path / "b.db")
    public = sqlite3.connect(tmp_path / "b.db")
    texts = dict(public.execute("SELECT url, text FROM page_versions JOIN pages ON pages.id = page_id").fetchall())
    assert ["Sofia" in texts[f"http://a.example/{number}"] for number in (1, 2)] == [False, True]
    assert public.execute("SELECT title FROM projects ORDER BY title").fetchall() == [("Sofia oppii",), ("Valo",)]


def test_ids_made_of_a_persons_name_are_replaced(tmp_path: Path) -> None:
    db = open_archive(tmp_path / "a.db", create=True)
    flow = Flow(db, read=plain_read, extract=plain_extract)
    title, body = "Maija Meikäläisen apuraha", "Tmi Maija Meikäläinen"
    flow.take(capture("http://a.example/1", TITLED.format(title=title, body=body)))
    flow.take(capture("http://a.example/2", TITLED.format(title=f"{title} II", body="Opetushallitus")))
    flow.finish()
    db.conn.close()
    ids = []
    for name in ("one.db", "two.db"):
        publish(tmp_path / "a.db", tmp_path / name)
        assert b"meikala" not in (tmp_path / name).read_bytes().lower()
        public = sqlite3.connect(tmp_path / name)
        assert public.execute("PRAGMA foreign_key_check").fetchall() == []
        relations = (
            "SELECT count(*) FROM relations JOIN projects AS a ON a.id = [from] JOIN projects AS b ON b.id = [to]"
        )
        assert public.execute(relations).fetchone() == (1,)
        ids.append(public.execute("SELECT id FROM projects UNION SELECT id FROM organisations ORDER BY 1").fetchall())
    assert ids[0] == ids[1]
    assert ("opetushallitus",) in ids[0]
    assert len([id_ for (id_,) in ids[0] if id_.startswith(("project-", "organisation-"))]) == 3


@given(st.text(max_size=80), st.lists(st.text(max_size=10), max_size=3))
def test_redaction_keeps_lengths_and_white_space(text: str, names: list[str]) -> None:
    redacted = redact(text, names)
    assert len(redacted) == len(text)
    assert [letter.isspace() for letter in redacted] == [letter.isspace() for letter in text]


@pytest.mark.parametrize(
    ("email", "office"),
    [
        ("info@x.fi", True),
        ("kirjaamo.oph@x.fi", True),
        ("registrator@x.fi", True),
        ("anna.info@x.fi", False),
        ("virtanen@x.fi", False),
        ("@x.fi", False),
    ],
)
def test_offices_are_told_from_people(email: str, office: bool) -> None:
    assert is_office(email) is office
