"""Whose an address or number is: by the name in the address, else by what stands between name and detail."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from normalise.contacts.emails import EmailMention
from normalise.contacts.matching import PeopleIndex, names_somebody
from normalise.contacts.phones import PhoneMention
from normalise.persons.finding import PersonMention
from normalise.persons.job_title_words import role_lemma
from normalise.text.document import Document, LineKind
from normalise.text.labels import Labelled
from normalise.text.positions import Positions
from normalise.words import CONJUNCTIONS, any_of, joining_words, vocabulary

# A detail further than this from a name is not its own unless the address spells the name.
_REACH = 420
# Within a running line; a longer way from a name to a number holds another statement.
_REACH_IN_LINE = 200
# Between an address and the number that goes with it: ", puh. ".
_BESIDE = 20
# Lines of a card (unit, address, title) are short; longer ones are prose.
_CARD_LINE = 110
_LONGEST_CARD = 7
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-ZÅÄÖ])")
# "Anna Aho, 00530 Helsinki": a post code with its place, or a post-office box.
_POST_CODE = re.compile(r"\b\d{5}\s+[A-ZÅÄÖ][A-ZÅÄÖa-zåäö]{2,}")
# A number before its name: "050 123 4567 / Anna Aho", "050 123 4567 (Anna Aho)".
_NUMBER_LEADS = re.compile(r"\s?[/(|–:-]\s?")


class OwnerFinder:
    """Finds owners among the person mentions of one document."""

    def __init__(
        self,
        document: Document,
        persons: Sequence[PersonMention],
        emails: Sequence[EmailMention],
        labelled: Sequence[Labelled],
    ) -> None:
        """Take the document with its persons (in reading order), addresses and labels."""
        self._document = document
        self._text = document.text
        self._emails = emails
        self._email_starts = Positions(email.start for email in emails)
        self._persons = persons
        self._starts = [person.start for person in persons]
        self._people = PeopleIndex(persons)
        barriers = (la.label_start for la in labelled if _begins_another_matter(self._text, la))
        self._barriers = Positions(sorted(barriers))

    def of_email(self, email: EmailMention) -> int | None:
        """Index of the person mention that an address belongs to; None for a mailbox."""
        best = self._people.nearest(email, _REACH)
        if best is not None:
            return best
        if names_somebody(email.local) or self._has_own_label(email.start):
            return None
        owner = self._before(email.start)
        return None if owner is not None and self._follows_list(owner, email.start) else owner

    def of_phone(self, phone: PhoneMention) -> int | None:
        """Index of the person mention that a number belongs to; None for nobody's."""
        beside = self._owner_of_email_beside(phone)
        if beside is not None:
            return beside
        before = self._before(phone.start)
        if before is not None:
            return before
        following = bisect_right(self._starts, phone.start)
        if following < len(self._persons) and _NUMBER_LEADS.fullmatch(self._text, phone.end, self._starts[following]):
            return following
        return None

    def _owner_of_email_beside(self, phone: PhoneMention) -> int | None:
        """The owner of the address before a number, on a line that names nobody."""
        line_start = self._text.rfind("\n", 0, phone.start) + 1
        if bisect_right(self._starts, phone.start) != bisect_right(self._starts, line_start - 1):
            return None
        index = self._email_starts.last_before(phone.start)
        email = self._emails[index] if index >= 0 else None
        if email is None or email.start < line_start or phone.start - email.end >= _BESIDE:
            return None
        return self._people.nearest(email, _REACH)

    def _before(self, offset: int) -> int | None:
        """The last person before an offset, where the way between belongs to one card or sentence."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return None
        start = self._persons[index].end
        way = self._text[start : min(offset, start + _REACH + 1)]
        if len(way) > _REACH or self._barriers.any_within(start, offset):
            return None
        joined = self._in_line(way) if "\n" not in way else self._in_card(start, offset)
        return index if joined else None

    def _in_line(self, way: str) -> bool:
        way = _detail_label_at_end().sub("", way)
        return len(way) <= _REACH_IN_LINE and not _SENTENCE_END.search(way)

    def _in_card(self, start: int, end: int) -> bool:
        """Whether all lines from a name's to a detail's are a card's: short, few, no heading, no postal footer."""
        own, last = self._document.line_at(start), self._document.line_at(end)
        if own is None or last is None or last.index - own.index > _LONGEST_CARD:
            return False
        # A name inside a long line is mentioned in prose; the card would begin with it or end the line.
        if len(own.text) > _CARD_LINE and own.end - start > _CARD_LINE // 2:
            return False
        between = self._document.lines[own.index + 1 : last.index + 1]
        if any(line.kind is LineKind.HEADING or len(line.text) > 2 * _CARD_LINE for line in between):
            return False
        way = self._text[start:end]
        apart = last.block != own.block
        sentence = _SENTENCE_END.search(_detail_label_at_end().sub("", way))
        return not sentence and not (apart and (_POST_CODE.search(way) or _post_box().search(way)))

    def _has_own_label(self, start: int) -> bool:
        """Whether the line of an address begins with a label or "tai", "eller": another way than the person above."""
        line_start = self._text.rfind("\n", 0, start) + 1
        before = (
            _detail_label_at_end().sub("", self._text[max(line_start, start - _CARD_LINE) : start]).strip(" \t•*-–|")
        )
        is_label = before.endswith(":") and len(before) > 3 and not any(c.isdigit() for c in before)
        nobody = bisect_right(self._starts, start) == bisect_right(self._starts, line_start - 1)
        return nobody and (is_label or before.casefold() in CONJUNCTIONS | joining_words("or"))

    def _follows_list(self, owner: int, start: int) -> bool:
        """Whether an address stands alone under a list of people with a line each: it is everybody's."""
        own, line = self._document.line_at(self._starts[owner]), self._document.line_at(start)
        if own is None or line is None or line.index != own.index + 1 or own.block != line.block:
            return False
        people = [self._document.line_at(s) for s in self._starts[max(0, owner - 3) : owner]]
        has_neighbour = any(other is not None and other.index == own.index - 1 for other in people)
        return has_neighbour and bool(re.search(r"\d{3}", own.text)) and line.start >= start - 3


def _begins_another_matter(text: str, label: Labelled) -> bool:
    """Whether a detail after a label is not the person's before it; "Koordinator" under a name is a title."""
    if role_lemma(text[label.label_start : label.label_end].strip(" :")):
        return False
    if label.field in ("contact_title", "contact_email", "contact_phone") or label.form == "juxtaposed":
        return False
    return label.field != "contact" or label.form == "headed"


@cache
def _detail_label_at_end() -> re.Pattern[str]:
    labels = [*vocabulary("phones")["labels"], *vocabulary("emails")["labels"]]
    words = any_of(labels)
    return re.compile(rf"[\s.,;(]*\b(?:{words})[.:]{{0,2}}\s*\(?$", re.IGNORECASE)


@cache
def _post_box() -> re.Pattern[str]:
    words = any_of(vocabulary("contacts")["post_boxes"])
    return re.compile(rf"\b(?:{words})\s\d{{1,5}}\b", re.IGNORECASE)


def is_postal(line: str) -> bool:
    """Whether a line holds a postal address."""
    return bool(_POST_CODE.search(line) or _post_box().search(line))
