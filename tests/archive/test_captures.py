import gzip
import io
import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.checker import Checker
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.capture import Capture
from archive.captures import CaptureProblem, CaptureWriter, capture_files, read_captures, read_stored
from archive.errors import CaptureError

NOW = "2026-01-02T03:04:05Z"
PAGE = Capture(
    url="http://site.example/hanke?x=ä",
    captured_at=NOW,
    body="<p>Hanke päättyy 31.12.2026</p>".encode(),
    content_type="text/html; charset=utf-8",
    requested_url="http://site.example/vanha",
    source_id="site",
    via="http://site.example/",
    etag='"abc"',
    last_modified="Thu, 01 Jan 2026 00:00:00 GMT",
)


def written(folder: Path, *captures: Capture, **options: bool) -> Path:
    with CaptureWriter(folder, "test") as writer:
        for capture in captures:
            writer.write(capture, **options)
    return capture_files(folder)[-1]


def pages(count: int) -> list[Capture]:
    return [Capture(f"http://site.example/{n}", NOW, b"%d " % n * 50, content_type="text/html") for n in range(count)]


def problems_of(path: Path) -> tuple[list[str], list[CaptureProblem]]:
    problems: list[CaptureProblem] = []
    return [capture.url for capture in read_captures([path], problems.append)], problems


def test_a_capture_comes_back_as_it_was(tmp_path: Path) -> None:
    with CaptureWriter(tmp_path, "test") as writer:
        name, offset = writer.write(PAGE)
    (found,) = read_captures(capture_files(tmp_path))
    assert found == Capture(
        **{field: getattr(PAGE, field) for field in PAGE.__slots__[:10]}, warc_file=name, warc_offset=offset
    )


def test_the_offset_is_where_the_answer_begins(tmp_path: Path) -> None:
    with CaptureWriter(tmp_path) as writer:
        places = [writer.write(page) for page in pages(3)]
    for number, (name, offset) in enumerate(places):
        head = gzip.GzipFile(fileobj=io.BytesIO((tmp_path / name).read_bytes()[offset:])).read(500).decode()
        assert head.startswith("WARC/1.1\r\n")
        assert "WARC-Type: response" in head
        assert f"http://site.example/{number}\r\n" in head


def test_each_answer_has_its_request_and_its_metadata(tmp_path: Path) -> None:
    text = gzip.decompress(written(tmp_path, PAGE).read_bytes()).decode()
    assert re.findall(r"^WARC-Type: (\w+)", text, re.MULTILINE) == ["warcinfo", "metadata", "request", "response"]
    answer = re.findall(r"WARC-Record-ID: (\S+)", text)[-1]
    assert re.findall(r"WARC-Concurrent-To: (\S+)", text) == [answer, answer]
    assert "GET /vanha HTTP/1.1\r\nHost: site.example\r\n" in text


def test_other_tools_find_nothing_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(
        tmp_path,
        PAGE,
        Capture("http://site.example/ei", NOW, b"", status=404),
        Capture("http://site.example/sama", NOW, b"", status=304),
        Capture("file:///tmp/liite.pdf", NOW, b"%PDF-1.7", content_type="application/pdf"),
    )
    checker = Checker(type("Options", (), {"inputs": [str(path)], "verbose": True})())
    checker.process_all()
    assert checker.exit_value == 0
    assert "digest failed" not in capsys.readouterr().out


def test_headers_of_the_wire_are_kept_under_another_name(tmp_path: Path) -> None:
    with CaptureWriter(tmp_path) as writer:
        sent = [("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Server", "a\r\nb")]
        writer.write(PAGE, [("Accept", "*/*")], sent)
    (stored,) = read_stored(capture_files(tmp_path)[0])
    assert stored.capture.body == PAGE.body
    assert dict(stored.headers) == {
        "Content-Type": "text/html",
        "X-Archive-Orig-Content-Encoding": "gzip",
        "Server": "a b",
        "Content-Length": str(len(PAGE.body)),
    }


@pytest.mark.parametrize(
    ("capture", "status"),
    [
        (Capture("http://site.example/", NOW, b"", status=304), 304),
        (Capture("http://site.example/", NOW, b"gone", status=410), 410),
        (Capture("http://site.example/", NOW, b"odd", status=299), 299),
        (Capture("file:///tmp/a%20b.txt", NOW, b"teksti", content_type="text/plain"), 200),
    ],
)
def test_every_kind_of_answer_is_kept(tmp_path: Path, capture: Capture, status: int) -> None:
    (found,) = read_captures([written(tmp_path, capture)])
    assert (found.url, found.status, found.body) == (capture.url, status, capture.body)


def test_a_page_made_of_data_is_a_conversion_of_them(tmp_path: Path) -> None:
    made = Capture("http://site.example/haku/1", NOW, b"<h1>Haku</h1>", content_type="text/html")
    made = replace(made, composed_from="http://site.example/api/1", source_id="haku")
    path = written(tmp_path, made)
    (stored,) = read_stored(path)
    assert (stored.capture.body, stored.capture.status, stored.page) == (made.body, 200, True)
    assert stored.capture.composed_from == "http://site.example/api/1"
    text = gzip.decompress(path.read_bytes()).decode()
    assert "WARC-Type: conversion\r\n" in text
    assert "WARC-Type: request\r\n" not in text
    assert "HTTP/1.1" not in text


def test_conversions_of_others_are_no_pages(tmp_path: Path) -> None:
    path = tmp_path / "wet.warc.gz"
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        text = writer.create_warc_record("http://site.example/", "conversion", payload=BytesIO(b"teksti"), length=6)
        writer.write_record(text)
    assert list(read_stored(path)) == []


def test_a_page_that_was_unchanged_is_a_revisit(tmp_path: Path) -> None:
    with CaptureWriter(tmp_path) as writer:
        writer.note_unmodified(Capture("http://site.example/", NOW, b"", status=304), [("ETag", '"1"')])
        writer.note_unmodified(Capture("http://site.example/", NOW, b"data", status=304))
    (path,) = capture_files(tmp_path)
    assert [(stored.capture.status, stored.capture.etag) for stored in read_stored(path)] == [(304, '"1"'), (304, None)]
    text = gzip.decompress(path.read_bytes()).decode()
    assert re.findall(r"revisit/(\S+)", text) == ["server-not-modified", "identical-payload-digest"]


def test_answers_that_show_the_way_are_no_pages(tmp_path: Path) -> None:
    path = written(tmp_path, PAGE, page=False)
    assert list(read_captures([path])) == []
    assert [stored.page for stored in read_stored(path)] == [False]


def test_files_are_rotated_and_read_in_order(tmp_path: Path) -> None:
    with CaptureWriter(tmp_path, "test", rotate_at=1) as writer:
        for page in pages(3):
            writer.write(page)
    assert [path.name[-18:] for path in capture_files(tmp_path)] == [f"test-0000{n}.warc.gz" for n in (1, 2, 3)]
    assert [capture.url for capture in read_captures(capture_files(tmp_path))] == [page.url for page in pages(3)]


def test_a_cut_tail_is_named_and_the_rest_kept(tmp_path: Path) -> None:
    path = written(tmp_path, *pages(3))
    path.write_bytes(path.read_bytes()[:-20])
    urls, problems = problems_of(path)
    assert urls == ["http://site.example/0", "http://site.example/1"]
    assert [(problem.file, problem.reason) for problem in problems] == [(path.name, "the record is cut short")]


def test_a_damaged_record_costs_only_itself(tmp_path: Path) -> None:
    path = written(tmp_path, *pages(3))
    offset = list(read_captures([path]))[1].warc_offset or 0
    data = bytearray(path.read_bytes())
    data[offset + 40 : offset + 60] = bytes(20)
    path.write_bytes(data)
    urls, problems = problems_of(path)
    assert urls == ["http://site.example/0", "http://site.example/2"]
    assert [problem.offset for problem in problems] == [offset]


@pytest.mark.parametrize("content", [b"", b"no archive at all\n" * 10, bytes(range(256)) * 20, b"\x1f\x8b\x08garbage"])
def test_what_is_no_archive_gives_no_captures(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(content)
    urls, problems = problems_of(path)
    assert urls == []
    assert len(problems) == (1 if content else 0)
    assert capsys.readouterr() == ("", "")


@settings(max_examples=40, deadline=None)
@given(cut=st.integers(0, 5000), flips=st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), max_size=4))
def test_no_damage_raises_or_invents(
    tmp_path_factory: pytest.TempPathFactory, cut: int, flips: list[tuple[int, int]]
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    path = written(folder, *pages(4))
    data = bytearray(path.read_bytes())
    for place, value in flips:
        data[place % len(data)] = value
    path.write_bytes(data[: max(0, len(data) - cut)])
    urls, _ = problems_of(path)
    assert urls == [url for page in pages(4) if (url := page.url) in urls]


def test_other_crawlers_packages_are_read(tmp_path: Path) -> None:
    plain = written(tmp_path / "own", *pages(2))
    package = tmp_path / "crawl.wacz"
    with zipfile.ZipFile(package, "w") as archive:
        archive.write(plain, "archive/data.warc.gz")
        archive.writestr("pages/pages.jsonl", "{}")
    found = list(read_captures([package]))
    assert [capture.url for capture in found] == [page.url for page in pages(2)]
    assert found[0].warc_file == "crawl.wacz!archive/data.warc.gz"


def test_encoded_answers_are_decoded(tmp_path: Path) -> None:
    body = gzip.compress(b"<p>hanke</p>")
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    headers = [("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip"), ("Content-Type", "text/html")]
    path = tmp_path / "other.warc"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=False)
        http = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
        for number in range(2):
            record = writer.create_warc_record(
                f"http://site.example/{number}",
                "response",
                payload=io.BytesIO(chunked),
                length=len(chunked),
                http_headers=http,
            )
            writer.write_record(record)
    assert [capture.body for capture in read_captures([path])] == [b"<p>hanke</p>"] * 2


def test_old_arc_files_are_read(tmp_path: Path) -> None:
    answer = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>vanha</p>"
    version = b"1 0 crawler\nURL IP-address Archive-date Content-type Archive-length\n\n"
    head = b"filedesc://old.arc 0.0.0.0 20080101000000 text/plain %d\n" % len(version)
    line = b"http://site.example/ 1.2.3.4 20080102030405 text/html %d\n" % len(answer)
    (tmp_path / "old.arc").write_bytes(head + version + b"\n" + line + answer + b"\n")
    (found,) = read_captures([tmp_path / "old.arc"])
    assert (found.url, found.captured_at, found.body) == (
        "http://site.example/",
        "2008-01-02T03:04:05Z",
        b"<p>vanha</p>",
    )


def test_bodies_beyond_the_limit_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, *pages(2), Capture("http://site.example/iso", NOW, bytes(2000)))
    monkeypatch.setattr("archive.capture_reader.MAX_BODY_BYTES", 1000)
    monkeypatch.setattr("archive.capture_records.MAX_BODY_BYTES", 1000)
    urls, problems = problems_of(path)
    assert len(urls) == 2
    assert [problem.reason for problem in problems] == ["http://site.example/iso is larger than 1000 bytes"]


@pytest.mark.parametrize("name", ["missing.warc.gz", "broken.wacz"])
def test_what_cannot_be_opened_is_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "broken.wacz").write_bytes(b"PK no zip")
    with pytest.raises(CaptureError, match=name):
        list(read_captures([tmp_path / name]))


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CaptureError, match="captures cannot be written"), CaptureWriter(tmp_path / "file") as writer:
        writer.write(PAGE)
