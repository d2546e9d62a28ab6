"""Names and titles in the reader's language, where the register or a page has them."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from normalise.organisations.register import official_names
from publish.queries.rows import TABLES, Row, marks, rows

_TITLES = """
    SELECT ties.{kind}_id AS id, pages.title, pages.lang, pages.title = entities.title AS is_own
    FROM {kind}_pages AS ties JOIN pages ON pages.id = ties.page_id
        JOIN {table} AS entities ON entities.id = ties.{kind}_id
    WHERE ties.{kind}_id IN ({marks}) AND pages.kind = '{kind}' AND pages.parent_id IS NULL AND pages.title IS NOT NULL
    ORDER BY ties.score, pages.url DESC
"""
_TITLE_LANGUAGES = ("fi", "sv", "en")


def body_name(body: Mapping[str, Any], lang: str) -> str:
    """The name of an organisation (``name``, ``register_id``) in a language; without one there, as pages name it."""
    return official_names().get(body["register_id"] or "", {}).get(lang) or str(body["name"])


def names_in(connection: sqlite3.Connection, names: Sequence[str], lang: str) -> dict[str, str]:
    """Names of organisations as a language has them, by the name that the archive shows."""
    sql = f"SELECT name, register_id FROM organisations WHERE register_id IS NOT NULL AND name IN ({marks(names)})"  # noqa: S608 - question marks
    return {body["name"]: body_name(body, lang) for body in rows(connection, sql, names)}


def titled(connection: sqlite3.Connection, kind: str, entities: Sequence[Row], lang: str) -> list[Row]:
    """Rows of a kind (``id``, ``title``) with the title of a page in ``lang`` where there is one, and its ``lang``.

    Another title keeps the language of the page that gave it; None where that is not known.
    """
    found: dict[str, tuple[str, str]] = {}
    own: dict[str, str] = {}
    keys = [entity["id"] for entity in entities]
    for page in rows(connection, _TITLES.format(kind=kind, table=TABLES[kind], marks=marks(keys)), keys):
        if page["lang"] == lang:
            found[page["id"]] = (page["title"], lang)
        if page["is_own"] and page["lang"] in _TITLE_LANGUAGES:
            own[page["id"]] = page["lang"]
    shown = ((entity, *found.get(entity["id"], (entity["title"], own.get(entity["id"])))) for entity in entities)
    return [{**entity, "title": title, "lang": title_lang} for entity, title, title_lang in shown]
