"""Mentions made ready for comparison: one node for all mentions that say the same."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from normalise.resolution.bodies import Bodies, Hit
from normalise.resolution.identifiers import business_id, domain, is_shared_domain, oid, without_identifiers
from normalise.resolution.matching import match
from normalise.resolution.names import LONGEST_TEXT, Name, clean, is_organ, read_name
from normalise.resolution.units import NOTHING, Match


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """An organisation as a page names it: ``name`` in any wording, and what else the page says of it.

    ``register_id`` is the register's id where the reader of the page knew it. ``address`` is an e-mail or web address
    of the body. ``scope`` tells whose names stand together (a page's or source's id): an organ without its owner
    ("sivistyslautakunta") is the same body only within one scope.
    """

    name: str
    register_id: str = ""
    business_id: str = ""
    oid: str = ""
    address: str = ""
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """What is compared: the cleaned text, its words, what it means in the register, and its identifiers.

    ``within`` sets the names of one owner (or one page's organs) apart from all others; ``owner`` is the register id of
    the body that this one is a unit of.
    """

    mention: Mention
    text: str
    name: Name
    match: Match = NOTHING
    owner: str = ""
    within: str = ""
    business_id: str = ""
    oid: str = ""
    domain: str = ""

    @property
    def key(self) -> str:
        """The name's key, apart from the names of other owners."""
        return self.within + self.name.key


def read_nodes(mentions: Iterable[Mention], bodies: Bodies) -> tuple[list[Node], dict[Mention, int]]:
    """One node for each different mention, in alphabetical order, and the place of each mention's node."""
    nodes: dict[Mention, Node] = {}
    owner: dict[Mention, Mention] = {}
    for mention in sorted(set(mentions)):
        node = nodes.get(replace(mention, scope="")) or read_node(mention, bodies)
        if is_scoped(node) and node.mention != mention:
            node = read_node(mention, bodies)
        nodes[node.mention] = node
        owner[mention] = node.mention
    ordered = sorted(nodes)
    places = {key: place for place, key in enumerate(ordered)}
    return [nodes[key] for key in ordered], {mention: places[key] for mention, key in owner.items()}


def read_node(mention: Mention, bodies: Bodies) -> Node:
    """The node of a mention; only organs are told apart by the page they stand on, so most share one with others."""
    bare = replace(mention, scope="")
    node = _node(bare, bodies)
    return _node(mention, bodies, mention.scope) if is_scoped(node) else node


def is_scoped(node: Node) -> bool:
    """Whether a name is an organ's without its owner, a body only within one page."""
    return is_organ(node.name.words) and not node.match.hit and not node.owner


def _node(mention: Mention, bodies: Bodies, scope: str = "") -> Node:
    number = business_id(mention.business_id) or business_id(mention.name[:LONGEST_TEXT])
    code = oid(mention.oid) or oid(mention.name[:LONGEST_TEXT])
    shown = mention.name[:LONGEST_TEXT]
    raw = without_identifiers(shown) if number or code else shown
    address = domain(raw)
    found_domain = address or domain(mention.address)
    text = "" if address else clean(raw)
    named = match(text, bodies) if text else NOTHING
    found = _given(mention, code, named, bodies) or named
    if not text and not found.hit:
        found = _by_address(number, found_domain, bodies)
    owner = found.hit.id if found.hit and found.rest else ""
    if text and number and not found.hit and not found.several:
        owner = _owner_by_number(number, bodies)
    return Node(
        mention,
        text,
        read_name(clean(found.rest) if found.rest else text or found_domain or number or code or mention.name),
        found,
        owner,
        f"{owner}:" if found.rest else f"{scope}:" if scope else "",
        number or "",
        code or "",
        found_domain if found_domain and not is_shared_domain(found_domain) else "",
    )


def _given(mention: Mention, code: str | None, named: Match, bodies: Bodies) -> Match | None:
    """The body that the page's reader, or an OID, names outright; None where the name itself says which part of it."""
    if mention.register_id in bodies.entries:
        if named.hit and not named.rest and bodies.is_within(named.hit.id, mention.register_id):
            return None
        return Match(Hit(mention.register_id, "register id", 1.0, "the page's reader knew the body"))
    if code and code in bodies.oids:
        return Match(Hit(bodies.oids[code], "oid", 1.0, "the register has this OID"))
    return None


def _by_address(number: str | None, domain: str | None, bodies: Bodies) -> Match:
    """The body of a business id or address that stands without a name."""
    by_number = bodies.by_business_id(number) if number else None
    if by_number:
        return Match(Hit(by_number, "business id", 0.99, "the register has this business id"))
    by_domain = bodies.by_domain(domain) if domain else None
    if by_domain:
        return Match(Hit(by_domain, "domain", 0.95, "the register has this web or mail domain"))
    return NOTHING


def _owner_by_number(number: str, bodies: Bodies) -> str:
    """Whose unit a name is that is written with the business id of a known body but is none of its names."""
    return bodies.by_business_id(number) or ""
