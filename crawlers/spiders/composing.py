"""Pages made of data: the texts inside JSON answers, and the plain HTML that is archived for them."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from html import escape
from zoneinfo import ZoneInfo

from archive.json_answers import read_json

LANGUAGES = ("fi", "sv", "en")
HELSINKI = ZoneInfo("Europe/Helsinki")
# Keys that hold addresses, keys and switches, not words.
_NO_TEXT = ("url", "href", "id", "utc", "type", "tyyppi", "versio", "koodi", "tunnus")
_DEEPEST = 40
_LARGEST_SUM = 10**15


def localised(value: object, lang: str) -> str:
    """A text of the form {fi, sv, en} in a language, or in the first one that has it; empty where there is none."""
    if isinstance(value, str):
        return value.strip()
    if not isinstance(value, Mapping):
        return ""
    order = (lang, *(other for other in LANGUAGES if other != lang))
    return next((str(value[key]).strip() for key in order if value.get(key)), "")


def paragraphs(value: object, lang: str, depth: int = 0) -> Iterator[str]:
    """The readable texts inside a JSON value in their order; rich text is JSON inside a string."""
    if depth > _DEEPEST:
        return
    if isinstance(value, str):
        yield from _from_string(value, lang, depth)
    elif isinstance(value, list):
        for entry in value:
            yield from paragraphs(entry, lang, depth + 1)
    elif isinstance(value, Mapping):
        yield from _from_mapping(value, lang, depth)


def _from_string(text: str, lang: str, depth: int) -> Iterator[str]:
    stripped = text.strip()
    if stripped[:1] in ("{", "["):
        try:
            rich = read_json(stripped)
        except ValueError:
            rich = None
        if rich is not None:
            yield from paragraphs(rich, lang, depth + 1)
            return
    if stripped and not stripped.startswith(("http://", "https://")):
        yield stripped


def _from_mapping(value: Mapping[str, object], lang: str, depth: int) -> Iterator[str]:
    if any(language in value for language in LANGUAGES):
        rich = value.get(f"rich{lang.capitalize()}")
        yield from paragraphs(rich or localised(value, lang), lang, depth + 1)
        return
    children = value.get("children")
    if isinstance(children, list) and all(isinstance(child, Mapping) and "text" in child for child in children):
        if line := "".join(str(child["text"]) for child in children).strip():
            yield line
        return
    for key, entry in value.items():
        if not key.lower().endswith(_NO_TEXT):
            yield from paragraphs(entry, lang, depth + 1)


def finnish_time(stamp: object) -> str | None:
    """A UTC time as Finnish pages write it, by Finland's clock: 16.11.2023 klo 16.15. None for what is no time."""
    if not isinstance(stamp, str):
        return None
    try:
        moment = datetime.fromisoformat(stamp)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=ZoneInfo("UTC"))
        local = moment.astimezone(HELSINKI)
    except (ValueError, OverflowError):  # the last hours of the year 9999 are the next millennium's in Helsinki
        return None
    date = f"{local.day}.{local.month}.{local.year}"
    return date if (local.hour, local.minute) == (0, 0) else f"{date} klo {local.hour}.{local.minute:02}"


def sum_of(number: str | None) -> Decimal | None:
    """A number of data as a sum of money; None for what is no number, or larger than any grant."""
    try:
        amount = Decimal(number or "")
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and abs(amount) < _LARGEST_SUM else None


def euros(number: str | None) -> str:
    """A number of data as the sum that Finnish pages write: 1 234 567,80 €. Empty for what is no sum."""
    amount = sum_of(number)
    return "" if amount is None else f"{amount:,.2f} €".translate(_FINNISH).replace(",00 ", " ")


_FINNISH = str.maketrans({",": " ", ".": ","})


def page(
    title: str, lang: str, fields: Mapping[str, str | tuple[str, ...]], sections: Mapping[str, tuple[str, ...]]
) -> str:
    """Plain HTML: the title, the fields that have a value as label and value(s), the sections that have text."""
    facts = "".join(f"<dt>{escape(label)}</dt>{_values(value)}\n" for label, value in fields.items() if value)
    texts = "".join(
        f"<h2>{escape(heading)}</h2>\n" + "".join(f"<p>{escape(line)}</p>\n" for line in lines)
        for heading, lines in sections.items()
        if lines
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>{escape(title)}</title></head>\n'
        f"<body><main><h1>{escape(title)}</h1>\n<dl>\n{facts}</dl>\n{texts}</main></body></html>\n"
    )


def _values(value: str | tuple[str, ...]) -> str:
    return "".join(f"<dd>{escape(one)}</dd>" for one in ((value,) if isinstance(value, str) else value))
