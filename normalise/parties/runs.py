"""The run of names that stands behind a cue, or ends at one: "rahoittajina ovat X, Y ja Z", "X ja Y rahoittavat"."""

import re
from collections.abc import Sequence

from normalise.organisations.announced import announces
from normalise.organisations.names import OrganisationMention, in_nominative
from normalise.parties.lists import listed_names
from normalise.parties.pieces import ListedName, as_named
from normalise.text.spans import overlaps, within
from normalise.words import AND, any_of, joining, joining_words, vocabulary

_LAST_WORD = re.compile(r"[^\W\d_]+(?=\s?$)")
_LONGEST_NOUN = 30
# How a list begins behind the noun that announces it, and what parts its names.
_OPENED = re.compile(r"\s?[:(]\s?")
_LISTED = re.compile(rf",\s|,?\s(?:{AND})\s")
# Between a verb and the subject that follows it stand no more characters than this ("myönsi rahoituksen X").
_NEAR = re.compile(r"\D{0,29}")
# The first name after a cue stands within this many characters.
_FIRST_NAME = 60
# And the last one within this many: thirty long names, more than any sentence lists.
_LAST_NAME = 1500
_GAP = re.compile(rf"^[\s,”\"')(-]*(?:(?:{AND})\s+|(?:{joining('who')})\s+(?:(?:{joining('also')})\s+)?)?$")
_WITHIN_NAMES = joining_words("of", "in", "at") | {"&"}
# Words that may stand between an organisation and the verb that follows it ("Opetushallitus on 2019 rahoittanut").
_LOOSE = re.compile(r"^\s+(?:[a-zåäö]{2,12}\s+){0,2}$")
# Before the town of the body that is meant: "Purola-akademin i Vasa deltar".
_AT = re.compile(rf"\s(?:{joining('in', 'at', language='sv')})\s\Z")
_LONGEST_AT = 4
_BESIDE = re.compile(rf"\s(?:{any_of(vocabulary('parties')['beside_joints'])})\s")
# A bracket between two names of a row ends no clause.
_CLAUSE = re.compile(
    rf"\s[–—]\s|[;:]|\((?![^()\n]{{1,60}}\)(?:,|\s(?:{AND})\s))|(?<![A-ZÅÄÖ])\.\s"
    rf"|\s(?:{joining('who', 'but')}|{any_of(vocabulary('parties')['clause_openers'])})\s"
)


def names_behind(
    text: str, start: int, end: int, limit: int, inside: Sequence[OrganisationMention]
) -> list[ListedName]:
    """The run of names that follows a cue at ``start``..``end``, up to ``limit``; ``inside`` are its sentence's."""
    reach = min(limit, end + _LAST_NAME)
    following = within(inside, end, reach)
    clause_end = _clause_end(text, end, following, reach)
    inflected = text[start:end].casefold() in vocabulary("parties")["with_words"]
    run: list[ListedName] = []
    for name in listed_names(text, end, clause_end, following, inflected=inflected):
        if _plausible(text, name) and (run or name.start - end < _FIRST_NAME):
            run.append(_narrowed(name, following))
    return run + _announced_behind(text, clause_end, following)


def _announced_behind(text: str, end: int, following: Sequence[OrganisationMention]) -> list[ListedName]:
    """The municipalities that a noun at a clause's end announces: "ja alueen kunnat: X ja Y", "kunniltamme (X, Y)"."""
    noun = _LAST_WORD.search(text[max(0, end - _LONGEST_NOUN) : end])
    if noun is None or announces(noun[0].casefold()) != "places":
        return []
    found: list[ListedName] = []
    for mention in following:
        if mention.start < end:
            continue
        gap = text[found[-1].end if found else end : mention.start]
        if not (_LISTED if found else _OPENED).fullmatch(gap):
            break
        found.append(as_named(mention))
    return found


def end_of_leaders(text: str, start: int, end: int) -> int:
    """Up to where the names behind a cue of who leads are those of leaders: before "yhdessä X:n kanssa"."""
    others = _BESIDE.search(text, start, min(end, start + _LAST_NAME))
    return others.start() if others else end


def names_before(text: str, start: int, inside: Sequence[OrganisationMention]) -> list[ListedName]:
    """The run of names that ends at a cue, which begins at ``start``."""
    run: list[OrganisationMention] = []
    edge = start
    for mention in reversed(within(inside, 0, start)):
        if mention.end > start:
            continue
        gap = text[mention.end : edge]
        town = _AT.search(text, max(0, mention.start - _LONGEST_AT), mention.start) if mention.place else None
        if town and (_GAP.match(gap) or _LOOSE.match(gap)):
            edge = town.start()
            continue
        if not (_GAP.match(gap) or (not run and _LOOSE.match(gap))):
            break
        run.insert(0, mention)
        edge = mention.start
    return [as_named(mention) for mention in run]


def subjects(text: str, end: int, names: Sequence[ListedName]) -> list[ListedName]:
    """Of the names behind a verb that ends at ``end``, those that can be its subject: known ones in the nominative, in
    a row that begins right behind it, or near it with no sum between ("kunnat maksavat 20 % ja X 10 %").
    """
    plain = [name for name in names if name.known and in_nominative(text, name)]
    row = bool(plain) and plain[0] == names[0] and text[end : names[0].start] == " "
    return [name for name in plain if row or _NEAR.fullmatch(text, end, name.start)]


def _clause_end(text: str, cue_end: int, following: Sequence[OrganisationMention], reach: int) -> int:
    """Where the clause of a cue ends: at a sign or word that opens another, none of them inside a name.

    A colon before the first name opens its list: "rahoitus tulee kolmelta kunnalta: A, B ja C".
    """
    for clause in _CLAUSE.finditer(text, cue_end, reach):
        start = clause.start()
        if clause[0] == ":" and not any(in_nominative(text, m) and m.end <= start for m in following):
            continue
        if clause[0] != "(" and text.count("(", cue_end, start) > text.count(")", cue_end, start):
            continue
        if start > cue_end + 2 and not overlaps(following, start, start + 1):
            return start
    return reach


def _plausible(text: str, name: ListedName) -> bool:
    """Whether a piece of running text is a name: known, or nothing but capitals and the words that join them."""
    if name.known:
        return True
    words = text[name.start : name.end].split()
    capitals = sum(1 for w in words if w[0].isupper() or w in _WITHIN_NAMES)
    return len(words) <= 6 and 2 * capitals >= len(words)


def _narrowed(name: ListedName, mentions: Sequence[OrganisationMention]) -> ListedName:
    """A piece with more words than the name in it ("jonka toteuttaa X Tampereella") cut to the name."""
    if name.entry or len(name.name.split()) <= 4:
        return name
    found = next((m for m in mentions if name.start <= m.start and m.end <= name.end), None)
    if found is None or found.end - found.start > 0.8 * (name.end - name.start):
        return name
    return as_named(found, name.role)
