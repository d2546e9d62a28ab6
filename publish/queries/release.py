"""Releases and results by their digests: what a citation names, so that anybody can tell whether they see the same."""

import json
import sqlite3
from collections.abc import Sequence
from hashlib import sha256

from pipelines.rules import rules_version
from publish.queries.rows import Row

# So much of a digest stands in an address; two states that anybody compares never share it by chance.
SHORT = 16
# What of an entity is its result: what its pages state, not when they were last seen.
_RESULT = (
    "kind", "id", "title", "start", "end", "opens", "closes", "published", "total_eur", "grant_eur", "available_eur",
    "max_eur", "funders", "coordinators", "partners", "identifiers", "urls",
)  # fmt: skip


def release_digest(connection: sqlite3.Connection) -> str:
    """SHA-256 of the archive's state: of every capture's address, time and text, in order, and of the rules."""
    digest = sha256(rules_version().encode())
    for url, captured_at, text_digest in connection.execute(
        "SELECT url, captured_at, text_digest FROM captures ORDER BY captured_at, url, id"
    ):
        digest.update(f"{url}\t{captured_at}\t{text_digest or ''}\n".encode())
    return digest.hexdigest()


def results_digest(entities: Sequence[Row]) -> str:
    """SHA-256 of what a search found: one line of JSON an entity, by kind and id, whatever their order was."""
    lines = sorted(json.dumps([entity[name] for name in _RESULT], ensure_ascii=False) for entity in entities)
    return sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()
