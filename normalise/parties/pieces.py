"""One piece of a list of organisations as a name: its nominative, its register entry, the role beside it."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from normalise.language.inflection import nominatives
from normalise.organisations.announced import announces
from normalise.organisations.names import OrganisationMention, identify, in_nominative, is_place
from normalise.organisations.place_forms import tells_where
from normalise.organisations.register import Entry
from normalise.organisations.words import head_base, is_legal_form, name_words
from normalise.parties.names import BRACKETS, is_generic, looks_like_name, without_role
from normalise.persons.name_forms import is_given_name, may_be_surname
from normalise.text.spans import overlaps, within
from normalise.words import WORDS_KEPT, any_of, joining, joining_words, vocabulary

# A piece this long (characters) is prose, whatever stands in it.
LONGEST_PIECE = 400
_TOGETHER = re.compile(rf"\s+(?:{any_of(vocabulary('parties')['together'])})$")
# What a clause says behind a name: "Konstsamfundet stödde besöken"; two words and more, none with a capital.
_LOW_WORDS = re.compile(rf"(?!\s(?:{joining('of', 'in')})\s)(?:\s[a-zåäö]+){{2,}}")
# The town of a body that is meant whole: "Axxell i Pargas".
_TOWN = re.compile(rf"\s(?:{joining('in', 'at', language='sv')})\s(?P<place>[A-ZÅÄÖ][\w-]+)")
# What lists add behind a name: brackets, or the years of a grant ("Finlands Akademi 2021–2025").
_ADDED = re.compile(rf"{BRACKETS.pattern}|\s(?:19|20)\d\d(?:\s?[–-]\s?(?:19|20)\d\d)?$")
# Where a body comes from, in Finnish: "Careeria Porvoosta", "Virosta Merekool".
_HOME = re.compile(r"\s(?P<place>[A-ZÅÄÖ]\w+(?:st|lt)[aä])$")
_ORIGIN = re.compile(r"(?P<place>[A-ZÅÄÖ][\w-]+(?:st|lt|ss|ll)[aä])\s+")
# A town or a remark behind a name, not its abbreviation: "Purola-akademin (Lund)", "ACR+ (asiantuntija)".
_NOTE = re.compile(r"\s\([^\W\d_][a-zåäöéí]+(?:[\s-][a-zåäöéí]+)*\)$")
# A second name of the same body, and who works there: "Aura ry eli Auran Martat", "Humanpolis Oy / Anna Esimerkki".
_ELSE = re.compile(rf",?\s(?:{joining('that_is')})\s")
_PERSON = re.compile(r"\s?/\s?(?P<given>[A-ZÅÄÖ][\w-]+)\s(?P<family>[A-ZÅÄÖ][\w-]+)$")


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


def named_piece(
    text: str, start: int, end: int, inside: Sequence[OrganisationMention], *, inflected: bool
) -> ListedName | None:
    """The name that ``text[start:end]`` is; None where it is none. ``inside`` are the organisations in the list."""
    if end - start > LONGEST_PIECE:
        return None
    start, end, role = without_role(text, start, end)
    end = _first_name_end(text, start, end)
    origin = _ORIGIN.match(text, start, end)
    start = origin.end() if origin and _is_origin(origin["place"]) else start
    together = _TOGETHER.search(text[start:end])
    if together:
        end, inflected = start + together.start(), True
    piece = text[start:end]
    named = within(inside, start, end)
    if not looks_like_name(piece):
        body = _body_in_clause(text, start, end, named)
        return as_named(body, role) if body else None
    whole = overlaps(inside, start, end)
    if whole and whole.start <= start and whole.end >= end:
        return as_named(whole, role)
    registered = identify(piece) or identify(_ADDED.sub("", piece))
    if registered:
        name = piece if BRACKETS.search(piece) else registered.name
        return ListedName(start, end, name, registered.entry, role, known=True)
    part = _part_meant(text, start, end, named)
    if part:
        return as_named(part, role)
    home = _HOME.search(piece)
    if home and _is_origin(home["place"]):
        end, piece = start + home.start(), piece[: home.start()]
    note = _NOTE.search(piece)
    if note:
        end, piece = start + note.start(), piece[: note.start()]
    name = _nominative(piece) if inflected else piece
    return ListedName(start, end, name, None, role, known=any(not m.place for m in named))


def _body_in_clause(
    text: str, start: int, end: int, named: Sequence[OrganisationMention]
) -> OrganisationMention | None:
    """The body in words that are no name: who pays, before its money's source, or whose unit stands before it.

    "X-liitto Euroopan aluekehitysrahaston varoista", "bildningsavdelningen vid Y kommun".
    """
    if named and named[0].start == start:
        return named[0] if _through(text, named[0], named) else None
    if not named or named[-1].end != end:
        return None
    front = text[start : named[-1].start]
    of_unit = front.islower() and front.split()[-1] in joining_words("by", "at", language="sv")
    return named[-1] if of_unit and not named[-1].place else None


def _part_meant(text: str, start: int, end: int, named: Sequence[OrganisationMention]) -> OrganisationMention | None:
    """The body at a piece's start where no name goes on behind it, or at its end where a noun announces it."""
    bodies = [mention for mention in named if not mention.place]
    first = bodies[0] if bodies and bodies[0].start == start else None
    if first and (_goes_on(text, first, end) or _through(text, first, named)):
        return first
    last = bodies[-1] if bodies and bodies[-1].end == end else None
    return last if last and _announced(text[start : last.start]) else None


def _announced(front: str) -> bool:
    """Whether a piece only announces the body at its end: "Lahden kaupungin ateriapalveluyhtiö Päijät-Ateria Oy"."""
    noun = front.rstrip().rpartition(" ")[2]
    sort = announces(noun.casefold())
    return sort == "plural" or (sort == "single" and noun.islower())


def _first_name_end(text: str, start: int, end: int) -> int:
    """Where a piece's first name ends: before another name of the same body, or a person's of it."""
    other = _ELSE.search(text, start, end)
    end = other.start() if other else end
    person = _PERSON.search(text[start:end])
    if person and is_given_name(person["given"]) and may_be_surname(person["family"]):
        return start + person.start()
    return end


def _goes_on(text: str, part: OrganisationMention, end: int) -> bool:
    """Whether words that are no name follow a body: what a clause says of it, or its people and offices."""
    town = _TOWN.fullmatch(text, part.end, end)
    if _LOW_WORDS.fullmatch(text, part.end, end) or (town and is_place(town["place"])):
        return True
    word = text[part.end : end].removeprefix(" ")
    if not word.isalpha() or not word.islower() or head_base(word):
        return False
    return not in_nominative(text, part) or is_legal_form(part.name.rpartition(" ")[2])


def _through(text: str, first: OrganisationMention, named: Sequence[OrganisationMention]) -> bool:
    """Whether another body follows in a case: who pays, and from what ("X-liitto Euroopan aluekehitysrahastosta")."""
    if len(named) < 2 or not in_nominative(text, first):
        return False
    second = named[1]
    return second.start == first.end + 1 and not in_nominative(text, second)


def _nominative(piece: str) -> str:
    """A name whose last word stands in a case, in the nominative: the likeliest reading for names no register knows."""
    head, space, last = piece.rpartition(" ")
    return head + space + nominatives(last)[0]


def _is_origin(word: str) -> bool:
    """Whether a word in a Finnish local case says where a body comes from (a municipality, region or country), or is
    one that stands in no name.
    """
    if tells_where(word.casefold()) or word.casefold() in name_words("outside"):
        return True
    return any(is_generic(form) for form in nominatives(word) if form != word)
