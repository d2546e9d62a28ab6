"""What the commands of all packages share: how one is declared, its usual options, its exit codes."""

import argparse
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from archive.places import place

# Exit codes: done; done in part (what failed was said); the call was wrong.
DONE, IN_PART, WRONG_CALL = 0, 1, 2

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
Run: TypeAlias = Callable[[argparse.Namespace], int]


def add_command(commands: Commands, name: str, run: Run, summary: str) -> argparse.ArgumentParser:
    """Declare a command; ``run`` returns its exit code, ``summary`` begins with a small letter."""
    parser = commands.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")
    parser.set_defaults(command=run)
    return parser


def add_db(parser: argparse.ArgumentParser) -> None:
    """The archive that a command works on."""
    parser.add_argument("--db", type=Path, default=Path("archive.db"), metavar="FILE", help="default archive.db")


def add_captures(parser: argparse.ArgumentParser, metavar: str = "DIR", kind: Callable[[str], Path] = Path) -> None:
    """The folder of its captures; ``kind`` makes a path of what was written."""
    parser.add_argument("--captures", type=kind, default=Path("captures"), metavar=metavar, help="default captures/")


def add_dask(parser: argparse.ArgumentParser, what: str) -> None:
    """The options of a command that the workers of a cluster can carry out; ``what`` they do."""
    parser.add_argument("--dask", metavar="ADDRESS", help=f"{what} on the workers of a Dask scheduler, tcp://HOST:PORT")
    parser.add_argument(
        "--shards", type=place, metavar="DIR|URL", help="with --dask: what workers and this share (ARCHIVE.shards)"
    )


def whole_number(text: str) -> int:
    """The type of an option that counts. Raises what argparse tells as a wrong call."""
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return number


def iso_date(text: str) -> str:
    """The type of an option that is a day, a month or a year. Raises what argparse tells as a wrong call."""
    for form in ("%Y-%m-%d", "%Y-%m", "%Y"):
        try:
            if datetime.strptime(text, form).strftime(form) == text:
                return text
        except ValueError:
            continue
    raise argparse.ArgumentTypeError(f"{text!r} is no date such as 2026-02-01, 2026-02 or 2026")
