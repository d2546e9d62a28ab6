"""Deadlines as an iCalendar (RFC 5545): one event a call, whose id stays and whose number grows when it moves."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from publish.language import Texts, moment_of
from publish.queries.rows import ZONE, Row

_FOLD_AT = 75  # octets of a line, RFC 5545, section 3.1
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})
_END = "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n"


@dataclass(frozen=True, slots=True)
class Event:
    """The event of a call but for its address, which the site's own decides: ``text`` is complete, folded lines."""

    call_id: str
    closes: str
    text: str


def calendar(found: Iterable[Event], base: str, t: Texts, title: str) -> str:
    """The calendar of events."""
    head = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Hankearkisto//Deadlines//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(title)}",
        "X-WR-TIMEZONE:Europe/Helsinki",
    ]
    url = f"URL:{base}/{t.lang}/calls/"
    body = (f"{event.text}{_line(url + event.call_id)}{_END}" for event in found)
    return "".join([*map(_line, head), *body, _line("END:VCALENDAR")])


def events(calls: Sequence[Row], moves: Mapping[str, Row], t: Texts) -> list[Event]:
    """The events of calls (rows with ``id``, ``title``, ``closes``, ``opens``, ``first_seen``).

    ``moves`` are those of `publish.queries.calls.moved_deadlines`. A deadline without a time of day is an all-day
    event; one without a day (only a month or a year) is no date to be reminded of and is left out.
    """
    timed = ((call, deadline(call["closes"])) for call in calls)
    return [
        Event(call["id"], call["closes"], "".join(map(_line, _event(call, times, moves.get(call["id"]), t))))
        for call, times in timed
        if times
    ]


def deadline(closes: str | None) -> tuple[str, str] | None:
    """DTSTART and DTEND lines of a deadline; None for one that names no day."""
    try:
        if closes and len(closes) > 10:
            moment = datetime.fromisoformat(closes).replace(tzinfo=ZONE).astimezone(UTC)
            # The last quarter of an hour before the deadline: an event of no length is hidden by some calendars.
            begin = moment - timedelta(minutes=15)
            return f"DTSTART:{begin:%Y%m%dT%H%M%SZ}", f"DTEND:{moment:%Y%m%dT%H%M%SZ}"
        day = date.fromisoformat(closes or "")
    except ValueError:
        return None
    return f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"


def _event(call: Row, times: tuple[str, str], move: Row | None, t: Texts) -> list[str]:
    changed = moment_of((move or {}).get("moved_at") or call["first_seen"]) or datetime(1970, 1, 1, tzinfo=UTC)
    stamp = f"{changed:%Y%m%dT%H%M%SZ}"
    summary = t("feeds.deadline", title=call["title"])
    notes = [f"{t('fields.closes')} {t.date(call['closes'])}"]
    if call.get("available_eur"):
        notes.append(f"{t('roles.available')} {t.money(call['available_eur'])}")
    return [
        "BEGIN:VEVENT",
        f"UID:{call['id']}@hankearkisto",
        f"SEQUENCE:{int((move or {}).get('moves') or 0)}",
        f"DTSTAMP:{stamp}",
        f"LAST-MODIFIED:{stamp}",
        *times,
        f"SUMMARY:{_text(summary)}",
        f"DESCRIPTION:{_text(chr(10).join(notes))}",
    ]


def _text(value: Any) -> str:
    plain = "".join(letter for letter in str(value) if letter in "\n\t" or (ord(letter) >= 32 and ord(letter) != 127))
    return plain.translate(_ESCAPES)


def _line(line: str) -> str:
    """A line of content with its end."""
    # Most lines are short, and most of a calendar's time would go into counting their octets one by one.
    short = (line.isascii() and len(line) <= _FOLD_AT) or len(line) * 4 <= _FOLD_AT
    return f"{line}\r\n" if short else "".join(f"{piece}\r\n" for piece in _folded(line))


def _folded(line: str) -> Iterator[str]:
    """A line cut so that no piece is longer than 75 octets and no character is cut in two."""
    piece, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _FOLD_AT:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + octets
    yield piece
