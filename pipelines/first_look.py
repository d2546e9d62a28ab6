"""First look: what of another crawler's captures is worth reading, told from its head and bytes, many times faster.

It errs on the side of reading: a page that passes is read in full, and only then is it judged by its text.
"""

import re
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from archive.capture import Capture
from archive.capture_records import Head
from normalise.facts import Record
from normalise.words import vocabulary
from pipelines.formats import is_document, may_be_document
from pipelines.process import Failure, Processed
from pipelines.readers.sniff import format_of

Reason: TypeAlias = Literal["answer", "type", "host", "language", "topic", "unreadable", "other-language", "other-kind"]

# The markup's own word for its language; the words of the text may overrule its no, not its yes.
_LANG = re.compile(rb"<html[^>]{0,400}?\slang=[\"']?([a-z]{2})")
_HEAD_BYTES = 4_096
# From this probability on a page that is taken for `other` is passed over. By cross-validation (see the table that
# `python -m tests.fit_kinds` prints) 9 of 11.5 golden projects, calls and awards that are taken for it are kept, and 40
# of the 197 others; with 0.7 that is 7 and 17, with 0.9 11 and 80. A page passed over is lost, one kept costs a row.
SURELY_OTHER = 0.8
# Beyond this a page is data, not text.
_LOOKED_AT = 300_000


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be kept: pages in these languages (``fi``, ``sv``, ``en``), under these domains (none: any)."""

    languages: tuple[str, ...] = ("fi", "sv")
    domains: tuple[str, ...] = ()

    def of_head(self, head: Head) -> Reason | None:
        """Why an answer need not be unpacked, from its head alone; None for one that may be of use."""
        address = urlsplit(head.url)
        if address.scheme not in ("http", "https", "file") or not may_be_document(head.content_type):
            return "type"
        if head.status not in (HTTPStatus.OK, None):
            return "answer"
        host = (address.hostname or "").lower()
        if self.domains and not any(host == name or host.endswith(f".{name}") for name in self.domains):
            return "host"
        return None

    def of_bytes(self, capture: Capture) -> Reason | None:
        """Why a page need not be read, from its bytes; None for one that may be of use, and for all but HTML."""
        if not is_document(urlsplit(capture.url).path, capture.content_type, capture.body):
            return "type"
        if format_of(capture.body, capture.content_type, capture.url) != "html":
            return None
        head = capture.body[:_HEAD_BYTES]
        if b"\x00" in head:
            return None
        start = max(0, capture.body.find(b"<body"))
        page = capture.body[start : start + _LOOKED_AT]
        languages = self._languages(head.lower(), page)
        if not languages:
            return "language"
        return None if any(map(page.lower().__contains__, _topics(languages))) else "topic"

    def of_text(self, result: Processed | Failure | None) -> Reason | None:
        """Why a page is not kept now that it has been read.

        One that a rule failed on is kept, for nobody knows, and so is one whose kind is in doubt.
        """
        if not isinstance(result, Processed) or result.record is None:
            return None
        if result.state not in ("ok", "foreign"):
            return "unreadable"
        if result.record.lang not in (*self.languages, "mul"):
            return "other-language"
        return "other-kind" if result.record.kind == "other" and not is_in_doubt(result.record) else None

    def _languages(self, head: bytes, page: bytes) -> tuple[str, ...]:
        """The wished languages that the markup claims or the bytes show."""
        claimed = _LANG.search(head)
        code = claimed[1].decode() if claimed else ""
        return tuple(
            one for one in self.languages if one == code or any(map(page.__contains__, _words("languages", one)))
        )


def is_in_doubt(record: Record) -> bool:
    """Whether a page is taken for neither project nor call nor award, but not surely."""
    sure = record.kind_confidence
    return record.kind == "other" and sure is not None and sure < SURELY_OTHER


@cache
def _topics(languages: tuple[str, ...]) -> tuple[bytes, ...]:
    return tuple(dict.fromkeys(word for code in languages for word in _words("topics", code)))


@cache
def _words(part: str, language: str) -> tuple[bytes, ...]:
    around = " " if part == "languages" else ""
    return tuple(f"{around}{word}{around}".encode() for word in vocabulary("first_look")[part][language])
