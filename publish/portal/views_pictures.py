"""Pages of a picture and the table that says the same: who works with whom, and where."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from normalise.organisations.places import municipalities, regions
from publish.pictures.map import legend, municipality_map, region_map
from publish.pictures.network import network
from publish.portal.render import page
from publish.portal.visit import Visit
from publish.queries import organisations
from publish.queries.names import body_name
from publish.queries.regions import Counts, load_places
from publish.queries.rows import Row

# Lines of the picture; the table beneath it holds more, the file of the whole network all.
_PICTURED, _PAIRS = 60, 80


async def network_page(visit: Visit) -> Any:
    """The organisations that share most projects."""
    pairs = await visit.settled(organisations.pairs, _PAIRS)
    ids = sorted({body for pair in pairs for body in (pair["source"], pair["target"])})
    bodies = await visit.read(organisations.named, ids)
    names = {body["id"]: body_name(body, visit.lang) for body in bodies}
    picture = network(pairs[:_PICTURED], names, visit.t("network.picture"), visit.t)
    return await page(visit, "network", visit.t("network.title"), pairs=pairs, names=names, picture=picture)


async def regions_page(visit: Visit) -> Any:
    """Projects by the regions and municipalities of those who do them."""
    found, t = await visit.settled(load_places), visit.t
    most = max(found.regions.projects.values(), default=0)
    places = [key for key, number in found.municipalities.projects.items() if number]
    return await page(
        visit,
        "regions",
        t("regions.title"),
        region_picture=region_map(found.regions.projects, t("regions.picture"), t),
        legend=legend(most, t),
        municipality_picture=municipality_map(found.municipalities.projects, t("regions.municipality_picture"), t),
        regions=_table(visit, "region", regions(), regions(), found.regions),
        municipalities=_table(visit, "municipality", municipalities(), places, found.municipalities),
        unplaced=found.unplaced,
    )


def _table(
    visit: Visit, facet: str, names: Mapping[str, Mapping[str, Any]], keys: Iterable[str], counts: Counts
) -> list[Row]:
    """Rows of a table, the largest number first; each leads to the projects that it counts."""
    lines = [
        {
            "name": names[key][visit.lang],
            "href": f"/{visit.lang}/search?{urlencode([('kind', 'project'), (facet, names[key]['fi'])])}",
            "projects": counts.projects.get(key, 0),
            "organisations": counts.organisations.get(key, 0),
        }
        for key in keys
    ]
    return sorted(lines, key=lambda line: (-int(line["projects"]), str(line["name"])))
