"""The commands that show and give out: search, export, status, serve, publish, forget."""

import argparse
import sys
from pathlib import Path

from archive.command import DONE, IN_PART, Commands, add_captures, add_command, add_db, iso_date, whole_number

# The names of `publish.exports.WRITERS` and `publish.export_formats.FORMATS`, which take long to load.
EXPORTS = (
    *("records", "csv", "xlsx", "parquet", "360giving", "graphml", "ics", "atom", "jsonfeed", "jsonld", "dcat"),
    *("datapackage", "wacz"),
)

# Each command imports what it needs when it runs: none waits for Datasette but `serve`.


def add_commands(commands: Commands) -> None:
    """Declare them."""
    _add_showing(commands)
    _add_giving(commands)


def _add_showing(commands: Commands) -> None:
    search = add_command(commands, "search", _search, "search the archive")
    search.add_argument("query", metavar="QUERY")
    add_db(search)
    search.add_argument("--json", action="store_true", help="one JSON object a line")
    search.add_argument("--limit", type=whole_number, default=20, metavar="N", help="at most N hits (default 20)")
    search.add_argument("--widen", action="store_true", help="also by words of the other languages that mean the same")
    search.add_argument("--since", type=iso_date, metavar="DATE", help="what is not over before a day, month or year")
    search.add_argument("--until", type=iso_date, metavar="DATE", help="what does not begin after it")
    search.add_argument("--open", action="store_true", help="calls that can be applied for today")
    search.add_argument(
        "--facets", action="store_true", help="also say how many hits have which kind, funder, year ..."
    )
    status = add_command(
        commands, "status", _status, "health of sources and runs; exit 1 when something needs a person"
    )
    add_db(status)
    status.add_argument("--json", action="store_true")
    serve = add_command(commands, "serve", _serve, "show the archive in a browser, with Datasette")
    add_db(serve)
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=whole_number, default=8001)
    serve.add_argument("--full", action="store_true", help="beyond this machine too: the full archive, behind a login")
    serve.add_argument("--analyst", action="store_true", help="with a page for SQL queries")
    serve.add_argument("--address", metavar="URL", help="public address, behind a proxy")
    add_captures(serve)


def _add_giving(commands: Commands) -> None:
    export = add_command(commands, "export", _export, "write the archive's content in another format")
    export.add_argument("format", choices=EXPORTS, metavar="FORMAT", help=", ".join(EXPORTS))
    add_db(export)
    export.add_argument("-o", "--output", type=Path, metavar="FILE", help="file to write; standard output without it")
    add_captures(export)
    export.add_argument("--bom", action="store_true", help="begin CSV files with a byte order mark, for spreadsheets")
    publish = add_command(commands, "publish", _publish, "write the public copy: the archive without personal data")
    publish.add_argument("file", type=Path, metavar="FILE", help="such as public.db; an older copy is renewed")
    add_db(publish)
    publish.add_argument("--files", type=Path, metavar="DIR", help="also make every export of the copy in this folder")
    publish.add_argument("--address", metavar="URL", help="the site's public address, for links in the files")
    forget = add_command(commands, "forget", _forget, "erase a value or page from archive and captures, for good")
    what = forget.add_mutually_exclusive_group(required=True)
    what.add_argument("--email", metavar="ADDRESS", help="an e-mail address")
    what.add_argument("--phone", metavar="NUMBER", help="a phone number")
    what.add_argument("--person", metavar="NAME", help="a first and last name, with that person's address and number")
    what.add_argument("--url", metavar="URL", help="a page, whole")
    add_db(forget)
    add_captures(forget)
    forget.add_argument(
        "--backup",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="erase in a backup, too; may be repeated",
    )


def _search(options: argparse.Namespace) -> int:
    from archive.search.asking import Filters
    from publish.queries.rows import helsinki
    from publish.search_command import find, print_facets, print_hits

    today = helsinki()[:10] if options.open else None
    filters = Filters(since=options.since, until=options.until, open_on=today, widen=options.widen)
    results = find(options.db, options.query, filters, limit=options.limit)
    print_hits(results, as_json=options.json, out=sys.stdout)
    if options.facets:
        print_facets(results, as_json=options.json, out=sys.stdout)
    return DONE


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


def _export(options: argparse.Namespace) -> int:
    from publish.exports import export

    export(options.format, options.db, options.output, sys.stdout, bom=options.bom, captures=options.captures)
    return DONE


def _publish(options: argparse.Namespace) -> int:
    from publish.renewal import renew

    renew(options.db, options.file, options.files, options.address)
    return DONE


def _forget(options: argparse.Namespace) -> int:
    from archive.tombstones import TOMBSTONE_KINDS
    from pipelines.forget import forget, forget_in_backup
    from publish.renewal import renew

    for kind in TOMBSTONE_KINDS:
        if (value := getattr(options, kind)) is not None:
            forget(kind, value, options.db, options.captures, sys.stdout)
            for backup in options.backup:
                sys.stdout.write(f"{backup}: ")
                forget_in_backup(kind, value, backup, sys.stdout)
    public_copy = options.db.with_suffix(".public.db")
    if public_copy.exists():
        files = options.db.parent / "files"
        renew(options.db, public_copy, files if files.is_dir() else None)
    return DONE
