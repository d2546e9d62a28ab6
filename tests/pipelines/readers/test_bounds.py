"""Pages that would take a parser minutes."""

import pytest

from pipelines.readers.bounds import MAX_ATTRIBUTES, within_bounds
from pipelines.readers.page import read_page

URL = "https://a.example/"
FILL = "<p>Hankkeessa kehitetään osaamista.</p>" * 600


@pytest.mark.parametrize("attribute", [" a=b", " a", ' a=">"', ' a="<"', " a='b'", "/a", ' "', ' a="', " = b", "\n<b"])
def test_a_tag_of_too_many_attributes_loses_them(attribute: str) -> None:
    tag = "<p" + "".join(attribute.replace("a", f"a{n}") for n in range(20_000))
    bounded, cut = within_bounds(f"<h1>Valo</h1>{tag}>Hanke</p>{FILL}")
    assert not cut
    assert len(bounded) < len(FILL) + 100
    assert "Valo" in read_page(bounded.encode(), None, URL).text


@pytest.mark.parametrize(
    "page",
    [
        "<script>if (a<b) {" + "c = d; " * 2_000 + "}</script><p>Valo</p>",
        '<script type="application/ld+json">{"a": "<b c", ' + '"d": "e", ' * 2_000 + '"f": 1}</script><p>Valo</p>',
        "<!-- <b " + "c " * 2_000 + "--><p>Valo</p>",
        "<style>a<b " + "c " * 2_000 + "</style><p>Valo</p>",
        "<p " + " ".join(f"a{n}=b" for n in range(MAX_ATTRIBUTES - 1)) + ">Valo</p>",
        "<p data-all='" + '{"a": ">", "b": 1} ' * 2_000 + "'>Valo</p>",
    ],
)
def test_everything_else_stays(page: str) -> None:
    assert within_bounds(page + FILL) == (page + FILL, False)
    assert "Valo" in read_page((page + FILL).encode(), None, URL).text
