"""Extract: an archived text becomes a record, every fact with its evidence."""

from collections.abc import Callable

from normalise.amounts import find_amounts
from normalise.analysis import Analysis
from normalise.contacts import find_contacts
from normalise.document import Document
from normalise.facts import Findings, Kind, Record
from normalise.gathering import with_facts
from normalise.identifiers import find_identifiers
from normalise.kinds import kind_of
from normalise.languages import page_language
from normalise.parties import find_parties
from normalise.periods import find_periods
from normalise.publication import find_publication
from normalise.titles import find_title
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
    document = Document(text[:MOST_CHARACTERS])
    lang = page_language(document)
    if lang not in KNOWN_LANGUAGES:
        return Record(id=id, url=url, lang=lang, kind="other", text=text)
    hint = reading.title if reading else None
    analysis = Analysis(document, lang, title_hint=hint or "")
    found = kind_of(analysis)
    kind, sure = found.kind, round(found.probability, 3)
    findings = [find(analysis, kind) for find in FIELD_MODULES]
    refusals = tuple(refusal for finding in findings for refusal in finding.refusals)
    page = Record(id=id, url=url, lang=lang, kind=kind, text=text, kind_confidence=sure, refusals=refusals)
    return with_facts(page, tuple(fact for finding in findings for fact in finding.facts))
