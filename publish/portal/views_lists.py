"""Pages that list: the first page, open calls, organisations, changes, gone pages and sources."""

from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from publish.language import moment_of
from publish.pictures.bars import bars
from publish.portal.render import page
from publish.portal.visit import BadRequestError, Visit
from publish.queries import history, home, organisations
from publish.queries.calls import calls_in_language, recently_closed
from publish.queries.rows import ZONE, Row

_PER_PAGE = 50
_CHANGES = 5
_RUN_COUNTS = ("fetched", "new", "changed", "unchanged", "gone", "skipped", "failed")
_LANGUAGES = ("fi", "sv", "en")


async def home_page(visit: Visit) -> Any:
    """The first page."""
    t = visit.t
    by_year = await visit.settled(home.projects_by_year)
    since = home.week_ago()[:10]
    changed = await visit.read(history.changes, since, limit=_CHANGES)
    return await page(
        visit,
        "home",
        t("home.title"),
        page_class="home",
        counts=await visit.settled(home.counts),
        calls=await visit.titled("call", await visit.read(home.open_calls, 5)),
        projects=await visit.titled("project", await visit.read(home.newest_projects, 5)),
        news=await visit.settled(home.news, since),
        since=since,
        changes=changed,
        new_pages=await visit.read(history.new_pages, since, _CHANGES - len(changed)),
        last_run=await visit.read(home.last_run),
        by_year=by_year,
        chart=bars(by_year, t("home.by_year"), t),
        month_ago=month_ago(),
        feeds=[
            {
                "type": "application/atom+xml",
                "title": t("feeds.title", what=t("feeds.changes")),
                "href": f"/{visit.lang}/changes.atom",
            }
        ],
    )


def month_ago() -> str:
    """The first day of last month in Finland: "since last month" to a reader."""
    first = datetime.now(UTC).astimezone(ZONE).replace(day=1)
    return (first - timedelta(days=1)).replace(day=1).strftime("%Y-%m-%d")


async def calls_page(visit: Visit) -> Any:
    """Open calls by deadline, all or those told in one language."""
    lang = visit.arg("lang", 2)
    if lang and lang not in _LANGUAGES:
        raise BadRequestError("lang")
    t, own = visit.t, f"/{visit.lang}/calls"
    links = [{"href": own, "label": t("calls.any_language"), "current": not lang}]
    links += [
        {
            "href": f"{own}?lang={other}",
            "label": t(f"calls.in_language.{other}"),
            "current": other == lang,
        }
        for other in _LANGUAGES
    ]
    offset = visit.number("from", 0, 1_000_000)
    found = await visit.read(calls_in_language, lang, _PER_PAGE + 1, offset)
    ics = f"/{visit.lang}/deadlines.ics{f'?lang={lang}' if lang else ''}"
    return await page(
        visit,
        "calls",
        t("calls.title"),
        calls=await visit.titled("call", found[:_PER_PAGE]),
        previous=_from(visit, "calls", offset - _PER_PAGE, lang=lang) if offset else None,
        next=_from(visit, "calls", offset + _PER_PAGE, lang=lang) if len(found) > _PER_PAGE else None,
        recent=[] if offset else await visit.titled("call", await visit.read(recently_closed)),
        lang_links=links,
        ics_href=ics,
        feeds=[{"type": "text/calendar", "title": t("feeds.calendar"), "href": ics}],
    )


async def organisations_page(visit: Visit) -> Any:
    """Organisations by how much they do."""
    word, offset = visit.arg("name"), visit.number("from", 0, 1_000_000)
    ranked = await visit.settled(organisations.ranking)
    if word:
        ids = await visit.read(organisations.named_like, word)
        ranked = [body for body in ranked if body["id"] in ids]
    found = ranked[offset : offset + _PER_PAGE + 1]
    return await page(
        visit,
        "organisations",
        visit.t("organisations.title"),
        word=word,
        organisations=found[:_PER_PAGE],
        previous=_from(visit, "organisations", offset - _PER_PAGE, name=word) if offset else None,
        next=_from(visit, "organisations", offset + _PER_PAGE, name=word) if len(found) > _PER_PAGE else None,
    )


async def changes_page(visit: Visit) -> Any:
    """What changed since a day."""
    since, field, t = day_of(visit), visit.arg("field", 40), visit.t
    entries = await visit.read(
        history.changes, since, field, before=visit.number("before", 0, 10**12), limit=_PER_PAGE + 1
    )
    shown, query = entries[:_PER_PAGE], {"since": since, "field": field}
    after = urlencode({**query, "before": shown[-1]["id"]}) if len(entries) > _PER_PAGE else None
    atom = f"/{visit.lang}/changes.atom?{urlencode(query)}"
    return await page(
        visit,
        "changes",
        t("changes.title"),
        since=since,
        field=field,
        fields=await visit.settled(history.changed_fields),
        new_pages=[] if field or visit.arg("before") else await visit.read(history.new_pages, since, 30),
        days=[{"day": day, "entries": list(group)} for day, group in groupby(shown, key=_day)],
        next=f"/{visit.lang}/changes?{after}" if after else None,
        atom_href=atom,
        json_href=f"/{visit.lang}/changes.feed.json?{urlencode(query)}",
        feeds=[{"type": "application/atom+xml", "title": t("changes.title"), "href": atom}],
    )


def day_of(visit: Visit) -> str:
    """The day since which changes are asked for, a month ago by default. Raises BadRequestError for no date."""
    since = visit.arg("since", 10)
    if since and moment_of(since) is None:
        raise BadRequestError("since")
    return since or (datetime.now(UTC) - timedelta(days=31)).strftime("%Y-%m-%d")


def _day(entry: Row) -> str:
    return str(entry["seen_at"])[:10]


async def gone_page(visit: Visit) -> Any:
    """Pages that their sites have removed."""
    offset = visit.number("from", 0, 1_000_000)
    found = await visit.read(history.gone_pages, _PER_PAGE + 1, offset)
    return await page(
        visit,
        "gone",
        visit.t("gone.title"),
        pages=found[:_PER_PAGE],
        previous=_from(visit, "gone", offset - _PER_PAGE) if offset else None,
        next=_from(visit, "gone", offset + _PER_PAGE) if len(found) > _PER_PAGE else None,
    )


async def sources_page(visit: Visit) -> Any:
    """The health of sources and runs."""
    return await page(
        visit,
        "sources",
        visit.t("sources.title"),
        sources=await visit.settled(history.sources),
        alarms=await visit.settled(history.alarms),
        runs=await visit.read(history.runs),
        problems=await visit.settled(history.problem_classes),
        run_counts=_RUN_COUNTS,
    )


def _from(visit: Visit, page_name: str, offset: int, **also: str) -> str:
    """The address of a list from an offset on, with the other parameters that have a value."""
    kept = {name: value for name, value in also.items() if value}
    return f"/{visit.lang}/{page_name}?{urlencode({**kept, 'from': max(0, offset)})}"
