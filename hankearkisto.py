"""The command line of Hankearkisto: reads the arguments, calls the packages, turns known errors into one line."""

import argparse
import os
import sqlite3
import sys
from collections.abc import Callable, Sequence

import crawlers.commands
import pipelines.commands
import publish.commands
from archive.command import DONE, WRONG_CALL
from archive.errors import HankearkistoError
from archive.faults import fault_sentence

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    _use_utf8()
    try:
        options = build_parser().parse_args(arguments)
        command: Callable[[argparse.Namespace], int] = options.command
        return command(options)
    except HankearkistoError as error:
        sys.stderr.write(f"hankearkisto: {error}\n")
        return WRONG_CALL
    except (sqlite3.Error, OSError) as error:
        if isinstance(error, BrokenPipeError):
            # The reader of the output (head, less) has had enough; keep Python from complaining about it at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return DONE
        if sentence := fault_sentence(error):
            sys.stderr.write(f"hankearkisto: {sentence}\n")
            return WRONG_CALL
        raise
    except KeyboardInterrupt:
        sys.stderr.write("hankearkisto: interrupted\n")
        return INTERRUPTED


def _use_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands; the documentation prints its help."""
    parser = argparse.ArgumentParser(
        prog="hankearkisto",
        description="An archive of Finnish and Swedish project pages and funding announcements.",
        epilog="Exit 0: done; 1: done in part, said what failed; 2: the call was wrong.",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for package in (crawlers, pipelines, publish):
        package.commands.add_commands(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
