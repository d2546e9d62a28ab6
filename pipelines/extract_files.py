"""Files in, one record a line out; nothing is stored."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from normalise.facts import Record, as_json
from pipelines.extract import extract
from pipelines.formats import FormatError, decode_text, media_type
from pipelines.jsonl import json_line
from pipelines.process import RULE_ERRORS

STANDARD_INPUT = "-"


def extract_files(names: Iterable[str], out: TextIO, err: TextIO) -> int:
    """Print the record of each file (``-``: standard input) on ``out``; return how many files failed.

    A file that fails is named in one line on ``err``, and the others go on.
    """
    failed = 0
    for name in names:
        try:
            record = extract_file(name)
        except (OSError, *RULE_ERRORS) as error:
            failed += 1
            err.write(f"{name}: {_reason(error)}\n")
            continue
        out.write(json_line(as_json(record)) + "\n")
        out.flush()
    return failed


def extract_file(name: str) -> Record:
    """The record of one file; plain text is its own archived text, untouched.

    Raises OSError for a file that cannot be opened and FormatError for one that cannot be read.
    """
    body = sys.stdin.buffer.read() if name == STANDARD_INPUT else Path(name).read_bytes()
    stem = "stdin" if name == STANDARD_INPUT else Path(name).stem
    kind = media_type(name, body)
    if kind == "text/plain":
        return extract(decode_text(body), id=stem)
    from pipelines.read import read  # noqa: PLC0415 - lxml and its kin take longer to load than a text takes to read

    reading = read(body, kind, _address(name))
    if reading.state in ("broken", "unsupported"):
        raise FormatError(f"{reading.state} {kind} file")
    return extract(reading.text, id=stem, reading=reading)


def _address(name: str) -> str:
    return "file:///stdin" if name == STANDARD_INPUT else Path(name).resolve().as_uri()


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return str(error) if isinstance(error, FormatError) else f"a rule failed: {type(error).__name__}: {error}"
