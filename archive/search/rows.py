"""Searchable documents read from the archive's tables."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from sqlite_utils import Database

from archive.addresses import host_of
from archive.search.documents import Document, DocumentType, Facets
from archive.search.names import names_of_body, written
from normalise.organisations.places import home_of, municipalities, regions

_DATES = ("start", "end", "opens", "closes")
_YEAR_DIGITS = 4
_DAY_DIGITS = 10
_PAGES = (
    "SELECT pages.id, pages.kind, pages.title, pages.url, pages.lang, page_versions.id, pages.source_id,"
    " page_versions.seen_at, gone_at"
    " FROM pages JOIN page_versions ON page_versions.id = pages.current_version_id"
)
_STATED = (
    "SELECT pages.id, field, value FROM pages JOIN facts ON page_version_id = current_version_id"
    " WHERE field IN ('start', 'end', 'opens', 'closes', 'published', 'updated', 'identifier')"
)
Names = dict[str, dict[str, None]]


def keys_of(db: Database, type_: DocumentType) -> list[str]:
    """The keys of all documents of a type that the archive has now, the newest last: later rows are looked at first."""
    if type_ in ("page", "attachment"):
        condition = "NOT NULL" if type_ == "attachment" else "NULL"
        where = f"current_version_id IS NOT NULL AND parent_id IS {condition}"
        sql = f"SELECT id FROM pages WHERE {where} ORDER BY last_seen, id"  # noqa: S608 - constants
    else:
        sql = f"SELECT id FROM {type_}s ORDER BY id"  # noqa: S608 - names of the schema
    return [row[0] for row in db.execute(sql)]


def documents(db: Database, type_: DocumentType, keys: list[str]) -> list[Document]:
    """The documents of some keys, without those that are no more; at most 999 keys, SQLite's oldest limit."""
    read = {"page": _pages, "attachment": _pages, "organisation": _organisations}.get(type_, _entities)
    return list(read(db, type_, keys))


def _among(column: str, keys: list[str]) -> str:
    return f"{column} IN ({', '.join('?' * len(keys))})"


def _pages(db: Database, type_: DocumentType, keys: list[str]) -> Iterator[Document]:
    names, facets = _parties(db, "page_id", keys)
    wanted = f"parent_id IS {'NOT NULL' if type_ == 'attachment' else 'NULL'} AND {_among('pages.id', keys)}"
    sql = f"{_PAGES} WHERE {wanted}"
    dates, identifiers = _stated(db, keys)
    for key, kind, title, url, lang, version, source, seen, gone in db.execute(sql, keys):
        values = dates[key]
        own = {
            ("type", type_),
            ("kind", kind),
            ("source", source or host_of(url)),
            ("state", "gone" if gone else "live"),
        }
        own |= {("language", lang)} if lang else set()
        yield Document(
            type_,
            key,
            kind,
            title or url,
            url,
            (*names[key], *identifiers[key]),
            lang,
            version,
            (values.get("updated") or values.get("published") or seen)[:_DAY_DIGITS],
            **{name: values.get(name) for name in _DATES},
            facets=facets[key] | own | _years(values),
        )


def _stated(db: Database, keys: list[str]) -> tuple[Mapping[str, dict[str, str]], Names]:
    """What current versions state, by page: the first date of each kind, and the identifiers."""
    dates: dict[str, dict[str, str]] = defaultdict(dict)
    identifiers: Names = defaultdict(dict)
    for key, field, value in db.execute(f"{_STATED} AND {_among('pages.id', keys)} ORDER BY facts.id", keys):
        if field == "identifier":
            identifiers[key][value] = None
        else:
            dates[key].setdefault(field, value)
    return dates, identifiers


def _entities(db: Database, type_: DocumentType, keys: list[str]) -> Iterator[Document]:
    column = f"{type_}_id"
    names, facets = _parties(db, column, keys)
    pages = _entity_pages(db, type_, keys)
    for key, value in db.execute(f"SELECT {column}, value FROM identifiers WHERE {_among(column, keys)}", keys):  # noqa: S608 - names of the schema
        names[key][value] = None
    columns = db[f"{type_}s"].columns_dict
    picked = ", ".join(name if name in columns else f"NULL AS {name}" for name in (*_DATES, "published"))
    sql = f"SELECT id, title, last_seen, gone_at, {picked} FROM {type_}s WHERE {_among('id', keys)}"  # noqa: S608 - ditto
    for key, title, seen, gone, *dates in db.execute(sql, keys):
        values = dict(zip((*_DATES, "published"), dates, strict=True))
        own = {("type", type_), ("kind", type_), ("state", "gone" if gone else "live")}
        own |= {("language", lang) for _, lang in pages[key] if lang}
        yield Document(
            type_,
            key,
            type_,
            title,
            pages[key][0][0] if pages[key] else None,
            tuple(names[key]),
            pages[key][0][1] if pages[key] else None,
            None,
            (values["published"] or seen)[:_DAY_DIGITS],
            **{name: values[name] for name in _DATES},
            facets=facets[key] | own | _years(values),
        )


def _entity_pages(db: Database, type_: DocumentType, keys: list[str]) -> Mapping[str, list[tuple[str, str]]]:
    """Address and language of each entity's pages, the page that fits best first."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    sql = (
        f"SELECT {type_}_id, url, lang FROM {type_}_pages JOIN pages ON pages.id = page_id"  # noqa: S608 - names of the schema
        f" WHERE {_among(f'{type_}_id', keys)} ORDER BY score DESC, url"
    )
    for key, url, lang in db.execute(sql, keys):
        found[key].append((url, lang))
    return found


def _organisations(db: Database, type_: DocumentType, keys: list[str]) -> Iterator[Document]:
    names = _aliases(db, keys)
    sql = f"SELECT id, name, register_id, last_seen FROM organisations WHERE {_among('id', keys)}"  # noqa: S608 - ditto
    for key, name, register_id, seen in db.execute(sql, keys):
        own = {("type", type_), ("kind", type_), ("organisation", name), ("state", "live")}
        own_names = names_of_body(name, register_id, is_itself=True)
        said = {name, *written(own_names, is_itself=True)}
        others = (
            *(other for other in own_names if other != name),
            *(other for other in names[key] if other not in said),
        )
        yield Document(
            type_,
            key,
            type_,
            name,
            names=tuple(others),
            date=seen[:_DAY_DIGITS],
            facets=frozenset(own | _home(name, register_id)),
        )


def _parties(db: Database, column: str, keys: list[str]) -> tuple[Names, Mapping[str, Facets]]:
    """The names of those who take part, as shown and in the three languages of the register, and their facets."""
    names: Names = defaultdict(dict)
    facets: dict[str, Facets] = defaultdict(frozenset)
    sql = (
        f"SELECT {column}, role, name, register_id FROM participations"  # noqa: S608 - names of the schema
        f" JOIN organisations ON organisations.id = organisation_id WHERE {_among(column, keys)} ORDER BY 1, 2, 3"
    )
    for key, role, name, register_id in db.execute(sql, keys):
        names[key].update(dict.fromkeys(names_of_body(name, register_id)))
        if role == "funder":
            facets[key] |= {("funder", name)}
        else:
            facets[key] |= {("organisation", name)} | _home(name, register_id)
    return names, facets


def _aliases(db: Database, keys: list[str]) -> Names:
    names: Names = defaultdict(dict)
    sql = f"SELECT organisation_id, name FROM organisation_names WHERE {_among('organisation_id', keys)} ORDER BY 1, 2"  # noqa: S608 - ditto
    for key, name in db.execute(sql, keys):
        names[key][name] = None
    return names


def _home(name: str, register_id: str | None) -> Facets:
    """Region and municipality of an organisation, as far as they are known, by their Finnish names."""
    home = home_of(name, register_id)
    region, municipality = regions().get(home.region or ""), municipalities().get(home.municipality or "")
    found = (("region", region), ("municipality", municipality))
    return frozenset((facet, str(names["fi"])) for facet, names in found if names)


def _years(values: Mapping[str, str | None]) -> Facets:
    """The year a document belongs to: that in which it starts, closes or was published, whichever it states first."""
    stated = (values.get(name) for name in ("start", "closes", "opens", "published", "end"))
    year = next((date[:_YEAR_DIGITS] for date in stated if date), None)
    return frozenset({("year", year)}) if year else frozenset()
