"""Archived pages: the text with its evidence, what changed between versions, the record of a capture."""

from pathlib import Path
from typing import Any

from publish.differences import difference
from publish.evidence import REDACTED, Span, cut, part_of
from publish.portal.render import file, page
from publish.portal.visit import NotFoundError, Visit
from publish.queries.pages import Page, capture, load_page, version_texts
from publish.warc_record import RecordError, record_bytes

# The colour of a quote's mark, by the beginning of its fact's field.
PASSAGE = 0  # no fact has this id
_LONGEST_TEXT = 100_000_000
_CLASSES = {"contact": "who", "funder": "who", "coordinator": "who", "partner": "who", "amount": "sum"}


async def archived_page(visit: Visit) -> Any:
    """A page's text at a version, each fact's quote marked and addressable as ``#f{id}``."""
    found = await visit.read(load_page, visit.var("id"), visit.arg("version") or None)
    if found is None:
        raise NotFoundError
    spans = [Span(fact["id"], fact["start"], fact["end"]) for fact in found.facts]
    # Any passage can be pointed at, by its place: ?from=120&to=180#f0.
    spans.append(Span(PASSAGE, visit.number("from", 0, _LONGEST_TEXT), visit.number("to", 0, _LONGEST_TEXT)))
    return await page(
        visit,
        "page",
        found.version["title"] or found.row["url"],
        page=found,
        part=cut(found.version["text"], spans, visit.number("part", part_of(spans[-1].start))),
        classes=_classes(found),
        is_current=found.version["id"] == found.row["current_version_id"],
        has_redactions=REDACTED in found.version["text"],
    )


async def page_difference(visit: Visit) -> Any:
    """What a version changed against the one before it."""
    before, after = await visit.read(version_texts, visit.var("id"), visit.var("version"))
    if before is None or after is None:
        raise NotFoundError
    lines = difference(before["text"], after["text"])
    heading = f"{visit.t('pages.what_changed')}: {after['title'] or visit.var('id')}"
    return await page(visit, "difference", heading, page_id=visit.var("id"), before=before, after=after, lines=lines)


async def capture_record(visit: Visit) -> Any:
    """The WARC record of a capture, as a file of its own. Only where the captures may be shown."""
    folder = visit.config.get("captures")
    stored = await visit.read(capture, int(visit.var("id"))) if folder else None
    if not folder or stored is None or not stored["warc_file"]:
        raise NotFoundError
    try:
        body = await visit.read(
            lambda _connection: record_bytes(Path(folder), stored["warc_file"], stored["warc_offset"])
        )
    except RecordError as error:
        raise NotFoundError from error
    return file(body, "application/warc", f"{visit.var('id')}.warc.gz")


def _classes(found: Page) -> dict[int, str]:
    return {PASSAGE: "who"} | {
        fact["id"]: _CLASSES.get(fact["field"].partition(".")[0], "when") for fact in found.facts
    }
