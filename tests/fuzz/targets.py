"""What is fuzzed: each target takes any bytes and fails only where the project does. Used by atheris and by the tests."""

import contextlib
import io
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol
from urllib.parse import urlsplit

from archive.addresses import normalise_url, page_id
from archive.capture import Capture
from archive.capture_digests import answer_digests
from archive.captures import read_stored
from archive.errors import CaptureError, HankearkistoError
from archive.search.match import rewrite
from archive.tombstones import Tombstones, digest
from crawlers.addresses import canonical
from crawlers.links import canonical_link, page_links
from crawlers.middlewares.reservation import is_reserved, read_rules
from crawlers.middlewares.robots import parse_rules
from crawlers.sitemaps import SitemapError, sitemap_entries
from crawlers.sources import Source
from crawlers.spiders import SPIDER_NAMES, spider_named
from crawlers.spiders.erasmus import finnish_rows
from crawlers.steps import ROLES, Alarm, Answer, Follow, Step
from crawlers.steps import Document as MadePage
from crawlers.table_excerpt import TableBounds, TableExcerpt
from crawlers.verdict import reserves, says_missing
from normalise.amounts.finding import find_amounts
from normalise.amounts.money import find_money
from normalise.analysis import Analysis
from normalise.contacts.emails import find_emails
from normalise.contacts.finding import find_contacts
from normalise.contacts.phones import find_phones
from normalise.dates.finding import find_dates
from normalise.facts import KINDS, Findings, as_json
from normalise.identifiers import find_identifiers
from normalise.kinds.finding import score_kinds
from normalise.language.inflection import genitive_adjective, nominatives
from normalise.language.languages import language_of
from normalise.language.lemmas import base_forms, code_parts, index_terms, query_lemmas, terms, words
from normalise.language.questions import parse
from normalise.organisations.finding import find_organisations
from normalise.organisations.names import identify
from normalise.parties.finding import find_parties
from normalise.periods.finding import find_periods
from normalise.persons.finding import find_persons
from normalise.persons.name_forms import fold, in_title_case, possible_nominatives
from normalise.publication.finding import find_publication
from normalise.resolution.aliases import abbreviations
from normalise.resolution.identifiers import business_id, domain, oid, without_identifiers
from normalise.text.document import Document
from normalise.text.labels import find_labelled
from normalise.text.sentences import split_sentences
from normalise.titles.finding import find_title
from normalise.titles.project_names import find_project_names
from pipelines.extract import extract
from pipelines.read import read
from pipelines.readers.charset import decode_html, decode_text
from pipelines.readers.office import read_office
from pipelines.readers.page import read_page
from pipelines.readers.pdf import read_pdf
from pipelines.readers.reading import Reading
from pipelines.readers.sniff import format_of
from pipelines.registers.areas import read_names, read_pairs
from pipelines.registers.errors import RegisterShapeError
from pipelines.registers.opintopolku import read_body, read_mergers
from pipelines.registers.prh import read_companies
from pipelines.registers.shapes import records
from pipelines.withhold import MARK, blacken, find_withheld, forms
from pipelines.withhold_captures import withhold_capture

URL = "https://hankkeet.example/hanke/valo"
INDEX = "https://hankkeet.example/wp-json/wp/v2/hanke?per_page=100"
NOW = "2026-01-01T08:00:00Z"
Target = Callable[[bytes], None]


class Mention(Protocol):
    """Anything with a place in a text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def text_of(data: bytes) -> str:
    """Bytes as a text; what is no UTF-8 becomes single characters, so that every byte counts."""
    return data.decode("utf-8", "replace")


def document(data: bytes) -> Document:
    """Bytes as a document of the rules."""
    return Document(text_of(data))


def within(text: str, mentions: Iterable[Mention]) -> None:
    """Every mention stands in its text, in reading order."""
    last = 0
    for mention in mentions:
        assert last <= mention.start <= mention.end <= len(text)
        last = mention.start


def sound(text: str, findings: Findings) -> None:
    """Facts quote what they point to, and every value can be written as JSON and UTF-8."""
    for fact in findings.facts:
        assert text[fact.start : fact.end] == fact.quote
        assert 0.0 <= fact.confidence <= 1.0
        json.dumps(fact.value, allow_nan=False, ensure_ascii=False).encode()
    for refusal in findings.refusals:
        assert 0 <= refusal.start <= refusal.end <= len(text)


def readable(reading: Reading) -> None:
    """A reading can be stored and read as one text."""
    for part in (reading.text, reading.title or "", *reading.links):
        part.encode("utf-8")
    if reading.format != "text":
        assert "\x00" not in reading.text
        assert reading.text == reading.text.strip("\n")
    assert all(urlsplit(url).scheme in ("http", "https") for url in reading.links)


def html(data: bytes) -> None:
    readable(read_page(data, None, URL))


def pdf(data: bytes) -> None:
    readable(read_pdf(data))


def office(data: bytes) -> None:
    readable(read_office(data, "docx"))
    readable(read_office(data, "pptx"))


def word_xml(data: bytes) -> None:
    """The XML inside a document: a package's own structure would hide it from the fuzzer."""
    import zipfile

    for kind, name in (("docx", "word/document.xml"), ("pptx", "ppt/slides/slide1.xml")):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as package:
            package.writestr(name, data)
            if kind == "pptx":
                package.writestr("ppt/presentation.xml", _PRESENTATION)
                package.writestr("ppt/_rels/presentation.xml.rels", _RELATIONS)
            package.writestr("docProps/core.xml", data)
        readable(read_office(out.getvalue(), kind))  # type: ignore[arg-type]


def whole(data: bytes) -> None:
    """Whatever a server sends: header, address and body."""
    header, _, body = data.partition(b"\n")
    content_type = header.decode("latin-1")
    for kind in (None, content_type, "text/html", "text/plain"):
        format_of(body, kind, URL)
        decode_text(body, kind)
        decode_html(body, kind)
    readable(read(body, content_type, URL))


def captures(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        for name in ("a.warc.gz", "a.arc", "a.wacz"):
            path = Path(folder, name)
            path.write_bytes(data)
            try:
                for stored in read_stored(path):
                    assert stored.capture.captured_at.endswith("Z")
                    page_id(stored.capture.url)
            except CaptureError:
                pass
            if not name.endswith("wacz"):
                list(answer_digests(path))


def ways(data: bytes) -> None:
    """What shows a crawl its way: links, sitemaps, feeds, robots.txt, reservations, addresses."""
    for link in (links := page_links(data, URL)).all + links.next_pages + links.feeds:
        assert canonical(link) is not None
    canonical_link(data, URL)
    reserves(data)
    says_missing(Answer(URL, data, "page", 200, {}))
    with contextlib.suppress(SitemapError):
        list(sitemap_entries(data, URL))
    parse_rules(data).can_fetch(URL, "Hankearkisto")
    is_reserved(read_rules(data), "/hanke/valo?sivu=2")
    address = text_of(data)
    if (first := canonical(address, URL)) is not None:
        assert canonical(first) == first
        page_id(first)
        assert normalise_url(normalise_url(first)) == normalise_url(first)


def answers(data: bytes) -> None:
    """What interfaces of sources answer, of whatever type their values are."""
    for name in sorted(SPIDER_NAMES):
        spider = spider_named(name)
        for role in ROLES:
            storable(spider.read(_SOURCE, Answer(INDEX if role == "feed" else URL, data, role)))
        made = spider.compose(_SOURCE, URL, tuple(Answer(part, data) for part in spider.parts(_SOURCE, URL)))
        storable([made] if made else [])
    excerpt = TableExcerpt(finnish_rows, TableBounds())
    excerpt.feed(data)
    storable(spider_named("erasmus").read(_SOURCE, Answer(URL, b"", "feed", table=excerpt.close())))


def storable(steps: Iterable[Step]) -> None:
    """What a spider answers can be written to the archive."""
    for step in steps:
        if isinstance(step, MadePage):
            step.html.encode()
            page_id(step.url)
        elif isinstance(step, Follow):
            (canonical(step.url) or "").encode()
        elif isinstance(step, Alarm):
            step.message.encode()


def registers(data: bytes) -> None:
    try:
        value: Any = json.loads(data)
    except (ValueError, RecursionError):
        return
    for reader in (
        lambda: [read_body(item) for item in records(value, "haku")],
        lambda: read_mergers(value),
        lambda: list(read_companies(value, "0116510-6")),
        lambda: read_names(value, "kunnat"),
        lambda: read_pairs(value, "kunnat"),
    ):
        with contextlib.suppress(RegisterShapeError):
            reader()


def dates(data: bytes) -> None:
    text = text_of(data)
    within(text, find_dates(text))


def money(data: bytes) -> None:
    text = text_of(data)
    within(text, find_money(text))


def details(data: bytes) -> None:
    """Addresses, numbers, codes: what stands in a text letter by letter."""
    text = text_of(data)
    within(text, find_emails(text))
    within(text, find_phones(text))
    business_id(text), oid(text), domain(text), without_identifiers(text)


def names(data: bytes) -> None:
    given = document(data)
    within(given.text, find_persons(given, find_emails(given.text)))
    within(given.text, find_organisations(given))
    within(given.text, find_project_names(given.text))
    list(abbreviations(given.text[:_LONGEST_NAME]))
    for word in given.text.split()[:20]:
        identify(word)
        possible_nominatives(word), nominatives(word), genitive_adjective(word), in_title_case(word), fold(word)


def structure(data: bytes) -> None:
    given = document(data)
    within(given.text, split_sentences(given))
    for label in find_labelled(given):
        assert 0 <= label.label_start <= label.label_end <= len(given.text)


def tongues(data: bytes) -> None:
    """Languages, base forms, questions of readers."""
    text = text_of(data)
    language_of(text)
    parse(text)
    rewrite(text)
    for match in list(words(text))[:40]:
        word = match.group()
        base_forms(word), query_lemmas(word), list(code_parts(word))
        for lang in ("fi", "sv", "en"):
            terms(word, lang), index_terms(word, lang)


def _field(find: Callable[[Analysis, Any], Findings]) -> Target:
    def target(data: bytes) -> None:
        kind = KINDS[data[0] % len(KINDS)] if data else "other"
        lang = ("fi", "sv", "en", "mul")[data[0] // 4 % 4] if data else "fi"
        analysis = Analysis(document(data[1:]), lang, "Valo – Hankkeet")
        sound(analysis.text, find(analysis, kind))

    return target


def kinds(data: bytes) -> None:
    assert len(score_kinds(Analysis(document(data)))) == len(KINDS)


def records_of_texts(data: bytes) -> None:
    text = text_of(data)
    record = extract(text, id="a", url=URL)
    sound(text, Findings(record.facts, record.refusals))
    json.dumps(as_json(record), allow_nan=False)


def withholding(data: bytes) -> None:
    """Blacking out: lengths stay, nothing that was erased is found again, in texts and in pages."""
    text = text_of(data)
    spans = find_withheld(text, _TOMBSTONES)
    black = blacken(text, spans)
    assert len(black) == len(text)
    assert MARK not in text or black.count(MARK) >= text.count(MARK)
    page = withhold_capture(Capture(URL, NOW, data, content_type="text/html"), _TOMBSTONES)
    again = read(page.body, page.content_type, page.url)
    assert not find_withheld(f"{again.title}\n{again.text}", _TOMBSTONES)
    for kind in ("email", "phone", "person"):
        with contextlib.suppress(HankearkistoError):
            forms(kind, text)  # type: ignore[arg-type]


def _tombstones(values: Sequence[tuple[Any, str]]) -> Tombstones:
    pairs = [(kind, form) for kind, value in values for form in forms(kind, value)]
    return Tombstones(b"", frozenset((kind, digest(b"", kind, form)) for kind, form in pairs), frozenset({2}))


_TOMBSTONES = _tombstones([("person", "Anna Esimerkki"), ("email", "anna@opisto.example"), ("phone", "040 123 4567")])
# Names of bodies are cut to this by the rules that find them.
_LONGEST_NAME = 300
_SOURCE = Source(
    id="fuzz",
    name={"fi": "Sumu"},
    spider="site",
    every=86_400,
    start=("https://hankkeet.example/hankkeet",),
    wordpress=(f"{INDEX}",),
    keep=("/hanke/",),
)
_PRESENTATION = (
    '<p:presentation xmlns:p="urn:p" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<p:sldIdLst><p:sldId id="1" r:id="r1"/></p:sldIdLst></p:presentation>'
)
_RELATIONS = '<Relationships xmlns="urn:r"><Relationship Id="r1" Target="slides/slide1.xml"/></Relationships>'

TARGETS: dict[str, Target] = {
    "html": html,
    "pdf": pdf,
    "office": office,
    "word-xml": word_xml,
    "whole": whole,
    "captures": captures,
    "ways": ways,
    "answers": answers,
    "registers": registers,
    "dates": dates,
    "money": money,
    "details": details,
    "names": names,
    "structure": structure,
    "tongues": tongues,
    "titles": _field(find_title),
    "periods": _field(find_periods),
    "publication": _field(find_publication),
    "parties": _field(find_parties),
    "contacts": _field(find_contacts),
    "amounts": _field(find_amounts),
    "identifiers": _field(find_identifiers),
    "kinds": kinds,
    "records": records_of_texts,
    "withholding": withholding,
}
