"""Answers: pages from templates, files and redirects, with the headers that each needs."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from datasette import Response
from datasette.utils.asgi import AsgiFileDownload
from markupsafe import Markup

from publish.portal.security import PORTAL_POLICY
from publish.portal.visit import Visit

# Pages change with each crawl; a minute's cache takes the weight of a crowd off the archive.
CACHE = "max-age=60"
# What a busy server adds to its 503.
TRY_AGAIN = {"retry-after": "5"}
_FILE_POLICY = "default-src 'none'; sandbox"
Feed = Mapping[str, str]


async def page(  # noqa: PLR0913 - what a page can have beside its content
    visit: Visit,
    template: str,
    heading: str,
    *,
    status: int = 200,
    feeds: Sequence[Feed] = (),
    json_ld: Mapping[str, Any] | None = None,
    **context: object,
) -> Any:
    """A page of the portal, ``portal/{template}.html``."""
    html = await visit.datasette.render_template(
        f"portal/{template}.html",
        {
            "is_portal": True,
            "page_lang": visit.lang,
            "heading": heading,
            "feeds": feeds,
            "json_ld": script_json(json_ld) if json_ld else None,
            **context,
        },
        request=visit.request,
    )
    headers = {"content-security-policy": PORTAL_POLICY, "content-language": visit.lang}
    if status == 200:
        headers["cache-control"] = CACHE
    if status == 503:
        headers.update(TRY_AGAIN)
    return Response.html(html, status=status, headers=headers)


def file(body: str | bytes, media_type: str, name: str | None = None) -> Any:
    """A file; with a name the browser saves it instead of showing it."""
    headers = {"cache-control": CACHE, "content-security-policy": _FILE_POLICY}
    if name:
        headers["content-disposition"] = f'attachment; filename="{name}"'
    return Response(body, headers=headers, content_type=media_type)


def stored_file(path: Path, name: str) -> Any:
    """A file of the disk for the browser to save, read piece by piece however large it is."""
    headers = {"cache-control": CACHE, "content-security-policy": _FILE_POLICY}
    return AsgiFileDownload(str(path), filename=name, content_type="application/octet-stream", headers=headers)


def redirect(path: str, *, vary: str | None = None) -> Any:
    """A redirect to a path of this site; ``vary`` names the request's headers that decided where to."""
    headers = {"vary": vary, "cache-control": "no-store"} if vary else {}
    return Response.redirect(path, status=302, headers=headers)


def script_json(content: Any) -> Markup:
    """JSON that can stand inside a script element: no value can end it."""
    text = json.dumps(content, ensure_ascii=False)
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(safe)  # noqa: S704 - the three characters that mean anything to HTML are escaped above
