"""What can be searched: pages, attachments, projects, calls, awards and organisations, each as one document."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Literal, get_args

DocumentType = Literal["page", "attachment", "project", "call", "award", "organisation"]
TYPES: tuple[DocumentType, ...] = get_args(DocumentType)
Facets = frozenset[tuple[str, str]]
_SIGNATURE_BYTES = 8


@dataclass(frozen=True, slots=True)
class Document:
    """One thing that can be found. ``text`` is no part of it: that of a page stands in its ``page_version_id``.

    ``date`` is the day by which documents of even scores are ordered: updated, published, else first seen so.
    ``names`` are as `archive.search.names` makes them. ``facets`` are pairs of a facet and a value. The other dates
    keep the precision of the pages.
    """

    type: DocumentType
    key: str
    kind: str
    title: str
    url: str | None = None
    names: tuple[str, ...] = ()
    lang: str | None = None
    page_version_id: int | None = None
    date: str | None = None
    start: str | None = None
    end: str | None = None
    opens: str | None = None
    closes: str | None = None
    facets: Facets = field(default=frozenset())

    @property
    def first_day(self) -> str | None:
        """The day from which on the document is about something, at any precision."""
        return self.start or self.opens or self.closes or self.date

    @property
    def last_day(self) -> str | None:
        """The day until which it is."""
        return self.end or self.closes or self.start or self.date

    @property
    def signature(self) -> int:
        """Changes whenever the document has to be indexed anew: eight bytes of a digest."""
        content: list[object] = [
            self.type,
            self.kind,
            self.title,
            self.url,
            self.names,
            self.lang,
            self.page_version_id,
        ]
        content += [self.date, self.start, self.end, self.opens, self.closes, sorted(self.facets)]
        digest = hashlib.sha256(json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass")).digest()
        return int.from_bytes(digest[:_SIGNATURE_BYTES], signed=True)
