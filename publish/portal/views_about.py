"""Pages about the archive itself: terms, privacy, citation, accuracy, data dictionary, downloads."""

import json
from pathlib import Path
from typing import Any

from publish.files import listed_files
from publish.portal.render import page, stored_file
from publish.portal.visit import NotFoundError, Visit
from publish.queries.dictionary import tables
from publish.site import metadata

_MEASURES = ("precision", "recall", "f1")
_ACCURACY = Path(__file__).parent.parent.parent / "docs" / "accuracy.json"


async def prose_page(visit: Visit) -> Any:
    """A page of the catalogue's prose: about, privacy."""
    name = visit.var("name")
    return await page(visit, "prose", visit.t(f"nav.{name}"), prose=visit.t.get(f"{name}.prose"))


async def accuracy_page(visit: Visit) -> Any:
    """How often the rules are right, by docs/accuracy.json; without the file, that it was not measured."""
    measured = accuracy(_ACCURACY)
    return await page(visit, "accuracy", visit.t("accuracy.title"), **measured)


def accuracy(path: Path) -> dict[str, Any]:
    """What a file of figures says: ``pages``, and ``fields`` with precision, recall and F1; nothing without a file."""
    try:
        content = json.loads(path.read_text("utf-8"))
        measured = content["groups"]["all"]["fields"]
        fields = [
            {"name": name, **{measure: _figure(values, measure) for measure in _MEASURES}}
            for name, values in measured.items()
        ]
        return {"fields": fields, "pages": content.get("pages")}
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return {"fields": [], "pages": None}


def _figure(values: dict[str, Any], measure: str) -> float | None:
    value = values.get(measure)
    return float(value) if isinstance(value, int | float) else None


async def dictionary_page(visit: Visit) -> Any:
    """Every public table and column, with what metadata.yml says of it."""
    return await page(visit, "dictionary", visit.t("dictionary.title"), tables=await visit.read(tables, metadata()))


async def exports_page(visit: Visit) -> Any:
    """Feeds, files and formats."""
    t, lang = visit.t, visit.lang
    items = [
        (f"/{lang}/changes.atom", t("feeds.atom") + f" – {t('feeds.changes')}", t("exports.changes_note")),
        (f"/{lang}/search.atom", t("feeds.atom") + f" – {t('feeds.all')}", t("exports.feed_note")),
        (f"/{lang}/search.feed.json", t("feeds.json") + f" – {t('feeds.all')}", t("exports.feed_note")),
        (f"/{lang}/deadlines.ics", t("feeds.calendar"), t("exports.calendar_note")),
        ("/catalog.jsonld", "DCAT", t("exports.formats.dcat")),
    ]
    return await page(
        visit,
        "exports",
        t("exports.title"),
        feed_items=[{"href": href, "label": label, "note": note} for href, label, note in items],
        files=listed_files(_folder(visit)),
        formats=t.get("exports.formats"),
    )


async def export_file(visit: Visit) -> Any:
    """A file of the downloads' folder, sent piece by piece."""
    found = next((entry for entry in listed_files(_folder(visit)) if entry["name"] == visit.var("name")), None)
    if found is None:
        raise NotFoundError
    return stored_file(Path(found["path"]), found["name"])


def _folder(visit: Visit) -> Path | None:
    folder = visit.config.get("files")
    return Path(folder) if folder else None
