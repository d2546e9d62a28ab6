"""Bounds against endless sites: calendars, session ids, repeating paths, parameters without end."""

import re
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

# Real project pages stay far below these; what passes them repeats itself (measured on no site: round numbers).
DEEPEST_PATH = 12
MOST_PARAMETERS = 6
MOST_REPEATS = 3
# Listings of one shape (digits put aside): 5,000 notices at 20 a page make 250 of them.
MOST_LISTINGS_OF_A_SHAPE = 400
_DIGITS = re.compile(r"\d{1,40}")
# A calendar walks through months and years in its parameters or path.
_CALENDAR = re.compile(
    r"(?:^|[/?&_-])(?:kalenteri|calendar|kalender|tapahtumat|evenemang|events?)(?:[/?&=_.-]|$)", re.IGNORECASE
)
MOST_CALENDAR_PAGES = 24


@dataclass(slots=True)
class TrapGuard:
    """Counts what one run has been offered by one source; bounded itself by the shapes of addresses."""

    shapes: Counter[str] = field(default_factory=Counter)

    def reason(self, url: str, *, listing: bool) -> str | None:
        """Why an address leads nowhere new, or None. Listings are counted by their shape, pages are not."""
        parts = urlsplit(url)
        segments = [segment for segment in parts.path.split("/") if segment]
        if len(segments) > DEEPEST_PATH:
            return "path too deep"
        if segments and Counter(segments).most_common(1)[0][1] > MOST_REPEATS:
            return "path repeats itself"
        if len(parse_qsl(parts.query, keep_blank_values=True)) > MOST_PARAMETERS:
            return "too many parameters"
        return self._listing_reason(url) if listing else None

    def _listing_reason(self, url: str) -> str | None:
        shape = _DIGITS.sub("0", url)
        self.shapes[shape] += 1
        if self.shapes[shape] > MOST_LISTINGS_OF_A_SHAPE:
            return "listing without end"
        if _CALENDAR.search(url) and self.shapes[shape] > MOST_CALENDAR_PAGES:
            return "calendar without end"
        return None
