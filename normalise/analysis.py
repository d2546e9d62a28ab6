"""Everything that several field modules look at in one text, each computed once, when first asked for."""

from functools import cached_property

from normalise.amounts.money import MoneyMention, find_money
from normalise.contacts.emails import EmailMention, find_emails
from normalise.contacts.phones import PhoneMention, find_phones
from normalise.dates.finding import DateMention, find_dates
from normalise.organisations.finding import find_organisations
from normalise.organisations.names import OrganisationMention
from normalise.parties.claims import Claim
from normalise.parties.cues import cue_claims
from normalise.parties.words import party_finder
from normalise.persons.finding import PersonMention, find_persons
from normalise.text.cues import lower_case
from normalise.text.document import Document
from normalise.text.labels import Labelled, find_labelled
from normalise.text.phrases import Matches, Word, words_of
from normalise.text.sentences import Sentence, split_sentences
from normalise.titles.project_names import ProjectName, find_project_names


class Analysis:
    """The mentions of one text. All offsets are characters of ``text``, all tuples are in reading order."""

    def __init__(self, document: Document, lang: str = "fi", title_hint: str = "") -> None:
        """Take a document, its main language (``fi``, ``sv``, ``en``, ``mul``) and the page's title element."""
        self.document = document
        self.text = document.text
        self.lang = lang
        self.title_hint = title_hint

    @cached_property
    def lowered(self) -> str:
        """The text in lower case, character by character."""
        return lower_case(self.text)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Sentences; headings, items and rows are sentences of their own."""
        return split_sentences(self.document)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The text's words, for finding phrases of the vocabulary."""
        return words_of(self.text)

    @cached_property
    def party_words(self) -> Matches:
        """The cues and context words of parties (see `party_words.party_finder`)."""
        return party_finder().find(self.text, self.words)

    @cached_property
    def labelled(self) -> tuple[Labelled, ...]:
        """Label/value pairs and headed sections whose label the vocabulary knows."""
        return find_labelled(self.document)

    @cached_property
    def dates(self) -> tuple[DateMention, ...]:
        """Dates and date ranges."""
        return find_dates(self.text)

    @cached_property
    def money(self) -> tuple[MoneyMention, ...]:
        """Sums in euros."""
        return find_money(self.text)

    @cached_property
    def emails(self) -> tuple[EmailMention, ...]:
        """E-mail addresses, also written with (at)."""
        return find_emails(self.text)

    @cached_property
    def phones(self) -> tuple[PhoneMention, ...]:
        """Phone numbers."""
        return find_phones(self.text)

    @cached_property
    def persons(self) -> tuple[PersonMention, ...]:
        """Names of people."""
        return find_persons(self.document, self.emails)

    @cached_property
    def contact_lines(self) -> frozenset[int]:
        """Indexes of the lines that name a person or give an address or number."""
        starts = (mention.start for mentions in (self.persons, self.emails, self.phones) for mention in mentions)
        return frozenset(line.index for start in starts if (line := self.document.line_at(start)))

    @cached_property
    def organisations(self) -> tuple[OrganisationMention, ...]:
        """Organisations, funds and programmes, registered or recognised by their form; none that swallows a label."""
        glued = [
            (label.label_start, label.label_end, label.start) for label in self.labelled if label.form == "juxtaposed"
        ]
        mentions = find_organisations(self.document, frozenset(value for *_, value in glued))
        return tuple(m for m in mentions if not any(start <= m.start < end < m.end for start, end, _ in glued))

    @cached_property
    def project_names(self) -> tuple[ProjectName, ...]:
        """Names that running text gives to projects, as often as it uses them."""
        return find_project_names(self.text)

    @cached_property
    def cue_claims(self) -> tuple[Claim, ...]:
        """Who pays, leads and takes part by the cues of running text."""
        return tuple(cue_claims(self))
