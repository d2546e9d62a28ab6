"""Whether an address or number without a person is a contact of the page, and if not, why."""

import re
from collections.abc import Sequence
from functools import cache

from normalise.contacts.emails import EmailMention
from normalise.contacts.matching import is_refused_mailbox
from normalise.contacts.owners import is_postal
from normalise.contacts.phones import PhoneMention
from normalise.text.document import Document
from normalise.text.positions import Positions, Spans
from normalise.text.sentences import SENTENCE_END
from normalise.words import any_start, vocabulary

# A mailbox under a card of contacts stands on a line of at most this length, its label included.
_CARD_LINE = 110
# As much of a sentence as is read for words that invite.
_BEFORE, _AFTER = 160, 80


class MailboxJudge:
    """Judges the mailboxes of one document."""

    def __init__(self, document: Document, sections: Spans, contacts: Sequence[int], *, has_people: bool) -> None:
        """Take the document, its sections of contacts, and where people with details stand (offsets)."""
        self._document = document
        self._sections = sections
        self._has_people = has_people
        lines = (document.line_at(offset) for offset in contacts)
        self._contact_blocks = Positions(sorted(line.block for line in lines if line))

    def reason_against_email(self, email: EmailMention) -> str | None:
        """Why a mailbox is no contact; None where it is one."""
        if is_refused_mailbox(email.local):
            return "registry, technical or data protection mailbox"
        sentence = self._sentence(email.start, email.end)
        if _technical().search(sentence):
            return "help with a form or service"
        return None if _invitation().search(sentence) else self._reason_without_invitation(email, sentence)

    def _reason_without_invitation(self, email: EmailMention, sentence: str) -> str | None:
        if self._is_footer(email.start):
            return "footer"
        if _delivery().search(sentence):
            return "takes applications, registrations or orders"
        alone = not self._has_people and not sentence.strip(" .\t•-")
        return None if alone or self._is_among_contacts(email, sentence) else "nothing invites to write there"

    def reason_against_phone(self, phone: PhoneMention) -> str | None:
        """Why a number without a person is no contact; None where it is one."""
        sentence = self._sentence(phone.start, phone.end)
        if self._is_footer(phone.start):
            return "footer"
        invited = _invitation().search(sentence) and not _delivery().search(sentence)
        return None if invited else "nobody's number"

    def _is_among_contacts(self, email: EmailMention, sentence: str) -> bool:
        """Whether a mailbox stands in a section of contacts, or on a short line in or under a block of them."""
        if self._sections.around(email.start) is not None:
            return True
        line = self._document.line_at(email.start)
        beside = line is not None and self._contact_blocks.any_within(line.block - 1, line.block + 1)
        return beside and len(sentence) < _CARD_LINE

    def _sentence(self, start: int, end: int) -> str:
        """The sentence or line around a detail, the detail itself left out."""
        text, floor = self._document.text, max(0, start - _BEFORE)
        begin = max((m.end() for m in SENTENCE_END.finditer(text, floor, start)), default=floor)
        stop = SENTENCE_END.search(text, end, end + _AFTER)
        return text[begin:start] + text[end : stop.start() if stop else end + _AFTER]

    def _is_footer(self, offset: int) -> bool:
        """Whether a detail stands on a line with a postal address, or under or over one in its block."""
        own = self._document.line_at(offset)
        if own is None:
            return False
        near = self._document.lines[max(0, own.index - 1) : own.index + 2]
        return any(line.block == own.block and is_postal(line.text[:_BEFORE]) for line in near)


@cache
def _invitation() -> re.Pattern[str]:
    return any_start(vocabulary("contacts")["invitations"])


@cache
def _technical() -> re.Pattern[str]:
    return any_start(vocabulary("contacts")["technical"])


@cache
def _delivery() -> re.Pattern[str]:
    return any_start(vocabulary("contacts")["deliveries"])
