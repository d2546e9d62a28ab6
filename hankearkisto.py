"""The command line of Hankearkisto: reads the arguments, calls the packages, turns known errors into one line."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from archive.errors import HankearkistoError

if TYPE_CHECKING:
    from pipelines.flow import Summary

# Exit codes: done; done in part (what failed was said); the call was wrong.
DONE, IN_PART, WRONG_CALL = 0, 1, 2
INTERRUPTED = 130

# The names of `publish.exports.WRITERS` and `publish.export_formats.FORMATS`, which take long to load.
EXPORTS = (
    *("records", "csv", "xlsx", "parquet", "360giving", "graphml", "ics", "atom", "jsonfeed", "jsonld", "dcat"),
    *("datapackage", "wacz"),
)

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

# Each command imports what it needs when it runs: `extract` must not wait for Scrapy or Datasette to load.
# ruff: noqa: PLC0415


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    _use_utf8()
    options = build_parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except HankearkistoError as error:
        sys.stderr.write(f"hankearkisto: {error}\n")
        return WRONG_CALL
    except KeyboardInterrupt:
        sys.stderr.write("hankearkisto: interrupted\n")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of the output (head, less) has had enough; keep Python from complaining about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _use_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _crawl(options: argparse.Namespace) -> int:
    from crawlers.run import crawl

    return _summed_up(
        crawl(
            options.source,
            sources=options.sources,
            db=options.db,
            captures=options.captures,
            all=options.all,
            limit=options.limit,
        )
    )


def _ingest(options: argparse.Namespace) -> int:
    from pipelines.ingest import ingest

    return _summed_up(ingest(options.path, db_path=options.db, captures=options.captures))


def _rebuild(options: argparse.Namespace) -> int:
    from pipelines.rebuild import rebuild

    return _summed_up(rebuild(options.db, options.captures, workers=options.workers, out=sys.stdout))


def _summed_up(summary: "Summary") -> int:
    from pipelines.report import print_summary

    return IN_PART if print_summary(summary, sys.stdout) else DONE


def _extract(options: argparse.Namespace) -> int:
    from pipelines.extract_files import extract_files

    return IN_PART if extract_files(options.file, sys.stdout, sys.stderr) else DONE


def _search(options: argparse.Namespace) -> int:
    from publish.search_command import print_hits

    print_hits(options.db, options.query, limit=options.limit, as_json=options.json, out=sys.stdout)
    return DONE


def _export(options: argparse.Namespace) -> int:
    from publish.exports import export

    export(options.format, options.db, options.output, sys.stdout, bom=options.bom, captures=options.captures)
    return DONE


def _publish(options: argparse.Namespace) -> int:
    from publish.public import publish

    publish(options.db, options.file)
    return DONE


def _forget(options: argparse.Namespace) -> int:
    from archive.tombstones import TOMBSTONE_KINDS
    from pipelines.forget import forget
    from publish.public import publish

    for kind in TOMBSTONE_KINDS:
        if (value := getattr(options, kind)) is not None:
            forget(kind, value, options.db, options.captures, sys.stdout)
    public_copy = options.db.with_suffix(".public.db")
    if public_copy.exists():
        publish(options.db, public_copy)
    return DONE


def _backup(options: argparse.Namespace) -> int:
    from archive.backup import backup

    print(f"{options.file}: {backup(options.db, options.file)} bytes, checked")
    return DONE


def _verify(options: argparse.Namespace) -> int:
    from pipelines.verify import verify

    return IN_PART if verify(options.db, options.captures, sys.stdout) else DONE


def _register(options: argparse.Namespace) -> int:
    from pipelines.register_update import SOURCES, register_update

    return register_update(options.db, options.cache, sources=options.only or SOURCES, out=sys.stdout)


def _status(options: argparse.Namespace) -> int:
    from publish.status import print_status

    return IN_PART if print_status(options.db, as_json=options.json, out=sys.stdout) else DONE


def _serve(options: argparse.Namespace) -> int:
    from publish.serve import serve

    return serve(
        options.db,
        options.host,
        options.port,
        full=options.full,
        analyst=options.analyst,
        address=options.address,
        captures=options.captures,
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


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands; the documentation prints its help."""
    parser = argparse.ArgumentParser(
        prog="hankearkisto",
        description="An archive of Finnish and Swedish project pages and funding announcements.",
        epilog="Exit 0: done; 1: done in part, said what failed; 2: the call was wrong.",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_collecting(commands)
    _add_reading(commands)
    _add_keeping(commands)
    _add_care(commands)
    return parser


def _add_collecting(commands: Commands) -> None:
    crawl = _command(commands, "crawl", _crawl, "fetch what is due and archive it")
    crawl.add_argument("source", nargs="*", metavar="SOURCE", help="source ids; all when none is given")
    _add_sources(crawl)
    _add_db(crawl)
    _add_captures(crawl)
    crawl.add_argument("--all", action="store_true", help="also what is not due yet")
    crawl.add_argument("--limit", type=_count, metavar="N", help="stop after N fetched addresses")
    ingest = _command(commands, "ingest", _ingest, "archive WARC, WACZ, ARC, HTML, PDF, DOCX or TXT files and folders")
    ingest.add_argument("path", nargs="+", type=Path, metavar="PATH")
    _add_db(ingest)
    _add_captures(ingest)
    sources = _command(commands, "sources", _sources, "list the sources, or check their files")
    sources.add_argument("action", nargs="?", choices=["check"])
    sources.add_argument("--live", metavar="ID", help="with check: try one source by a few requests, archive nothing")
    _add_sources(sources)


def _add_reading(commands: Commands) -> None:
    extract = _command(commands, "extract", _extract, "print the record of each file, store nothing")
    extract.add_argument("file", nargs="+", metavar="FILE", help="text, HTML, PDF or DOCX; - reads standard input")
    search = _command(commands, "search", _search, "search the archive")
    search.add_argument("query", metavar="QUERY")
    _add_db(search)
    search.add_argument("--json", action="store_true", help="one JSON object a line")
    search.add_argument("--limit", type=_count, default=20, metavar="N", help="at most N hits (default 20)")
    serve = _command(commands, "serve", _serve, "show the archive in a browser, with Datasette")
    _add_db(serve)
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=_count, default=8001)
    serve.add_argument("--full", action="store_true", help="beyond this machine too: the full archive, behind a login")
    serve.add_argument("--analyst", action="store_true", help="with a page for SQL queries")
    serve.add_argument("--address", metavar="URL", help="public address, behind a proxy")
    _add_captures(serve)


def _add_keeping(commands: Commands) -> None:
    rebuild = _command(commands, "rebuild", _rebuild, "make the archive again from its captures")
    _add_db(rebuild)
    _add_captures(rebuild)
    rebuild.add_argument("--workers", type=_count, default=1, metavar="N", help="processes that read pages (default 1)")
    export = _command(commands, "export", _export, "write the archive's content in another format")
    export.add_argument("format", choices=EXPORTS, metavar="FORMAT", help=", ".join(EXPORTS))
    _add_db(export)
    export.add_argument("-o", "--output", type=Path, metavar="FILE", help="file to write; standard output without it")
    _add_captures(export)
    export.add_argument("--bom", action="store_true", help="begin CSV files with a byte order mark, for spreadsheets")
    status = _command(commands, "status", _status, "health of sources and runs; exit 1 when something needs a person")
    _add_db(status)
    status.add_argument("--json", action="store_true")


def _add_care(commands: Commands) -> None:
    publish = _command(commands, "publish", _publish, "write the public copy: the archive without personal data")
    publish.add_argument("file", type=Path, metavar="FILE", help="such as public.db; an older copy is renewed")
    _add_db(publish)
    forget = _command(commands, "forget", _forget, "erase a value or page from archive and captures, for good")
    what = forget.add_mutually_exclusive_group(required=True)
    what.add_argument("--email", metavar="ADDRESS", help="an e-mail address")
    what.add_argument("--phone", metavar="NUMBER", help="a phone number")
    what.add_argument("--person", metavar="NAME", help="a first and last name, with that person's address and number")
    what.add_argument("--url", metavar="URL", help="a page, whole")
    _add_db(forget)
    _add_captures(forget)
    backup = _command(commands, "backup", _backup, "copy the archive while it is in use, and check the copy")
    backup.add_argument("file", type=Path, metavar="FILE")
    _add_db(backup)
    verify = _command(commands, "verify", _verify, "check archive, evidence, index and captures against each other")
    _add_db(verify)
    _add_captures(verify)
    register = _command(commands, "register", _register, "import the public registers of bodies")
    register.add_argument("action", choices=["update"])
    register.add_argument("--only", action="append", choices=["areas", "opintopolku", "prh"], help="one register")
    register.add_argument("--cache", type=Path, default=Path("registers"), metavar="DIR", help="default registers/")
    _add_db(register)


def _command(
    commands: Commands, name: str, run: Callable[[argparse.Namespace], int], summary: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")
    parser.set_defaults(command=run)
    return parser


def _add_db(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--db", type=Path, default=Path("archive.db"), metavar="FILE", help="default archive.db")


def _add_captures(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--captures", type=Path, default=Path("captures"), metavar="DIR", help="default captures/")


def _add_sources(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--sources", type=Path, metavar="FILE|DIR", help="source files; those shipped without it")


def _count(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return number


if __name__ == "__main__":
    sys.exit(main())
