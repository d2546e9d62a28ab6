"""What speaks for and against a line at the top of a page, or a part of it, being the title: features by name."""

import math
import re
from collections.abc import Iterator, Sequence
from functools import cache

from normalise.organisations.names import OrganisationMention
from normalise.persons.finding import PersonMention
from normalise.text.label_names import name_label
from normalise.titles.lines import TopContext, TopLine
from normalise.titles.signs import is_crumbs
from normalise.titles.vocabulary import alternatives, is_menu_word, types
from normalise.titles.wordings import Wording, wording_flags

_PARTS = re.compile(r"\s+[|–-]\s+")
_WORD = re.compile(r"\w+")


def line_features(text: str, top: TopLine, start: int, wording: Wording, context: TopContext) -> dict[str, float]:
    """The features, by name, of the words of a top line that begin at ``start`` (characters); absent ones are zero.

    ``text`` is the whole page's.
    """
    features = dict.fromkeys(wording_flags(wording), 1.0)
    features.update(top.features)
    features.update(dict.fromkeys(_flags(text, top, start, wording, context), 1.0))
    named = max([count for name, count in context.names.items() if name in wording.lower], default=0)
    if named:
        features["named"] = math.log1p(named)
    return features


def _flags(text: str, top: TopLine, start: int, wording: Wording, context: TopContext) -> Iterator[str]:
    folded = wording.folded
    if start in context.labelled:
        yield "labelled"
    if folded and folded in context.crumbs and not is_crumbs(wording.text, wording.characters):
        yield "in_crumbs"
    if folded and folded in context.hint:
        yield "in_title_element"
    if context.counts[wording.lower] > 1:
        yield "repeated"
    if top.people or top.bodies:
        yield from _names(text, top, start, start + len(wording.text))


def _names(text: str, top: TopLine, start: int, end: int) -> Iterator[str]:
    if any(start <= person.start < end for person in top.people):
        yield "person"
    if _is_all_of(start, end, top.people) or _is_all_of(start, end, top.bodies):
        yield "is_name"
    elif _names_site(text, start, end, top.bodies):
        yield "site"


def _is_all_of(start: int, end: int, mentions: Sequence[PersonMention] | Sequence[OrganisationMention]) -> bool:
    """Whether the words are nothing but one name."""
    return any(m.start <= start and m.end >= end - 1 for m in mentions)


def _names_site(text: str, start: int, end: int, bodies: Sequence[OrganisationMention]) -> bool:
    """Whether a line says whose site this is: names of bodies and places, and no other word but those of menus."""
    start, end = without_section_names(text, start, end)
    inside = [m for m in bodies if start <= m.start and m.end <= end]
    if not inside:
        return False
    words = (m for m in _WORD.finditer(text, start, end) if not _is_within(m.start(), inside))
    return all(is_menu_word(m[0].casefold()) for m in words)


def _is_within(offset: int, mentions: Sequence[OrganisationMention]) -> bool:
    return any(m.start <= offset < m.end for m in mentions)


def length_of_news_word(line: str) -> int:
    """How long the word for news is before a headline ("Uutinen: ..."), with its sign (characters)."""
    word = _news_word().match(line)
    return word.end() if word and word.end() < len(line) else 0


@cache
def _news_word() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives('news_words')})\s*[|:–-]\s*", re.IGNORECASE)


def without_section_names(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut "Name – Project description" and "News | Name" to the name, by the words for sorts of pages."""
    cuts = [start, *(cut for m in _PARTS.finditer(text, start, end) for cut in m.span()), end]
    parts = [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True) if a < b]
    named = [(a, b) for a, b in parts if not _names_section(text[a:b])] if len(parts) > 1 else []
    if not named or len(named) == len(parts):
        return start, end
    return named[0][0], named[-1][1]


def _names_section(words: str) -> bool:
    return words.casefold().strip() in types() or bool(name_label(words))
