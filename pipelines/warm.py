"""Imported by the server that processes are forked from: what is loaded at first use is loaded once, for all of them.

A fork begins at once then, and shares the vocabularies' memory with its siblings.
"""

from normalise.language.lexicon import LANGUAGES
from normalise.words import vocabulary
from pipelines.extract import extract
from pipelines.garbage import collect_seldom
from pipelines.read import read

# Every field module has something to look at; in front come words by which the language is told.
_PAGE = (
    "<h1>A B</h1><p>{}</p><p>A B Oy: 1.1.2024 - 2.2.2025, 1 000 EUR</p><p>A B, a.b@site.example, +358 40 123 4567</p>"
)


def _warm() -> None:
    for lang in LANGUAGES:
        page = _PAGE.format(vocabulary("stopwords")[lang]["words"])
        reading = read(page.encode(), "text/html", "https://site.example/")
        extract(reading.text, id="", reading=reading)
    # What is loaded stays; collecting garbage would write to it, and each process would get a copy of its own.
    collect_seldom()


_warm()
