import gzip
import io
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.captures import capture_files, read_captures
from archive.errors import CaptureError
from archive.schema import open_archive
from pipelines.extract_files import extract_files
from pipelines.flow import Summary
from pipelines.ingest import ingest
from pipelines.report import print_summary, progress

HTML = (
    "<html lang=fi><body><main><h1>Valo-hanke</h1><p>Hankkeessa kehitetään maaseudun yritysten osaamista yhdessä "
    "oppilaitosten kanssa.</p><dl><dt>Toteutusaika</dt><dd>1.1.2025–31.12.2026</dd><dt>Rahoittaja</dt><dd>Opetushallitus"
    "</dd></dl></main></body></html>"
)


def run(folder: Path, *paths: Path) -> Summary:
    return ingest(paths, db_path=folder / "archive.db", captures=folder / "captures")


def answer(writer: WARCWriter, url: str, body: bytes, kind: str, status: str = "200 OK") -> None:
    headers = StatusAndHeaders(status, [("Content-Type", kind), ("X-Own", "1")], protocol="HTTP/1.1")
    writer.write_record(
        writer.create_warc_record(
            url,
            "response",
            payload=io.BytesIO(body),
            length=len(body),
            http_headers=headers,
            warc_headers_dict={"WARC-Date": "2019-05-06T07:08:09Z"},
        )
    )


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    path = tmp_path / "other" / "crawl.warc.gz"
    path.parent.mkdir()
    with path.open("wb") as file:
        writer = WARCWriter(file)
        answer(writer, "http://site.example/", HTML.encode(), "text/html; charset=utf-8")
        answer(writer, "http://site.example/robots.txt", b"User-agent: *", "text/plain")
        answer(writer, "http://site.example/logo.png", b"\x89PNG", "image/png")
        answer(writer, "http://site.example/poissa", b"<p>404</p>", "text/html", "404 Not Found")
        answer(
            writer, "http://site.example/liite.docx", b"PK\x03\x04 cut" + bytes(range(256)), "application/octet-stream"
        )
    return path


def test_documents_of_other_crawlers_become_pages(tmp_path: Path, foreign: Path) -> None:
    run(tmp_path, foreign)
    db = open_archive(tmp_path / "archive.db")
    pages = db.execute("SELECT url, first_seen, state FROM pages ORDER BY url").fetchall()
    assert pages == [("http://site.example/", "2019-05-06T07:08:09Z", "ok")]


def test_captures_are_ours_before_they_are_pages(tmp_path: Path, foreign: Path) -> None:
    run(tmp_path, foreign)
    files = capture_files(tmp_path / "captures")
    assert next(read_captures(files)).url == "http://site.example/"
    assert "X-Own: 1" in gzip.decompress(files[0].read_bytes()).decode()
    db = open_archive(tmp_path / "archive.db")
    assert db.execute("SELECT DISTINCT warc_file FROM captures").fetchall() == [(files[0].name,)]


def test_files_and_folders_are_archived_whole(tmp_path: Path) -> None:
    folder = tmp_path / "files" / "deep"
    folder.mkdir(parents=True)
    (folder / "ä 1.html").write_text(HTML, "utf-8")
    (folder / "huomio.txt").write_text("Pelkkää tekstiä tästä hankkeesta.\r\n", "utf-8")
    (folder / "kuva.png").write_bytes(b"\x89PNG")
    assert run(tmp_path, tmp_path / "files").actions == {"new": 2}
    db = open_archive(tmp_path / "archive.db")
    urls = [row[0] for row in db.execute("SELECT url FROM pages ORDER BY url")]
    assert urls == [(folder / name).resolve().as_uri() for name in ("ä 1.html", "huomio.txt")]


def test_ingesting_twice_changes_nothing(tmp_path: Path, foreign: Path) -> None:
    run(tmp_path, foreign)
    assert run(tmp_path, foreign).actions == {"unchanged": 1}


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(
    tmp_path: Path, foreign: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.wacz"
    broken.write_bytes(b"no zip")
    foreign.write_bytes(foreign.read_bytes()[:-100])
    summary = run(tmp_path, tmp_path / "missing.html", broken, foreign)
    assert (summary.failed, summary.problems["file"], summary.problems["capture"]) == (3, 2, 1)
    assert summary.totals["pages"] == 1
    errors = capsys.readouterr().err
    assert all(name in errors for name in ("missing.html: no such file", "broken.wacz: no WACZ file", "cut short"))


def test_nothing_to_ingest_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(CaptureError, match=r"missing\.html: no such file"):
        run(tmp_path, tmp_path / "missing.html")
    assert not (tmp_path / "archive.db").exists()


def test_the_summary_says_what_was_found_and_not_understood() -> None:
    out = io.StringIO()
    summary = Summary(totals={"pages": 3, "projects": 1})
    summary.actions.update(new=3, failed=1)
    summary.problems.update(scanned=1, odd=2)
    assert print_summary(summary, out) == 1
    assert out.getvalue().splitlines() == [
        "captures: 3 new, 1 failed",
        "archive: 3 pages, 1 projects",
        "not understood: 1 scanned documents without text, 2 odd",
    ]


def test_progress_without_a_terminal_is_plain_lines(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.report._SECONDS_BETWEEN_LINES", 0.0)
    assert list(progress(range(2), "reading", 2)) == [0, 1]
    assert [line.partition(" done")[0] for line in capsys.readouterr().err.splitlines()] == [
        "reading: 1 of 2",
        "reading: 2 of 2",
    ]


def test_extract_names_what_it_cannot_read_and_goes_on(tmp_path: Path) -> None:
    good, latin = tmp_path / "hyvä.txt", tmp_path / "latin.txt"
    good.write_bytes("Hanke\r\npäättyy\u2028 1.1.2026".encode())
    latin.write_bytes("päättyy".encode("latin-1"))
    out, err = io.StringIO(), io.StringIO()
    assert extract_files([str(latin), str(good), str(tmp_path / "none.txt"), str(tmp_path)], out, err) == 3
    assert [line.rpartition("/")[2] for line in err.getvalue().splitlines()][:2] == [
        "latin.txt: not UTF-8 text (byte 1)",
        "none.txt: No such file or directory",
    ]
    (line,) = out.getvalue().splitlines()
    assert line.startswith('{"id": "hyvä", "url": null, ')
    assert '"text": "Hanke\\r\\npäättyy\\u2028 1.1.2026"' in line
