"""What stands around two capitalised words and shows that they are, or are not, a person's name."""

import re
from functools import cache

from normalise.persons import name_forms
from normalise.persons.job_title_words import role_lemma
from normalise.words import any_of, vocabulary

CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĢĪĮĶĻŁŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽ"
_SMALL_PART = any_of(vocabulary("persons")["small_parts"])
NAME = rf"[{CAPITAL}][\w’']{{0,40}}(?:[-‐‑](?:[{CAPITAL}][\w’']{{0,40}}|(?:{_SMALL_PART})\w{{0,5}}\b)){{0,2}}"
# Signs of a phone number or an e-mail address on the rest of the line, and right after a name.
_DETAIL = re.compile(
    rf"[^\n]{{0,60}}(?:@|[(\[](?:{any_of(vocabulary('emails')['at'])})[)\]]|\+\d{{3}}|\b0\d{{1,4}}[ -/]?\d{{2}})"
)
_DETAIL_NEXT = re.compile(
    r"[\s,(|/–-]{0,4}(?:[^\W\d_]{1,9}[.:]{0,2}\s?)?(?:\+\d{3}|\(?0\d{1,4}[) -/]{0,2}\d{2}|@)",
)
_ALONE = re.compile(r"[ \t\xa0]*(?:$|\n|[,|(–])")
_WORD_BEFORE = re.compile(r"([^\W\d_][\w-]{1,40})(?:[ \xa0\t]{1,20}|[ \xa0]?:[ \xa0]?|:?\s{1,3})$")
_WORD_AFTER = re.compile(r"(?:,?[ \xa0]|[ \xa0]?\(|[ \xa0][–-][ \xa0]|\s{1,4})([^\W\d_][\w-]{1,40})")
_BULLET = " \t\xa0•·*–▪-"


def has_detail_on_line(text: str, end: int) -> bool:
    """Whether a phone number or an address seems to follow a name on its line."""
    return bool(_DETAIL.match(text, end))


def has_detail_next(text: str, end: int) -> bool:
    """Whether a phone number or an address follows a name at once, on its line or the next."""
    return bool(_DETAIL_NEXT.match(text, end))


def has_title(text: str, start: int, end: int) -> bool:
    """Whether a job title or a label of names stands right before or after a name."""
    before = _WORD_BEFORE.search(text, max(0, start - 60), start)
    after = _WORD_AFTER.match(text, end)
    titled = before and (role_lemma(before[1]) or before[1].casefold() in vocabulary("persons")["labels"])
    return bool(titled or (after and role_lemma(after[1])))


def heads_a_body(text: str, end: int) -> bool:
    """Whether the word after a name makes it the name of a fund, school or street ("Emil Aaltosen säätiö")."""
    after = _WORD_AFTER.match(text, end)
    return bool(after and text[end] in " \xa0" and after[1].casefold() in _body_heads())


def opens_line(text: str, start: int) -> bool:
    """Whether nothing but a bullet stands before an offset on its line."""
    before = text[max(0, start - 12) : start].rpartition("\n")
    return not before[2].strip(_BULLET) and (bool(before[1]) or start <= 12)


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a name has a place of its own: it opens its line, and a separator or nothing follows."""
    return opens_line(text, start) and bool(_ALONE.match(text, end))


def follows_name(text: str, start: int) -> bool:
    """Whether a name stands before on the line, so that the words are its unit: "Anna Aho, Oma Häme, 050 ..."."""
    line = text[max(0, start - 120) : start].rpartition("\n")[2]
    return any(name_forms.is_given_name(word[0]) for word in re.finditer(NAME, line))


@cache
def _body_heads() -> frozenset[str]:
    return frozenset(vocabulary("persons")["body_heads"])
