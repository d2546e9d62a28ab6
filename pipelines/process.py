"""Bytes in, what the page says out: reading and extraction of one capture. Pure, so that it runs anywhere."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal, Protocol

from archive.addresses import normalise_url, page_id
from archive.capture import Capture
from archive.tombstones import Tombstones
from normalise.facts import Record
from pipelines.extract import KNOWN_LANGUAGES
from pipelines.readers.reading import Reading
from pipelines.withhold import withhold_reading

# A page's state: a reader's, or that its language is none that the rules know.
PageState = Literal["ok", "empty", "scanned", "unsupported", "broken", "missing", "foreign"]

# What a fault in a reader or a rule raises; anything else (no memory, a missing vocabulary) is no fault of a page.
RULE_ERRORS = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)

Read = Callable[[bytes, str | None, str], Reading]


class Extract(Protocol):
    """pipelines.extract.extract."""

    def __call__(self, text: str, *, id: str, url: str | None = None, reading: Reading | None = None) -> Record: ...  # noqa: A002, D102


@dataclass(frozen=True, slots=True)
class Processed:
    """What one answer of status 200 says. ``record`` is None where the text is the one that was known already."""

    page_id: str
    url: str
    state: PageState
    text_digest: str
    reading: Reading
    record: Record | None


@dataclass(frozen=True, slots=True)
class Failure:
    """A capture that the reading or the rules failed on; the message names the error."""

    message: str


NOTHING_FORGOTTEN = Tombstones(b"")


def process_safely(
    capture: Capture,
    read: Read,
    extract: Extract,
    known_digest: str | None = None,
    tombstones: Tombstones = NOTHING_FORGOTTEN,
) -> Processed | Failure | None:
    """As `process`, with the errors that a fault in a rule raises on one page returned, so that others go on."""
    try:
        return process(capture, read, extract, known_digest, tombstones)
    except RULE_ERRORS as error:
        return Failure(f"{type(error).__name__}: {error}"[:500])


def process(
    capture: Capture,
    read: Read,
    extract: Extract,
    known_digest: str | None = None,
    tombstones: Tombstones = NOTHING_FORGOTTEN,
) -> Processed | None:
    """Read a capture and extract its record; None for an answer that carries no page (redirects, errors, 304).

    Extraction is left out where the text has the digest that is known already. What ``tombstones`` name is blacked out
    before anything is read from the text.
    """
    if capture.status != HTTPStatus.OK:
        return None
    reading = withhold_reading(read(capture.body, capture.content_type, capture.url), tombstones)
    digest = text_digest(reading.text)
    url, key = normalise_url(capture.url), page_id(capture.url)
    if reading.state != "ok":
        return Processed(key, url, reading.state, digest, reading, _bare(key, url, None, reading.text))
    if digest == known_digest:
        return Processed(key, url, "ok", digest, reading, None)
    record = extract(reading.text, id=key, url=url, reading=reading)
    if record.lang not in KNOWN_LANGUAGES:
        return Processed(key, url, "foreign", digest, reading, _bare(key, url, record.lang, reading.text))
    return Processed(key, url, "ok", digest, reading, record)


def text_digest(text: str) -> str:
    """SHA-256 of the archived text, hexadecimal: a page has changed when this has."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _bare(key: str, url: str, lang: str | None, text: str) -> Record:
    return Record(id=key, url=url, lang=lang or "und", kind="other", text=text)
