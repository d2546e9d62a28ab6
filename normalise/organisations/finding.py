"""Mentions of organisations, funds and programmes: registered names in any case form, unknown ones by their form."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache

from normalise.organisations.announced import Announced, announces, find_announced
from normalise.organisations.forms import find_forms
from normalise.organisations.names import OrganisationMention, find_registered, identify, in_nominative, is_place
from normalise.organisations.register import official_names
from normalise.organisations.series import find_series
from normalise.organisations.words import NameForm, name_words, parted, tokens_of
from normalise.text.document import Document
from normalise.text.spans import within
from normalise.words import CONJUNCTIONS, any_of, joining, vocabulary

_TOWN = re.compile(rf"\b(?i:{any_of(name_words('towns'))}) (?P<place>[A-ZÅÄÖ][\w-]+(?: [A-ZÅÄÖ][\w-]+)?)")
# The part of the country that a chapter is of, behind its body's name and before a sign, a line's end or a small word.
_PART = re.compile(
    rf" (?P<where>(?:{joining('in', 'at', language='sv')}) )?"
    rf"(?P<part>(?:(?i:{any_of(name_words('directions'))}) )?[A-ZÅÄÖ][\w-]+)(?=[.,;:)/|]|\s\(|\s?$|\s[a-zåäö&/|])",
    re.MULTILINE,
)


def find_organisations(document: Document, starts: Collection[int] = ()) -> tuple[OrganisationMention, ...]:
    """All mentions in reading order, without overlaps: the longer one wins, then the registered one.

    ``starts`` are offsets where a word begins though no space says so: values glued to their labels.
    """
    text = document.text
    tokens = parted(tokens_of(text), starts)
    registered = list(find_registered(text, tokens))
    by_start = {mention.start: mention for mention in registered}
    ends = {mention.end: mention for mention in registered if not mention.place}
    found = (_behind(text, form, by_start) for form in find_forms(document, tokens))
    forms = [form for form in found if not _swallows(text, form, by_start, ends)]
    by_form = [_from_form(_cut(text, form, registered), by_start) for form in forms]
    announced = [_from_announced(name) for name in find_announced(text, tokens)]
    first = [*(_of_series(form) for form in find_series(document)), *_towns(text)]
    first += [mention for mention in announced if mention.entry]
    first += _chapters(text, registered)
    return _without_overlaps([*registered, *by_form, *first, *(m for m in announced if not m.entry)], first)


def _from_form(form: NameForm, registered: dict[int, OrganisationMention]) -> OrganisationMention:
    """A name known by its form; one that only adds an abbreviation in brackets to a registered name is that body.

    What decides for a municipality is the municipality: "Vaasan kaupunginhallitus".
    """
    base = registered.get(form.start)
    language = _municipal_organs().get(form.name.rpartition(" ")[2].casefold())
    if language and base and base.place and base.entry:
        return OrganisationMention(form.start, form.end, official_names()[base.entry.id][language], base.entry)
    entry = base.entry if base and form.name.startswith(f"{base.name} (") else None
    return OrganisationMention(form.start, form.end, form.name, entry)


@cache
def _municipal_organs() -> Mapping[str, str]:
    """The language of each organ that decides for a municipality."""
    organs = vocabulary("organisation_words")["municipal_organs"]
    return {organ: language for language, names in organs.items() for organ in names}


def _towns(text: str) -> Iterator[OrganisationMention]:
    """Municipalities in English: "the town of Hanko", "Municipality of Kramfors"."""
    for match in _TOWN.finditer(text):
        place = identify(match["place"])
        entry = place.entry if place and place.entry and place.entry.type == "municipality" else None
        yield OrganisationMention(match.start(), match.end(), match[0], entry)


def _from_announced(name: Announced) -> OrganisationMention:
    """A body that a noun announces; a place's municipality is known where one has that name."""
    found = identify(name.name) if name.is_place else None
    entry = found.entry if found and found.entry and found.entry.type == "municipality" else None
    return OrganisationMention(name.start, name.end, found.name if found and entry else name.name, entry)


@cache
def _english_openers() -> tuple[str, ...]:
    return tuple(f"{word} of " for word in vocabulary("organisation_words")["heads_first"]["en"])


def _chapters(text: str, registered: Sequence[OrganisationMention]) -> Iterator[OrganisationMention]:
    """Bodies of a part of the country, which they are named after: "ProAgria Itä-Suomi", "Folkhälsan i Vasa"."""
    types = vocabulary("organisation_words")["chapter_types"]
    for mention in registered:
        if mention.entry and mention.entry.type in types:
            part = _PART.match(text, mention.end)
            fits = part and (" " not in mention.name or part["where"]) and _is_part(part["part"])
            if part and fits and in_nominative(text, mention):
                yield OrganisationMention(mention.start, part.end(), text[mention.start : part.end()])


def _is_part(name: str) -> bool:
    """Whether a name is a region's, a municipality's or that of a part of the country, in the nominative."""
    return (
        is_place(name)
        or name in _regions()
        or name.startswith(tuple(vocabulary("organisation_words")["directions_fi"]))
    )


@cache
def _regions() -> frozenset[str]:
    return frozenset(region[lang] for region in vocabulary("regions") for lang in ("fi", "sv"))


def _of_series(form: NameForm) -> OrganisationMention:
    """A body of a series, registered or not. Its head stands elsewhere: the quote may be its modifier alone."""
    found = identify(form.name)
    return OrganisationMention(form.start, form.end, form.name, found.entry if found else None)


def _without_overlaps(
    mentions: list[OrganisationMention], first: list[OrganisationMention]
) -> tuple[OrganisationMention, ...]:
    """The mentions that overlap none chosen before: those of ``first``, then the longer, then the registered ones."""
    before_all = frozenset(first)
    ranked = sorted(mentions, key=lambda m: (m not in before_all, -(m.end - m.start), m.entry is None, m.start))
    kept: list[OrganisationMention] = []
    taken: set[int] = set()
    for mention in ranked:
        if taken.isdisjoint(range(mention.start, mention.end)):
            kept.append(mention)
            taken.update(range(mention.start, mention.end))
    return tuple(sorted(kept, key=lambda m: m.start))


def _behind(text: str, form: NameForm, starts: Mapping[int, OrganisationMention]) -> NameForm:
    """A form without the registered name before a noun that announces another: Lapin liitto "Leader-ryhmä X"."""
    first = starts.get(form.start)
    front = f"{first.name} " if first and not first.place else None
    if first is None or front is None or not form.name.startswith(front) or text[first.end : first.end + 1] != " ":
        return form
    rest = form.name.removeprefix(front)
    word, space, _ = rest.partition(" ")
    if space and announces(word.casefold()) == "single":
        return NameForm(first.end + 1, form.end, rest)
    return form


def _cut(text: str, form: NameForm, registered: list[OrganisationMention]) -> NameForm:
    """A form without the start of the registered name that it runs into: "Council of X and Svenska" kulturfonden."""
    next_one = next((m for m in within(registered, form.start + 1, form.end) if m.end > form.end), None)
    if next_one is None:
        return form
    front = text[form.start : next_one.start]
    joint = next((joint for joint in _joints() if front.endswith(joint)), None)
    if joint is None or not form.name.startswith(front):
        return form
    name = front.removesuffix(joint)
    return NameForm(form.start, form.start + len(name), name)


@cache
def _joints() -> tuple[str, ...]:
    """The words that join two names, with their spaces."""
    return tuple(f" {word} " for word in sorted(CONJUNCTIONS))


def _swallows(
    text: str, form: NameForm, starts: Mapping[int, OrganisationMention], ends: Mapping[int, OrganisationMention]
) -> bool:
    """Whether a form only adds capitals (a heading, a person) or another body before a registered name at its end."""
    inside, first = ends.get(form.end), starts.get(form.start)
    if first and not first.place and _adds_word(text, form, first):
        return True
    if inside is None or inside.start <= form.start:
        return False
    before = text[form.start : inside.start]
    two_bodies = first is not None and not first.place and first.end == inside.start - 1
    heading = before.isupper() or (before.istitle() and not _local(before, inside))
    return two_bodies or heading or before.endswith(_joints())


def _adds_word(text: str, form: NameForm, first: OrganisationMention) -> bool:
    """Whether a form is a registered name in the nominative and a word in a case behind it: "Opetushallitus seuraa"."""
    added = text[first.end : form.end]
    nominative = in_nominative(text, first)
    return nominative and added.islower() and added.count(" ") == 1 and not form.name.endswith(added)


def _local(before: str, inside: OrganisationMention) -> bool:
    """Whether capitals before a registered name make another body of it: "Keski-Suomen LUMA-keskus", "Södra ...",
    "Loimaan Säästöpankkisäätiö", "Maakunnan säästöpankkisäätiö", "Agricultural University of Iceland".
    """
    first = before.strip()
    if first.casefold() in name_words("directions") or inside.name.casefold().startswith(_english_openers()):
        return True
    if first[-1] not in "ns" or " " in inside.name:
        return False
    place = identify(first)
    of_place = place is not None and place.place and place.name != first
    if inside.entry and inside.entry.type in ("foundation", "fund") and inside.name.islower():
        return True
    return "-" in inside.name or of_place or first.casefold().endswith(tuple(name_words("regions_of")))
