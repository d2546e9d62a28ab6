"""A search's parameters: what an address asks for, what it can be narrowed by, and both in the reader's language."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from archive.search.asking import Filters, Results
from archive.search.facets import FACETS
from normalise.organisations.places import municipalities, regions
from publish.portal.visit import Visit
from publish.queries.history import source_names
from publish.queries.names import names_in
from publish.queries.rows import helsinki
from publish.queries.selection import Selection

_SINGLE = ("since", "until")
_SWITCHES = ("open", "widen")
# What the form of the search has fields for; the other parameters go along unseen.
FORM_FIELDS = ("q", *_SINGLE, *_SWITCHES)
_LONGEST = 300  # characters of a value
# Facets whose values are codes: the catalogue's groups that have words for them.
_TERMS = {"kind": "kinds", "type": "kinds", "language": "languages", "state": "state"}
Pairs = list[tuple[str, str]]
Labels = dict[tuple[str, str], str]


def selection_of(visit: Visit) -> Selection:
    """What the address asks for: ``q``, facets (each may be given several times), ``since``, ``until``, ``open``."""
    return selection_of_pairs(parse_qsl(visit.request.query_string))


def selection_of_pairs(pairs: Iterable[tuple[str, str]]) -> Selection:
    """The same of parameters; values are cut to lengths that any honest one keeps, the first of several counts."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, value in pairs:
        if value.strip():
            found[name].append(value.strip()[:_LONGEST])

    def first(name: str, longest: int = _LONGEST) -> str:
        return found[name][0][:longest] if name in found else ""

    return Selection(
        first("q"),
        Filters(
            {name: tuple(found[name]) for name in FACETS if name in found},
            first("since", 10) or None,
            first("until", 10) or None,
            helsinki()[:10] if first("open") else None,
            widen=bool(first("widen")),
        ),
    )


def pairs_of(selection: Selection) -> Pairs:
    """The parameters that ask for a selection again, in an order that is always the same."""
    filters = selection.filters
    pairs = [("q", selection.query)] if selection.query else []
    pairs += [(name, value) for name in FACETS for value in filters.facets.get(name, ())]
    pairs += [(name, str(getattr(filters, name))) for name in _SINGLE if getattr(filters, name)]
    pairs += [("open", "1")] if filters.open_on else []
    return [*pairs, ("widen", "1")] if filters.widen else pairs


def facet_groups(visit: Visit, results: Results, pairs: Pairs, labels: Labels) -> list[dict[str, Any]]:
    """What the results can be narrowed by, each value with its number and the address that adds or removes it."""
    facets = []
    for name, values in results.facets.items():
        if name == "type":
            continue
        entries = [
            {
                "label": labels[name, value],
                "number": count,
                "chosen": (name, value) in pairs,
                "href": search_address(
                    visit,
                    [pair for pair in pairs if pair != (name, value)]
                    if (name, value) in pairs
                    else [*pairs, (name, value)],
                ),
            }
            for value, count in values
        ]
        if len(entries) > 1 or any(entry["chosen"] for entry in entries):
            facets.append({"name": name, "label": visit.t(f"facets.{name}"), "entries": entries})
    return facets


async def facet_labels(visit: Visit, pairs: Pairs) -> Labels:
    """Facets' values in the visit's language: words of the catalogue, names of bodies, sources and places."""
    bodies = sorted({value for name, value in pairs if name in ("funder", "organisation")})
    names = await visit.read(names_in, bodies, visit.lang)
    sources = await visit.settled(source_names) if any(name == "source" for name, _ in pairs) else {}
    places = {place["fi"]: str(place[visit.lang]) for place in (*regions().values(), *municipalities().values())}
    by_facet = {"funder": names, "organisation": names, "source": sources, "region": places, "municipality": places}
    return {
        (name, value): visit.t.term(_TERMS[name], value) if name in _TERMS else by_facet.get(name, {}).get(value, value)
        for name, value in pairs
    }


def chosen_links(visit: Visit, pairs: Pairs, found: Labels) -> list[dict[str, str]]:
    """What the results are narrowed by already, each with the address without it."""
    labels = {
        "since": visit.t("changes.since"),
        "until": "–",
        "open": visit.t("nav.calls"),
        "widen": visit.t("search.widen"),
    }
    return [
        {
            "label": labels[name] + ("" if name in _SWITCHES else f" {visit.t.date(value)}")
            if name in labels
            else f"{visit.t(f'facets.{name}')}: {found[name, value]}",
            "href": search_address(visit, [pair for pair in pairs if pair != (name, value)]),
        }
        for name, value in pairs
        if name != "q"
    ]


def search_address(visit: Visit, pairs: Pairs) -> str:
    """The page of results of some parameters."""
    return f"/{visit.lang}/search{query_string(pairs)}"


def query_string(pairs: Pairs) -> str:
    """Parameters as they stand in an address, with their question mark; nothing for none."""
    return f"?{urlencode(pairs)}" if pairs else ""
