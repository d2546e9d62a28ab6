"""Pages that list: the first page, open calls, organisations, changes, gone pages, sources, and the two pictures."""

from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from publish.language import moment_of
from publish.pictures.bars import bars
from publish.pictures.network import network
from publish.pictures.tiles import regions as all_regions
from publish.pictures.tiles import tiles
from publish.portal.render import page
from publish.portal.visit import BadRequestError, Visit
from publish.queries import history, home, organisations
from publish.queries.calls import calls_in_language, recently_closed
from publish.queries.regions import load_regions
from publish.queries.rows import ZONE, Row, rows

_PER_PAGE = 50
_RUN_COUNTS = ("fetched", "new", "changed", "unchanged", "gone", "skipped", "failed")
_LANGUAGES = ("fi", "sv", "en")


async def home_page(visit: Visit) -> Any:
    """The first page."""
    t = visit.t
    by_year = await visit.settled(home.projects_by_year)
    return await page(
        visit,
        "home",
        t("home.title"),
        page_class="home",
        counts=await visit.settled(home.counts),
        calls=await visit.read(home.open_calls, 6),
        projects=await visit.read(home.newest_projects, 6),
        changes=await visit.read(history.changes, home.week_ago(), limit=8),
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
            "label": t("calls.in_language", language=t(f"languages.{other}")),
            "current": other == lang,
        }
        for other in _LANGUAGES
    ]
    ics = f"/{visit.lang}/deadlines.ics{f'?lang={lang}' if lang else ''}"
    return await page(
        visit,
        "calls",
        t("calls.title"),
        calls=await visit.read(calls_in_language, lang),
        recent=await visit.read(recently_closed),
        lang_links=links,
        ics_href=ics,
        feeds=[{"type": "text/calendar", "title": t("feeds.calendar"), "href": ics}],
    )


async def organisations_page(visit: Visit) -> Any:
    """Organisations by how much they do."""
    word, offset = visit.arg("name"), visit.number("from", 0, 1_000_000)
    # The list without a word is everybody's and is counted once; what words visitors think of has no end.
    ask = visit.read if word or offset else visit.settled
    found = await ask(organisations.list_organisations, word, _PER_PAGE + 1, offset)
    return await page(
        visit,
        "organisations",
        visit.t("organisations.title"),
        word=word,
        organisations=found[:_PER_PAGE],
        previous=_from(visit, "organisations", offset - _PER_PAGE, word) if offset else None,
        next=_from(visit, "organisations", offset + _PER_PAGE, word) if len(found) > _PER_PAGE else None,
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
        runs=await visit.read(history.runs),
        problems=await visit.settled(history.problem_classes),
        run_counts=_RUN_COUNTS,
    )


async def network_page(visit: Visit) -> Any:
    """The organisations that share most projects, as a picture and a table."""
    pairs = await visit.settled(organisations.pairs, 80)
    ids = sorted({body for pair in pairs for body in (pair["source"], pair["target"])})
    named = await visit.read(rows, f"SELECT id, name FROM organisations WHERE id IN ({', '.join('?' * len(ids))})", ids)  # noqa: S608 - question marks
    names = {body["id"]: body["name"] for body in named}
    picture = network(pairs[:60], names, visit.t("network.picture"), visit.t)
    return await page(visit, "network", visit.t("network.title"), pairs=pairs, names=names, picture=picture)


async def regions_page(visit: Visit) -> Any:
    """Projects by the regions of their organisations, as a map of squares and a table."""
    found = await visit.settled(load_regions)
    numbers = {region["id"]: len(found.projects.get(region["id"], ())) for region in all_regions()}
    entries = [
        {
            "name": region[visit.lang],
            "projects": numbers[region["id"]],
            "organisations": len(found.organisations.get(region["id"], ())),
        }
        for region in all_regions()
    ]
    entries.sort(key=lambda region: (-int(region["projects"]), str(region["name"])))
    picture = tiles(numbers, visit.t("regions.picture"), visit.t)
    return await page(
        visit, "regions", visit.t("regions.title"), regions=entries, picture=picture, unplaced=found.unplaced
    )


def _from(visit: Visit, name: str, offset: int, word: str = "") -> str:
    return f"/{visit.lang}/{name}?{urlencode({**({'name': word} if word else {}), 'from': max(0, offset)})}"
