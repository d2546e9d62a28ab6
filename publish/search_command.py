"""`hankearkisto search`: hits on the terminal, or one JSON object a line."""

from pathlib import Path
from typing import TextIO

from archive.schema import open_archive
from archive.search import Filters, Hit, Results, search
from pipelines.jsonl import json_line
from pipelines.report import say


def find(db_path: Path, query: str, *, limit: int, widen: bool = False) -> Results:
    """What a query finds; ``widen``: also by words of the other languages. Raises ArchiveError for no archive."""
    return search(open_archive(db_path), query, limit=limit, filters=Filters(widen=widen))


def print_hits(results: Results, *, as_json: bool, out: TextIO) -> None:
    """Print hits, best first, and to standard error what else is to be said of them."""
    if as_json:
        out.writelines(json_line(hit.as_json()) + "\n" for hit in results.hits)
    else:
        out.writelines(_lines(hit) for hit in results.hits)
        say(_closing(results))


def _lines(hit: Hit) -> str:
    return f"{hit.kind}: {hit.title}\n  {hit.url or hit.id}\n  {hit.snippet.plain()}\n"


def _closing(results: Results) -> str:
    count = f"more than {results.total}" if results.is_capped else str(results.total)
    found = f"{len(results.hits)} of {count} shown" if results.hits else "nothing found"
    meant = f"; did you mean {results.suggestion!r}?" if results.suggestion else ""
    index = "; the index was made by another version: 'hankearkisto index' makes it anew" if results.needs_index else ""
    added = "".join(f"; {word!r} also as {', '.join(others)}" for word, others in results.widened.items())
    return found + added + meant + index
