"""What the head of a page says: its title, dates, language, twin pages, and whether it reserves text mining."""

import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipelines.readers.lines import clean
from pipelines.readers.links import absolute
from pipelines.readers.tree import Tree

_ISO = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
# In the order of trust: what was written for machines first.
_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.issued",
    "dc.date",
    "datepublished",
)
_UPDATED = (
    "article:modified_time",
    "og:updated_time",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "datemodified",
)
_MAX_JSON = 300_000
_MAX_NODES = 2_000


@dataclass(frozen=True, slots=True)
class Head:
    """Hints of the markup; see `Reading` for the fields."""

    title: str | None
    published: str | None
    updated: str | None
    dates_origin: str | None
    html_lang: str | None
    canonical: str | None
    alternates: tuple[tuple[str, str], ...]
    base: str
    reserved: bool


def head_of(tree: Tree, url: str) -> Head:
    """Read the hints of a page that was found at ``url``."""
    metas = _metas(tree)
    base = next(
        (
            absolute(url, a["href"])
            for t, a in zip(tree.tags, tree.attributes, strict=True)
            if t == "base" and "href" in a
        ),
        "",
    )
    published, updated, origin = _dates(tree, metas)
    links = [a for t, a in zip(tree.tags, tree.attributes, strict=True) if t == "link" and "href" in a]
    return Head(
        title=_title(tree, metas),
        published=published,
        updated=updated,
        dates_origin=origin,
        html_lang=_lang(tree),
        canonical=next(
            (
                absolute(base or url, a["href"]) or None
                for a in links
                if "canonical" in a.get("rel", "").lower().split()
            ),
            None,
        ),
        alternates=_alternates(links, base or url),
        base=base or url,
        reserved=metas.get("tdm-reservation", "").strip() == "1",
    )


def _metas(tree: Tree) -> dict[str, str]:
    """The first content of each meta element, by its lower-case name, property or itemprop."""
    found: dict[str, str] = {}
    for tag, attributes in zip(tree.tags, tree.attributes, strict=True):
        if tag == "meta" and "content" in attributes:
            name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
            found.setdefault(name.lower(), attributes["content"])
    return found


def _title(tree: Tree, metas: dict[str, str]) -> str | None:
    own = next((tree.words(i) for i in tree.headings if tree.tags[i] == "h1" and tree.text[i]), "")
    element = next((tree.words(i) for i, tag in enumerate(tree.tags) if tag == "title"), "")
    return clean(own) or clean(metas.get("og:title", "")) or clean(element) or None


def _lang(tree: Tree) -> str | None:
    for tag, attributes in zip(tree.tags[:3], tree.attributes[:3], strict=True):
        if tag == "html":
            return (attributes.get("lang") or attributes.get("xml:lang") or "").strip().lower() or None
    return None


def _alternates(links: list[dict[str, str]], base: str) -> tuple[tuple[str, str], ...]:
    pairs = ((a["hreflang"].strip().lower(), absolute(base, a["href"])) for a in links if "hreflang" in a)
    return tuple(dict.fromkeys((lang, url) for lang, url in pairs if lang and url))


def _dates(tree: Tree, metas: dict[str, str]) -> tuple[str | None, str | None, str | None]:
    for node in _json_nodes(tree):
        published, updated = iso_date(node.get("datePublished")), iso_date(node.get("dateModified"))
        if published or updated:
            return published, updated, "json-ld"
    published_name = next((name for name in _PUBLISHED if iso_date(metas.get(name))), None)
    updated_name = next((name for name in _UPDATED if iso_date(metas.get(name))), None)
    origin = published_name or updated_name
    return (
        iso_date(metas.get(published_name or "")),
        iso_date(metas.get(updated_name or "")),
        f"meta {origin}" if origin else None,
    )


def iso_date(value: Any) -> str | None:
    """The ISO 8601 date or time that a value begins with, None when there is none."""
    found = _ISO.match(value.strip()) if isinstance(value, str) else None
    return found[0].replace(" ", "T") if found else None


def _json_nodes(tree: Tree) -> Iterator[dict[str, Any]]:
    """All objects of the page's JSON-LD, outer ones first; broken scripts are passed over."""
    for i, tag in enumerate(tree.tags):
        if tag == "script" and "ld+json" in tree.attributes[i].get("type", ""):
            source = tree.own[i]
            if len(source) <= _MAX_JSON:
                yield from _objects(_loaded(source))


def _loaded(source: str) -> Any:
    try:
        return json.loads(source, strict=False)
    except (ValueError, RecursionError):
        return None


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    waiting = deque([value])
    for _ in range(_MAX_NODES):
        if not waiting:
            return
        node = waiting.popleft()
        if isinstance(node, dict):
            yield node
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
