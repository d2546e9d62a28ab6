"""EURA 2014 and 2007: one list of all projects, one sheet a project, labels that must be there."""

import re
from collections.abc import Iterator
from typing import ClassVar

from lxml import html

from crawlers.links import page_links, parse_html
from crawlers.sources import Source
from crawlers.spiders.vocabulary import terms
from crawlers.steps import Alarm, Answer, Counted, Follow, PlainSpider, Step

_SPACE = re.compile(r"\s+")


class Eura2014Spider(PlainSpider):
    """Reads the project list; a sheet is a page like any other, and its labels and states are checked."""

    name: ClassVar[str] = "eura2014"

    def start(self, source: Source) -> Iterator[Follow]:
        """The list of all projects."""
        yield from (Follow(url, "listing") for url in source.start)

    def read(self, source: Source, answer: Answer) -> Iterator[Step]:
        """Sheets from the list; alarms from a sheet."""
        if answer.role == "listing":
            sheets = [url for url in page_links(answer.body, answer.url, answer.declared_type).all if source.keeps(url)]
            yield Counted(len(sheets))
            yield from (Follow(url) for url in sheets)
            if not sheets:
                yield Alarm("zero-cards", f"{answer.url}: the list names no project")
        elif answer.role == "page":
            yield from _checked(answer)


def _checked(answer: Answer) -> Iterator[Step]:
    root = parse_html(answer.body, answer.declared_type)
    lines = dict(_labelled(root)) if root is not None else {}
    known = terms("eura2014")
    for labels in known["labels"]:
        if not any(label in lines for label in labels):
            yield Alarm("missing-label", f"{answer.url}: no line {' or '.join(labels)!r}")
    for label in known["state_labels"]:
        state = lines.get(label)
        if state is not None and state not in known["states"]:
            yield Alarm("unknown-status", f"{answer.url}: {label} is {state!r}")


def _labelled(root: html.HtmlElement) -> Iterator[tuple[str, str]]:
    for element in root.iter("p"):
        label, colon, value = _SPACE.sub(" ", element.text_content()).strip().partition(":")
        if colon:
            yield label.strip(), value.strip()
