"""The period of a project and the application period of a call: the newest values stated, with their evidence.

Rules read the dates whose words they know; where none of them is sure, the model of date roles decides.
"""

from dataclasses import replace

from normalise.analysis import Analysis
from normalise.dates.contexts import date_contexts
from normalise.dates.finding import Date
from normalise.dates.roles import Choice, for_period, likeliest
from normalise.dates.years import PageYear, is_past_start, latest_before, page_year, with_year, with_year_of
from normalise.facts import Fact, Findings, Kind, Refusal
from normalise.periods.candidates import period_candidates
from normalise.periods.closing_hours import with_closing_hour
from normalise.periods.evidence import YEAR_LENGTH, PeriodCandidate
from normalise.publication.finding import find_publication

# From this score on a rule is sure. Where none is, the model's choice stands beside the candidates of the rules, its
# probability being its score: on pages that were never seen it finds dates that are told in words that no rule knows.
_RULED = 0.8
_LIKELY = 0.5
# A value told again may only be made more exact by words at least this sure.
_SURE = 0.6
# Two ends of a period are as sure as each other within this much.
_EVEN = 0.1
# A date of which the page implies the year is worth this much less than one told in full.
_IMPLIED = 0.01
_PAIRS = (("start", "end"), ("opens", "closes"))
# Fields that never have the same day.
_APART = ({"start", "end"}, {"opens", "closes"}, {"start", "opens"}, {"end", "closes"})
_FIELDS = ("start", "end", "opens", "closes")


def find_periods(analysis: Analysis, kind: Kind) -> Findings:
    """`start`, `end`, `opens` and `closes`; nothing for pages that are about no project or call."""
    if kind == "other":
        return Findings()
    found, turned_down = period_candidates(analysis, kind)
    published = next((str(f.value) for f in find_publication(analysis, kind).facts if f.field == "published"), None)
    page = page_year(analysis, published)
    dated = [dated for c in found if (dated := _dated(analysis, c, page))]
    dated += _dated_by_other_end([c for c in found if not c.date.has_year], dated)
    dated += _likeliest(analysis, kind, dated, page, published)
    facts = []
    refused = list(turned_down)
    for field, chosen in _in_order(dated).items():
        best = with_closing_hour(analysis, chosen) if field == "closes" else chosen
        facts.append(_fact(analysis, best))
        refused.extend(_outdone(field, best, dated))
    return Findings(tuple(facts), tuple(refused))


def _likeliest(
    analysis: Analysis, kind: Kind, dated: list[PeriodCandidate], page: PageYear, published: str | None
) -> list[PeriodCandidate]:
    """For each field of which none of the rules' candidates is sure, what the model finds likeliest."""
    unsure = [field for field in _FIELDS if not any(c.field == field and c.score >= _RULED for c in dated)]
    contexts = date_contexts(analysis, kind) if unsure else ()
    choices = [(field, likeliest(field, kind, for_period(field, contexts, page, published))) for field in unsure]
    likely = [_of_choice(field, choice) for field, choice in choices if choice and choice.share >= _LIKELY]
    return [c for c in likely if not any(_is_other_end(c, other) for other in (*dated, *likely))]


def _is_other_end(candidate: PeriodCandidate, other: PeriodCandidate) -> bool:
    """Whether a better candidate takes the same day for the other end, for a period takes more than a day; or for that
    end of the other period, for no project begins when applications do.
    """
    pair = {candidate.field, other.field}
    same = candidate.date == other.date and len(candidate.date.value) > YEAR_LENGTH
    return same and pair in _APART and candidate.score <= other.score


def _of_choice(field: str, choice: Choice) -> PeriodCandidate:
    setting = choice.context.setting
    claim = next((c for c in choice.context.claims if c.field == field), None)
    rule = claim.rule if claim else f"{field}.context"
    extended = setting.reading.extended
    return PeriodCandidate(field, choice.date, choice.share, rule, setting.sentence, extended=extended)


def _dated(analysis: Analysis, candidate: PeriodCandidate, page: PageYear) -> PeriodCandidate | None:
    if candidate.date.has_year:
        written = analysis.text[candidate.date.start : candidate.date.end]
        value = candidate.date.value
        begun = candidate.field == "start" and value[:YEAR_LENGTH] not in written and is_past_start(candidate.sentence)
        return _implied(candidate, latest_before(value, page)) if begun else candidate
    completed = with_year(candidate.date.value, page, candidate.field, candidate.sentence)
    return _implied(candidate, completed) if completed else None


def _dated_by_other_end(yearless: list[PeriodCandidate], dated: list[PeriodCandidate]) -> list[PeriodCandidate]:
    """Ends of which nothing tells the year, where the other end has one: "Haku aukesi kesäkuussa"."""
    completed = []
    for first, last in _PAIRS:
        for field, other in ((first, last), (last, first)):
            known = _chosen([c for c in dated if c.field == other])
            if known and not any(c.field == field for c in dated):
                found = (_completed(c, known, before=field == first) for c in yearless if c.field == field)
                completed += [candidate for candidate in found if candidate]
    return completed


def _completed(candidate: PeriodCandidate, known: PeriodCandidate, *, before: bool) -> PeriodCandidate | None:
    value = with_year_of(candidate.date.value, known.date.value, before=before)
    return _implied(candidate, value) if value else None


def _implied(candidate: PeriodCandidate, value: str) -> PeriodCandidate:
    date = replace(candidate.date, value=value)
    return replace(candidate, date=date, score=candidate.score - _IMPLIED, implied=True)


def _chosen(found: list[PeriodCandidate]) -> PeriodCandidate | None:
    """The best candidate: an extension before all, then by score; told again more exactly, the exact one."""
    extended = [c for c in found if c.extended and c.score > 0.5]
    pool = extended or found
    if not pool:
        return None
    # Of several deadlines of a call the last one counts, as of several extensions.
    last_counts = bool(extended) or all(c.rule == "closes.cue" for c in pool)
    best = max(pool, key=lambda c: (c.score, _newest(c) if last_counts else "", c.labelled_day, -c.date.start))
    exact = [c for c in found if c.date.value.startswith(best.date.value) and c.score >= _SURE]
    return max([best, *exact], key=lambda c: len(c.date.value))


def _newest(candidate: PeriodCandidate) -> str:
    return "" if candidate.implied else candidate.date.value


def _outdone(field: str, chosen: PeriodCandidate, found: list[PeriodCandidate]) -> list[Refusal]:
    return [
        Refusal(field, c.date.value, c.date.start, c.date.end, "a newer or better supported value stands elsewhere")
        for c in found
        if c.field == field and not chosen.date.value.startswith(c.date.value)
    ]


def _in_order(found: list[PeriodCandidate]) -> dict[str, PeriodCandidate]:
    """The best candidate of each field; of an end before its start, the less certain one makes way for one in order."""
    chosen = {field: best for field in _FIELDS if (best := _chosen([c for c in found if c.field == field]))}
    for first, last in _PAIRS:
        if first in chosen and last in chosen and not _are_in_order(chosen[first], chosen[last]):
            weaker, surer = sorted((chosen[first], chosen[last]), key=lambda c: c.score)
            even = surer.score - weaker.score <= _EVEN
            other = _fitting(found, weaker.field, surer) or (_fitting(found, surer.field, weaker) if even else None)
            if other is None:
                del chosen[weaker.field]
            else:
                chosen[other.field] = other
    return chosen


def _fitting(found: list[PeriodCandidate], field: str, kept: PeriodCandidate) -> PeriodCandidate | None:
    """The best candidate of a field that is in order with the other end."""
    begins = field in {"start", "opens"}
    return _chosen([c for c in found if c.field == field and _are_in_order(*((c, kept) if begins else (kept, c)))])


def _are_in_order(first: PeriodCandidate, last: PeriodCandidate) -> bool:
    width = min(len(first.date.value), len(last.date.value))
    return first.date.value[:width] <= last.date.value[:width]


def _fact(analysis: Analysis, chosen: PeriodCandidate) -> Fact:
    date: Date = chosen.date
    quote = analysis.text[date.start : date.end]
    return Fact(chosen.field, date.value, date.start, date.end, quote, chosen.rule, min(max(chosen.score, 0.01), 0.99))
