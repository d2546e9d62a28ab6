"""Who works with whom, as GraphML (http://graphml.graphdrawing.org): opens in Gephi, yEd and NetworkX."""

import json
from collections.abc import Sequence
from typing import BinaryIO

from lxml import etree
from sqlite_utils import Database

from publish.feeds.atom import xml_text

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_KEYS = (
    ("label", "node", "string"),
    ("type", "node", "string"),
    ("business_id", "node", "string"),
    ("projects", "node", "long"),
    ("weight", "edge", "long"),
)
_NODES = """
    SELECT organisations.id, organisations.name, organisations.type, business_id, count(DISTINCT project_id)
    FROM organisations JOIN participations ON organisation_id = organisations.id
    WHERE role <> 'funder' AND {projects} GROUP BY organisations.id ORDER BY organisations.id
"""
_EDGES = """
    SELECT ours.organisation_id, theirs.organisation_id, count(DISTINCT ours.project_id)
    FROM participations AS ours JOIN participations AS theirs
        ON theirs.project_id = ours.project_id AND theirs.organisation_id > ours.organisation_id
    WHERE ours.role <> 'funder' AND theirs.role <> 'funder' AND ours.{projects} GROUP BY 1, 2 ORDER BY 1, 2
"""
_ALL, _SOME = "project_id IS NOT NULL", "project_id IN (SELECT value FROM json_each(?))"


def write_graphml(db: Database, out: BinaryIO, ids: Sequence[str] | None = None) -> None:
    """Organisations that take part in projects (those with ``ids``, where given) as nodes.

    An edge's ``weight`` is the number of projects in common.
    """
    projects, values = (_ALL, []) if ids is None else (_SOME, [json.dumps(list(ids))])
    with etree.xmlfile(out, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element(_name("graphml"), nsmap={None: _NAMESPACE}):
            for name, domain, type_ in _KEYS:
                attributes = {"id": name, "for": domain, "attr.name": name, "attr.type": type_}
                xml.write(etree.Element(_name("key"), attributes))
            with xml.element(_name("graph"), id="organisations", edgedefault="undirected"):
                for key, *cells in db.execute(_NODES.format(projects=projects), values):
                    data = dict(zip(("label", "type", "business_id", "projects"), cells, strict=True))
                    xml.write(_element("node", {"id": key}, data))
                for source, target, weight in db.execute(_EDGES.format(projects=projects), values):
                    xml.write(_element("edge", {"source": source, "target": target}, {"weight": weight}))


def _element(name: str, attributes: dict[str, str], data: dict[str, object]) -> etree._Element:
    element = etree.Element(_name(name), attributes)
    for key, value in data.items():
        if value is not None:
            etree.SubElement(element, _name("data"), {"key": key}).text = xml_text(str(value))
    return element


def _name(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"
