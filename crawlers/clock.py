"""The machine's clock held against the servers': one that jumped must neither lose visits nor let people expire."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from statistics import median

# Servers' clocks differ by minutes, and a cache may answer with an hour-old date; by so much no good clock differs.
TOLERANCE = timedelta(hours=3)
# One server may be wrong by itself; what most of so many answers say is believed.
_MOST = 1_000


@dataclass(slots=True)
class ClockWatch:
    """How far this machine's clock is ahead of the servers' (seconds), by the Date headers of a run."""

    _ahead: list[float] = field(default_factory=list)

    def note(self, date: str | None, moment: datetime) -> None:
        """Take the Date header of an answer that came at ``moment``. One that is no date says nothing."""
        if date is None or len(self._ahead) >= _MOST:
            return
        try:
            told = parsedate_to_datetime(date)
        except ValueError:
            return
        told = told.replace(tzinfo=UTC) if told.tzinfo is None else told
        self._ahead.append((moment - told).total_seconds())

    def skew(self) -> timedelta | None:
        """By how much the clock is wrong, positive where it is ahead; None where it is not, or nobody told."""
        ahead = timedelta(seconds=median(self._ahead)) if self._ahead else timedelta(0)
        return ahead if abs(ahead) > TOLERANCE else None


def told(skew: timedelta) -> str:
    """A skew in words: "this machine's clock is 3.5 days ahead of the servers'"."""
    days = abs(skew) / timedelta(days=1)
    amount = f"{days:.1f} days" if days >= 1 else f"{abs(skew) / timedelta(hours=1):.1f} hours"
    return f"this machine's clock is {amount} {'ahead of' if skew > timedelta(0) else 'behind'} the servers'"
