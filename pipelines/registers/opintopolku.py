"""Opintopolku's organisation service: education providers, schools and municipalities with names and mergers by date.

Source: the service's own interface description (v4); base address and fields as of August 2026.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from archive.register_names import Kind, RegisterBody, RegisterName
from normalise.resolution.history import Merger, day_before
from normalise.resolution.identifiers import business_id
from pipelines.registers.errors import RegisterShapeError
from pipelines.registers.fetch import NAME, Fetcher
from pipelines.registers.shapes import Record, record, records

BASE = "https://virkailija.opintopolku.fi/organisaatio-service/rest/organisaatio/v4"
# The service asks its callers to say who they are.
_CALLER = {"Caller-Id": NAME}
# organisaatiotyyppi_01..09 of the code set "organisaatiotyyppi"; the first of these that a body has is its kind.
_KINDS: Mapping[str, Kind] = {
    "organisaatiotyyppi_09": "municipality",
    "organisaatiotyyppi_01": "provider",
    "organisaatiotyyppi_02": "school",
    "organisaatiotyyppi_03": "site",
}
_ASKED_TYPES = ("organisaatiotyyppi_01", "organisaatiotyyppi_02", "organisaatiotyyppi_09")
_STATES = {"AKTIIVINEN": True, "PASSIIVINEN": True, "SUUNNITELTU": False, "POISTETTU": False}
# The service takes at most 1,000 ids in one question.
_AT_ONCE = 500


def fetch(fetcher: Fetcher, base: str = BASE) -> tuple[list[RegisterBody], list[Merger]]:
    """All providers, schools and municipalities, ended ones too, and all mergers between them.

    Raises RegisterError where the service does not answer or answers in an unknown shape.
    """
    oids = sorted({oid for kind in _ASKED_TYPES for oid in _oids_of_type(fetcher, base, kind)})
    if not oids:
        raise RegisterShapeError("opintopolku: the search found no organisation at all")
    bodies: list[RegisterBody] = []
    for start in range(0, len(oids), _AT_ONCE):
        answer = fetcher.post(f"{base}/findbyoids", oids[start : start + _AT_ONCE], _CALLER)
        bodies += [body for item in records(answer, "opintopolku: findbyoids") if (body := read_body(item))]
    mergers = read_mergers(fetcher.get(f"{base}/liitokset", _CALLER))
    known = {body.id for body in bodies}
    return bodies, [merger for merger in mergers if merger.body in known]


def read_body(item: Record) -> RegisterBody | None:
    """A body from the service's JSON; None for a planned or removed one, and for sites.

    Raises RegisterShapeError for a missing or unknown field, state or type.
    """
    oid = item.text("oid")
    item = Record(item.raw, f"opintopolku: organisation {oid}")
    types = item.texts("tyypit")
    kind: Kind = next((_KINDS[type_] for type_ in _KINDS if type_ in types), "other")
    if not item.one_of("status", _STATES) or kind == "site":
        return None
    return RegisterBody(
        id=f"oid:{oid}",
        register="opintopolku",
        kind=kind,
        names=tuple(_names(item)),
        oid=oid,
        business_id=_business_id(item),
        institution_code=item.optional_text("oppilaitosKoodi"),
        municipality_code=_municipality(item),
        parent_id=_parent(item),
        starts=item.optional_day("alkuPvm"),
        ends=item.optional_day("lakkautusPvm"),
    )


def read_mergers(answer: Any) -> list[Merger]:
    """The mergers of the answer to ``liitokset``: who, into whom, from which day."""
    found = []
    for item in records(answer, "opintopolku: merger"):
        body, successor = item.record("organisaatio").text("oid"), item.record("kohde").text("oid")
        found.append(Merger(f"oid:{body}", f"oid:{successor}", item.optional_day("alkuPvm")))
    return found


def _oids_of_type(fetcher: Fetcher, base: str, kind: str) -> Iterator[str]:
    url = f"{base}/hae?aktiiviset=true&suunnitellut=false&lakkautetut=true&organisaatiotyyppi={kind}"
    answer = record(fetcher.get(url, _CALLER), f"opintopolku: search {kind}")
    found = list(_flat(list(answer.records("organisaatiot"))))
    if len(found) < answer.number("numHits"):
        raise RegisterShapeError(f"opintopolku: search {kind}: {answer.number('numHits')} hits, {len(found)} given")
    yield from (item.text("oid") for item in found)


def _flat(items: Sequence[Record]) -> Iterator[Record]:
    """The organisations of a search with those below them."""
    waiting = list(items)
    while waiting:
        item = waiting.pop()
        yield item
        waiting += item.records("children")


def _names(item: Record) -> Iterator[RegisterName]:
    """The names by date, each until the next one's day, then short names; the current one where there is no history."""
    history = sorted(
        ((entry.optional_day("alkuPvm") or "", entry.by_language("nimi")) for entry in item.records("nimet")),
        key=lambda dated: dated[0],
    )
    if not history:
        history = [("", item.by_language("nimi"))]
    if not any(names for _, names in history):
        raise item.wrong("nimi", "a name in some language", item.raw.get("nimi"))
    for place, (starts, names) in enumerate(history):
        following = history[place + 1][0] if place + 1 < len(history) else ""
        ends = day_before(following) if following else None
        yield from (RegisterName(name, lang, starts, ends) for lang, name in names.items())
    yield from (RegisterName(name, lang, is_short=True) for lang, name in item.by_language("lyhytNimi").items())


def _business_id(item: Record) -> str | None:
    number = item.optional_text("ytunnus")
    if number and business_id(number) is None:
        raise item.wrong("ytunnus", "a business id with its check digit", number)
    return number


def _municipality(item: Record) -> str | None:
    code = item.optional_text("kotipaikkaUri")
    if code is None or not code.startswith("kunta_"):
        return None
    return code.removeprefix("kunta_")


def _parent(item: Record) -> str | None:
    oid = item.optional_text("parentOid")
    # The root of the tree, the agency itself, is nobody's owner.
    return f"oid:{oid}" if oid and oid != "1.2.246.562.10.00000000001" else None
