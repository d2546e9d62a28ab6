"""Names of people: by known given names, and by titles, e-mail addresses and phone numbers beside unknown ones."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from normalise.contacts.emails import EmailMention
from normalise.persons import name_forms
from normalise.persons.evidence import NAME, stands_alone
from normalise.persons.job_title_words import role_lemma
from normalise.persons.runs import SPACE, Addresses, NameWords, Word, names_in_runs
from normalise.text.document import Document
from normalise.words import vocabulary

_NAMES = rf"{NAME}(?:{SPACE}{NAME}){{0,2}}"
_LAST_FIRST = re.compile(
    rf"(?:^|[•·▪*|:;–-])[ \xa0\t]*({NAME}(?:{SPACE}{NAME})?),[ \xa0]?({_NAMES})(?=[ \xa0\t]*(?:$|[(,;|–]))",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A person's name: it stands at ``start``..``end``; ``given`` and ``family`` are its parts in the nominative.

    ``is_certain`` is False where only the surroundings tell that the words are a name.
    """

    start: int
    end: int
    given: str
    family: str
    is_certain: bool = True

    @property
    def name(self) -> str:
        """The name in the order First Last."""
        return f"{self.given} {self.family}"


def find_persons(document: Document, emails: tuple[EmailMention, ...]) -> tuple[PersonMention, ...]:
    """All names of people in a document with these addresses, in reading order; each place is used once."""
    addresses = _names_in_addresses(emails)
    text = _without(document.text, emails)
    found = [mention for match in _LAST_FIRST.finditer(text) for mention in _last_first(match)]
    taken = {mention.start for mention in found}
    mentions = (_mention(text, name, addresses) for name in names_in_runs(text, addresses))
    found += [mention for mention in mentions if taken.isdisjoint(range(mention.start, mention.end))]
    found.sort(key=lambda mention: mention.start)
    return tuple(_agreeing(found))


def _without(text: str, emails: tuple[EmailMention, ...]) -> str:
    """The text with e-mail addresses blanked, so that no name is read out of them."""
    parts, position = [], 0
    for mention in emails:
        parts += [text[position : mention.start], "@" * (mention.end - mention.start)]
        position = mention.end
    return "".join([*parts, text[position:]])


def _names_in_addresses(emails: tuple[EmailMention, ...]) -> Addresses:
    pairs: set[tuple[str, str]] = set()
    for mention in emails:
        parts = re.split(r"[._]", mention.local)
        if len(parts) > 1 and not mention.is_pattern:
            pairs.add((name_forms.fold(parts[0]), name_forms.fold(parts[-1])))
    return frozenset(pairs)


def _last_first(match: re.Match[str]) -> Iterator[PersonMention]:
    """ "Virtanen, Anna" at the start of a line or item."""
    family, given = match[1], match[2]
    given_is_known = all(name_forms.is_given_name(word) for word in given.split())
    if given_is_known and name_forms.looks_like_surname(family.split()[-1]) and not role_lemma(family):
        yield PersonMention(match.start(1), match.end(2), _title_case(given), _title_case(family))


def _mention(text: str, name: NameWords, addresses: Addresses) -> PersonMention:
    words, start, end = name.words, name.words[0].start, name.words[-1].end
    if name.is_reversed:
        return PersonMention(start, end, _joined(words[1:]), _title_case(words[0].text))
    particles = vocabulary("persons")["particles"]
    split = next((i for i, word in enumerate(words) if i and word.text in particles), len(words) - 1)
    may_be_genitive = not stands_alone(text, start, end)
    family = _nominative(words[-1].text, words[0].text, addresses, may_be_genitive=may_be_genitive)
    prefix = "".join(f"{word.text} " for word in words[split:-1])
    is_certain = name_forms.is_given_name(words[0].text)
    return PersonMention(start, end, _joined(words[:split]), prefix + _title_case(family), is_certain)


def _joined(words: Sequence[Word]) -> str:
    return " ".join(_title_case(word.text) for word in words)


def _nominative(family: str, given: str, addresses: Addresses, *, may_be_genitive: bool) -> str:
    """The surname's nominative: an address on the page decides, then the lists of names."""
    folded = name_forms.fold(given)
    if (folded, name_forms.fold(family)) in addresses:
        return family
    forms = (form for form in name_forms.possible_nominatives(family) if (folded, name_forms.fold(form)) in addresses)
    return next(forms, None) or name_forms.nominative(family, may_be_genitive=may_be_genitive)


def _agreeing(mentions: list[PersonMention]) -> Iterator[PersonMention]:
    """Mentions with surnames that another mention of the page shows to be inflected brought to the other's form."""
    names = {(mention.given, mention.family) for mention in mentions}
    for mention in mentions:
        if name_forms.is_surname(mention.family):
            yield mention
            continue
        forms = (form for form in name_forms.possible_nominatives(mention.family) if (mention.given, form) in names)
        yield replace(mention, family=next(forms, mention.family))


def _title_case(name: str) -> str:
    return " ".join(name_forms.in_title_case(part) for part in name.split())
