"""From bytes to facts, against trafilatura's text alone, on the golden pages set in a page's usual frame.

python -m bench.facts
"""

from collections.abc import Callable
from html import escape
from pathlib import Path

import trafilatura

from bench import Input, Ratio, seconds
from bench.reading import own_page
from pipelines.extract import extract
from pipelines.read import read

PAGES = Path(__file__).parent.parent / "tests" / "pages" / "facts"
_SOME = 40


def run(full: bool) -> list[Ratio]:
    """Bytes to facts against trafilatura, and facts against our own reading; ``full`` takes every golden page."""
    texts = [path.read_text() for path in sorted(PAGES.glob("*.txt"))][: None if full else _SOME]
    bodies = [framed(text, number) for number, text in enumerate(texts)]
    theirs = _ms(trafilatura.extract, bodies)
    reading = _ms(_read, bodies)
    facts = _ms(_facts, texts)
    size = sum(map(len, bodies)) // len(bodies) // 1_000
    note = f"{len(bodies)} pages, {size} kB on average; lower is better, at most"
    both = reading + facts
    return [
        Ratio("bytes to facts", both, theirs, "ms a page", both / theirs, f"trafilatura.extract; {note} 1.25"),
        Ratio("facts of a text", facts, reading, "ms a page", facts / reading, f"our own reading; {note} 0.2"),
    ]


def framed(text: str, number: int) -> bytes:
    """The text as paragraphs within a page with menus and cards."""
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())
    before, start, after = own_page(number).decode().partition("<article class='page'>")
    return f"{before}{start}{paragraphs}{after}".encode()


def _read(body: bytes) -> object:
    return read(body, "text/html", "https://site.example/page")


def _facts(text: str) -> object:
    return extract(text, id="bench")


def _ms(work: Callable[[Input], object], inputs: list[Input]) -> float:
    """Milliseconds of processor time for one input."""
    return 1_000 * seconds(work, inputs) / len(inputs)


if __name__ == "__main__":
    for ratio in run(full=True):
        print(ratio)
