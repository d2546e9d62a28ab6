"""The command line, as people and timers call it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from sqlite_utils import Database

from hankearkisto import main

ROOT = Path(__file__).parents[1]
COMMANDS = (
    *("crawl", "sources"),
    *("ingest", "extract", "rebuild", "verify", "index", "backup", "register"),
    *("search", "status", "serve", "export", "publish", "forget"),
)
PAGE = """<html lang="fi"><head><title>Valo-hanke</title></head><body><main><h1>Valo-hanke</h1>
<p>Hankkeessa kehitetään maaseudun yritysten osaamista yhdessä oppilaitosten kanssa.</p>
<dl><dt>Toteutusaika</dt><dd>1.1.2025–31.12.2026</dd><dt>Rahoittaja</dt><dd>Opetushallitus</dd></dl></main></body></html>"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "valo.html"
    path.write_text(PAGE, "utf-8")
    return path


@pytest.fixture
def place(tmp_path: Path, page: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Arguments that name an archive with one page."""
    options = ["--db", str(tmp_path / "a.db"), "--captures", str(tmp_path / "captures")]
    assert main(["ingest", str(page), *options]) == 0
    assert "1 pages, 1 projects" in capsys.readouterr().out
    return options


def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "hankearkisto.py"), *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_names_every_command_and_nothing_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    assert re.findall(r"^    (\w+) ", capsys.readouterr().out, re.MULTILINE) == list(COMMANDS)


@pytest.mark.parametrize(
    "arguments",
    [
        *(
            [],
            ["nonsense"],
            ["extract"],
            ["search"],
            ["rebuild", "--workers", "0"],
            ["export", "xls"],
            ["forget"],
            ["search", "x", "--since", "2026-02-31"],
        ),
        ["forget", "--email", "a@b.example", "--phone", "040 1234567"],
    ],
)
def test_wrong_calls_end_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["search", "hanke", "--db", "none.db"],
        ["export", "records", "--db", "none.db"],
        ["status", "--db", "none.db"],
        ["rebuild", "--db", "none.db", "--captures", "none"],
        ["ingest", "none.html", "--db", "none.db"],
        ["crawl", "--sources", "none"],
        ["crawl", "--captures", "memory://nobody/reads/this"],
        ["rebuild", "--db", "none.db", "--captures", "memory://empty"],
        ["rebuild", "--captures", "odd://place"],
        ["sources", "check", "--sources", "none.yml"],
        ["status", "--db", __file__],
        ["verify", "--db", "none.db"],
        ["backup", "copy.db", "--db", "none.db"],
        ["forget", "--email", "nobody", "--db", "none.db"],
        ["forget", "--person", "Anna", "--db", "none.db"],
        ["publish", "public.db", "--db", "none.db"],
    ],
)
def test_what_is_missing_is_one_line_and_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert err.startswith("hankearkisto: ")
    assert list(tmp_path.iterdir()) == []


def test_extract_prints_a_record_a_file(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(page), str(page)]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == second
    record = json.loads(first)
    assert (record["id"], record["url"], record["kind"]) == ("valo", None, "project")
    assert (record["start"], record["end"]) == ("2025-01-01", "2026-12-31")
    assert all(record["text"][fact["start"] : fact["end"]] == fact["quote"] for fact in record["facts"])


def test_extract_goes_on_after_a_broken_file(page: Path, tmp_path: Path) -> None:
    (tmp_path / "rikki.txt").write_bytes(b"\xff\xfe")
    found = run("extract", str(tmp_path / "rikki.txt"), str(page))
    assert found.returncode == 1
    assert found.stderr.splitlines() == [f"{tmp_path / 'rikki.txt'}: not UTF-8 text (byte 0)"]
    assert json.loads(found.stdout)["id"] == "valo"


def test_extract_reads_standard_input_untouched() -> None:
    text = "Hanke päättyy 31.12.2026.\n\n  Loppu \n"
    found = run("extract", "-", stdin=text)
    assert (found.returncode, found.stderr) == (0, "")
    record = json.loads(found.stdout)
    assert (record["id"], record["text"]) == ("stdin", text)


def test_extract_starts_without_the_crawler_and_the_server() -> None:
    code = (
        "import sys, io, hankearkisto; sys.stdin = io.TextIOWrapper(io.BytesIO(b'Hanke'));"
        "hankearkisto.main(['extract', '-']);"
        "print([name for name in ('scrapy', 'datasette', 'twisted', 'warcio', 'lxml') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert found.stdout.splitlines()[-1] == "[]"


def test_a_reader_that_leaves_early_is_no_error(place: list[str]) -> None:
    command = f"{sys.executable} {ROOT / 'hankearkisto.py'} export csv --db {place[1]} | head -c 1"
    found = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert (found.stdout, found.stderr) == ("k", "")


def test_from_files_to_answers(place: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = place[:2]
    assert main(["search", "hankkeet", *db, "--json"]) == 0
    hits = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"id", "url", "kind", "title", "score", "snippet"} == set(hits[0])
    assert main(["search", "hankkeet", *db, "--json", "--facets", "--since", "1990-01", "--until", "2090"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["facets"]["kind"] == {"project": 1}
    assert main(["search", "hankkeet", *db, "--facets", "--open"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["export", "records", *db]) == 0
    before = capsys.readouterr().out
    assert json.loads(before)["title"]
    assert main(["rebuild", *place, "--workers", "2"]) == 0
    assert "no value differs" in capsys.readouterr().out
    assert main(["export", "records", *db, "-o", str(tmp_path / "out.jsonl")]) == 0
    assert (tmp_path / "out.jsonl").read_text("utf-8") == before
    assert main(["status", *db, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["totals"]["projects"] == 1


def test_status_ends_with_1_when_something_needs_a_person(place: list[str]) -> None:
    db = Database(place[1])
    db["sources"].insert({"id": "s", "name": "S", "first_seen": "2026"})
    db["runs"].insert({"kind": "crawl", "source_id": "s", "started_at": "2026-01-01T00:00:00Z", "state": "failed"})
    db.conn.close()
    assert main(["status", *place[:2]]) == 1


def test_a_newer_archive_is_refused_by_every_command(place: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    Database(place[1]).execute("PRAGMA user_version = 999")
    for command in (["status"], ["export", "csv"], ["search", "hanke"]):
        assert main([*command, *place[:2]]) == 2
        assert "newer version" in capsys.readouterr().err


def test_sources_are_listed_and_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "testi.yml").write_text(
        "id: testi\nname: {fi: Testi}\nspider: site\nstart: [https://site.example/hankkeet]\nkeep: [/hankkeet/]\nevery: 7d\n"
    )
    assert main(["sources", "--sources", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "testi\tTesti\tevery 168 h\thttps://site.example/hankkeet\n"
    assert main(["sources", "check", "--sources", str(tmp_path)]) == 0
    (tmp_path / "rikki.yml").write_text("id: [")
    assert main(["sources", "check", "--sources", str(tmp_path)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_every_fault_of_every_source_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.yml").write_text("id: A B\nspider: site\nevery: often\nstart: x\ncolour: red\n")
    (tmp_path / "b.yml").write_text("id: b\nname: B\nspider: spider\nevery: 1d\nstart: ['https://b.example/']\n")
    (tmp_path / "c.yml").write_text("id: b\nname: B\nspider: site\nevery: 1d\nstart: ['https://b.example/']\n")
    assert main(["sources", "check", "--sources", str(tmp_path)]) == 2
    lines = capsys.readouterr().err.splitlines()
    found = [re.sub(r"^hankearkisto: .*/(.\.yml): (\w+): .*", r"\1 \2", line) for line in lines]
    assert sorted(found) == [
        "a.yml colour",
        "a.yml every",
        "a.yml id",
        "a.yml name",
        "a.yml start",
        "b.yml spider",
        "c.yml id",
    ]


def test_every_format_is_offered() -> None:
    from publish.commands import EXPORTS
    from publish.export_formats import FORMATS
    from publish.exports import WRITERS

    assert sorted(EXPORTS) == sorted([*WRITERS, *FORMATS])


def test_forget_backup_verify_and_publish(place: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = place[:2]
    assert main(["verify", *place]) == 0
    assert main(["publish", str(tmp_path / "a.public.db"), *db]) == 0
    assert main(["backup", str(tmp_path / "copy.db"), *db]) == 0
    capsys.readouterr()
    assert main(["forget", "--url", (tmp_path / "valo.html").as_uri(), *place]) == 0
    assert capsys.readouterr().out.startswith("forgotten: 1 captures")
    for name in ("a.db", "a.public.db"):
        assert Database(tmp_path / name)["pages"].count == 0
    assert Database(tmp_path / "copy.db")["pages"].count == 1
    Database(tmp_path / "copy.db").execute("UPDATE page_versions SET text_digest = 'x'")
    assert main(["verify", "--db", str(tmp_path / "copy.db"), *place[2:]]) == 1
    assert "text: page version 1" in capsys.readouterr().out


def test_index_of_another_version_is_asked_for_and_made(place: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    db = place[:2]
    archive = Database(db[1])
    with archive.conn:
        archive.execute("UPDATE meta SET value = 'another' WHERE key = 'search_analyser'")
    archive.conn.close()
    assert main(["search", "hanke", *db]) == 0
    assert "hankearkisto index" in capsys.readouterr().err
    assert main(["index", *db]) == 0
    assert re.search(r": \d+ documents indexed", capsys.readouterr().out)
    assert main(["search", "hanke", *db, "--widen"]) == 0
    said = capsys.readouterr()
    assert "hankearkisto index" not in said.err
    assert "'hanke' also as" in said.err
    assert "projekt" in said.err
