"""Bodies through time: names and mergers by date, so that a question of 2019 meets the bodies of 2019 or today's."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from normalise.organisations.register import Entry, official_names

Role = Literal["itself", "predecessor", "successor"]


@dataclass(frozen=True, slots=True)
class DatedName:
    """A name of a body. ``starts`` and ``ends`` (last day) are ISO dates; None: not known, or still in use."""

    body: str
    name: str
    lang: str = ""
    starts: str | None = None
    ends: str | None = None


@dataclass(frozen=True, slots=True)
class Merger:
    """That a body went into another; ``date`` is the first day on which the other stands for it, None where unknown."""

    body: str
    successor: str
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """First and last day of a body; None where unknown, or where it has not ended."""

    starts: str | None = None
    ends: str | None = None

    def holds(self, day: str) -> bool:
        """Whether the body was there on an ISO day, as far as is known."""
        return (self.starts is None or self.starts <= day) and (self.ends is None or day <= self.ends)

    def joined(self, other: "Life") -> "Life":
        """From the first known day of both to the last day; not ended where one has not."""
        starts = [life.starts for life in (self, other) if life.starts]
        ends = max(self.ends, other.ends) if self.ends and other.ends else None
        return Life(min(starts, default=None), ends)


@dataclass(frozen=True, slots=True)
class BodyThen:
    """A body on a day, with the names it had then, and what it is to the body that was asked for.

    ``is_certain`` is False where no register says whether it was there already.
    """

    id: str
    names: tuple[str, ...]
    role: Role
    is_certain: bool


@dataclass(slots=True)
class History:
    """The dated names, lives and mergers of bodies; made once, then only read."""

    names: Mapping[str, tuple[DatedName, ...]]
    lives: Mapping[str, Life]
    _dates: dict[tuple[str, str], str | None] = field(default_factory=dict)
    _successors: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _predecessors: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add_mergers(self, mergers: Iterable[Merger]) -> None:
        """Index mergers; of one that is told twice, the later told date counts."""
        for merger in sorted(mergers, key=lambda m: (m.body, m.successor)):
            key = (merger.body, merger.successor)
            if key not in self._dates:
                self._successors[merger.body].append(merger.successor)
                self._predecessors[merger.successor].append(merger.body)
            self._dates[key] = merger.date or self._dates.get(key)

    @property
    def mergers(self) -> tuple[Merger, ...]:
        """All mergers, by body and successor."""
        return tuple(Merger(*pair, date) for pair, date in sorted(self._dates.items()))

    def times_of_names(self, body: str) -> Mapping[str, Life]:
        """From when to when a body had each name, in any case and language, by the name in small letters."""
        times: dict[str, Life] = {}
        for name in self.names.get(body, ()):
            life, key = Life(name.starts, name.ends), name.name.casefold()
            times[key] = times[key].joined(life) if key in times else life
        return times

    def as_of(self, body: str, day: str) -> tuple[BodyThen, ...]:
        """What stood for a body on an ISO day: itself; what it came from, if that was there; else what it went into.

        Empty for a body that nothing is known of, or that nothing stood for on that day.
        """
        found: dict[str, BodyThen] = {}
        self._gather(body, day, "itself", found)
        return tuple(found[id_] for id_ in sorted(found, key=lambda id_: (found[id_].role != "itself", id_)))

    def successor_today(self, body: str) -> tuple[str, ...]:
        """The ids that stand for a body after all mergers: itself after none, several where it was divided."""
        ends: set[str] = set()
        seen: set[str] = set()
        waiting = [body]
        while waiting:
            current = waiting.pop()
            if current not in seen:
                seen.add(current)
                waiting += self._successors.get(current, ())
                if not self._successors.get(current):
                    ends.add(current)
        return tuple(sorted(ends))

    def _gather(self, start: str, day: str, role: Role, found: dict[str, BodyThen]) -> None:
        seen: set[str] = set()
        waiting: list[tuple[str, Role]] = [(start, role)]
        while waiting:
            body, role = waiting.pop()
            if body in seen:
                continue
            seen.add(body)
            life = self.lives.get(body)
            if life and life.holds(day):
                found[body] = BodyThen(body, self._names_on(body, day), role, life.starts is not None)
            if role != "successor":
                waiting += [(other, "predecessor") for other in self._predecessors.get(body, ())]
            if role != "predecessor" and life and life.ends is not None and life.ends < day:
                waiting += [(other, "successor") for other in self._successors.get(body, ())]

    def _names_on(self, body: str, day: str) -> tuple[str, ...]:
        names = self.names.get(body, ())
        return tuple(dict.fromkeys(name.name for name in names if Life(name.starts, name.ends).holds(day)))


def history_of(entries: Iterable[Entry]) -> History:
    """The history that the register itself tells: first and last days, successors, last days of former names."""
    listed = list(entries)
    names = {entry.id: tuple(_dated_names(entry)) for entry in listed}
    history = History(names, {entry.id: Life(entry.since, entry.until) for entry in listed})
    history.add_mergers(
        Merger(entry.id, entry.successor, day_after(entry.until) if entry.until else None)
        for entry in listed
        if entry.successor
    )
    return history


def _dated_names(entry: Entry) -> Iterator[DatedName]:
    former = dict(entry.former)
    # Today's official names began when the last of those before them ended.
    renamed = day_after(max(former.values())) if former else None
    official = set(official_names().get(entry.id, {}).values())
    for name in entry.names:
        if name in former:
            yield DatedName(entry.id, name, starts=entry.since, ends=former[name])
        else:
            yield DatedName(entry.id, name, starts=renamed if name in official else None)


def day_after(day: str) -> str:
    """The ISO day after one. Raises ValueError for no ISO day."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def day_before(day: str) -> str:
    """The ISO day before one. Raises ValueError for no ISO day."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()
