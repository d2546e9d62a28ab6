"""EURA 2021 calls: the list and each notice carry their data as JSON in a script of the page."""

from collections.abc import Iterator
from typing import Any, ClassVar
from urllib.parse import unquote, urljoin

from archive.json_answers import read_json
from crawlers.links import parse_html
from crawlers.sources import Source
from crawlers.spiders.vocabulary import terms
from crawlers.steps import Alarm, Answer, Counted, Follow, PlainSpider, Step

_SCRIPT_TYPE = "__PREACT_CLI_DATA__"


class Eura2021CallsSpider(PlainSpider):
    """Reads the list's data; a notice's page is archived as it is, and its data are checked."""

    name: ClassVar[str] = "eura2021_calls"

    def start(self, source: Source) -> Iterator[Follow]:
        """The page of all notices."""
        yield from (Follow(url, "listing") for url in source.start)

    def read(self, source: Source, answer: Answer) -> Iterator[Step]:
        """Notices from the list; alarms from a notice."""
        data = pre_render_data(answer.body)
        if answer.role == "listing":
            yield from _listed(source, answer, data)
        elif answer.role == "page":
            notice = data.get("ilmoitus")
            if not isinstance(notice, dict):
                yield Alarm("missing-label", f"{answer.url}: no 'ilmoitus' in the page's data")
            else:
                yield from _checked(answer.url, [notice], data)


def pre_render_data(body: bytes) -> dict[str, Any]:
    """The object under ``preRenderData`` of a page's data script; an empty one where there is none."""
    root = parse_html(body, "text/html; charset=utf-8")
    scripts = root.iter("script") if root is not None else ()
    for script in scripts:
        if script.get("type") == _SCRIPT_TYPE:
            try:
                data = read_json(unquote(script.text or ""))
            except ValueError:
                return {}
            found = data.get("preRenderData") if isinstance(data, dict) else None
            return found if isinstance(found, dict) else {}
    return {}


def _listed(source: Source, answer: Answer, data: dict[str, Any]) -> Iterator[Step]:
    rows = data.get("hankehaku")
    if not isinstance(rows, list):
        yield Alarm("not-understood", f"{answer.url}: no 'hankehaku' in the page's data")
        return
    notices = [row for row in rows if isinstance(row, dict)]
    yield Counted(len(notices))
    if not notices:
        yield Alarm("zero-cards", f"{answer.url}: the list is empty")
    yield from _checked(answer.url, notices, data)
    for notice in notices:
        if isinstance(notice.get("id"), str):
            yield Follow(urljoin(answer.url, f"{source.api.get('notice', 'hakuilmoitus')}/{notice['id']}/"))


def _checked(url: str, notices: list[dict[str, Any]], data: dict[str, Any]) -> Iterator[Step]:
    """Every word is known, every label is there; each kind of surprise is told once."""
    known = terms(Eura2021CallsSpider.name)
    missing = sorted({label for notice in notices for label in known["labels"] if notice.get(label) in (None, "")})
    yield from (Alarm("missing-label", f"{url}: a notice without {label!r}") for label in missing)
    for key, words in known["states"].items():
        strange = sorted({str(notice[key]) for notice in notices if notice.get(key) and notice[key] not in words})
        yield from (Alarm("unknown-status", f"{url}: {key} is {word!r}") for word in strange)
    codes = _authority_codes(data)
    unlisted = sorted({str(notice.get("viranomainen")) for notice in notices} - codes) if codes else []
    yield from (Alarm("missing-label", f"{url}: authority {code} is not in the code list") for code in unlisted)


def _authority_codes(data: dict[str, Any]) -> set[str]:
    lists = data.get("koodisto")
    found = lists.get("viranomainen") if isinstance(lists, dict) else None
    if isinstance(found, dict):
        return set(map(str, found))
    rows = found if isinstance(found, list) else []
    return {str(row.get("koodi")) for row in rows if isinstance(row, dict)}
