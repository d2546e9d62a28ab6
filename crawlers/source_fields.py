"""The keys of a source file and how each value is read. Strict: what is not named here is refused."""

import re
from collections.abc import Callable
from typing import Any

SECONDS = {"m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_DURATION = re.compile(r"(\d{1,5})([mhdw])")
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


class SourceFieldError(ValueError):
    """A key is missing or unknown, or its value is not of its kind; the message begins with the key."""


def source_fields(raw: object) -> dict[str, Any]:
    """The fields of a Source from a parsed file. Raises SourceFieldError."""
    if not isinstance(raw, dict):
        raise SourceFieldError("the file must hold keys and values")
    unknown = sorted(str(key) for key in raw if key not in _READERS)
    if unknown:
        raise SourceFieldError(f"{unknown[0]}: unknown key")
    missing = [key for key in _REQUIRED if key not in raw]
    if missing:
        raise SourceFieldError(f"{missing[0]}: missing")
    fields = {key: _READERS[key](key, value) for key, value in raw.items()}
    fields |= fields.pop("expect", {})
    return fields


def _text(key: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise SourceFieldError(f"{key}: must be a text")
    return " ".join(value.split())


def _id(key: str, value: object) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise SourceFieldError(f"{key}: {value!r} must be small letters, digits, hyphens (at most 60)")
    return value


def _name(key: str, value: object) -> dict[str, str]:
    if isinstance(value, str):
        return {"fi": _text(key, value)}
    return {str(lang): _text(f"{key}.{lang}", text) for lang, text in _mapping(key, value).items()}


def _texts(key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise SourceFieldError(f"{key}: must be a list")
    return tuple(_text(key, entry) for entry in value)


def _seconds(key: str, value: object) -> int:
    found = _DURATION.fullmatch(str(value))
    if not found or int(found[1]) == 0:
        raise SourceFieldError(f"{key}: {value!r} must be a time such as 12h, 7d or 4w")
    return int(found[1]) * SECONDS[found[2]]


def _number(key: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise SourceFieldError(f"{key}: {value!r} must be a number, zero or more")
    return float(value)


def _count(key: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise SourceFieldError(f"{key}: {value!r} must be a whole number, one or more")
    return value


def _flag(key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise SourceFieldError(f"{key}: must be true or false")
    return value


def _mapping(key: str, value: object) -> dict[str, object]:
    if not isinstance(value, dict) or not value:
        raise SourceFieldError(f"{key}: must hold keys and values")
    return value


def _expect(key: str, value: object) -> dict[str, int]:
    entries = _mapping(key, value)
    _only(key, entries, {"pages"})
    return {"expected_pages": _count(f"{key}.pages", entries.get("pages"))}


def _attachments(key: str, value: object) -> dict[str, Any]:
    entries = _mapping(key, value)
    _only(key, entries, {"limit", "suffixes"})
    fields: dict[str, Any] = {}
    if "limit" in entries:
        fields["limit"] = int(_number(f"{key}.limit", entries["limit"]))
    if "suffixes" in entries:
        fields["suffixes"] = tuple(suffix.lower() for suffix in _texts(f"{key}.suffixes", entries["suffixes"]))
    return fields


def _table(key: str, value: object) -> dict[str, int]:
    entries = _mapping(key, value)
    _only(key, entries, {"bytes", "kept", "seconds"})
    return {name: _count(f"{key}.{name}", entry) for name, entry in entries.items()}


def _settings(key: str, value: object) -> dict[str, str]:
    return {str(name): str(entry) for name, entry in _mapping(key, value).items()}


def _only(key: str, entries: dict[str, object], allowed: set[str]) -> None:
    unknown = sorted(str(name) for name in entries if name not in allowed)
    if unknown:
        raise SourceFieldError(f"{key}.{unknown[0]}: unknown key")


_REQUIRED = ("id", "name", "spider", "every")
_READERS: dict[str, Callable[[str, object], Any]] = {
    "id": _id,
    "name": _name,
    "spider": _id,
    "start": _texts,
    "sitemap": _texts,
    "feeds": _texts,
    "wordpress": _texts,
    "hosts": _texts,
    "keep": _texts,
    "skip": _texts,
    "listing": _texts,
    "every": _seconds,
    "delay": _number,
    "connections": _count,
    "budget": _count,
    "private": _flag,
    "expect": _expect,
    "attachments": _attachments,
    "table": _table,
    "api": _settings,
    "publisher": _text,
    "licence": _text,
    "terms": _text,
    "robots_note": _text,
    "note": _text,
    "guess": _texts,
}
