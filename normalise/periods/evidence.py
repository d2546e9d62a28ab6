"""Evidence for the dates of a project or an application: what is known of one date, and what it is worth."""

from dataclasses import dataclass, replace

from normalise.dates.finding import Date, DateMention
from normalise.facts import Kind
from normalise.periods.cues import Reading
from normalise.text.document import Line

# Scores by kind of evidence, in the order of how often they were right on annotated pages; a fact's confidence.
LABELLED = 0.97
CUED = 0.85
CARRIED = 0.7
BARE = 0.55
FUNDED = 0.45
USED = 0.4
YEARS = 0.35
UNTOLD = 0.3
SUPERSEDED = 0.2
# Weak labels, headings and far dates are worth less than a label right before its date.
LESS = 0.05
MUCH_LESS = 0.3

YEAR_LENGTH = 4
MONTH_LENGTH = 7

# Subjects that speak against a date, and the reason that is shown.
REFUSED = {
    "event": "date of an event",
    "registration": "registration for an event",
    "recruitment": "recruitment",
    "decision": "date of a decision",
    "processing": "time in which applications are handled",
    "reporting": "reporting",
    "predecessor": "an earlier project or round",
    "successor": "a later or planned project",
    "programme": "period of the wider programme",
    "usage": "time for which the money may be used",
}
# The roles of a word that agree with a field.
SAID = {
    "start": {"start", "from"},
    "opens": {"start", "from", "opens"},
    "end": {"end", "until"},
    "closes": {"end", "until", "closes"},
}


@dataclass(frozen=True, slots=True)
class PeriodCandidate:
    """A date that may be a field's value.

    ``extended`` marks a value that the text calls the new one, ``implied`` a date whose year the page only implies.
    """

    field: str
    date: Date
    score: float
    rule: str
    sentence: str
    extended: bool = False
    implied: bool = False

    @property
    def labelled_day(self) -> bool:
        """Whether a label bears it and it is a day: of "Tid: 2015–2016 (1.9.2015–31.8.2017)" the days count."""
        return self.rule == "period.labelled" and len(self.date.value) > MONTH_LENGTH


@dataclass(frozen=True, slots=True)
class Setting:
    """A date where it stands: the page's text and kind, its line, its sentence in lower case, and how that reads."""

    text: str
    kind: Kind
    line: Line
    sentence: str
    date: DateMention
    reading: Reading

    def candidate(self, field: str, score: float, rule: str) -> PeriodCandidate:
        """The date as a candidate; of a period the end that fits the field."""
        ends = self.date.ends
        date = ends[-1] if field in {"end", "closes"} else ends[0]
        return PeriodCandidate(field, date, score, rule, self.sentence)

    def extension(self, field: str, score: float, rule: str) -> PeriodCandidate:
        """The date as a field's new value."""
        return replace(self.candidate(field, score, rule), extended=True)

    def both(self, fields: tuple[str, str], score: float, rule: str) -> list[PeriodCandidate]:
        """The date's ends as candidates for two fields; a single date counts for both."""
        return [self.candidate(field, score, rule) for field in fields]
