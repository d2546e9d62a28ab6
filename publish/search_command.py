"""`hankearkisto search`: hits on the terminal, or one JSON object a line."""

from pathlib import Path
from typing import TextIO

from archive.schema import open_archive
from archive.search.asking import Filters, Hit, Results, search
from pipelines.jsonl import json_line
from pipelines.report import say


def find(db_path: Path, query: str, filters: Filters, *, limit: int) -> Results:
    """What a query finds. Raises ArchiveError for no archive."""
    return search(open_archive(db_path), query, limit=limit, filters=filters)


def print_hits(results: Results, *, as_json: bool, out: TextIO) -> None:
    """Print hits, best first, and to standard error what else is to be said of them."""
    if as_json:
        out.writelines(json_line(hit.as_json()) + "\n" for hit in results.hits)
    else:
        out.writelines(_lines(hit) for hit in results.hits)
        say(_closing(results))


def print_facets(results: Results, *, as_json: bool, out: TextIO) -> None:
    """Print how many hits have which values, a facet a line; as JSON one more object, of the total and the facets."""
    found = {facet: dict(values) for facet, values in results.facets.items() if values}
    if as_json:
        out.write(json_line({"total": results.total, "facets": found}) + "\n")
        return
    out.writelines(
        f"{facet}: {', '.join(f'{value} {count}' for value, count in values.items())}\n"
        for facet, values in found.items()
    )


def _lines(hit: Hit) -> str:
    return f"{hit.kind}: {hit.title}\n  {hit.url or hit.id}\n  {hit.snippet.plain()}\n"


def _closing(results: Results) -> str:
    count = f"more than {results.total}" if results.is_capped else str(results.total)
    found = f"{len(results.hits)} of {count} shown" if results.hits else "nothing found"
    meant = f"; did you mean {results.suggestion!r}?" if results.suggestion else ""
    index = "; the index was made by another version: 'hankearkisto index' makes it anew" if results.needs_index else ""
    added = "".join(f"; {word!r} also as {', '.join(others)}" for word, others in results.widened.items())
    return found + added + meant + index
