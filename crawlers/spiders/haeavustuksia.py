"""haeavustuksia.fi: the state's calls. Its pages are built by scripts; what they show is read from its JSON answers."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from archive.json_answers import read_json
from crawlers.sources import Source
from crawlers.spiders.composing import finnish_time, localised, page, paragraphs
from crawlers.spiders.vocabulary import terms
from crawlers.steps import Advertised, Alarm, Answer, Counted, Document, Follow, PlainSpider, Step

_CALL_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{1,80}")
_PAGE_NUMBER = "Pagination.Page"


class HaeavustuksiaSpider(PlainSpider):
    """Reads the list, and makes each notice's page of the parts that its own page would fetch."""

    name: ClassVar[str] = "haeavustuksia"

    def start(self, source: Source) -> Iterator[Follow]:
        """The first page of the list."""
        yield from (Follow(url, "feed") for url in source.start)

    def read(self, source: Source, answer: Answer) -> Iterator[Step]:
        """Notices and the next page from a page of the list."""
        if answer.role != "feed":
            return
        listed = _json(answer)
        rows, pages = listed.get("hakuilmoitukset"), listed.get("pageCount")
        if not isinstance(rows, list) or not isinstance(pages, int):
            yield Alarm("not-understood", f"{answer.url}: no list of notices")
            return
        yield Counted(len(rows))
        yield from _notices(source, rows, answer.url)
        number = int(dict(parse_qsl(urlsplit(answer.url).query)).get(_PAGE_NUMBER, "1"))
        if number == 1:
            total = listed.get("totalCount")
            yield Advertised(total if isinstance(total, int) else 0)
        if not rows and number == 1:
            yield Alarm("zero-cards", f"{answer.url}: the list is empty")
        if number < pages:
            yield Follow(_with_page(answer.url, number + 1), "feed")

    def parts(self, source: Source, url: str) -> tuple[str, ...]:  # noqa: ARG002 - the protocol's signature
        """The answers that a notice's page is made of."""
        parts = urlsplit(url)
        call_id = parts.path.rstrip("/").rpartition("/")[2]
        base = f"{parts.scheme}://{parts.netloc}/api/haku/{call_id}/hakuilmoitus"
        return tuple(f"{base}/{name}" for name in terms(self.name)["parts"])

    def compose(self, source: Source, url: str, answers: tuple[Answer, ...]) -> Document | Alarm | None:  # noqa: ARG002 - the protocol's signature
        """The notice as one page."""
        words = terms(self.name)
        read = dict(zip(words["parts"], map(_json, answers), strict=False))
        general = read["yleistiedot"]
        lang = "sv" if urlsplit(url).path.startswith("/sv/") else "fi"
        title = localised(general.get("nimi"), lang)
        times = {**general, **read.get("hakuaika", {})}
        opens, closes = (finnish_time(times.get(key)) for key in ("hakuAlkaaDateTimeUtc", "hakuPaattyyDateTimeUtc"))
        if not title or not (opens or closes):
            return Alarm("missing-label", f"{url}: a notice without {'a name' if not title else 'a period'}")
        fields = {
            words["fields"]["authority"]: _authority(general, lang),
            words["fields"]["period"]: " – ".join(filter(None, (opens, closes))),
            words["fields"]["case"]: str(general.get("hakuasianAsianumero") or ""),
        }
        sections = {
            heading: tuple(paragraphs(_without(read.get(name, {}), words["used"]), lang))
            for name, heading in words["parts"].items()
        }
        return Document(url, page(title, lang, fields, sections))


def _notices(source: Source, rows: list[object], url: str) -> Iterator[Step]:
    known = terms(HaeavustuksiaSpider.name)
    strange: dict[str, None] = {}
    base = urlsplit(url)
    for row in rows:
        call_id = row.get("hakuasianAsianumero") if isinstance(row, dict) else None
        if not isinstance(row, dict) or not isinstance(call_id, str) or not _CALL_ID.fullmatch(call_id):
            yield Alarm("missing-label", f"{url}: a notice without hakuasianAsianumero")
            continue
        for key, words in known["states"].items():
            if row.get(key) is not None and row[key] not in words:
                strange[f"{key} {row[key]!r}"] = None
        yield Follow(f"{base.scheme}://{base.netloc}/fi/haku/{call_id}")
    yield from (Alarm("unknown-status", f"{source.id}: {word}") for word in strange)


def _authority(general: Mapping[str, Any], lang: str) -> str:
    body = general.get("vastuullinenJarjestajaOrganisaatio")
    return localised(body.get("nimi"), lang) if isinstance(body, Mapping) else ""


def _without(value: object, keys: list[str]) -> object:
    return {k: v for k, v in value.items() if k not in keys} if isinstance(value, Mapping) else value


def _json(answer: Answer) -> dict[str, Any]:
    """The answer's JSON object; an empty one for anything else, which lacks what is asked of it."""
    try:
        found = read_json(answer.body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _with_page(url: str, number: int) -> str:
    parts = urlsplit(url)
    parameters = dict(parse_qsl(parts.query)) | {_PAGE_NUMBER: str(number)}
    return urlunsplit(parts._replace(query=urlencode(parameters)))
