"""Mentions of organisations, funds and programmes: registered names in any case form, unknown ones by their form."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from normalise.document import Document
from normalise.inflection import genitive_adjective, nominatives
from normalise.organisation_forms import Form, find_forms
from normalise.organisation_series import find_series
from normalise.organisation_words import WORD_BODY, Token, tokens_of
from normalise.register import Entry, names_by_fold, register
from normalise.words import WORDS_KEPT

WORD = re.compile(rf"{WORD_BODY}\+?")
_CASES = ("ssa", "ssä", "sta", "stä", "lla", "llä", "lta", "ltä", "lle", "ksi", "n")
_JOINTS = (" and ", " och ", " ja ", " sekä ", " samt ")
# Longer names than this many words are not registered.
_LONGEST = 12
_TOWN = re.compile(r"\b(?:[Cc]ity|[Tt]own|[Mm]unicipality) of (?P<place>[A-ZÅÄÖ][\w-]+(?: [A-ZÅÄÖ][\w-]+)?)")
# Official names this long are also written without a capital ("opetus- ja kulttuuriministeriö").
_PLAIN = 14


@dataclass(frozen=True, slots=True)
class OrganisationMention:
    """A name at ``start``..``end`` (characters). ``name`` is its nominative in the text's own wording.

    ``entry`` is the register's body where it is known. ``place`` tells that the text gives only a municipality's place
    name ("Kauhava"), which is an organisation only where organisations are listed.
    """

    start: int
    end: int
    name: str
    entry: Entry | None = None
    place: bool = False

    @property
    def aliases(self) -> tuple[str, ...]:
        """The other names of the body, from the register."""
        return self.entry.names if self.entry else ()


@dataclass(slots=True)
class _Node:
    """A step in the tree of registered names, word by word (folded)."""

    steps: dict[str, "_Node"] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()


@cache
def _tree() -> _Node:
    root = _Node()
    for name, entries in names_by_fold().items():
        node = root
        for word in WORD.findall(name):
            node = node.steps.setdefault(word.casefold(), _Node())
        if node is not root:
            node.entries = (*node.entries, *entries)
    return root


@cache
def _place_forms() -> Mapping[str, str]:
    """Inflected place names of municipalities, folded, to their folded nominative: "turussa" -> "turku"."""
    forms: dict[str, str] = {}
    for entry in register().values():
        if entry.type == "municipality" and entry.genitive:
            place = next(name for name in entry.names if " " not in name).casefold()
            stem = entry.genitive.casefold().removesuffix("n")
            forms.update({stem + case: place for case in _CASES})
    return forms


def find_organisations(document: Document) -> tuple[OrganisationMention, ...]:
    """All mentions in reading order, without overlaps: the longer one wins, then the registered one."""
    text = document.text
    tokens = tokens_of(text)
    registered = list(_registered(text, list(_register_words(text, tokens))))
    starts = {mention.start: mention for mention in registered}
    ends = {mention.end: mention for mention in registered if not mention.place}
    forms = [form for form in find_forms(document, tokens) if not _swallows(text, form, starts, ends)]
    by_form = [_from_form(_cut(text, form, registered), starts) for form in forms]
    first = [*(_of_series(form) for form in find_series(document)), *_towns(text)]
    return _without_overlaps([*registered, *by_form, *first], first)


def identify(name: str) -> OrganisationMention | None:
    """The registered body that a whole name is, in any case form; None where the register does not know it."""
    words = list(_words(name, 0, len(name)))
    best = _longest_at(name, words, 0) if words else None
    if best and best.start == words[0].start and best.end == words[-1].end:
        return best
    return None


def _register_words(text: str, tokens: list[Token]) -> Iterator[Token]:
    """The words as the register's names have them: without the hyphens that end them, and no legal form as one."""
    for token in tokens:
        word = token.text
        if word[-1] == "-":
            yield Token(token.start, token.end - 1, word[:-1], token.folded[:-1])
        elif "." in word or "/" in word:
            yield from _words(text, token.start, token.end)
        else:
            yield token


def _words(text: str, start: int, end: int) -> Iterator[Token]:
    return (Token(*match.span(), match[0], match[0].casefold()) for match in WORD.finditer(text, start, end))


def _registered(text: str, words: list[Token]) -> Iterator[OrganisationMention]:
    reached = 0
    for index, word in enumerate(words):
        if word.start < reached or not _opens(word.text):
            continue
        mention = _longest_at(text, words, index)
        if mention:
            yield mention
            reached = mention.end


@lru_cache(WORDS_KEPT)
def _opens(word: str) -> bool:
    """Whether a registered name can start with a word. Most words in lower case open none, whatever their form."""
    folded, steps = word.casefold(), _tree().steps
    if word == folded and len(word) < _PLAIN and folded not in steps:
        return False
    forms = (*(base.casefold() for base in _bases(Token(0, 0, word, folded))), genitive_adjective(folded))
    return any(form in steps for form in forms)


def _longest_at(text: str, words: list[Token], index: int) -> OrganisationMention | None:
    """The longest registered name that starts at a word."""
    node: _Node | None = _tree()
    best: OrganisationMention | None = None
    for position in range(index, min(index + _LONGEST, len(words))):
        if node is None or (position > index and _apart(text, words[position - 1], words[position])):
            break
        word = words[position]
        for base in _bases(word):
            last = node.steps.get(base.casefold())
            mention = _mention(text, words[index : position + 1], base, last) if last else None
            if mention:
                best = mention
                break
        node = node.steps.get(word.folded) or node.steps.get(genitive_adjective(word.folded))
    return best


def _bases(word: Token) -> Iterator[str]:
    yield word.text
    place = _place_forms().get(word.folded)
    if place:
        yield place.capitalize() if word.text[:1].isupper() else place
    yield from (form for form in nominatives(word.text) if form != word.text)


def _apart(text: str, before: Token, word: Token) -> bool:
    """Whether two words cannot belong to one name: a line's or sentence's end, a comma or bracket between them."""
    between = text[before.end : word.start].removeprefix("-,")
    return len(between) > 3 or any(c in between for c in "\n.,;:()|•·∙!?")


def _mention(text: str, words: list[Token], base: str, node: _Node) -> OrganisationMention | None:
    """The body whose name a run of words is, its last word in the nominative ``base``; None where the case forbids."""
    start, last = words[0].start, words[-1]
    wording = text[start : last.start] + base
    entries = [entry for entry in node.entries if _fits(wording, entry)]
    if not entries:
        return None
    entry = min(entries, key=lambda e: (e.until is not None, e.id))
    known = entry if len({e.id for e in entries if not e.until} or {entry.id}) == 1 else None
    name = wording if base == last.text else _agreeing(wording)
    return OrganisationMention(start, last.end, name, known, entry.type == "municipality" and " " not in wording)


def _agreeing(wording: str) -> str:
    """Put the adjective before an inflected head into the nominative, too."""
    head, space, last = wording.rpartition(" ")
    front, gap, adjective = head.rpartition(" ")
    return front + gap + genitive_adjective(adjective) + space + last


def _fits(wording: str, entry: Entry) -> bool:
    """Whether the letters' case allows the name: names have a capital, abbreviations keep theirs."""
    if wording in entry.short or wording in entry.names:
        return any(c.isupper() for c in wording) or len(wording) >= _PLAIN
    folded = wording.casefold()
    if any(folded == short.casefold() for short in entry.short) and len(wording) <= 6:
        return wording.isupper() and len(wording) > 3
    if len(wording) < 4 and wording.isupper():
        return False
    return any(c.isupper() for c in wording) or len(wording) >= _PLAIN


def _from_form(form: Form, registered: dict[int, OrganisationMention]) -> OrganisationMention:
    """A name known by its form; one that only adds an abbreviation in brackets to a registered name is that body."""
    base = registered.get(form.start)
    entry = base.entry if base and form.name.startswith(f"{base.name} (") else None
    return OrganisationMention(form.start, form.end, form.name, entry)


def _towns(text: str) -> Iterator[OrganisationMention]:
    """Municipalities in English: "the town of Hanko", "Municipality of Kramfors"."""
    for match in _TOWN.finditer(text):
        place = identify(match["place"])
        entry = place.entry if place and place.entry and place.entry.type == "municipality" else None
        yield OrganisationMention(match.start(), match.end(), match[0], entry)


def _of_series(form: Form) -> OrganisationMention:
    """A body of a series, registered or not. Its head stands elsewhere: the quote may be its modifier alone."""
    found = identify(form.name)
    return OrganisationMention(form.start, form.end, form.name, found.entry if found else None)


def _without_overlaps(
    mentions: list[OrganisationMention], first: list[OrganisationMention]
) -> tuple[OrganisationMention, ...]:
    """The mentions that overlap none chosen before: those of ``first``, then the longer, then the registered ones."""
    ranked = sorted(mentions, key=lambda m: (m not in first, -(m.end - m.start), m.entry is None, m.start))
    kept: list[OrganisationMention] = []
    taken: set[int] = set()
    for mention in ranked:
        if taken.isdisjoint(range(mention.start, mention.end)):
            kept.append(mention)
            taken.update(range(mention.start, mention.end))
    return tuple(sorted(kept, key=lambda m: m.start))


def _cut(text: str, form: Form, registered: list[OrganisationMention]) -> Form:
    """A form without the start of the registered name that it runs into: "Council of X and Svenska" kulturfonden."""
    next_one = next((m for m in registered if form.start < m.start < form.end < m.end), None)
    if next_one is None:
        return form
    front = text[form.start : next_one.start]
    joint = next((joint for joint in _JOINTS if front.endswith(joint)), None)
    if joint is None or not form.name.startswith(front):
        return form
    name = front.removesuffix(joint)
    return Form(form.start, form.start + len(name), name)


def _swallows(
    text: str, form: Form, starts: Mapping[int, OrganisationMention], ends: Mapping[int, OrganisationMention]
) -> bool:
    """Whether a form only adds capitals (a heading, a person) or another body before a registered name at its end."""
    inside, first = ends.get(form.end), starts.get(form.start)
    if inside is None or inside.start <= form.start:
        return False
    before = text[form.start : inside.start]
    two_bodies = first is not None and not first.place and first.end == inside.start - 1
    return two_bodies or before.istitle() or before.isupper() or before.endswith(_JOINTS)
