"""Names of people: by known given names, and by titles, e-mail addresses and phone numbers beside unknown ones."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from normalise import name_forms
from normalise.document import Document
from normalise.emails import EmailMention, find_emails
from normalise.role_words import role_lemma
from normalise.words import vocabulary

_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĢĪĮĶĻŁŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽ"
# "Luoma-aho" keeps a small letter after the hyphen.
_NAME = rf"[{_CAPITAL}][\w’']{{0,40}}(?:[-‐‑](?:[{_CAPITAL}][\w’']{{0,40}}|aho\w{{0,5}}\b)){{0,2}}"
_SPACE = r"[ \xa0]{1,2}"
_LAST_FIRST = re.compile(
    rf"(?:^|[•·▪*|:;–-])[ \xa0\t]*({_NAME}(?:{_SPACE}{_NAME})?),[ \xa0]?({_NAME}(?:{_SPACE}{_NAME}){{0,2}})(?=[ \xa0\t]*(?:$|[(,;|–]))",
    re.MULTILINE,
)
# Signs of a phone number or an e-mail address after a name.
_DETAIL = re.compile(r"[^\n]{0,60}(?:@|\((?:at|a|ät)\)|\[at\]|\+\d{3}|\b0\d{1,4}[ -/]?\d{2})")
# ... right after it.
_DETAIL_NEXT = re.compile(r"[\s,(|/–-]{0,4}(?:[^\W\d_]{1,9}[.:]{0,2}\s?){0,1}(?:\+\d{3}|\(?0\d{1,4}[) -/]{0,2}\d{2}|@)")
_ALONE = re.compile(r"[ \t\xa0]*(?:$|\n|[,|(–])")
_WORD_BEFORE = re.compile(r"([^\W\d_][\w-]{1,40})(?:[ \xa0\t]{1,20}|[ \xa0]?:[ \xa0]?|:?\s{1,3})$")
_WORD_AFTER = re.compile(r"(?:,?[ \xa0]|[ \xa0]?\(|[ \xa0][–-][ \xa0]|\s{1,4})([^\W\d_][\w-]{1,40})")


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


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int


# Names in the e-mail addresses of the page, folded: ("anna", "virtanen").
_Addresses = frozenset[tuple[str, str]]


def find_persons(document: Document) -> tuple[PersonMention, ...]:
    """All names of people in a document, in reading order; each place is used once."""
    emails = find_emails(document.text)
    addresses = _names_in_addresses(emails)
    text = _without(document.text, emails)
    found = [mention for match in _LAST_FIRST.finditer(text) for mention in _last_first(match)]
    taken = {mention.start for mention in found}
    for run in _runs().finditer(text):
        words = [_word(m[0], run.start() + m.start()) for m in re.finditer(r"\S+", run[0])]
        found += [m for m in _persons_of(text, words, addresses) if not taken & set(range(m.start, m.end))]
    found.sort(key=lambda mention: mention.start)
    return tuple(_agreeing(found))


def _without(text: str, emails: tuple[EmailMention, ...]) -> str:
    """The text with e-mail addresses blanked, so that no name is read out of them."""
    parts, position = [], 0
    for mention in emails:
        parts += [text[position : mention.start], "@" * (mention.end - mention.start)]
        position = mention.end
    return "".join([*parts, text[position:]])


def _word(written: str, start: int) -> _Word:
    """A word of a run; a label glued before a given name ("KontaktpersonArvo") is cut off."""
    glued = re.match(r"[^\W\d_]{3,20}[a-zåäö](?=[A-ZÅÄÖ][a-zåäö])", written)
    if glued and name_forms.is_given_name(written[glued.end() :]):
        return _Word(written[glued.end() :], start + glued.end(), start + len(written))
    return _Word(written, start, start + len(written))


def _names_in_addresses(emails: tuple[EmailMention, ...]) -> _Addresses:
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


def _persons_of(text: str, words: list[_Word], addresses: _Addresses) -> Iterator[PersonMention]:
    """The names in one run of capitalised words."""
    index = 0
    while index < len(words) - 1:
        last = _known_name(text, words, index)
        reverse = None if last else _reversed_name(text, words, index, addresses)
        if last is None and reverse is None and _proven_name(text, words, index, addresses):
            last = index + 1
        if last is not None:
            certain = name_forms.is_given_name(words[index].text)
            alone = _stands_alone(text, words[index].start, words[last].end)
            yield _mention(words[index : last + 1], addresses, is_certain=certain, may_be_genitive=not alone)
        elif reverse is not None:
            given = " ".join(_title_case(word.text) for word in words[index + 1 : reverse + 1])
            yield PersonMention(words[index].start, words[reverse].end, given, _title_case(words[index].text))
        index = (last or reverse or index) + 1


def _known_name(text: str, words: list[_Word], index: int) -> int | None:
    """Index of the surname of a name that begins with a known given name at ``index``."""
    given = words[index].text
    if not name_forms.is_given_name(given) or role_lemma(given):
        return None
    last = index + 1
    while last + 1 < len(words) and _is_middle(words[last].text) and _may_end_name(words[last + 1], given):
        last += 1
    while last + 1 < len(words) and words[last].text in vocabulary("persons")["particles"]:
        last += 1
    if not _may_end_name(words[last], given) or _heads_a_body(text, words, last):
        return None
    family = words[last].text
    doubtful = name_forms.is_ambiguous_given_name(given) or name_forms.is_given_name(family)
    return None if doubtful and not name_forms.is_surname(name_forms.nominative(family)) else last


def _is_middle(word: str) -> bool:
    """Whether a word may stand between given name and surname: another given name, an initial, a nickname in quotes."""
    return name_forms.is_given_name(word) or len(word.rstrip(".")) == 1 or word[0] in "\"”“’'"


def _may_end_name(word: _Word, given: str) -> bool:
    """Whether a word may be the surname to a given name: no function, place or body, and in the same kind of letters."""
    if word.text in vocabulary("persons")["particles"]:
        return True
    same_letters = given.isupper() or not word.text.isupper()
    return (
        word.text[0].isupper() and same_letters and name_forms.may_be_surname(word.text) and not role_lemma(word.text)
    )


def _heads_a_body(text: str, words: list[_Word], last: int) -> bool:
    """Whether the word after a name makes it the name of a fund, school or street ("Emil Aaltosen säätiö")."""
    after = _WORD_AFTER.match(text, words[last].end)
    return bool(after and text[words[last].end] in " \xa0" and after[1].casefold() in _body_heads())


def _reversed_name(text: str, words: list[_Word], index: int, addresses: _Addresses) -> int | None:
    """Index of the last given name of "Virtanen Anna (Maria)" at ``index``: nothing that could be a surname follows."""
    family = words[index].text
    if (name_forms.fold(words[index + 1].text), name_forms.fold(family)) in addresses:
        return index + 1
    if name_forms.is_given_name(family) or role_lemma(family) or not _may_end_name(words[index], family):
        return None
    # An unknown surname is taken at the start of an item only: "- Koivunoro Tero, johtaja".
    opens_item = _opens_line(text, words[index].start) and text[words[-1].end : words[-1].end + 1] == ","
    if not name_forms.is_surname(family) and not opens_item:
        return None
    last = index
    while last + 1 < len(words) and last < index + 2 and name_forms.is_given_name(words[last + 1].text):
        last += 1
    follows = last + 1 < len(words) and _may_end_name(words[last + 1], family)
    return None if last == index or follows else last


def _proven_name(text: str, words: list[_Word], index: int, addresses: _Addresses) -> bool:
    """Whether two words without a known given name are a name: by an address, or by a title and contact details."""
    first, second = words[index], words[index + 1]
    if not _may_end_name(first, "x") or not _may_end_name(second, "x"):
        return False
    if (name_forms.fold(first.text), name_forms.fold(second.text)) in addresses:
        return True
    if index + 2 < len(words) and _may_end_name(words[index + 2], "x"):
        return False
    surname = name_forms.looks_like_surname(second.text)
    has_detail = bool(_DETAIL.match(text, second.end))
    if _has_title(text, words, index):
        return surname or has_detail
    # "Turun Virta, puh. ...": a place in the genitive is no given name.
    is_genitive = first.text.casefold().endswith("n") and not name_forms.is_given_name(first.text)
    if not surname or is_genitive or _names_before(text, first.start):
        return False
    return bool(_DETAIL_NEXT.match(text, second.end)) or (has_detail and _opens_line(text, first.start))


def _names_before(text: str, start: int) -> bool:
    """Whether a name stands before on the line, so that the words are its unit or place: "Anna Aho, Oma Häme, 050 ..."."""
    line = text[max(text.rfind("\n", 0, start) + 1, start - 120) : start]
    return any(name_forms.is_given_name(word[0]) for word in re.finditer(_NAME, line))


def _has_title(text: str, words: list[_Word], index: int) -> bool:
    """Whether a title or a label of names stands right before or after two words."""
    before = words[index - 1].text if index else ""
    if not before:
        match = _WORD_BEFORE.search(text, max(0, words[index].start - 60), words[index].start)
        before = match[1] if match else ""
    after = _WORD_AFTER.match(text, words[index + 1].end)
    if before and (role_lemma(before) or before.casefold() in vocabulary("persons")["labels"]):
        return True
    return bool(after and role_lemma(after[1]))


def _opens_line(text: str, start: int) -> bool:
    return not text[text.rfind("\n", 0, start) + 1 : start].strip(" \t•·*-–▪")


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a name has a place of its own, so that it is no genitive: it opens its line and a detail or nothing follows."""
    return _opens_line(text, start) and bool(_ALONE.match(text, end))


def _mention(words: list[_Word], addresses: _Addresses, *, is_certain: bool, may_be_genitive: bool) -> PersonMention:
    particles = vocabulary("persons")["particles"]
    first_family = next((i for i, word in enumerate(words) if i and word.text in particles), len(words) - 1)
    given = " ".join(_title_case(word.text) for word in words[:first_family])
    family = words[-1].text
    written = _title_case(_nominative(family, words[0].text, addresses, may_be_genitive=may_be_genitive))
    prefix = "".join(f"{word.text} " for word in words[first_family:-1])
    return PersonMention(words[0].start, words[-1].end, given, prefix + written, is_certain)


def _nominative(family: str, given: str, addresses: _Addresses, *, may_be_genitive: bool) -> str:
    """The surname's nominative: an address on the page decides, then the lists of names."""
    folded = name_forms.fold(given)
    if (folded, name_forms.fold(family)) in addresses:
        return family
    forms = (form for form in name_forms.possible_nominatives(family) if (folded, name_forms.fold(form)) in addresses)
    return next(forms, None) or name_forms.nominative(family, may_be_genitive=may_be_genitive)


def _agreeing(mentions: list[PersonMention]) -> Iterator[PersonMention]:
    """Mentions with surnames that another mention of the page shows to be inflected brought to the other's form."""
    families: dict[str, set[str]] = {}
    for mention in mentions:
        families.setdefault(mention.given, set()).add(mention.family)
    for mention in mentions:
        others = families[mention.given] - {mention.family}
        form = (
            next((f for f in name_forms.possible_nominatives(mention.family) if f in others), None) if others else None
        )
        yield replace(mention, family=form) if form and not name_forms.is_surname(mention.family) else mention


def _title_case(name: str) -> str:
    return " ".join(name_forms.in_title_case(part) for part in name.split())


@cache
def _runs() -> re.Pattern[str]:
    particles = "|".join(sorted(vocabulary("persons")["particles"], key=len, reverse=True))
    return re.compile(
        rf"(?:[{_CAPITAL}]\.|{_NAME})(?:{_SPACE}(?:[\"”“’'][{_CAPITAL}]\w{{1,20}}[\"”“’']|[{_CAPITAL}]\.|{_NAME}|(?:{particles})(?={_SPACE}[{_CAPITAL}]))){{1,30}}"
    )


@cache
def _body_heads() -> frozenset[str]:
    return frozenset(vocabulary("persons")["body_heads"])
