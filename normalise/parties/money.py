"""Sentences of money: funders named in them, though no cue stands right beside their names."""

import re
from collections.abc import Iterator
from itertools import pairwise

from normalise.analysis import Analysis
from normalise.organisations.names import OrganisationMention, in_nominative
from normalise.parties.claims import Claim, against_near
from normalise.parties.pieces import as_named
from normalise.text.contexts import by_sentence
from normalise.words import AND, any_of, joining, vocabulary

# Money speaks of a body named within this many characters.
_BESIDE = 70
_PROJECT = re.compile(rf"\s?-?\s?(?:{any_of(vocabulary('parties')['project_starts'])})")
_SUM = rf"\d[\d\s.,]{{0,12}}(?:{'|'.join(vocabulary('parties')['paid_in'])})"
_FROM = re.compile(
    rf"(?:\b(?:{any_of(vocabulary('parties')['out_of'])})|{_SUM}\s(?:{any_of(vocabulary('parties')['paid_by'])}))"
    rf"\s+(?:{joining('the')}\s+)?$"
)
# From one payer to the next: "X on luvannut 5 000 € ja" Y, and the next one's sum.
_TO_NEXT = re.compile(rf"[^:;()\n\d]{{0,40}}{_SUM}(?:,\s|,?\s(?:{AND})\s)")
_SHARE = re.compile(rf"(?:\s[a-zåäö]+){{0,3}}\s{_SUM}")


def money_claims(analysis: Analysis) -> Iterator[Claim]:
    """Bodies whose trade is to pay, and those money comes from, in sentences of money: funders without a cue."""
    paying = vocabulary("parties")["paying_types"]
    mentions = [
        m
        for m in analysis.organisations
        if not m.place and ((m.entry and m.entry.type in paying) or _is_source(analysis, m))
    ]
    for sentence, inside in by_sentence(analysis.sentences, mentions):
        for m in inside:
            near = max(sentence.start, m.start - _BESIDE), min(sentence.end, m.end + _BESIDE)
            if not analysis.party_words.has("money_words", *near):
                continue
            named = as_named(m)
            weight = 3.0 if _is_source(analysis, m) else 2.0
            against = against_near(analysis, sentence, named, ("elsewhere", "money_against"))
            yield Claim("funder", named, weight, "funder.money", against or _received(analysis, m))


def _received(analysis: Analysis, mention: OrganisationMention) -> str | None:
    """The verb of receiving right before a name in the nominative: "eniten sai X", or the name itself where it stands
    in the case of those who are given something: "ilmoitetaan Verohallinnolle"; None without either.
    """
    written = analysis.text[mention.start : mention.end]
    if not in_nominative(analysis.text, mention):
        return written if written.endswith("lle") else None
    verbs = analysis.party_words.of("receiving", mention.start - _BESIDE, mention.start)
    return next((analysis.text[start:end] for start, end in verbs if end == mention.start - 1), None)


def share_claims(analysis: Analysis) -> Iterator[Claim]:
    """Bodies of any sort beside whose sum stands a funder with its own: "X maksaa 5 000 € ja Y 3 000 €"."""
    paying = vocabulary("parties")["paying_types"]
    claimed = {c.named.start for c in analysis.cue_claims if c.role == "funder" and not c.against}
    for _, inside in by_sentence(analysis.sentences, analysis.organisations):
        pays = False
        for first, second in pairwise(inside):
            pays = pays or first.start in claimed or (first.entry is not None and first.entry.type in paying)
            pays = pays and _next_pays(analysis.text, first, second)
            if pays:
                yield Claim("funder", as_named(second), 2.0, "funder.money")


def _next_pays(text: str, first: OrganisationMention, second: OrganisationMention) -> bool:
    """Whether each of two names in the nominative has its sum behind it, with no more than that between them."""
    if not in_nominative(text, second) or not _TO_NEXT.fullmatch(text, first.end, second.start):
        return False
    return _SHARE.match(text, second.end) is not None


def programme_claims(analysis: Analysis) -> Iterator[Claim]:
    """Programmes whose name the page puts before its project: "Erasmus+ -hanke", "ESR-projekti"."""
    for mention in analysis.organisations:
        programme = mention.entry is not None and mention.entry.type in ("programme", "fund")
        if programme and _PROJECT.match(analysis.text, mention.end):
            yield Claim("funder", as_named(mention), 2.5, "funder.money")


def _is_source(analysis: Analysis, mention: OrganisationMention) -> bool:
    """Whether a name stands where money comes from: the ablative ("X:ltä"), "peräisin X:stä", "från X", "from X"."""
    written = analysis.text[mention.start : mention.end]
    if written != mention.name and written.endswith(("lta", "ltä")):
        return True
    if written != mention.name and written.endswith(("sta", "stä")):
        return analysis.party_words.has("coming", mention.start - _BESIDE, mention.start)
    return _FROM.search(analysis.text, max(0, mention.start - 24), mention.start) is not None
