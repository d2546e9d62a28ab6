"""The commands that read and keep: ingest, extract, rebuild, verify, index, backup, register."""

import argparse
import sys
from pathlib import Path

from archive.command import DONE, IN_PART, Commands, add_captures, add_command, add_dask, add_db, whole_number
from archive.places import place

# Each command imports what it needs when it runs: `extract` must not wait for anything else to load.


def add_commands(commands: Commands) -> None:
    """Declare them."""
    _add_reading(commands)
    _add_care(commands)


def _add_reading(commands: Commands) -> None:
    ingest = add_command(
        commands, "ingest", _ingest, "archive WARC, WACZ, ARC, HTML, PDF, DOCX or TXT files and folders"
    )
    ingest.add_argument("path", nargs="+", type=place, metavar="PATH|URL")
    add_db(ingest)
    add_captures(ingest)
    ingest.add_argument(
        *("--language", "-l"),
        action="append",
        choices=["fi", "sv", "en"],
        help="of other crawlers' captures keep pages in this language; may be repeated (default fi and sv)",
    )
    ingest.add_argument(
        "--domain", action="append", metavar="NAME", help="only of hosts under it, such as fi; repeatable"
    )
    extract = add_command(commands, "extract", _extract, "print the record of each file, store nothing")
    extract.add_argument("file", nargs="+", metavar="FILE", help="text, HTML, PDF or DOCX; - reads standard input")
    rebuild = add_command(commands, "rebuild", _rebuild, "make the archive again from its captures")
    add_db(rebuild)
    add_captures(rebuild, "DIR|URL", place)
    rebuild.add_argument(
        "--workers",
        type=whole_number,
        default=1,
        metavar="N",
        help="processes that read pages and index them (default 1)",
    )
    add_dask(rebuild, "read")


def _add_care(commands: Commands) -> None:
    verify = add_command(commands, "verify", _verify, "check archive, evidence, index and captures against each other")
    add_db(verify)
    add_captures(verify)
    index = add_command(
        commands, "index", _index, "bring the search index up to date, as after an update of the program"
    )
    add_db(index)
    backup = add_command(commands, "backup", _backup, "copy the archive while it is in use, and check the copy")
    backup.add_argument("file", type=Path, metavar="FILE")
    add_db(backup)
    register = add_command(commands, "register", _register, "import the public registers of bodies")
    register.add_argument("action", choices=["update"])
    register.add_argument("--only", action="append", choices=["areas", "opintopolku", "prh"], help="one register")
    register.add_argument("--cache", type=Path, default=Path("registers"), metavar="DIR", help="default registers/")
    add_db(register)


def _ingest(options: argparse.Namespace) -> int:
    from pipelines.first_look import Wish
    from pipelines.ingest import ingest
    from pipelines.report import summed_up

    languages, domains = tuple(options.language or ("fi", "sv")), tuple(options.domain or ())
    wish = Wish(languages, tuple(name.lower().strip(".") for name in domains))
    return summed_up(ingest(options.path, db_path=options.db, captures=options.captures, wish=wish))


def _extract(options: argparse.Namespace) -> int:
    from pipelines.extract_files import extract_files

    return IN_PART if extract_files(options.file, sys.stdout, sys.stderr) else DONE


def _rebuild(options: argparse.Namespace) -> int:
    from pipelines.cluster import cluster_of
    from pipelines.rebuild import rebuild
    from pipelines.report import summed_up

    captures, cluster = options.captures.absolute(), cluster_of(options)
    return summed_up(rebuild(options.db, captures, workers=options.workers, cluster=cluster, out=sys.stdout))


def _verify(options: argparse.Namespace) -> int:
    from pipelines.verify import verify

    return IN_PART if verify(options.db, options.captures, sys.stdout) else DONE


def _index(options: argparse.Namespace) -> int:
    from archive.lock import work_lock
    from archive.schema import open_archive
    from pipelines.index import index

    db = open_archive(options.db)
    with work_lock(options.db):
        print(f"{options.db}: {index(db)} documents indexed")
    return DONE


def _backup(options: argparse.Namespace) -> int:
    from archive.backup import backup

    print(f"{options.file}: {backup(options.db, options.file)} bytes, checked")
    return DONE


def _register(options: argparse.Namespace) -> int:
    from pipelines.register_update import SOURCES, register_update

    return register_update(options.db, options.cache, sources=options.only or SOURCES, out=sys.stdout)
