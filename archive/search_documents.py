"""What can be searched: pages, attachments, projects, calls, awards and organisations, each as one document."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, get_args

from sqlite_utils import Database

from archive.addresses import host_of
from normalise.register import register

DocumentType = Literal["page", "attachment", "project", "call", "award", "organisation"]
TYPES: tuple[DocumentType, ...] = get_args(DocumentType)
ENTITIES: tuple[DocumentType, ...] = ("project", "call", "award")
Facets = frozenset[tuple[str, str]]
_SIGNATURE_HEX = 16
_YEAR_DIGITS = 4
_IN_CHUNK = 400


@dataclass(frozen=True, slots=True)
class Document:
    """One thing that can be found. ``text`` is empty for all but pages: theirs stands in ``page_version_id``.

    ``date`` is the day it is sorted by where scores are even: published, else seen. ``facets`` are pairs of facet and value.
    """

    type: DocumentType
    key: str
    kind: str
    title: str
    url: str | None = None
    names: tuple[str, ...] = ()
    lang: str | None = None
    page_version_id: str | None = None
    date: str | None = None
    start: str | None = None
    end: str | None = None
    opens: str | None = None
    closes: str | None = None
    facets: Facets = field(default=frozenset())

    @property
    def signature(self) -> str:
        """Changes whenever the document has to be indexed anew."""
        content = json.dumps([getattr(self, name) for name in _SIGNED] + sorted(self.facets), ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()[:_SIGNATURE_HEX]


_SIGNED = (
    "type", "kind", "title", "url", "names", "lang", "page_version_id", "date", "start", "end", "opens", "closes"
)  # fmt: skip


def documents(db: Database, type_: DocumentType, keys: Iterable[str] | None = None) -> Iterator[Document]:
    """The documents of a type as the archive has them now, all or those of given keys."""
    for chunk in _chunks(keys):
        if type_ in ("page", "attachment"):
            yield from _pages(db, type_, chunk)
        elif type_ == "organisation":
            yield from _organisations(db, chunk)
        else:
            yield from _entities(db, type_, chunk)


def _chunks(keys: Iterable[str] | None) -> Iterator[list[str] | None]:
    if keys is None:
        yield None
        return
    ordered = sorted(keys)
    for at in range(0, len(ordered), _IN_CHUNK):
        yield ordered[at : at + _IN_CHUNK]


def _where(column: str, keys: list[str] | None) -> str:
    return "" if keys is None else f" AND {column} IN ({', '.join('?' for _ in keys)})"


def _pages(db: Database, type_: DocumentType, keys: list[str] | None) -> Iterator[Document]:
    parties = _parties(db, "page_id", keys)
    sql = (
        "SELECT pages.id, pages.kind, coalesce(pages.title, pages.url), pages.url, pages.lang, page_versions.id,"
        " page_versions.record, pages.source_id, pages.last_seen"
        " FROM pages JOIN page_versions ON page_versions.id = pages.current_version_id"
        " WHERE pages.gone_at IS NULL AND parent_id IS" + (" NOT NULL" if type_ == "attachment" else " NULL")
    )
    for key, kind, title, url, lang, version, record, source, seen in db.execute(sql + _where("pages.id", keys), keys):
        values = json.loads(record)
        names, facets = parties.get(key, ((), frozenset()))
        dates = {name: values.get(name) for name in ("start", "end", "opens", "closes")}
        date = values.get("updated") or values.get("published") or seen
        names = (*names, *values.get("identifiers", ()))
        yield Document(
            type_, key, kind, title, url, names, lang, version, date[:10], **dates,
            facets=facets | _own_facets(type_, kind, lang, source or host_of(url), {**dates, "date": values.get("published")}),
        )  # fmt: skip


def _entities(db: Database, type_: DocumentType, keys: list[str] | None) -> Iterator[Document]:
    parties = _parties(db, f"{type_}_id", keys)
    identifiers = _identifiers(db, type_, keys)
    pages = _entity_pages(db, type_, keys)
    columns = set(db[f"{type_}s"].columns_dict)
    dates = ("start", "end", "opens", "closes", "published")
    picked = ", ".join(name if name in columns else f"NULL AS {name}" for name in dates)
    sql = f"SELECT id, title, last_seen, {picked} FROM {type_}s WHERE gone_at IS NULL{_where('id', keys)}"
    for key, title, seen, *values in db.execute(sql, keys):
        dated = dict(zip(dates, values, strict=True))
        names, facets = parties.get(key, ((), frozenset()))
        url, langs = pages.get(key, (None, ()))
        published = dated.pop("published")
        own = _own_facets(type_, type_, None, None, {**dated, "date": published})
        yield Document(
            type_, key, type_, title, url, (*names, *identifiers.get(key, ())), langs[0] if langs else None,
            date=(published or seen)[:10], **dated,
            facets=facets | own | {("language", lang) for lang in langs},
        )  # fmt: skip


def _organisations(db: Database, keys: list[str] | None) -> Iterator[Document]:
    aliases: dict[str, list[str]] = {}
    sql = "SELECT organisation_id, name FROM organisation_names WHERE 1" + _where("organisation_id", keys)
    for key, name in db.execute(sql + " ORDER BY organisation_id, name", keys):
        aliases.setdefault(key, []).append(name)
    sql = "SELECT id, name, register_id, last_seen FROM organisations WHERE 1" + _where("id", keys)
    for key, name, register_id, seen in db.execute(sql, keys):
        facets = {("type", "organisation"), ("kind", "organisation"), ("organisation", name)}
        facets |= _places(register_id)
        names = tuple(alias for alias in aliases.get(key, ()) if alias != name)
        yield Document("organisation", key, "organisation", name, None, names, date=seen[:10], facets=frozenset(facets))


def _parties(db: Database, column: str, keys: list[str] | None) -> dict[str, tuple[tuple[str, ...], Facets]]:
    """The names (all of each organisation) and the facets of those who take part, by page or entity."""
    names = _organisation_names(db)
    found: dict[str, tuple[dict[str, None], set[tuple[str, str]]]] = {}
    sql = (
        f"SELECT {column}, role, organisations.id, organisations.name, register_id FROM participations"
        f" JOIN organisations ON organisations.id = organisation_id WHERE {column} IS NOT NULL{_where(column, keys)}"
        f" ORDER BY {column}, role, organisations.id"
    )
    for key, role, organisation, name, register_id in db.execute(sql, keys).fetchall():
        texts, facets = found.setdefault(key, ({}, set()))
        texts.update(dict.fromkeys((name, *names(organisation))))
        facets.add(("funder" if role == "funder" else "organisation", name))
        if role != "funder":
            facets |= _places(register_id)
    return {key: (tuple(texts), frozenset(facets)) for key, (texts, facets) in found.items()}
