"""A capture: one answer of a server (or one ingested file) as it came."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Capture:
    """The bytes of one answer and where they came from.

    ``url`` is the address that answered (after redirects), ``requested_url`` the one that was asked for.
    ``captured_at`` is UTC, ISO 8601 to the second (``2026-11-22T08:10:11Z``). ``content_type`` is the header as sent.
    ``body`` is the decoded payload (no transfer or content encoding). ``via`` is the page that links an attachment.
    ``moved_to`` is the address that a redirect leads to, or that a page calls its own.
    ``composed_from`` is the address of the data that a page was put together from, where no server sent it so.
    ``warc_file`` (relative to the captures folder) and ``warc_offset`` (bytes) say where the record stands.
    ``body_length`` (bytes) is set where the body was read on another machine and stayed there.
    """

    url: str
    captured_at: str
    body: bytes
    status: int = 200
    content_type: str | None = None
    requested_url: str | None = None
    source_id: str | None = None
    via: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None
    composed_from: str | None = None
    warc_file: str | None = None
    warc_offset: int | None = None
    body_length: int | None = None

    @property
    def length(self) -> int:
        """Bytes of the body."""
        return len(self.body) if self.body_length is None else self.body_length
