"""Funders, coordinator, partners and their stated number: claims from labels and from running text, weighed."""

from collections.abc import Iterable, Iterator

from normalise.analysis import Analysis
from normalise.facts import Fact, Findings, Kind, Refusal
from normalise.labels import Labelled
from normalise.organisations import OrganisationMention
from normalise.partner_counts import find_partner_count
from normalise.party_cues import Claim, money_claims, part_claims
from normalise.party_lists import ListedName, listed_names
from normalise.party_owners import owner_claims, receiver_claims, teller_claims
from normalise.words import vocabulary

_FIELD_ROLE = {"funder": "funder", "funding": "funder", "coordinator": "coordinator", "partners": "partner", "programme": "funder"}
# In lists of names fewer words than this share are in lower case.
_LOWER_SHARE = 0.55
# A page says whose it is in its first characters.
_TOP = 300
_PLAIN_WORDS = 3
_NOT_PAYING = ("school", "provider", "university", "uas", "company")
_CONFIDENCE = {"labelled": 0.93, "cue": 0.85, "marked": 0.93, "money": 0.75, "sentence": 0.7, "receiver": 0.75, "owner": 0.6, "publisher": 0.75}


def find_parties(analysis: Analysis, kind: Kind) -> Findings:
    """The parties that a page names, each once, the coordinator at most one; refused claims with their reason."""
    if kind == "other":
        return Findings()
    claims = [
        *_label_claims(analysis),
        *analysis.cue_claims,
        *money_claims(analysis),
        *part_claims(analysis),
        *receiver_claims(analysis),
        *owner_claims(analysis),
    ]
    refusals = tuple(_refusal(c) for c in claims if c.against)
    believed = [c for c in claims if not c.against]
    coordinator = _coordinator(believed, kind) or _teller(analysis, believed, kind)
    funders = _funders(analysis, believed, coordinator, kind)
    partners = _partners(believed, coordinator, funders) if kind in ("project", "award") else []
    chosen = [*funders, *([coordinator] if coordinator else []), *partners]
    facts = sorted((_fact(analysis.text, claim) for claim in chosen), key=lambda f: (f.start, f.field))
    return Findings((*facts, *find_partner_count(analysis, kind)), refusals)


def _label_claims(analysis: Analysis) -> Iterator[Claim]:
    for label in analysis.labelled:
        role = _FIELD_ROLE.get(label.field)
        if role is None or label.end <= label.start or (label.weak and label.form != "headed"):
            continue
        yield from _of_label(analysis, label, role)


def _of_label(analysis: Analysis, label: Labelled, role: str) -> Iterator[Claim]:
    text = analysis.text
    if role == "partner":
        yield from _prose_of_label(analysis, label)
    for start, end in _list_lines(analysis, label):
        names = listed_names(text, start, end, analysis.organisations)
        if label.field == "coordinator" and _one_body(text[start:end], names):
            names = _whole(text, start, end, names)
        for named in names:
            if _is_person(analysis, named) or (label.form == "juxtaposed" and not named.known):
                continue
            actual = named.role if named.role in ("coordinator", "funder") and role == "partner" else role
            if not _fits_label(label, named):
                continue
            rule = f"{actual}.marked" if actual != role else f"{role}.labelled"
            yield Claim(actual, named, 2.0 if label.weak else 4.0 if label.form != "headed" else 3.5, rule)
            if role == "coordinator":
                role = "partner"


def _fits_label(label: Labelled, named: ListedName) -> bool:
    """Labels of money also head sums and sentences, labels of programmes also themes: only bodies count there."""
    if label.field == "programme":
        return named.entry is not None and named.entry.type in ("programme", "fund")
    return label.field != "funding" or named.known


def _one_body(words: str, names: tuple[ListedName, ...]) -> bool:
    """Whether a line under a label of the coordinator is one name with its unit: "Faculty of Education, Åbo Akademi"."""
    return len(names) > 1 and words.count(",") < 3 and sum(1 for n in names if n.entry) < 2 and not any(n.role for n in names)


def _whole(text: str, start: int, end: int, names: tuple[ListedName, ...]) -> tuple[ListedName, ...]:
    first, last = names[0], names[-1]
    entry = next((n.entry for n in names if n.entry), None)
    return (ListedName(first.start, last.end, text[first.start : last.end], entry, None, known=True),)


def _is_person(analysis: Analysis, named: ListedName) -> bool:
    """Whether a listed name is a person's, alone or behind a title: labels of leaders name people, too."""
    return not named.known and any(named.start <= p.start and p.end >= named.end - 1 for p in analysis.persons)


def _prose_of_label(analysis: Analysis, label: Labelled) -> Iterator[Claim]:
    """Organisations in sentences under a label of partners."""
    for start, end, prose in _value_lines(analysis, label):
        if prose:
            inside = (m for m in analysis.organisations if start <= m.start < end and not m.place)
            for m in inside:
                if analysis.text[m.start : m.end] == m.name:
                    named = ListedName(m.start, m.end, m.name, m.entry, None, known=True)
                    yield Claim("partner", named, 2.5, "partner.sentence")


def _list_lines(analysis: Analysis, label: Labelled) -> Iterator[tuple[int, int]]:
    """The lines of a label's value that list names; sentences are left to the cues."""
    return ((start, end) for start, end, prose in _value_lines(analysis, label) if not prose)


def _value_lines(analysis: Analysis, label: Labelled) -> Iterator[tuple[int, int, bool]]:
    """The lines of a label's value and whether each is prose. Parties but partners stand in the first block."""
    first = None
    limit = label.end if label.field != "partners" or label.form == "headed" else _block_end(analysis, label)
    for line in analysis.document.lines:
        start, end = max(line.start, label.start), min(line.end, limit)
        if start >= end:
            continue
        first = line.block if first is None else first
        if line.block != first and label.field != "partners":
            return
        words = analysis.text[start:end]
        first_stop = words.find(". ")
        if first_stop > 0 and not _is_prose(words[:first_stop]):
            yield start, start + first_stop, False
            start += first_stop + 2
        yield start, end, _is_prose(analysis.text[start:end])


def _block_end(analysis: Analysis, label: Labelled) -> int:
    """Where a list that starts beside its label ends: before the next label, or with its block."""
    line = analysis.document.line_at(label.start)
    if line is None or label.form != "inline":
        return label.end
    after = [other.label_start for other in analysis.labelled if other.label_start > label.start]
    last = analysis.document.block_lines(line.block)[-1].end
    return max(label.end, min([last, *after]))


def _is_prose(words: str) -> bool:
    """Whether a line under a label is a sentence: it has a finite verb, or more words in lower case than names have."""
    tokens = words.split()
    if any(token.strip(".,") in vocabulary("parties")["verbs"] for token in tokens):
        return True
    lower = sum(1 for token in tokens if token[0].islower() and len(token) > 3)
    return len(tokens) > 4 and lower > _LOWER_SHARE * len(tokens)


def _coordinator(claims: Iterable[Claim], kind: Kind) -> Claim | None:
    """The best claim; on a page of awards only where one body alone received."""
    if kind == "call":
        return None
    own = [c for c in claims if c.role == "coordinator"]
    if kind == "award" and len({c.named.key for c in own}) > 2:
        return None
    return max(own, key=lambda c: (c.weight, c.named.known, -c.named.start), default=None)


def _teller(analysis: Analysis, claims: Iterable[Claim], kind: Kind) -> Claim | None:
    taken = frozenset(c.named.key for c in claims if c.role in ("funder", "partner") and c.weight >= _PLAIN_WORDS)
    return next(teller_claims(analysis, taken), None) if kind == "project" else None


def _funders(
    analysis: Analysis, claims: Iterable[Claim], coordinator: Claim | None, kind: Kind
) -> list[Claim]:
    own = [c for c in claims if c.role == "funder" and _pays(c)]
    chosen = _unique(own)
    general = vocabulary("parties")["too_general"]
    weak = [c for c in chosen if c.weight < 3 and c.named.entry and c.named.entry.id in general]
    chosen = [c for c in chosen if c not in weak] or chosen
    if not chosen and kind in ("call", "award"):
        chosen = _publisher(analysis, coordinator)
    return chosen


def _pays(claim: Claim) -> bool:
    """Whether a claim is enough: plain words, or a body whose trade it is to pay."""
    entry = claim.named.entry
    if claim.weight >= 3:
        return claim.named.known or "labelled" in claim.rule
    return entry is not None and entry.type in vocabulary("parties")["paying_types"]


def _publisher(analysis: Analysis, recipient: Claim | None) -> list[Claim]:
    """The body that a call's page belongs to: of those named, the one named most, the earlier the better."""
    taken = recipient.named.name if recipient else None
    mentions = [
        m
        for m in analysis.organisations
        if not m.place and m.name != taken and (m.entry is None or m.entry.type not in _NOT_PAYING)
    ]
    if not mentions:
        return []
    keys = [m.entry.id if m.entry else m.name.casefold() for m in mentions]
    best = max(
        range(len(mentions)),
        key=lambda i: (keys.count(keys[i]) + (2 if mentions[i].start < _TOP else 0) + _trade(mentions[i]), -i),
    )
    mention = mentions[best]
    named = ListedName(mention.start, mention.end, mention.name, mention.entry, None, known=True)
    return [Claim("funder", named, 1.0, "funder.publisher")]


def _trade(mention: OrganisationMention) -> int:
    """How far a body's type speaks for paying: 2 for those whose trade it is, 1 for municipalities and associations."""
    if mention.entry is None:
        return 0
    return 2 if mention.entry.type in vocabulary("parties")["paying_types"] else 1


def _partners(claims: Iterable[Claim], coordinator: Claim | None, funders: list[Claim]) -> list[Claim]:
    taken = {c.named.key for c in funders} | ({coordinator.named.key} if coordinator else set())
    house = coordinator.named.entry if coordinator else None
    own = [c for c in claims if c.role == "partner" and c.named.key not in taken]
    if house:
        own = [c for c in own if not (c.named.entry and c.named.entry.id == house.part_of)]
    return _unique(own)


def _unique(claims: list[Claim]) -> list[Claim]:
    """The best claim for each body, in reading order."""
    best: dict[str, Claim] = {}
    for claim in sorted(claims, key=lambda c: (-c.weight, c.named.start)):
        best.setdefault(claim.named.key, claim)
    return sorted(best.values(), key=lambda c: c.named.start)


def _fact(text: str, claim: Claim) -> Fact:
    named = claim.named
    return Fact(
        field=claim.role,
        value=named.name,
        start=named.start,
        end=named.end,
        quote=text[named.start : named.end],
        rule=claim.rule,
        confidence=_CONFIDENCE[claim.rule.partition(".")[2]],
        aliases=named.entry.names if named.entry else (),
        register_id=named.entry.id if named.entry else None,
    )


def _refusal(claim: Claim) -> Refusal:
    named = claim.named
    return Refusal(claim.role, named.name, named.start, named.end, f"the sentence speaks of something else: {claim.against}")
