"""What a page says around its bodies: its title, its e-mail hosts, its contact lines, who stands in whose block."""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter

from normalise.analysis import Analysis
from normalise.parties.candidates import PartyCandidate
from normalise.parties.cues import ROLES
from normalise.parties.rows import rows_of
from normalise.text.labels import Labelled
from normalise.text.sentences import Sentence
from normalise.text.spans import within
from normalise.titles.finding import first_title_line
from normalise.words import STEM, WORDS_KEPT, vocabulary

_WORD = re.compile(r"\w+")
# Shorter words and hosts are alike by chance.
_LEAST_WORD = 5
_LEAST_HOST = 4
_LEAST_INITIALS = 3
_LEAST_STEM = 4


@dataclass(eq=False)
class PartyContext:
    """What the features of all candidates of one page look at."""

    analysis: Analysis
    title: str
    title_line: int
    first_doer: str | None
    mail_hosts: frozenset[str]
    most_named: int
    strongest: dict[str, float]
    payers: set[str]
    rows: Mapping[str, frozenset[str]]
    claimed: Mapping[str, frozenset[str]]
    in_block: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    claimed_in_block: dict[tuple[int, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    contact_lines: frozenset[int] = frozenset()
    labels: Sequence[Labelled] = ()
    own_names: frozenset[str] = frozenset()
    _sentence_starts: list[int] = field(default_factory=list)
    _sentence_stems: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    _claimed_in_rows: dict[frozenset[str], Counter[str]] = field(default_factory=dict)

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds a character."""
        return self.analysis.sentences[max(0, bisect_right(self._sentence_starts, offset) - 1)]

    def project_near(self, sentence: Sentence) -> str | None:
        """Whose project a sentence names: the page's "own", an "other", or None where it names no project."""
        inside = within(self.analysis.project_names, sentence.start, sentence.end)
        if not inside:
            return None
        names = [name.name.casefold() for name in inside]
        own = any(name in known or known in name for name in names for known in self.own_names)
        return "own" if own else "other"

    def sentence_stems(self, start: int, end: int) -> list[str]:
        """The distinct stems of the words of a sentence, as features; bodies of one sentence share them."""
        if (start, end) not in self._sentence_stems:
            stems = dict.fromkeys(stem for stem in stems_of(self.analysis.text[start:end]) if len(stem) >= _LEAST_STEM)
            self._sentence_stems[start, end] = [f"sentence.{stem}" for stem in stems]
        return self._sentence_stems[start, end]

    def claimed_beside(self, key: str, role: str) -> int:
        """To how many bodies in a row with one the rules give a role; what a row has is counted once for all in it."""
        row = self.rows[key]
        if row not in self._claimed_in_rows:
            self._claimed_in_rows[row] = Counter(claimed for body in row for claimed in self.claimed[body])
        return self._claimed_in_rows[row][role] - (role in self.claimed[key])


def party_context(analysis: Analysis, candidates: Sequence[PartyCandidate]) -> PartyContext:
    """The context of a page's candidates."""
    title = first_title_line(analysis)
    context = PartyContext(
        analysis,
        title.casefold(),
        next((line.index for line in analysis.document.lines if title and title in line.text), len(analysis.text)),
        next((candidate.key for candidate in candidates if not _pays_by_trade(candidate)), None),
        _mail_hosts(analysis),
        max((len(candidate.mentions) for candidate in candidates), default=0),
        _strongest(candidates),
        {candidate.key for candidate in candidates if _pays_by_trade(candidate)},
        rows_of(analysis.text, candidates),
        {body.key: frozenset(claim.role for claim in body.believed) for body in candidates},
        contact_lines=analysis.contact_lines,
        labels=sorted(analysis.labelled, key=attrgetter("start")),
        own_names=_own_names(analysis, title.casefold()),
        _sentence_starts=[sentence.start for sentence in analysis.sentences],
    )
    for candidate in candidates:
        _count_in(context, candidate)
    return context


def _own_names(analysis: Analysis, title: str) -> frozenset[str]:
    """The names of the page's own project, folded: those that its title holds, and the one that it says most often."""
    counts = Counter(name.name.casefold() for name in analysis.project_names)
    return frozenset(name for name in counts if name in title) | frozenset(name for name, _ in counts.most_common(1))


def stems_of(words: str) -> list[str]:
    """The stems of the words of a text, folded, in order."""
    return [word[:STEM].casefold() for word in _WORD.findall(words)]


def has_address(candidate: PartyCandidate, hosts: frozenset[str]) -> bool:
    """Whether an e-mail host of the page carries a word of the body's names, or the host stands in the register."""
    if not hosts:
        return False
    names = [place.name for place in candidate.places] + list(candidate.entry.names if candidate.entry else ())
    words = {word for name in names for word in _WORD.findall(_plain(name)) if len(word) >= _LEAST_WORD}
    words |= {_plain(short) for short in (candidate.entry.short if candidate.entry else ())}
    initials = {letters for name in names if len(letters := _initials(name)) >= _LEAST_INITIALS}
    return not initials.isdisjoint(hosts) or any(
        host.startswith(word) or (len(host) >= _LEAST_HOST and word.startswith(host))
        for host in hosts
        for word in words
    )


def _initials(name: str) -> str:
    """The first letters of a name's words: "tyy" of "Turun yliopiston ylioppilaskunta"."""
    return "".join(word[0] for word in _WORD.findall(_plain(name)))


def _mail_hosts(analysis: Analysis) -> frozenset[str]:
    """The words of the page's e-mail hosts, without their endings: "anna@edu.tavastia.fi" gives "edu", "tavastia"."""
    hosts = (mail.address.partition("@")[2].split(".")[:-1] for mail in analysis.emails)
    return frozenset(part for parts in hosts for part in parts if len(part) > 1)


def _plain(name: str) -> str:
    """A name as hosts write it: small letters without dots and signs."""
    return unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()


def _pays_by_trade(candidate: PartyCandidate) -> bool:
    """Whether a body is of a sort that pays: by the register, or a foundation by its name."""
    if candidate.entry is None:
        return body_sort(candidate.places[0].name) == "-foundation"
    return candidate.entry.type in vocabulary("parties")["paying_types"]


@lru_cache(WORDS_KEPT)
def body_sort(name: str) -> str:
    """What a body is that no register knows, by how a word of its name ends; "none" where nothing tells."""
    words = name.casefold().split()
    sorts = vocabulary("organisation_words")["sorts"].items()
    return next((sort for sort, ends in sorts if any(word.endswith(tuple(ends)) for word in words)), "none")


def _strongest(candidates: Sequence[PartyCandidate]) -> dict[str, float]:
    """The weight of the strongest believed claim of each role."""
    strongest = dict.fromkeys(ROLES, 0.0)
    for candidate in candidates:
        for claim in candidate.believed:
            strongest[claim.role] = max(strongest[claim.role], claim.weight)
    return strongest


def _count_in(context: PartyContext, candidate: PartyCandidate) -> None:
    for place in candidate.places:
        line = context.analysis.document.line_at(place.start)
        if line:
            context.in_block[line.block].add(candidate.key)
    for claim in candidate.believed:
        line = context.analysis.document.line_at(claim.named.start)
        if line:
            context.claimed_in_block[line.block, claim.role].add(candidate.key)
