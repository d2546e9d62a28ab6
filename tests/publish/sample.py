"""A small archive with everything that a page can show: conflicts, moves, gone pages, hostile titles, personal data."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive.capture import Capture
from archive.captures import CaptureWriter
from archive.schema import open_archive
from pipelines.flow import Flow
from tests.plain_rules import plain_extract, plain_read

HOSTILE = """<script>alert(1)</script> "'><img src=x onerror=alert(2)> {{7*7}} \u202eevil"""
FORMULA = '=HYPERLINK("http://evil.example";"x")'
EMAIL, PHONE, NAME = "maija.meikalainen@opisto.example", "+358401234567", "Maija Meikäläinen"
SOON = (datetime.now(UTC) + timedelta(days=10)).strftime("%Y-%m-%d")
LATER = (datetime.now(UTC) + timedelta(days=20)).strftime("%Y-%m-%dT16:15")
MOVED = (datetime.now(UTC) + timedelta(days=27)).strftime("%Y-%m-%dT16:15")
BASE = "https://hankkeet.example"

PROJECT_FI = f"""kind: project
lang: fi
title: Osaajat esiin Pirkanmaalla
start: 2023-01-01
end: 2024-12-31
funder: Opetushallitus
coordinator: Tampereen kaupunki
partner: Turun kaupunki
partner: Kainuun ammattiopisto
contact: {NAME}; projektipäällikkö; {EMAIL}; {PHONE}
contact: ; ; info@opisto.example
amount: 412350 total
amount: 300000 grant
identifier: S22871
note: Lisätietoja antaa {NAME}, {EMAIL}, puh. 040 123 4567. Hanke kehittää osaamista.
"""
PROJECT_SV = """kind: project
lang: sv
title: Osaajat esiin Pirkanmaalla
start: 2023-01-01
end: 2025-06-30
identifier: S22871
coordinator: Tampereen kaupunki
note: Projektet utvecklar kunnande.
"""
OTHER_PROJECT = """kind: project
lang: fi
title: Vihreä siirtymä kouluissa
start: 2025-08
end: 2026-12
funder: Opetushallitus
coordinator: Turun kaupunki
partner: Tampereen kaupunki
note: Hankkeessa opitaan.
"""
CALL = """kind: call
lang: sv
title: Understöd för grön omställning 2026
opens: 2026-01-02
closes: {closes}
funder: Opetushallitus
amount: 3200000 available
amount: 95000 max
note: Ansök om understöd.
"""
CALL_FI = f"""kind: call
lang: fi
title: Digiavustus
closes: {SOON}
funder: Opetushallitus
note: Hae avustusta.
"""
AWARD = """kind: award
lang: fi
title: Avustus lukutaitoon
published: 2025-03-04
funder: Opetushallitus
partner: Kainuun ammattiopisto
amount: 120000 grant
note: Avustus myönnettiin.
"""
HOSTILE_PAGE = f"""kind: project
lang: fi
title: {HOSTILE}
funder: {HOSTILE}
coordinator: {FORMULA}
partner: Turun kaupunki
identifier: {FORMULA}
note: {HOSTILE}
"""
FORMULA_PAGE = f"""kind: project
lang: fi
title: {FORMULA}
note: Laskukaava nimenä.
"""


def build(folder: Path) -> Path:
    """The archive at ``folder / "archive.db"`` with its captures in ``folder / "captures"``."""
    db = open_archive(folder / "archive.db", create=True)
    pages = {
        "osaajat": PROJECT_FI,
        "sv/osaajat": PROJECT_SV,
        "vihrea": OTHER_PROJECT,
        "sv/understod": CALL.format(closes=LATER),
        "digi": CALL_FI,
        "lukutaito": AWARD,
        "paha": HOSTILE_PAGE,
        "kaava": FORMULA_PAGE,
        "poistuu": "kind: project\nlang: fi\ntitle: Poistuva hanke\nnote: Katoaa.\n",
    }
    _run(db, folder, {name: (200, text) for name, text in pages.items()}, days_ago=20)
    changed = {
        "sv/understod": (200, CALL.format(closes=MOVED)),
        "osaajat": (200, PROJECT_FI + "note: Uutta tekstiä.\n"),
    }
    _run(db, folder, {**changed, "poistuu": (404, "")}, days_ago=3)
    _run(db, folder, {"poistuu": (404, "")}, days_ago=2)
    db.conn.close()
    return folder / "archive.db"


def _run(db, folder: Path, pages: dict[str, tuple[int, str]], days_ago: int) -> None:  # type: ignore[no-untyped-def]  # a test's helper
    at = (datetime.now(UTC) - timedelta(days=days_ago)).strftime("%Y-%m-%dT08:00:00Z")
    flow = Flow(db, read=plain_read, extract=plain_extract)
    with CaptureWriter(folder / "captures", f"r{days_ago}") as writer:
        for name, (status, text) in pages.items():
            body = text.encode()
            capture = Capture(url=f"{BASE}/{name}", captured_at=at, body=body, status=status, content_type="text/html")
            file, offset = writer.write(capture)
            flow.take(replace(capture, warc_file=file, warc_offset=offset))
    flow.finish()
