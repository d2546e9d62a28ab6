"""A reader and an extractor for tests of the store: a body is lines of ``field: value``, each line is a fact."""

import os
import re
from typing import Any

from archive.capture import Capture
from normalise.facts import Fact, Record
from normalise.gathering import with_facts
from pipelines.pool import Result
from pipelines.process import process_safely
from pipelines.readers.reading import Reading

_LINE = re.compile(r"^([a-z_]+): (.+)$", re.MULTILINE)
_CONTACT_PARTS = ("name", "title", "email", "phone")


def plain_read(body: bytes, content_type: str | None, url: str) -> Reading:
    """The body as it is; a PDF's signature stands for a scanned one."""
    if body.startswith(b"%PDF"):
        return Reading(text="", format="pdf", state="scanned")
    text = body.decode()
    alternates = tuple(("sv", match[1]) for match in re.finditer(r"^alternate: (.+)$", text, re.MULTILINE))
    return Reading(text=text, format="html", state="ok" if text.strip() else "empty", alternates=alternates)


def plain_extract(
    text: str,
    *,
    id: str,  # noqa: A002 - as pipelines.extract.extract has it
    url: str | None = None,
    reading: Reading | None = None,
) -> Record:
    """One fact a line."""
    if "boom" in text:
        raise ValueError("boom")
    facts = tuple(fact for group, match in enumerate(_LINE.finditer(text)) for fact in _facts(match, group))
    said = dict(_LINE.findall(text))
    kind, sure = said.get("kind", "other"), 0.75 if "kind" in said else None
    page = Record(id=id, url=url, lang=said.get("lang", "fi"), kind=kind, text=text, kind_confidence=sure)
    return with_facts(page, facts)


def capture(url: str, text: str = "", day: int = 1, **others: Any) -> Capture:
    """A capture of a day in January 2026."""
    return Capture(url=url, captured_at=f"2026-01-{day:02}T08:00:00Z", body=text.encode(), **others)


def plain_task(captures: list[Capture]) -> list[Result]:
    """What a worker of a rebuild does, by these rules."""
    return [process_safely(one, plain_read, plain_extract) for one in captures]


def deadly_task(captures: list[Capture]) -> list[Result]:
    """As `plain_task`, but some pages end the process at once."""
    if any(b"deadly" in one.body for one in captures):
        os._exit(1)
    return plain_task(captures)


def _facts(match: re.Match[str], group: int) -> list[Fact]:
    field, value, start = match[1], match[2], match.start(2)
    if field == "contact":
        parts = zip(_CONTACT_PARTS, _parts(value), strict=True)
        return [_fact(f"contact.{name}", part, match, group=group) for name, part in parts if part]
    if field == "amount":
        eur, role = value.split()
        return [Fact("amount", float(eur), start, start + len(eur), eur, "test", role=role)]
    if field in ("kind", "lang", "note", "alternate"):
        return []
    return [_fact(field, value, match)]


def _fact(field: str, value: str, match: re.Match[str], group: int | None = None) -> Fact:
    start = match.string.index(value, match.start(2))
    return Fact(field, value, start, start + len(value), value, "test", group=group)


def _parts(value: str) -> list[str | None]:
    parts = [part.strip() or None for part in value.split(";")]
    return parts + [None] * (4 - len(parts))
