"""Every date of a page where it stands, with its features: what the model of date roles goes by."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median_low
from typing import Literal

from normalise.analysis import Analysis
from normalise.dates.features import date_features, end_features
from normalise.dates.finding import Date
from normalise.facts import Kind
from normalise.periods.candidates import period_candidates, settings
from normalise.periods.evidence import REFUSED, PeriodCandidate, Setting
from normalise.periods.words import is_no_period

Place = Literal["single", "first", "last"]


@dataclass(frozen=True, slots=True)
class DateContext:
    """A day or one end of a period: its setting, what the rules take it for, and its features by name."""

    setting: Setting
    date: Date
    place: Place
    claims: tuple[PeriodCandidate, ...]
    features: Mapping[str, float]

    @property
    def is_refused(self) -> bool:
        """Whether its words or its form say that it is no project's or call's date, and no rule holds against that."""
        setting = self.setting
        return not self.claims and (setting.reading.subject in REFUSED or is_no_period(setting))


@dataclass(frozen=True, slots=True)
class PageDates:
    """How the dates of a page stand to one another: how often each is told, their order, the usual year."""

    times: Mapping[str, int]
    earliest: str
    latest: str
    usual_year: int


@lru_cache(maxsize=1)
def date_contexts(analysis: Analysis, kind: Kind) -> tuple[DateContext, ...]:
    """All dates of a page in reading order; each end of a period on its own."""
    claims: dict[Date, list[PeriodCandidate]] = defaultdict(list)
    for candidate in period_candidates(analysis, kind)[0] if kind != "other" else ():
        claims[candidate.date].append(candidate)
    told = settings(analysis, kind)
    return tuple(_contexts(analysis, told, claims))


def _contexts(
    analysis: Analysis, told: Sequence[Setting], claims: Mapping[Date, list[PeriodCandidate]]
) -> Iterator[DateContext]:
    page = _page_dates(told)
    for setting in told:
        shared = date_features(analysis, setting)
        ends = setting.date.ends
        for end in ends:
            place: Place = "single" if len(ends) == 1 else "first" if end is ends[0] else "last"
            claimed = tuple(claims.get(end, ()))
            features = {**shared, **end_features(setting, end, place, page)}
            for claim in claimed:
                features[f"claim.{claim.field}.{claim.rule}"] = 1.0
            yield DateContext(setting, end, place, claimed, features)


def _page_dates(told: Sequence[Setting]) -> PageDates:
    values = [end.value for setting in told for end in setting.date.ends]
    full = sorted(value for value in values if not value.startswith("-"))
    return PageDates(
        Counter(values),
        earliest=full[0] if full else "",
        latest=full[-1] if full else "",
        usual_year=median_low(int(value[:4]) for value in full) if full else 0,
    )
