import pytest

from crawlers.steps import Answer
from crawlers.verdict import says_missing


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("404", True),
        ("404 – Sivua ei löydy", True),
        ("Opisto - 404", True),
        ("404 | Opisto", True),
        ("Error 404", True),
        ("Sidan hittades inte", True),
        ("Hanke 404", False),
        ("Puhelin X404", False),
        ("404 hanketta sai rahoitusta", False),
    ],
)
def test_a_page_that_says_that_it_is_missing(title: str, expected: bool) -> None:
    body = f"<title>{title}</title><h1>Opisto</h1>".encode()
    assert says_missing(Answer("https://site.example/hanke/404", body)) is expected
