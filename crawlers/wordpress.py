"""A WordPress REST index: its rows are only a way to the pages that visitors see.

https://developer.wordpress.org/rest-api/using-the-rest-api/pagination/
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from archive.json_answers import read_json
from crawlers.addresses import canonical
from crawlers.steps import Answer

# What the API gives where ``per_page`` is not said.
_DEFAULT_PER_PAGE = 10


class WordPressError(ValueError):
    """The answer is no WordPress listing; the message says why in one line."""


@dataclass(frozen=True, slots=True)
class Row:
    """One entry: the visitors' address and when it was changed (UTC where the site gives it)."""

    url: str
    modified: str | None
    content: str


@dataclass(frozen=True, slots=True)
class Index:
    """One page of the index: its rows, the total that the server claims, the next page's address, if any."""

    rows: tuple[Row, ...]
    total: int | None
    next_url: str | None
    is_first: bool


def read_index(answer: Answer) -> Index:
    """One answer of ``/wp-json/wp/v2/{type}``. Raises WordPressError."""
    try:
        entries = read_json(answer.body)
    except ValueError as error:
        raise WordPressError("no JSON") from error
    if not isinstance(entries, list):
        raise WordPressError("no list of entries")
    total = answer.headers.get("x-wp-total", "")
    parameters = dict(parse_qsl(urlsplit(answer.url).query))
    number = _count(parameters.get("page"), 1)
    is_full = len(entries) >= _count(parameters.get("per_page"), _DEFAULT_PER_PAGE)
    known_total = int(total) if total.isdecimal() else None
    return Index(tuple(_rows(entries, answer.url)), known_total, _next(answer, number, is_full), is_first=number == 1)


def _count(written: str | None, default: int) -> int:
    return int(written) if written and written.isdecimal() and int(written) > 0 else default


def _rows(entries: list[object], base: str) -> Iterator[Row]:
    for entry in entries:
        link = entry.get("link") if isinstance(entry, dict) else None
        address = canonical(link, base) if isinstance(link, str) else None
        if not isinstance(entry, dict) or not address:
            raise WordPressError("an entry without a link")
        content = entry.get("content")
        rendered = content.get("rendered") if isinstance(content, dict) else None
        modified = entry.get("modified_gmt")
        yield Row(address, f"{modified}Z" if isinstance(modified, str) else None, str(rendered or ""))


def _next(answer: Answer, number: int, is_full: bool) -> str | None:
    """The next page's address: as the server counts its pages; while they are full where a cache dropped the count."""
    pages = answer.headers.get("x-wp-totalpages", "")
    if not (number < int(pages) if pages.isdecimal() else is_full):
        return None
    parts = urlsplit(answer.url)
    parameters = dict(parse_qsl(parts.query)) | {"page": str(number + 1)}
    return canonical(urlunsplit(parts._replace(query=urlencode(parameters))))
