"""The commands that fetch: crawl, sources."""

import argparse
import sys
from pathlib import Path

from archive.command import (
    DONE,
    IN_PART,
    WRONG_CALL,
    Commands,
    add_captures,
    add_command,
    add_dask,
    add_db,
    whole_number,
)
from archive.places import place

# Each command imports what it needs when it runs: none waits for Scrapy but those that crawl.


def add_commands(commands: Commands) -> None:
    """Declare them."""
    crawl = add_command(commands, "crawl", _crawl, "fetch what is due and archive it")
    crawl.add_argument("source", nargs="*", metavar="SOURCE", help="source ids; all when none is given")
    _add_sources(crawl)
    add_db(crawl)
    add_captures(crawl, "DIR|URL", place)
    crawl.add_argument("--all", action="store_true", help="also what is not due yet")
    crawl.add_argument("--limit", type=whole_number, metavar="N", help="stop after N fetched addresses")
    add_dask(crawl, "crawl")
    sources = add_command(commands, "sources", _sources, "list the sources, or check their files")
    sources.add_argument("action", nargs="?", choices=["check"])
    sources.add_argument("--live", metavar="ID", help="with check: try one source by a few requests, archive nothing")
    _add_sources(sources)


def _add_sources(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--sources", type=Path, metavar="FILE|DIR", help="source files; those shipped without it")


def _crawl(options: argparse.Namespace) -> int:
    from crawlers.run import crawl
    from pipelines.cluster import cluster_of
    from pipelines.report import summed_up

    return summed_up(
        crawl(
            options.source,
            sources=options.sources,
            db=options.db,
            captures=options.captures.absolute(),
            all=options.all,
            limit=options.limit,
            cluster=cluster_of(options),
        )
    )


def _sources(options: argparse.Namespace) -> int:
    from crawlers.run import choose_sources
    from crawlers.sources import load_sources

    if options.live or options.action == "check":
        return _check_sources(options)
    for source in choose_sources((), load_sources(options.sources)).values():
        print(f"{source.id}\t{source.title}\tevery {source.every // 3600} h\t{' '.join(source.start)}")
    return DONE


def _check_sources(options: argparse.Namespace) -> int:
    from crawlers.faults import source_faults

    number, faults = source_faults(options.sources)
    if faults:
        sys.stderr.writelines(f"hankearkisto: {fault}\n" for fault in faults)
        return WRONG_CALL
    if options.live is None:
        print(f"{number} sources, no faults in their files")
        return DONE
    from crawlers.live import try_source

    return IN_PART if try_source(options.live, options.sources, sys.stdout) else DONE
