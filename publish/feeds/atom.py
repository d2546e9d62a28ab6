"""Atom 1.0 (RFC 4287)."""

import re
from typing import Any

from lxml import etree

from publish.feeds.entries import Entry, Feed

_NAMESPACE = "http://www.w3.org/2005/Atom"
# lxml writes the namespace without a prefix for None; its stubs know only str.
_NAMESPACES: dict[Any, str] = {None: _NAMESPACE}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Characters that XML 1.0 cannot hold at all (section 2.2).
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(feed: Feed) -> bytes:
    """The feed as an XML document."""
    root = etree.Element(f"{{{_NAMESPACE}}}feed", {_LANG: feed.lang}, nsmap=_NAMESPACES)
    _add(root, "id", feed.url)
    _add(root, "title", feed.title)
    _add(root, "updated", feed.updated)
    _add(root, "link", None, rel="self", type="application/atom+xml", href=feed.url)
    _add(root, "link", None, rel="alternate", type="text/html", href=feed.home)
    _add(_add(root, "author", None), "name", "Hankearkisto")
    for entry in feed.entries:
        _entry(root, entry)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def xml_text(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return _FORBIDDEN.sub("\ufffd", text)


def _entry(root: etree._Element, entry: Entry) -> None:
    element = etree.SubElement(root, f"{{{_NAMESPACE}}}entry", {_LANG: entry.lang} if entry.lang else {})
    _add(element, "id", entry.id)
    _add(element, "title", entry.title)
    _add(element, "link", None, rel="alternate", type="text/html", href=entry.url)
    _add(element, "updated", entry.updated)
    _add(element, "published", entry.published)
    for tag in entry.tags:
        _add(element, "category", None, term=tag)
    _add(element, "content", entry.text, type="text")


def _add(parent: etree._Element, name: str, text: str | None, **attributes: str) -> etree._Element:
    element = etree.SubElement(
        parent, f"{{{_NAMESPACE}}}{name}", {key: xml_text(value) for key, value in attributes.items()}
    )
    if text is not None:
        element.text = xml_text(text)
    return element
