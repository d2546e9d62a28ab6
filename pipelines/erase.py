"""Erase: values blacked out of page versions and all that was read from them, lengths kept. Part of a transaction."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlite_utils import Database

from archive.tombstones import Tombstones
from pipelines.process import text_digest
from pipelines.withhold import MARK, Span, blacken, find_withheld, is_withheld

_CONTACT = "contact."


class Erasure(Protocol):
    """What is to be erased."""

    def spans(self, text: str) -> list[Span]:
        """Where it stands in a text."""
        ...

    def has(self, part: str, value: str) -> bool:
        """Whether a contact's ``name``, ``email`` or ``phone`` is to go."""
        ...


@dataclass(frozen=True, slots=True)
class Forgetting:
    """Everything that tombstones name."""

    tombstones: Tombstones

    def spans(self, text: str) -> list[Span]:
        """Where erased values stand."""
        return find_withheld(text, self.tombstones)

    def has(self, part: str, value: str) -> bool:
        """Whether the value has a tombstone."""
        return is_withheld(part, value, self.tombstones)


@dataclass(frozen=True, slots=True)
class _Fact:
    id: int
    field: str
    value: str
    start: int
    end: int
    group: int | None

    @property
    def part(self) -> str:
        return self.field.removeprefix(_CONTACT)


def erase_versions(db: Database, versions: Iterable[int], erasure: Erasure) -> Counter[str]:
    """Erase from page versions; returns how many texts, facts, refusals and titles were touched."""
    done: Counter[str] = Counter()
    for version in versions:
        done += _erase_version(db, version, erasure)
    return done


def erase_sentences(db: Database, erasure: Erasure, pages: Sequence[str] | None = None) -> Counter[str]:
    """Erase from changes and problems, of some pages or of all; a change that told of a contact goes whole."""
    done: Counter[str] = Counter()
    where = "" if pages is None else " WHERE page_id IN (SELECT value FROM json_each(:pages))"
    given = {"pages": json.dumps(pages)}
    for key, field, *texts in db.execute(f"SELECT id, field, old, new FROM changes{where}", given).fetchall():  # noqa: S608 - constants
        shown = [_blackened(text, erasure) for text in texts]
        if shown != texts:
            done["changes"] += 1
            if field == "contact":
                db.execute("DELETE FROM changes WHERE id = ?", [key])
            else:
                db.execute("UPDATE changes SET old = ?, new = ? WHERE id = ?", [*shown, key])
    for key, message in db.execute(f"SELECT id, message FROM problems{where}", given).fetchall():  # noqa: S608 - constants
        if (shown_message := _blackened(message, erasure)) != message:
            done["problems"] += 1
            db.execute("UPDATE problems SET message = ? WHERE id = ?", [shown_message, key])
    return done


def _erase_version(db: Database, version: int, erasure: Erasure) -> Counter[str]:
    page, text, title, digest = db.execute(
        "SELECT page_id, text, title, text_digest FROM page_versions WHERE id = ?", [version]
    ).fetchone()
    spans = erasure.spans(text)
    new_title = _blackened(title, erasure)
    doomed, blackened = _sorted_facts(_facts(db, version), spans, erasure)
    if not (spans or doomed or blackened or new_title != title):
        return Counter()
    new_text = blacken(text, spans)
    new_digest = text_digest(new_text)
    db.execute(
        "UPDATE page_versions SET text = ?, title = ?, text_digest = ? WHERE id = ?",
        [new_text, new_title, new_digest, version],
    )
    db.execute("UPDATE pages SET title = ? WHERE current_version_id = ?", [new_title, version])
    db.execute("UPDATE captures SET text_digest = ? WHERE page_id = ? AND text_digest = ?", [new_digest, page, digest])
    _delete_facts(db, [fact.id for fact in doomed])
    for fact in blackened:
        quote, value = new_text[fact.start : fact.end], _blackened(fact.value, erasure)
        db.execute("UPDATE facts SET quote = ?, value = ? WHERE id = ?", [quote, value, fact.id])
    refused = _delete_refusals(db, version, spans, erasure)
    return Counter({"texts": int(bool(spans)), "facts": len(doomed) + len(blackened), "refusals": refused})


def _facts(db: Database, version: int) -> list[_Fact]:
    rows = db.execute(
        "SELECT id, field, value, start, end, contact_group FROM facts WHERE page_version_id = ?", [version]
    )
    return [_Fact(*row) for row in rows]


def _sorted_facts(facts: Sequence[_Fact], spans: Sequence[Span], erasure: Erasure) -> tuple[list[_Fact], list[_Fact]]:
    """Facts to delete, and facts of which a part is blacked out. With a name goes all that is said of the person."""
    contacts = [fact for fact in facts if fact.field.startswith(_CONTACT)]
    groups = {fact.group for fact in contacts if fact.part == "name" and erasure.has("name", fact.value)} - {None}
    doomed = [
        fact
        for fact in facts
        if (fact in contacts and (fact.group in groups or erasure.has(fact.part, fact.value)))
        or not _blackened(fact.value, erasure).strip(f"{MARK} ")
    ]
    # A title says nothing of nobody.
    left = {fact.group for fact in contacts if fact not in doomed and fact.part != "title"}
    bereft = {fact.group for fact in doomed} - left - {None}
    doomed += [fact for fact in contacts if fact not in doomed and fact.group in bereft]
    hit = [fact for fact in facts if _overlaps(fact.start, fact.end, spans) or erasure.spans(fact.value)]
    return doomed, [fact for fact in hit if fact not in doomed]


def _delete_facts(db: Database, facts: Sequence[int]) -> None:
    """And the rows that point to them; linking makes those that still hold again."""
    keys = json.dumps(facts)
    for table in ("participations", "amounts", "identifiers"):
        db.execute(f"DELETE FROM {table} WHERE fact_id IN (SELECT value FROM json_each(?))", [keys])  # noqa: S608 - constants
    db.execute("DELETE FROM facts WHERE id IN (SELECT value FROM json_each(?))", [keys])


def _delete_refusals(db: Database, version: int, spans: Sequence[Span], erasure: Erasure) -> int:
    rows = db.execute("SELECT id, value, start, end FROM refusals WHERE page_version_id = ?", [version]).fetchall()
    doomed = [key for key, value, start, end in rows if _overlaps(start, end, spans) or erasure.spans(value)]
    db.conn.executemany("DELETE FROM refusals WHERE id = ?", [(key,) for key in doomed])
    return len(doomed)


def _blackened(text: Any, erasure: Erasure) -> Any:
    return blacken(text, erasure.spans(text)) if isinstance(text, str) else text


def _overlaps(start: int, end: int, spans: Sequence[Span]) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in spans)
