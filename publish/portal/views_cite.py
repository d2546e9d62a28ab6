"""How to cite: a page, or a search with its digests; and whether a cited search still finds the same."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from archive.search.facets import FACETS
from publish.portal.facets import facet_labels, pairs_of, selection_of_pairs
from publish.portal.render import page
from publish.portal.visit import SELECTION_LIMIT_MS, Visit
from publish.queries import home
from publish.queries.release import SHORT, release_digest, results_digest
from publish.queries.selection import Selection, selected

NAME = "Hankearkisto"
_TABLES = ("projects", "calls", "awards")


async def cite_page(visit: Visit) -> Any:
    """How to cite, with the citation of one address (``about``, a path below the language, a search with its query)."""
    t, about = visit.t, visit.arg("about", 1000).strip("/")
    path, _, query = about.partition("?")
    run, release = await visit.read(home.last_run), await visit.settled(release_digest)
    facts: dict[str, object] = {"release": release}
    if path == "search":
        selection = selection_of_pairs(parse_qsl(query))
        about, title, more = await _search(visit, selection, release)
        facts |= more
    else:
        about, title = path, await _title(visit, path)
    citation = _citation(visit, about, title, run["ended_at"] if run else None, release)
    return await page(visit, "cite", t("nav.cite"), prose=t.get("cite.prose"), citation=citation, facts=facts)


async def still_holds(visit: Visit, selection: Selection) -> bool | None:
    """Whether a search finds what it found when it was cited (``cited=RELEASE.RESULTS``); None: not cited so."""
    release, _, results = visit.arg("cited", 100).partition(".")
    if not results:
        return None
    if (await visit.settled(release_digest)).startswith(release) and release:
        return True
    found = await visit.read(selected, selection, limit_ms=SELECTION_LIMIT_MS)
    return results_digest(found).startswith(results)


async def _search(visit: Visit, selection: Selection, release: str) -> tuple[str, str, dict[str, object]]:
    """(path with the digests, title, what else is said) of a search."""
    found = await visit.read(selected, selection, limit_ms=SELECTION_LIMIT_MS)
    digest, pairs = results_digest(found), pairs_of(selection)
    cited = [*pairs, ("cited", f"{release[:SHORT]}.{digest[:SHORT]}")]
    labels = await facet_labels(visit, [pair for pair in pairs if pair[0] in FACETS])
    asked = ", ".join(filter(None, (selection.query, *labels.values()))) or visit.t("feeds.all")
    title = visit.t("search.title_query", query=asked)
    return f"search?{urlencode(cited)}", title, {"results": digest, "count": len(found)}


def _citation(visit: Visit, about: str, title: str, state: str | None, release: str) -> dict[str, str]:
    href = f"{visit.base}/{visit.lang}/{about}" if about else f"{visit.base}/{visit.lang}"
    today = datetime.now(UTC).strftime("%Y-%m-%d")
    plain = title.translate({ord(brace): None for brace in "{}"})
    bibtex = [
        "@misc{hankearkisto," if not about else f"@misc{{hankearkisto-{release[:8]},",
        f"  title = {{{plain}}},",
        f"  howpublished = {{{NAME}}},",
        f"  note = {{{visit.t('cite.state')} {state or '-'}, SHA-256 {release}}},",
        f"  url = {{{href}}},",
        f"  urldate = {{{today}}}",
        "}",
    ]
    text = visit.t(
        "cite.text", title=title, state=visit.t.time(state) or "–", today=visit.t.date(today), digest=release[:SHORT]
    )
    return {"href": href, "text": text, "bibtex": "\n".join(bibtex)}


async def _title(visit: Visit, path: str) -> str:
    table, _, key = path.partition("/")
    if table in _TABLES and key:
        return (await visit.read(home.titles, table, [key])).get(key, NAME)
    return NAME
