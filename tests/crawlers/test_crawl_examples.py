"""The example sites, crawled over HTTP as `make archive` does."""

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile import Bench

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from crawlers.run import crawl  # noqa: E402 - the examples are no installed package
from examples import attachments  # noqa: E402
from examples.serve import FIRST_PORT, NAMES, Site, serving  # noqa: E402

SHIFTED = 18_101
EXPECTED = {
    "rahoittaja": 14,
    "ammattiopisto": 10,
    "hankerekisteri": 6,
    "maakunta": 9,
    "samkommun": 8,
    "koulutuskuntayhtyma": 5,
}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Bench, tuple[Site, ...]]]:
    folder = tmp_path_factory.mktemp("examples")
    (folder / "sources").mkdir()
    for file in (ROOT / "examples" / "sources").glob("*.yml"):
        text = file.read_text("utf-8")
        for index in range(len(NAMES)):
            text = text.replace(f":{FIRST_PORT + index}", f":{SHIFTED + index}")
        (folder / "sources" / file.name).write_text(text, "utf-8")
    with serving(SHIFTED) as sites:
        crawl(sources=folder / "sources", db=folder / "archive.db", captures=folder / "captures")
        yield Bench(folder, {}), sites


Crawled = tuple[Bench, tuple[Site, ...]]


def test_every_page_is_archived(crawled: Crawled) -> None:
    assert dict(crawled[0].rows("SELECT source_id, count(*) FROM pages GROUP BY source_id")) == EXPECTED


def test_nothing_is_asked_for_twice(crawled: Crawled) -> None:
    for site in crawled[1]:
        assert len(site.requests) == len(set(site.requests))


def test_robots_and_dead_links(crawled: Crawled) -> None:
    asked = {path for site in crawled[1] for path in site.requests}
    assert not any(path.startswith(("/kalenteri", "/fi/haku", "/cdn-cgi", "/wp-admin")) for path in asked)
    assert "/hankkeet/poistettu-hanke" in asked
    messages = dict(crawled[0].rows("SELECT source_id, message FROM runs WHERE source_id IS NOT NULL"))
    assert messages["koulutuskuntayhtyma"] == "dead-link 1"
    assert crawled[0].rows("SELECT count(*) FROM problems") == [(0,)]


def test_addresses_are_canonical(crawled: Crawled) -> None:
    pages = crawled[0].pages()
    assert not any(mark in page for page in pages for mark in ("utm_", "fbclid", "jsessionid", "#", "/./"))


def test_attachments_are_tied_to_their_pages(crawled: Crawled) -> None:
    ties = dict(crawled[0].rows("SELECT url, via FROM captures WHERE via IS NOT NULL"))
    assert {Path(url).suffix: Path(via).stem for url, via in ties.items()} == {
        ".pdf": "vihrean-siirtyman-avustukset-14-hankkeelle",
        ".docx": "jtf-kevat-2024",
    }


def test_the_old_charset_is_read(crawled: Crawled) -> None:
    texts = crawled[0].rows("SELECT text FROM page_versions WHERE text LIKE '%Vesistösilta%'")
    assert "€" in texts[0][0]


def test_the_same_crawl_again_asks_for_nothing(crawled: Crawled) -> None:
    bench, sites = crawled
    asked = sum(len(site.requests) for site in sites)
    crawl(sources=bench.folder / "sources", db=bench.folder / "archive.db", captures=bench.folder / "captures")
    assert sum(len(site.requests) for site in sites) == asked


def test_the_attachments_are_those_of_their_script() -> None:
    made = {
        attachments.PDF: attachments.pdf(attachments.PDF_LINES),
        attachments.DOCX: attachments.docx(attachments.DOCX_LINES),
    }
    for path, content in made.items():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == hashlib.sha256(content).hexdigest()


def test_people_are_invented() -> None:
    """No address of a real mail domain stands in the examples."""
    for path in (ROOT / "examples" / "sites").rglob("*.*"):
        if path.suffix in (".html", ".htm", ".php"):
            text = path.read_text("iso-8859-15").replace("(at)", "@").replace("[at]", "@").replace("(a)", "@")
            for word in text.replace("<", " ").replace('"', " ").replace("mailto:", " ").split():
                assert "@" not in word.strip("@(),") or ".example" in word, path
