"""Lists of organisations: a span of text becomes names in the nominative, each with the role that stands beside it."""

import re
from collections.abc import Iterator, Sequence

from normalise.organisations.names import OrganisationMention, identify
from normalise.organisations.series import singular
from normalise.parties.names import BRACKETS, is_generic, role_named, without_role
from normalise.parties.pieces import LONGEST_PIECE, ListedName, named_piece
from normalise.text.spans import overlaps, within
from normalise.words import AND, any_of, joining, vocabulary

_WORDS = vocabulary("parties")
_SEPARATOR = re.compile(
    r"\s*(?:\n|\t|[;|•∙·▸]|(?<!-),(?!\d)|(?<=[a-zåäö]{4})\.\s(?=[A-ZÅÄÖ])"
    rf"|(?<!-)\s(?:{AND}|{any_of([*_WORDS['list_joints'], *_WORDS['beside_joints']])})"
    rf"(?:\s(?:{joining('also')}|{any_of(_WORDS['behind_list_joints'])}))?\s|\s?/\s?(?=[A-ZÅÄÖ]))\s*"
)
# The first words behind a comma tell whether the name goes on; three long ones at the most.
_REST = 100
_COUNTRY_BEHIND = re.compile(r",\s(?P<country>[A-ZÅÄÖ][\w ]{2,20})|\s?\((?P<bracket>[A-ZÅÄÖ][\w ]{1,20})\)")
_WITHIN = re.compile(rf"\b(?:{joining('of')})\s[a-zåäö ]+$")


def listed_names(
    text: str, start: int, end: int, mentions: Sequence[OrganisationMention], *, inflected: bool = False
) -> tuple[ListedName, ...]:
    """The names in ``text[start:end]``, a list by lines, commas or conjunctions.

    ``mentions`` are the organisations of the whole text: a comma or "ja" inside one of them parts nothing.
    ``inflected`` says that the list stands in a case that has to be undone ("X:n, Y:n ja Z:n kanssa").
    """
    inside = [m for m in within(mentions, start, end) if m.end <= end]
    pieces = _with_lost_roles(text, start, end, inside, inflected)
    return tuple(_joined(text, _without_places(text, list(_expanded(text, pieces)))))


def _with_lost_roles(
    text: str, start: int, end: int, inside: Sequence[OrganisationMention], inflected: bool
) -> list[ListedName | None]:
    """The pieces as names; a role behind no name ("Gradia, Suomi (koordinaattori)") goes to the name before it."""
    pieces: list[ListedName | None] = []
    for a, b in _pieces(text, start, end, inside):
        piece = named_piece(text, a, b, inside, inflected=inflected)
        if piece is None and pieces and pieces[-1] is not None and "\n" not in text[pieces[-1].end : a]:
            role = without_role(text, a, b)[2] or role_named(text[a:b])
            last = pieces[-1]
            pieces[-1] = last._replace(role=last.role or role)
        pieces.append(piece)
    return pieces


def _pieces(text: str, start: int, end: int, inside: Sequence[OrganisationMention]) -> Iterator[tuple[int, int]]:
    position = start
    for separator in _SEPARATOR.finditer(text, start, end):
        if overlaps(inside, *separator.span()):
            continue
        if _within_brackets(text, position, separator.start()) or _same_name(text, position, separator, end):
            continue
        if "/" in separator[0] and not _two_bodies(text, position, separator, end):
            continue
        yield position, separator.start()
        position = separator.end()
    yield position, end


def _same_name(text: str, start: int, separator: re.Match[str], end: int) -> bool:
    """Whether a comma stands within a long official name: "Centralen för utveckling, transport och miljö"."""
    piece, rest = text[start : separator.start()], text[separator.end() : min(end, separator.end() + _REST)]
    goes_on = rest[:1].islower() and _WITHIN.search(piece) is not None
    return (
        goes_on
        and identify(piece) is None
        and "\n" not in separator[0]
        and not any(word[:1].isupper() for word in rest.split()[:3])
    )


def _two_bodies(text: str, start: int, slash: re.Match[str], end: int) -> bool:
    """Whether a slash stands between two bodies rather than two names of one: both are registered, and differ."""
    if text.count(" / ", start, end) > 1:
        return True
    following = _SEPARATOR.search(text, slash.end(), end)
    left = identify(BRACKETS.sub("", text[start : slash.start()]))
    behind = slash.end(), following.start() if following else end
    right = identify(BRACKETS.sub("", text[slice(*without_role(text, *behind)[:2])]))
    return left is not None and right is not None and left.entry != right.entry


def _within_brackets(text: str, start: int, end: int) -> bool:
    is_short = end - start <= LONGEST_PIECE
    return is_short and text.count("(", start, end) > text.count(")", start, end)


def _expanded(text: str, pieces: Sequence[ListedName | None]) -> Iterator[ListedName]:
    """Names that share a plural head are given it: "Turun, Tukholman ja Tarton yliopistot"."""
    pending: list[ListedName] = []
    for piece in pieces:
        if piece is None:
            yield from pending
            pending = []
            continue
        name = BRACKETS.sub("", piece.name)
        front = name.rpartition(" ")[0]
        written = BRACKETS.sub("", text[piece.start : piece.end]).rpartition(" ")[2].casefold()
        head = singular(written) if front else None
        if head is None:
            pending.append(piece)
            continue
        modifiers = [p for p in pending if _modifies(text[p.start : p.end], p, head)]
        yield from (p for p in pending if p not in modifiers)
        for part in modifiers:
            yield _with_head(part, text[part.start : part.end], head)
        yield _with_head(piece, front if name.casefold().endswith(written) else _front(text, piece), head)
        pending = []
    yield from pending


def _modifies(written: str, piece: ListedName, head: str) -> bool:
    """Whether a lone word shares the head that follows: a Finnish genitive, or a place before a Swedish head."""
    if written.count(" ") > (1 if written.endswith("s") else 0) or (written.isupper() and len(written) > 1):
        return False
    place = piece.entry is not None and piece.entry.type == "municipality"
    return place or (not piece.known and (written.endswith("n") or head[-1] not in "aoiuäöy"))


def _without_places(text: str, names: list[ListedName]) -> list[ListedName]:
    """Names without the towns behind them: "IIS Galilei, Bolzano, Italy", "Kokemäen lukio, Kokemäki"."""
    kept: list[ListedName] = []
    for name in names:
        behind = bool(kept) and text[kept[-1].end : name.start] in (", ", "; ")
        if behind and " " not in name.name and _is_town(text, kept[-1], name):
            kept[-1] = kept[-1]._replace(role=kept[-1].role or name.role)
        else:
            kept.append(name)
    return kept


def _is_town(text: str, body: ListedName, name: ListedName) -> bool:
    """Whether a lone word behind a body is where it stands: a country follows, or it is a municipality's place name."""
    place = name.entry is not None and name.entry.type == "municipality"
    if body.known and not name.known and name.entry is None and _ends_line(text, body, name):
        return True
    country = _COUNTRY_BEHIND.match(text, name.end)
    if country and is_generic(country["country"] or country["bracket"]):
        return name.entry is None or (place and (body.entry is None or body.entry.type != "municipality"))
    own = body.known or _ends_line(text, body, name)
    return place and (body.entry is None or body.entry.type != "municipality") and own


def _ends_line(text: str, body: ListedName, name: ListedName) -> bool:
    """Whether a line holds a body and one word more, by which lists tell its town: "Uppsala universitet, Gotland"."""
    before = text[text.rfind("\n", 0, body.start) + 1 : body.start]
    return not any(c.isalpha() for c in before) and text[name.end : name.end + 1] in ("", "\n")


def _joined(text: str, names: list[ListedName]) -> Iterator[ListedName]:
    """A body and its own unit or brand after a comma are one name: "Vaasan kaupunki, Vamia"."""
    held: ListedName | None = None
    for name in names:
        if held and _same_house(text, held, name):
            held = held._replace(
                end=name.end,
                name=f"{held.name}{text[held.end : name.start]}{name.name}",
                role=name.role or held.role,
            )
            continue
        if held:
            yield held
        held = name
    if held:
        yield held


def _same_house(text: str, first: ListedName, second: ListedName) -> bool:
    if first.known and text[first.end : second.start] in (", ", ": ") and _is_unit(second.name):
        return True
    if not first.entry or not second.entry or text[first.end : second.start] not in (", ", " / ", "/", "/ "):
        return False
    return first.entry.id in (second.entry.id, second.entry.part_of) or first.entry.part_of == second.entry.id


def _is_unit(name: str) -> bool:
    """Whether a name tells a part of a house, which stands behind its house: "Department of Geography"."""
    return name.casefold().startswith(tuple(vocabulary("parties")["units"]))


def _front(text: str, piece: ListedName) -> str:
    return BRACKETS.sub("", text[piece.start : piece.end]).rpartition(" ")[0]


def _with_head(piece: ListedName, modifier: str, head: str) -> ListedName:
    name = f"{modifier} {head}"
    mention = identify(name)
    return piece._replace(name=name, entry=mention.entry if mention else None, known=True)
