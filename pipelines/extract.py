"""Extract: an archived text becomes a record, every fact with its evidence."""

from collections.abc import Callable
from dataclasses import replace

from normalise.amounts.finding import find_amounts
from normalise.analysis import Analysis
from normalise.contacts.finding import find_contacts
from normalise.facts import Fact, Findings, Kind, Record, Refusal
from normalise.gathering import with_facts
from normalise.identifiers import find_identifiers
from normalise.kinds.finding import kind_of
from normalise.language.languages import page_language
from normalise.parties.finding import find_parties
from normalise.periods.finding import find_periods
from normalise.publication.finding import find_publication
from normalise.text.document import Document
from normalise.text.wrapping import Unwrapped, unwrap
from normalise.titles.finding import find_title
from pipelines.readers.reading import Reading

# The languages whose words the vocabulary knows; pages in others are archived and marked, without facts.
KNOWN_LANGUAGES = frozenset({"fi", "sv", "en", "mul"})
# The fields in the order in which a record shows them; each module looks at the same analysis.
FIELD_MODULES: tuple[Callable[[Analysis, Kind], Findings], ...] = (
    find_title,
    find_periods,
    find_publication,
    find_parties,
    find_contacts,
    find_amounts,
    find_identifiers,
)
# Facts stand in a document's first pages: a longer text is archived whole but read for facts up to here.
MOST_CHARACTERS = 400_000


def extract(
    text: str,
    *,
    id: str,  # noqa: A002 - the record's own field name
    url: str | None = None,
    reading: Reading | None = None,
) -> Record:
    """The record of an archived or plain text. Offsets count characters of ``text``. Never raises for what it says.

    ``reading`` adds what a page says outside its text: its title element helps to find the title.
    """
    whole = unwrap(text[:MOST_CHARACTERS])
    document = Document(whole.text)
    lang = page_language(document)
    if lang not in KNOWN_LANGUAGES:
        return Record(id=id, url=url, lang=lang, kind="other", text=text)
    hint = reading.title if reading else None
    analysis = Analysis(document, lang, title_hint=hint or "")
    found = kind_of(analysis)
    kind, sure = found.kind, round(found.probability, 3)
    findings = [find(analysis, kind) for find in FIELD_MODULES]
    facts = tuple(_placed(whole, text, fact) for finding in findings for fact in finding.facts)
    refusals = tuple(_refused(whole, refusal) for finding in findings for refusal in finding.refusals)
    page = Record(id=id, url=url, lang=lang, kind=kind, text=text, kind_confidence=sure, refusals=refusals)
    return with_facts(page, facts)


def _placed(whole: Unwrapped, text: str, fact: Fact) -> Fact:
    """A fact of the whole text with its offsets and quote in the archived one."""
    start, end = whole.place(fact.start, fact.end)
    return replace(fact, start=start, end=end, quote=text[start:end]) if whole.cuts else fact


def _refused(whole: Unwrapped, refusal: Refusal) -> Refusal:
    start, end = whole.place(refusal.start, refusal.end)
    return replace(refusal, start=start, end=end) if whole.cuts else refusal
