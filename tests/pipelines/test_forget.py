import gzip
import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive import capture_rewriting
from archive.backup import backup
from archive.capture import Capture
from archive.captures import CaptureWriter, capture_files, read_captures
from archive.errors import CaptureError
from archive.records import current_records, version_values
from archive.schema import open_archive
from archive.tombstones import FILE_NAME, Tombstones, digest, load_tombstones
from pipelines import forget_captures
from pipelines.expiry import expire_contacts, is_personal
from pipelines.forget import forget, forget_in_backup, settle
from pipelines.ingest import ingest
from pipelines.linking.linking import link
from pipelines.read import read
from pipelines.rebuild import rebuild
from pipelines.verify import verify
from pipelines.withhold import MARK, ValueFormError, find_withheld, forms
from pipelines.withhold_captures import withhold_capture
from tests.conftest import Take
from tests.plain_rules import capture

PAGE = """<html lang="fi"><head><title>Valo-hanke</title></head><body><main><h1>Valo-hanke</h1>
<p>Hankkeessa kehitetään maaseudun yritysten osaamista. Hankkeesta vastaa Anna Esimerkki, ja kysymykset Anna Esimerkille.</p>
<dl><dt>Toteutusaika</dt><dd>1.1.2025–31.12.2026</dd><dt>Rahoittaja</dt><dd>Opetushallitus</dd></dl>
<h2>Yhteystiedot</h2><p>Anna Esimerkki, projektipäällikkö, <a href="mailto:anna.esimerkki@opisto.example">anna.esimerkki@opisto.example</a>,
p.&nbsp;040 123 4567</p><p>Berit Exempel, koordinator, berit.exempel@opisto.example, 050 765 4321</p></main></body></html>"""
OTHER = (
    PAGE.replace("Anna Esimerkki", "Carita Muu")
    .replace("Esimerkille", "Muulle")
    .replace("anna.esimerkki", "carita.muu")
    .replace("040 123 4567", "041 234 5678")
)
ANNA = ("Anna Esimerkki", "Esimerkille", "anna.esimerkki", "123 4567", "401234567")


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """An archive of two pages, with its captures and the files beside it."""
    for name, body in (("valo", PAGE), ("muu", OTHER)):
        (tmp_path / f"{name}.html").write_text(body, "utf-8")
    ingest([tmp_path / "valo.html", tmp_path / "muu.html"], db_path=tmp_path / "a.db", captures=tmp_path / "captures")
    return tmp_path


def docx(text: str) -> bytes:
    """A document of one paragraph."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "word/document.xml",
            f"<w:document {space}><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>",
        )
    return body.getvalue()


def traces(folder: Path, values: tuple[str, ...] = ANNA) -> list[str]:
    """The values that stand anywhere in the archive's file or its captures."""
    files = [folder / "a.db", *folder.glob("a.db-wal"), *(folder / "captures").iterdir()]
    bodies = [gzip.decompress(f.read_bytes()) if f.suffix == ".gz" else f.read_bytes() for f in files]
    return [value for value in values if any(value.encode() in body for body in bodies)]


def run(folder: Path, kind: str, value: str) -> str:
    out = io.StringIO()
    forget(kind, value, folder / "a.db", folder / "captures", out)  # type: ignore[arg-type]
    return out.getvalue()


def records(folder: Path) -> list[dict[str, object]]:
    db = open_archive(folder / "a.db")
    found = list(current_records(db))
    db.conn.close()
    return found


def contents(folder: Path) -> list[object]:
    """What the pages say, but for the titles, which a rule may choose anew where a line was blacked out."""
    names = ("text", "start", "end", "funders", "contacts")
    return [[record[name] for name in names] for record in records(folder)]


def is_sound(folder: Path) -> bool:
    return verify(folder / "a.db", folder / "captures", io.StringIO()) == 0


def test_a_person_goes_with_address_and_number(pages: Path) -> None:
    before = records(pages)
    assert set(traces(pages)) == set(ANNA) - {"401234567"} | {"401234567"}
    assert run(pages, "person", "Anna Esimerkki") == "forgotten: 1 captures, 1 texts, 4 facts, 1 contacts\n"
    assert traces(pages) == []
    assert is_sound(pages)
    after = {record["id"]: record for record in records(pages)}
    for old in before:
        new = after[old["id"]]
        assert len(str(new["text"])) == len(str(old["text"]))
        assert (new["start"], new["end"], new["funders"]) == ("2025-01-01", "2026-12-31", old["funders"])
    assert {contact["name"] for record in after.values() for contact in record["contacts"]} == {
        "Berit Exempel",
        "Carita Muu",
    }  # type: ignore[union-attr]


def test_a_backup_is_erased_in_where_it_is_named(pages: Path) -> None:
    backup(pages / "a.db", pages / "monday.db")
    run(pages, "person", "Anna Esimerkki")
    assert b"Anna Esimerkki" in (pages / "monday.db").read_bytes()
    known = (pages / "captures" / FILE_NAME).read_bytes()
    out = io.StringIO()
    assert forget_in_backup("person", "Anna Esimerkki", pages / "monday.db", out)["contacts"] == 1
    held = b"".join(path.read_bytes() for path in pages.glob("monday.db*"))
    assert [value for value in ANNA if value.encode() in held] == []
    assert (pages / "captures" / FILE_NAME).read_bytes() == known


@pytest.mark.parametrize(
    ("kind", "value", "gone", "kept"),
    [
        ("email", "Anna.Esimerkki@opisto.example", ("anna.esimerkki",), ("Anna Esimerkki", "123 4567")),
        ("phone", "+358 40 1234567", ("123 4567", "401234567"), ("Anna Esimerkki", "anna.esimerkki")),
    ],
)
def test_one_value_goes_and_the_rest_of_the_contact_stays(
    pages: Path, kind: str, value: str, gone: tuple[str, ...], kept: tuple[str, ...]
) -> None:
    assert "1 facts" in run(pages, kind, value)
    assert traces(pages, gone) == []
    assert traces(pages, kept) == list(kept)
    assert is_sound(pages)


def test_a_page_goes_with_all_that_hangs_on_it(pages: Path) -> None:
    url = (pages / "valo.html").as_uri()
    assert "1 pages" in run(pages, "url", url)
    assert traces(pages, ("Anna Esimerkki", "valo.html")) == []
    assert [record["url"] for record in records(pages)] == [(pages / "muu.html").as_uri()]
    assert is_sound(pages)
    ingest([pages / "valo.html"], db_path=pages / "a.db", captures=pages / "captures")
    assert len(records(pages)) == 1


def test_what_was_forgotten_stays_away(pages: Path) -> None:
    run(pages, "person", "Anna Esimerkki")
    once = contents(pages)
    ingest([pages / "valo.html"], db_path=pages / "a.db", captures=pages / "captures")
    assert (contents(pages), traces(pages)) == (once, [])
    rebuild(pages / "a.db", pages / "captures", workers=1, out=io.StringIO())
    assert (contents(pages), traces(pages)) == (once, [])
    (pages / "a.db").unlink()
    rebuild(pages / "a.db", pages / "captures", workers=1, out=io.StringIO())
    ingest([pages / "valo.html"], db_path=pages / "a.db", captures=pages / "captures")
    assert (contents(pages), traces(pages)) == (once, [])


def test_old_captures_that_come_back_are_read_without_it(pages: Path) -> None:
    backup = {path: path.read_bytes() for path in capture_files(pages / "captures")}
    run(pages, "person", "Anna Esimerkki")
    for path, body in backup.items():
        path.write_bytes(body)
    rebuild(pages / "a.db", pages / "captures", workers=1, out=io.StringIO())
    db_only = [value for value in ANNA if value.encode() in (pages / "a.db").read_bytes()]
    assert db_only == []


def test_a_document_is_kept_as_its_text(tmp_path: Path) -> None:
    (tmp_path / "valo.docx").write_bytes(docx("Anna Esimerkki vastaa hankkeesta ja sen viestinnästä maakunnassa."))
    ingest([tmp_path / "valo.docx"], db_path=tmp_path / "a.db", captures=tmp_path / "captures")
    assert "1 captures" in run(tmp_path, "person", "Anna Esimerkki")
    (kept,) = read_captures(capture_files(tmp_path / "captures"))
    assert kept.content_type == "text/plain; charset=utf-8"
    assert f"{MARK * 4} {MARK * 9} vastaa" in kept.body.decode()


@pytest.mark.parametrize("step", ["rewrite", "_point_to", "_finish_move"])
def test_an_erasure_that_was_cut_off_is_finished(pages: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """A kill between any two steps: the exception stands for it, the next run goes on."""

    def killed(*arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(forget_captures, step, killed)
        with pytest.raises(KeyboardInterrupt):
            run(pages, "person", "Anna Esimerkki")
    assert verify(pages / "a.db", pages / "captures", io.StringIO()) > 0
    db = open_archive(pages / "a.db")
    assert settle(db, pages / "captures")["texts"] == 1
    db.execute("VACUUM")
    db.conn.close()
    assert traces(pages) == []
    assert is_sound(pages)
    assert not list((pages / "captures").glob("*.part"))


def test_everything_else_in_a_capture_file_stays_as_it_was(tmp_path: Path) -> None:
    bodies = [f"sivu {number}".encode() for number in range(3)]
    with CaptureWriter(tmp_path, "crawl") as writer:
        for number, body in enumerate(bodies):
            writer.write(Capture(f"http://a.example/{number}", "2026-01-01T08:00:00Z", body), page=number != 1)
    (old,) = capture_files(tmp_path)
    new = tmp_path / "new.warc.gz"

    def change(stored: capture_rewriting.StoredCapture) -> Capture | None:
        one = stored.capture
        if one.url.endswith("/0"):
            return None
        return replace(one, body=b"uusi") if one.url.endswith("/2") else one

    done = capture_rewriting.rewrite(old, new, change)
    assert (done.dropped, len(done.sizes), done.damaged_at) == (1, 1, None)
    assert [(one.url[-1], one.body) for one in read_captures([new])] == [("2", b"uusi")]
    assert b"http://a.example/0" not in gzip.decompress(new.read_bytes())
    assert gzip.decompress(new.read_bytes()).count(b"sivu 1") == 1


@pytest.mark.parametrize(
    ("kind", "value"), [("email", "anna"), ("phone", "soita"), ("person", "Anna"), ("email", "a b@c.example")]
)
def test_what_cannot_be_told_from_others_is_refused(kind: str, value: str) -> None:
    with pytest.raises(ValueFormError):
        forms(kind, value)  # type: ignore[arg-type]


def test_a_damaged_copy_of_the_tombstones_stops_a_rebuild(pages: Path) -> None:
    run(pages, "email", "anna.esimerkki@opisto.example")
    (pages / "captures" / FILE_NAME).write_text("{}")
    (pages / "a.db").unlink()
    with pytest.raises(CaptureError, match="is damaged"):
        rebuild(pages / "a.db", pages / "captures", workers=1, out=io.StringIO())


CONTACTS = "kind: project\ntitle: Hanke\ncontact: Anna Esimerkki; päällikkö; anna.esimerkki@a.example; +358401234567\n"


def test_persons_expire_and_mailboxes_stay(db: Database, take: Take) -> None:
    mailbox = "contact: ; ; hanke@a.example; \n"
    take(
        capture("http://a.example/", CONTACTS + mailbox), capture("http://b.example/", "kind: project\ntitle: Toinen\n")
    )
    assert expire_contacts(db, datetime(2027, 12, 31, tzinfo=UTC)) == 0
    assert expire_contacts(db, datetime(2028, 1, 2, tzinfo=UTC)) == 1
    link(db)
    assert [row["email"] for row in db["contacts"].rows] == ["hanke@a.example"]
    version, text = db.execute("SELECT id, text FROM page_versions WHERE text LIKE '%contact%'").fetchone()
    assert "Anna" not in text
    assert [contact["email"] for contact in version_values(db, version)["contacts"]] == ["hanke@a.example"]
    assert db.execute(
        "SELECT count(*) FROM facts WHERE quote <> substr(("
        "SELECT text FROM page_versions WHERE id = page_version_id), start + 1, end - start)"
    ).fetchone() == (0,)


def test_an_expired_person_comes_back_when_named_again(db: Database, take: Take) -> None:
    take(capture("http://a.example/", CONTACTS))
    expire_contacts(db, datetime(2030, 1, 1, tzinfo=UTC))
    assert not load_tombstones(db)
    take(capture("http://a.example/", CONTACTS, day=2))
    assert [row["name"] for row in db["contacts"].rows] == ["Anna Esimerkki"]


@pytest.mark.parametrize(
    ("email", "found"),
    [("anna.esimerkki@a.example", True), ("hanke@a.example", False), ("haku.tuki@a.example", False), (None, False)],
)
def test_personal_addresses(email: str | None, found: bool) -> None:
    assert is_personal(email) is found


def test_a_run_forgets_what_tombstones_name(db: Database, take: Take, tmp_path: Path) -> None:
    take(capture("http://a.example/", CONTACTS))
    forget("email", "anna.esimerkki@a.example", tmp_path / "archive.db", tmp_path / "captures", io.StringIO())
    take(capture("http://b.example/", CONTACTS, day=2))
    assert "anna.esimerkki@" not in repr([list(db[table].rows) for table in ("contacts", "facts", "page_versions")])


@pytest.mark.parametrize(
    "written",
    [
        "Anna Esimerkki",
        "Anna&nbsp;Esimerkki",
        "<b>Anna</b> <span class=x>Esimerkki</span>",
        "&#65;nna Esimerkki",
        "Anna Esimerkin",
        "ANNA ESIMERKKI",
        "Esimerkki, Anna",
        '<a href="mailto:anna.esimerkki@a.example">kirjoita</a>',
        '<a href="mailto:anna.esimerkki%40a.example">kirjoita</a>',
        "anna.esimerkki&#64;a.example",
        "anna.esimerkki(at)a.example",
        "anna.esimerkki [at] a [dot] example",
    ],
)
def test_a_page_hides_the_value_however_it_is_written(written: str) -> None:
    salt = b"salt"
    pairs = [*(("person", form) for form in forms("person", "Anna Esimerkki")), ("email", "anna.esimerkki@a.example")]
    tombstones = Tombstones(salt, frozenset((kind, digest(salt, kind, value)) for kind, value in pairs), frozenset({2}))  # type: ignore[arg-type]
    page = f"<html><body><main><h1>Valo-hanke</h1><p>Hanketta vetää {written}, Espoo.</p></main></body></html>"
    old = capture("http://a.example/", page, content_type="text/html")
    new = withhold_capture(old, tombstones)
    text = read(new.body, new.content_type, new.url).text
    assert find_withheld(text, tombstones) == []
    assert "simerk" not in new.body.decode().casefold()
    assert "Espoo" in text
    assert withhold_capture(new, tombstones) is new
