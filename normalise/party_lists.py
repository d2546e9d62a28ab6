"""Lists of organisations: a span of text becomes names in the nominative, each with the role that stands beside it."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from normalise.inflection import nominatives
from normalise.organisation_names import OrganisationMention, identify
from normalise.organisation_series import singular
from normalise.party_names import BRACKETS, is_generic, looks_like_name, without_role
from normalise.register import Entry
from normalise.spans import overlaps, within
from normalise.words import WORDS_KEPT

_SEPARATOR = re.compile(
    r"\s*(?:\n|\t|[;|•∙·▸]|(?<!-),(?!\d)|(?<=[a-zåäö]{4})\.\s(?=[A-ZÅÄÖ])|(?<!-)\s(?:ja|sekä|och|samt|and|lisäksi|genom|via)(?:\s(?:myös|också|även|also|yhdessä|av|by|från|from))?\s|\s?/\s?(?=[A-ZÅÄÖ]))\s*"
)
# A piece this long (characters) is prose, whatever stands in it.
_LONGEST_PIECE = 400
# The first words behind a comma tell whether the name goes on; three long ones at the most.
_REST = 100
_COUNTRY_BEHIND = re.compile(r",\s(?P<country>[A-ZÅÄÖ][\w ]{2,20})|\s?\((?P<bracket>[A-ZÅÄÖ][\w ]{1,20})\)")
_TOGETHER = re.compile(r"\s+kanssa$")
# What a clause says behind a name: "Konstsamfundet stödde besöken"; two words and more, none with a capital.
_LOW_WORDS = re.compile(r"(?:\s[a-zåäö]+){2,}")
# What lists add behind a name: brackets, or the years of a grant ("Finlands Akademi 2021–2025").
_ADDED = re.compile(rf"{BRACKETS.pattern}|\s(?:19|20)\d\d(?:\s?[–-]\s?(?:19|20)\d\d)?$")
# Where a body comes from, in Finnish: "Careeria Porvoosta".
_HOME = re.compile(r"\s(?P<place>[A-ZÅÄÖ]\w+(?:st|lt)[aä])$")
_WITHIN = re.compile(r"\b(?:för|of|for)\s[a-zåäö ]+$")


class ListedName(NamedTuple):
    """A name at ``start``..``end``: its nominative, its register entry if known, and the role that stands beside it."""

    start: int
    end: int
    name: str
    entry: Entry | None = None
    role: str | None = None
    known: bool = False

    @property
    def key(self) -> str:
        """What tells bodies apart: the register's id, else the folded name."""
        return self.entry.id if self.entry else _folded(self.name)


def as_named(mention: OrganisationMention, role: str | None = None) -> ListedName:
    """A mention in running text as a piece of a list."""
    return ListedName(mention.start, mention.end, mention.name, mention.entry, role, known=True)


@lru_cache(WORDS_KEPT)
def _folded(name: str) -> str:
    return re.sub(r"[\s,.-]+", " ", name.casefold()).strip()


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
        piece = _name(text, a, b, inside, inflected)
        if piece is None and pieces and pieces[-1] is not None and "\n" not in text[pieces[-1].end : a]:
            role = without_role(text, a, b)[2]
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
    is_short = end - start <= _LONGEST_PIECE
    return is_short and text.count("(", start, end) > text.count(")", start, end)


def _name(text: str, start: int, end: int, inside: Sequence[OrganisationMention], inflected: bool) -> ListedName | None:
    """One piece of a list as a name; None where it is none."""
    if end - start > _LONGEST_PIECE:
        return None
    start, end, role = without_role(text, start, end)
    together = _TOGETHER.search(text[start:end])
    if together:
        end, inflected = start + together.start(), True
    piece = text[start:end]
    if not looks_like_name(piece):
        return None
    whole = overlaps(inside, start, end)
    if whole and whole.start <= start and whole.end >= end:
        return as_named(whole, role)
    registered = identify(piece) or identify(_ADDED.sub("", piece))
    if registered:
        name = piece if BRACKETS.search(piece) else registered.name
        return ListedName(start, end, name, registered.entry, role, known=True)
    named = within(inside, start, end)
    part = named[0] if named and named[0].start == start and not named[0].place else None
    if part and (_LOW_WORDS.fullmatch(text, part.end, end) or _through(text, part, named)):
        return ListedName(part.start, part.end, part.name, part.entry, role, known=True)
    home = _HOME.search(piece)
    if home and (found := identify(home["place"])) and found.place and found.name != home["place"]:
        end, piece = start + home.start(), piece[: home.start()]
    name = _nominative(piece) if inflected else piece
    return ListedName(start, end, name, None, role, known=bool(named))


def _through(text: str, first: OrganisationMention, named: Sequence[OrganisationMention]) -> bool:
    """Whether another body follows in a case: who pays, and from what ("X-liitto Euroopan aluekehitysrahastosta")."""
    if len(named) < 2 or text[first.start : first.end] != first.name:
        return False
    second = named[1]
    return second.start == first.end + 1 and text[second.start : second.end] != second.name


def _nominative(piece: str) -> str:
    """A name whose last word stands in a case, in the nominative: the likeliest reading for names no register knows."""
    head, space, last = piece.rpartition(" ")
    return head + space + nominatives(last)[0]


def _expanded(text: str, pieces: Sequence[ListedName | None]) -> Iterator[ListedName]:
    """Names that share a plural head are given it: "Turun, Tukholman ja Tarton yliopistot"."""
    pending: list[ListedName] = []
    for piece in pieces:
        if piece is None:
            yield from pending
            pending = []
            continue
        front = piece.name.rpartition(" ")[0]
        written = text[piece.start : piece.end].rpartition(" ")[2].casefold()
        head = singular(written) if front else None
        if head is None:
            pending.append(piece)
            continue
        modifiers = [p for p in pending if _modifies(text[p.start : p.end], p, head)]
        yield from (p for p in pending if p not in modifiers)
        for part in modifiers:
            yield _with_head(part, text[part.start : part.end], head)
        yield _with_head(piece, front if piece.name.casefold().endswith(written) else _front(text, piece), head)
        pending = []
    yield from pending


def _modifies(written: str, piece: ListedName, head: str) -> bool:
    """Whether a lone word shares the head that follows: a Finnish genitive, or a place before a Swedish head."""
    if written.count(" ") > (1 if written.endswith("s") else 0):
        return False
    place = piece.entry is not None and piece.entry.type == "municipality"
    return place or (not piece.known and (written.endswith("n") or head[-1] not in "aoiuäöy"))


def _without_places(text: str, names: list[ListedName]) -> list[ListedName]:
    """Names without the towns behind them: "IIS Galilei, Bolzano, Italy", "Kokemäen lukio, Kokemäki"."""
    kept: list[ListedName] = []
    for name in names:
        behind = bool(kept) and text[kept[-1].end : name.start] == ", "
        if behind and " " not in name.name and _is_town(text, kept[-1], name):
            kept[-1] = kept[-1]._replace(role=kept[-1].role or name.role)
        else:
            kept.append(name)
    return kept


def _is_town(text: str, body: ListedName, name: ListedName) -> bool:
    """Whether a lone word behind a body is where it stands: a country follows, or it is a municipality's place name."""
    place = name.entry is not None and name.entry.type == "municipality"
    country = _COUNTRY_BEHIND.match(text, name.end)
    if country and is_generic(country["country"] or country["bracket"]):
        return name.entry is None or (place and (body.entry is None or body.entry.type != "municipality"))
    return place and (body.entry is None or body.entry.type != "municipality") and body.known


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
    if not first.entry or not second.entry or text[first.end : second.start] not in (", ", " / ", "/", "/ "):
        return False
    return first.entry.id in (second.entry.id, second.entry.part_of) or first.entry.part_of == second.entry.id


def _front(text: str, piece: ListedName) -> str:
    return text[piece.start : piece.end].rpartition(" ")[0]


def _with_head(piece: ListedName, modifier: str, head: str) -> ListedName:
    name = f"{modifier} {head}"
    mention = identify(name)
    return piece._replace(name=name, entry=mention.entry if mention else None, known=True)
