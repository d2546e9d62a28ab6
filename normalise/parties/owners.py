"""Coordinators that no word names as such: who received the money, whose project it is, whose page tells of it."""

import re
from collections.abc import Iterator, Sequence

from normalise.analysis import Analysis
from normalise.organisations.names import OrganisationMention, in_nominative
from normalise.parties.claims import Claim
from normalise.parties.pieces import as_named, named_piece
from normalise.text.contexts import by_sentence
from normalise.text.document import Line
from normalise.text.sentences import Sentence
from normalise.text.spans import within
from normalise.words import AND, any_of, joining, vocabulary

_WORDS = vocabulary("parties")
# The name of the page's owner stands alone on one of the first lines, or in its last ones.
_FIRST_LINES = 6
_GRANTING = re.compile(rf"(?<!\w)(?:{any_of(_WORDS['granting'])})", re.IGNORECASE)
# "har beviljat Vasa stad", "beviljar stöd till Vasa stad": a giver stands before, the receiver right behind.
_GIVEN_TO = re.compile(
    rf"(?<!\w)(?:{any_of(_WORDS['granting_before'])})\s"
    rf"(?:(?:[\w.-]+\s){{0,4}}(?:{any_of(_WORDS['granted_to'])})\s)?(?:{joining('the')}\s)?$"
)
_GIVEN_WITHIN = 80
# Between two owners of one project: "A:n ja B:n yhteishanke".
_AND = re.compile(rf"\s*,?\s(?:{AND})\s|,\s")
_SITE_END = re.compile(r"\s*$|\s*[|·/]|\s[–—-]\s|\s{2,}")
# The head of a decision, and what stands behind a body's name in a page's last lines: its street, box or postal code.
_DECISION = re.compile(rf"\W*(?:{any_of(_WORDS['decisions'])})\b", re.IGNORECASE)
_LAST_LINES = 6
_FOOTER_ADDRESS = re.compile(
    r"(?:\s?[|·•,]|\s–)\s[^\n|·•]{0,40}?(?:(?<!\d)(?:FI-)?\d{3}\s?\d{2}\s[A-ZÅÄÖ]|[a-zåäöA-Z]\s\d{1,3}(?!\d))"
    r"|\n[^\n]{2,60}?(?:,\s|\n|\s{2,}|\s[|·•]\s)(?:FI-)?\d{3}\s?\d{2}\s[A-ZÅÄÖ]"
)
# A page's footer is no longer than this (characters); a name behind its sign of copyright ends at a year or a sign.
_FOOTER = 800
_YEARS = r"(?:19|20)\d\d(?:\s?[–-]\s?(?:19|20)?\d\d)?"
_COPYRIGHT = re.compile(
    rf"(?:©|(?i:copyright))\s?(?:(?:©|(?i:copyright))\s?)?(?:{_YEARS},?\s)?(?P<name>[^\W\d_a-zåäö][^\n|·•,;:<>]{{1,60}}?)"
    rf"(?=\s{_YEARS}|\s?[|·•.,;:<>]|\s\s|\s?$)",
    re.MULTILINE,
)
# Between an owner and "project" stands no more than the project's name, with no sign of a clause.
_OWN_NAME = 60
_OWN_WORDS = re.compile(r"(?:[\s-]+[”\"’']?[\w+]+[”\"’']?){0,4}[\s-]+")
_NOT_OWNERS = ("programme", "fund", "foundation", "ministry", "agency", "ely", "avi")


def receiver_claims(analysis: Analysis) -> Iterator[Claim]:
    """Bodies said to have received money or to have the project ("X sai", "myönsi X:lle", "X:n hanke")."""
    for sentence, mentions in by_sentence(analysis.sentences, analysis.organisations):
        for at, mention in enumerate(mentions):
            if mention.place:
                continue
            inflected = not in_nominative(analysis.text, mention)
            given = _is_given(analysis, mention, sentence) if inflected else _stands_given(analysis, mention, sentence)
            if given or (not inflected and _followed(analysis, mention, "receiving")):
                yield _claim(mention, 1.6, "coordinator.receiver")
            elif not at and not inflected and analysis.party_words.has("own_project", mention.end, sentence.end):
                yield _claim(mention, 1.5, "coordinator.owned")
            elif inflected and _owns(analysis, mention, sentence):
                yield from _owners(analysis.text, mentions, at)


def _owners(text: str, mentions: Sequence[OrganisationMention], last: int) -> Iterator[Claim]:
    """Whose a project is by the noun behind a mention: the one leads it; several ("A:n ja B:n hanke") share it."""
    first = last
    while first and _AND.fullmatch(text, mentions[first - 1].end, mentions[first].start):
        first -= 1
    if first == last:
        yield _claim(mentions[last], 1.5, "coordinator.owned")
    for mention in mentions[first : last + 1] if first < last else ():
        yield Claim("partner", as_named(mention), 2.0, "partner.owner")


def _followed(analysis: Analysis, mention: OrganisationMention, key: str) -> bool:
    """Whether a phrase of the key stands right behind a name."""
    return any(start <= mention.end + 2 for start, _ in analysis.party_words.of(key, mention.end, mention.end + 40))


def _owns(analysis: Analysis, mention: OrganisationMention, sentence: Sentence) -> bool:
    """Whether a noun of projects follows a genitive, right behind it or behind the project's own name."""
    end = min(sentence.end, mention.end + _OWN_NAME)
    noun = next(iter(analysis.party_words.of("owned", mention.end, end)), None)
    if noun is None or not _OWN_WORDS.fullmatch(analysis.text, mention.end, noun[0]):
        return False
    return not analysis.party_words.has("paid", mention.end, noun[0])


def _is_given(analysis: Analysis, mention: OrganisationMention, sentence: Sentence) -> bool:
    """Whether a name stands in the allative in a sentence of granting: "myönsi X:lle"."""
    granted_to = analysis.text[mention.start : mention.end].endswith("lle")
    return granted_to and _GRANTING.search(analysis.text, sentence.start, sentence.end) is not None


def _stands_given(analysis: Analysis, mention: OrganisationMention, sentence: Sentence) -> bool:
    """Whether a name stands behind a verb of granting: "har beviljat X", "beviljar stöd till X"."""
    return (
        _GIVEN_TO.search(analysis.text, max(sentence.start, mention.start - _GIVEN_WITHIN), mention.start) is not None
    )


def owner_claims(analysis: Analysis) -> Iterator[Claim]:
    """The body whose page this is: alone or before a menu on one of the first lines, before its address on one of the
    last, or behind the sign of copyright; below the head of a decision, who receives it.

    A municipality names its site by its place name, too.
    """
    for line in analysis.document.lines[:_FIRST_LINES]:
        for mention in within(analysis.organisations, line.start, line.end):
            fills = mention.start <= line.start + 2 and line.end - 2 <= mention.end <= line.end
            names_site = _names_site(analysis.text, mention, line)
            owns = names_site or (fills and not mention.place)
            if not owns or (mention.entry and mention.entry.type in _NOT_OWNERS):
                continue
            if fills and _receives_decision(analysis, line):
                yield _claim(mention, 1.6, "coordinator.receiver")
            else:
                yield _claim(mention, 0.5, "coordinator.owner")
    yield from _copyright_claims(analysis)
    yield from _footer_claims(analysis)


def _receives_decision(analysis: Analysis, line: Line) -> bool:
    """Whether a line stands below the head of a decision: its receiver's name does."""
    above = analysis.document.lines[: line.index]
    return any(_DECISION.match(before.text) for before in above)


def _footer_claims(analysis: Analysis) -> Iterator[Claim]:
    """The body that opens one of the last lines, its address behind it: "Purolan kunta, 12345 Purola"."""
    for line in analysis.document.lines[-_LAST_LINES:]:
        first = next(iter(within(analysis.organisations, line.start, line.end)), None)
        if first and _names_footer(analysis.text, first, line):
            yield _claim(first, 0.5, "coordinator.owner")


def _names_footer(text: str, mention: OrganisationMention, line: Line) -> bool:
    if mention.place or mention.start != line.start or not in_nominative(text, mention):
        return False
    return _FOOTER_ADDRESS.match(text, mention.end) is not None


def _copyright_claims(analysis: Analysis) -> Iterator[Claim]:
    """Who holds the rights of the page, by its last lines: "© 2023 Purolan Martat", "© SVT 2023"."""
    for match in _COPYRIGHT.finditer(analysis.text, max(0, len(analysis.text) - _FOOTER)):
        start, end = match.span("name")
        inside = within(analysis.organisations, start, end)
        named = named_piece(analysis.text, start, end, inside, inflected=False)
        if named and not (named.entry and named.entry.type in _NOT_OWNERS):
            yield Claim("coordinator", named, 0.5, "coordinator.owner")


def _names_site(text: str, mention: OrganisationMention, line: Line) -> bool:
    """Whether a name is that of a site: alone on a first line, or before a sign or menu."""
    inflected = not in_nominative(text, mention)
    return not inflected and mention.start == line.start and _SITE_END.match(text, mention.end, line.end) is not None


def _claim(mention: OrganisationMention, weight: float, rule: str) -> Claim:
    return Claim("coordinator", as_named(mention), weight, rule)
