"""One capture and what it says as a line of JSON, and back unchanged: what workers on other machines hand over."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from functools import cache
from types import UnionType
from typing import Any, TypeAlias, Union, cast, get_args, get_origin, get_type_hints

from archive.capture import Capture
from archive.capture_reader import CaptureProblem
from pipelines.pool import Result
from pipelines.process import Failure, Processed

_CLASSES = (Processed, Failure, CaptureProblem)

Entry: TypeAlias = tuple[Capture, Result] | CaptureProblem


@dataclass(frozen=True, slots=True)
class _Line:
    """``kind`` names the class of ``value``, empty for a capture without a page. The capture comes without its body."""

    kind: str
    value: Any
    capture: dict[str, Any] | None = None


def line_of(entry: Entry) -> str:
    """An entry as one line without its end. Bodies, links and a text that the record holds anyway are left out."""
    if isinstance(entry, CaptureProblem):
        return _json(_Line("CaptureProblem", asdict(entry)))
    capture, result = entry
    about = asdict(replace(capture, body=b"", body_length=capture.length))
    del about["body"]
    if isinstance(result, Processed):
        kept = replace(result.reading, links=(), text="" if result.record else result.reading.text)
        result = replace(result, reading=kept)
    return _json(_Line(type(result).__name__ if result else "", asdict(result) if result else None, about))


def entry_of(line: str) -> Entry:
    """The entry of a line. Raises ValueError, LookupError or TypeError for a line that is none."""
    found = _Line(**json.loads(line))
    classes = {one.__name__: one for one in _CLASSES}
    value = _decoder(classes[found.kind])(found.value) if found.kind else None
    if found.capture is None:
        if not isinstance(value, CaptureProblem):
            raise ValueError("a line without a capture")
        return value
    return Capture(body=b"", **found.capture), cast("Result", value)


def _json(line: _Line) -> str:
    # Escaped throughout: a text may hold half a surrogate pair, which no encoding of the file could.
    return json.dumps({"kind": line.kind, "value": line.value, "capture": line.capture}, separators=(",", ":"))


@cache
def _decoder(kind: Any) -> Callable[[Any], Any]:
    """How a JSON value becomes one of a type: dataclasses, tuples and optional ones of these; all else is itself."""
    if is_dataclass(kind):
        return _dataclass_decoder(cast("type", kind))
    arguments = get_args(kind)
    if get_origin(kind) is tuple:
        inner = _decoder(arguments[0])
        return lambda values: tuple(map(inner, values))
    if get_origin(kind) in (Union, UnionType) and type(None) in arguments:
        inner = _decoder(arguments[0])
        return lambda value: None if value is None else inner(value)
    return lambda value: value


def _dataclass_decoder(kind: type) -> Callable[[dict[str, Any]], Any]:
    hints = get_type_hints(kind)
    decoders = {field.name: _decoder(hints[field.name]) for field in fields(kind)}
    return lambda values: kind(**{name: decoders[name](value) for name, value in values.items()})
