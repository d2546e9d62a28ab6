"""Awards as grants of the 360Giving Data Standard 1.4 (https://standard.threesixtygiving.org).

The standard wants of each grant its date, one sum, one funder and one recipient. An award page that names several
recipients does not say who got what, so it does not qualify: nothing is invented to fill a field.
"""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, BinaryIO

from sqlite_utils import Database

from publish.json_ld import filled
from publish.queries.rows import Row
from publish.queries.selection import load_rows

_PREFIX = "360G-hankearkisto"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_AT_ONCE = 500
_PARTIES = """
    SELECT DISTINCT role, organisations.id, organisations.name, business_id FROM participations
    JOIN organisations ON organisations.id = organisation_id WHERE award_id = ? ORDER BY organisations.id
"""


def write_360giving(db: Database, out: BinaryIO, address: str, ids: Sequence[str] | None = None) -> None:
    """A data package of the grants that qualify (of those with ``ids``, where given), grant by grant."""
    head = {
        "version": "1.4",
        "title": "Hankearkisto",
        "issued": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "publisher": {"name": "Hankearkisto", "website": address},
    }
    out.write(json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "grants": [')
    separator = b"\n"
    for grant in grants(db, address, ids):
        out.write(separator + json.dumps(grant, ensure_ascii=False).encode())
        separator = b",\n"
    out.write(b"\n]}\n")


def grants(db: Database, address: str, ids: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
    """The awards that qualify."""
    sql = "SELECT id FROM awards WHERE grant_eur > 0 AND length(published) >= 10 ORDER BY id"
    wanted = None if ids is None else set(ids)
    found = [key for (key,) in db.execute(sql).fetchall() if wanted is None or key in wanted]
    for at in range(0, len(found), _AT_ONCE):
        for award in load_rows(db.conn, [("award", key) for key in found[at : at + _AT_ONCE]]):
            grant = _grant(db, award, award["published"], address)
            if grant:
                yield grant


def _grant(db: Database, award: Row, published: str, address: str) -> dict[str, Any] | None:
    parties = db.execute(_PARTIES, [award["id"]]).fetchall()
    funders = [party[1:] for party in parties if party[0] == "funder"]
    recipients = list(dict.fromkeys(party[1:] for party in parties if party[0] != "funder"))
    if len(funders) != 1 or len(recipients) != 1 or not _DAY.match(published):
        return None
    return filled(
        {
            "id": f"{_PREFIX}-{award['id']}",
            "title": award["title"],
            "description": award["title"],
            "currency": "EUR",
            "amountAwarded": award["grant_eur"],
            "awardDate": published[:10],
            "plannedDates": _dates(award),
            "fundingOrganization": [_organisation(*funders[0])],
            "recipientOrganization": [_organisation(*recipients[0])],
            "url": f"{address}/en/awards/{award['id']}",
            "dataSource": award["urls"][0] if award["urls"] else None,
            "dateModified": award["last_seen"],
        }
    )


def _dates(award: Row) -> list[dict[str, str]]:
    exact = {
        name: award[key] for name, key in (("startDate", "start"), ("endDate", "end")) if len(award[key] or "") == 10
    }
    return [exact] if exact else []


def _organisation(key: str, name: str, business_id: str | None) -> dict[str, str]:
    """By its business id under the list of the Finnish register (FI-PRH on org-id.guide) where it has one."""
    return {"id": f"FI-PRH-{business_id}" if business_id else f"{_PREFIX}-{key}", "name": name}
