"""HTML: parsed once, judged and rendered in one walk."""

import unicodedata

from pipelines.readers.bounds import within_bounds
from pipelines.readers.charset import decode_html
from pipelines.readers.links import is_attachment, links_of
from pipelines.readers.metadata import head_of
from pipelines.readers.reading import Reading, State
from pipelines.readers.render import Renderer
from pipelines.readers.tree import Tree, parse, survey

# Less text than this is no page of its own: where nearly all was links, the page is a list and its links are its text.
_FEWEST_CHARACTERS = 150


def read_page(body: bytes, content_type: str | None, url: str) -> Reading:
    """Read an HTML page; ``url`` is its own address, against which links are made absolute."""
    html, cut = within_bounds(decode_html(body, content_type))
    root = parse(html)
    if root is None:
        return Reading(text="", format="html", state="empty" if not body.strip() else "broken")
    tree = survey(root)
    head = head_of(tree, url)
    text = unicodedata.normalize("NFC", _rendered(tree))
    state: State = "ok" if text else "empty"
    return Reading(
        text=text,
        format="html",
        state="missing" if is_attachment(url) else state,
        title=head.title,
        published=head.published,
        updated=head.updated,
        dates_origin=head.dates_origin,
        html_lang=head.html_lang,
        canonical=head.canonical,
        alternates=head.alternates,
        links=links_of(tree, head.base),
        reserved=head.reserved,
        cut=cut or tree.cut,
    )


def _rendered(tree: Tree) -> str:
    text = Renderer(tree).run()
    if len(text) >= _FEWEST_CHARACTERS:
        return text
    as_list = Renderer(tree, lists=True).run()
    return as_list if len(as_list) > 2 * len(text) else text
