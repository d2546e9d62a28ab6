"""What stands in ``search_terms`` beside words: marked terms, facets and years.

The marks are characters of Unicode's private use area: no word that is analysed has one. The table's tokenizer
("ascii") parts its terms at spaces only, whatever letters they have.
"""

# A term of the title, of a name, and one that stands often in the text are indexed again behind these.
IN_TITLE, IN_NAMES, OFTEN = "\ue000", "\ue001", "\ue002"
_LABEL, _YEAR, _CLOSING = "\ue003", "\ue004", "\ue005"
# Years outside say that a date was misread; a filter by them still narrows by the dates themselves.
_FIRST_YEAR, _LAST_YEAR = 1970, 2060
_YEAR_DIGITS, _MONTH_DIGITS = 4, 7
_MONTHS = 12


def label(value_id: int) -> str:
    """The word of the index that stands for a row of ``search_values``."""
    return f"{_LABEL}{value_id}"


def year_marks(first_day: str | None, last_day: str | None) -> list[str]:
    """The words for all years from the one of a first ISO date to that of a last; none without dates."""
    if not first_day and not last_day:
        return []
    years = sorted(_year(day) for day in (first_day or last_day, last_day or first_day) if day)
    return [f"{_YEAR}{year}" for year in range(years[0], years[-1] + 1)]


def years_between(since: str | None, until: str | None) -> list[str]:
    """The words of the years that a period touches, for a filter; open ends reach as far as any year does."""
    return year_marks(since or str(_FIRST_YEAR), until or str(_LAST_YEAR))


def closing_marks(day: str | None) -> list[str]:
    """The words for the year and the month of a closing day; one without a month reaches to the end of its year."""
    if not day:
        return []
    year, month = _year(day), day[_YEAR_DIGITS + 1 : _MONTH_DIGITS] or str(_MONTHS)
    return [f"{_CLOSING}{year}", f"{_CLOSING}{year}{month}"]


def closing_from(day: str) -> list[str]:
    """The words of which those that close on an ISO day or later have one."""
    year, month = _year(day), day[_YEAR_DIGITS + 1 : _MONTH_DIGITS]
    first = int(month) if month.isdecimal() else 1
    months = [f"{_CLOSING}{year}{number:02}" for number in range(first, _MONTHS + 1)]
    return [*months, *(f"{_CLOSING}{later}" for later in range(year + 1, _LAST_YEAR + 1))]


def _year(day: str) -> int:
    digits = day[:_YEAR_DIGITS]
    return min(max(int(digits), _FIRST_YEAR), _LAST_YEAR) if digits.isdecimal() else _FIRST_YEAR
