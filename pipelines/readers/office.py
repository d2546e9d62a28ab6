"""DOCX and PPTX: their text with its headings, lists, tables and the addresses behind links."""

import io
import posixpath
import re
import unicodedata
import zipfile
import zlib
from typing import Literal

from lxml import etree

from pipelines.readers.flow import Flow
from pipelines.readers.links import beyond
from pipelines.readers.metadata import iso_date
from pipelines.readers.reading import Reading
from pipelines.readers.tables import Table

# Bounds against archives that unpack to gigabytes: the largest part read, and the sum of all.
_MAX_PART = 20_000_000
_MAX_WHOLE = 60_000_000
_MAX_SLIDES = 500
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# Word writes style ids in its user's language: heading (en), otsikko (fi), rubrik (sv), berschrift (de, ü dropped).
_HEADING_STYLE = re.compile(r"(?:heading|otsikko|rubrik|berschrift|überschrift)\s?([1-6])$", re.IGNORECASE)
_TITLE_STYLES = frozenset({"title", "otsikko", "rubrik", "titel"})
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    etree.XMLSyntaxError,
)


def read_office(body: bytes, kind: Literal["docx", "pptx"]) -> Reading:
    """Read a Word or PowerPoint file. Parts beyond 20 MB, archives beyond 60 MB and damaged ones are ``broken``."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            parts = ["word/document.xml"] if kind == "docx" else _slides(archive)
            texts = [text for part in parts[:_MAX_SLIDES] if (text := _text_of(archive, part))]
            title, created, changed = _properties(archive)
    except _BROKEN:
        return Reading(text="", format=kind, state="broken")
    text = unicodedata.normalize("NFC", "\n\n".join(texts))
    return Reading(
        text=text,
        format=kind,
        state="ok" if text else "empty",
        title=title,
        published=created,
        updated=changed,
        dates_origin="document" if created or changed else None,
        cut=len(parts) > _MAX_SLIDES,
    )


def _xml(archive: zipfile.ZipFile, name: str) -> etree._Element:
    """The root of one part; entities are not expanded. Raises ValueError when it is too large."""
    if archive.getinfo(name).file_size > _MAX_PART or sum(i.file_size for i in archive.infolist()) > _MAX_WHOLE:
        raise ValueError(f"{name} is too large")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    with archive.open(name) as part:
        return etree.fromstring(part.read(_MAX_PART), parser)


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    folder, _, name = part.rpartition("/")
    path = f"{folder}/_rels/{name}.rels"
    if path not in archive.namelist():
        return {}
    return {e.get("Id", ""): e.get("Target", "") for e in _xml(archive, path).iter("{*}Relationship")}


def _slides(archive: zipfile.ZipFile) -> list[str]:
    """The slides' parts in the order of the show."""
    relations = _relations(archive, "ppt/presentation.xml")
    ids = [e.get(_RELATION, "") for e in _xml(archive, "ppt/presentation.xml").iter("{*}sldId")]
    targets = [relations[i] for i in ids if i in relations]
    paths = [posixpath.normpath(posixpath.join("/ppt", target)).lstrip("/") for target in targets]
    return [path for path in paths if path in archive.namelist()]


def _properties(archive: zipfile.ZipFile) -> tuple[str | None, str | None, str | None]:
    """The title of a document, and when it was made and last changed (Dublin Core, as Office writes it)."""
    if "docProps/core.xml" not in archive.namelist():
        return None, None, None
    core = _xml(archive, "docProps/core.xml")
    title = " ".join((core.findtext("{*}title") or "").split()) or None
    return title, iso_date(core.findtext("{*}created")), iso_date(core.findtext("{*}modified"))


def _text_of(archive: zipfile.ZipFile, part: str) -> str:
    walk = _Walk(_relations(archive, part))
    for event, element in etree.iterwalk(_xml(archive, part), events=("start", "end")):
        if isinstance(element.tag, str):
            walk.see(event, etree.QName(element).localname, element)
    return "\n\n".join("\n".join(block) for block in walk.flows[0].finish())


class _Walk:
    """Takes the elements of one part in order and writes them to the innermost flow."""

    def __init__(self, relations: dict[str, str]) -> None:
        self.relations = relations
        self.flows = [Flow()]
        self.tables: list[Table] = []
        self.fallback = 0
        self.link_text: list[str] | None = None
        self.title_shape = False

    def see(self, event: str, name: str, element: etree._Element) -> None:
        """Take one start or end of an element."""
        if name == "Fallback":  # the same content again, for older programs
            self.fallback += 1 if event == "start" else -1
        if self.fallback:
            return
        handler = getattr(self, f"_{event}_{name}", None)
        if handler is not None:
            handler(element)

    def _start_t(self, element: etree._Element) -> None:
        text = element.text or ""
        self.flows[-1].text(text)
        if self.link_text is not None:
            self.link_text.append(text)

    def _start_tab(self, _element: etree._Element) -> None:
        self.flows[-1].text(" ")

    def _start_br(self, _element: etree._Element) -> None:
        self.flows[-1].line_break()

    def _start_hyperlink(self, _element: etree._Element) -> None:
        self.link_text = []

    def _end_hyperlink(self, element: etree._Element) -> None:
        text, self.link_text = "".join(self.link_text or []), None
        carried = beyond(self.relations.get(element.get(_RELATION, ""), ""), text)
        if carried:
            self.flows[-1].text(f" <{carried}>")

    def _start_ph(self, element: etree._Element) -> None:
        self.title_shape = element.get("type") in ("title", "ctrTitle")

    def _end_sp(self, _element: etree._Element) -> None:
        self.title_shape = False

    def _start_p(self, element: etree._Element) -> None:
        flow = self.flows[-1]
        level = 0 if self.tables else self._level(element)
        if level:
            flow.begin_heading(level)
        elif element.find("{*}pPr/{*}numPr") is not None:
            flow.begin_item()
        else:
            flow.end_block()

    def _end_p(self, element: etree._Element) -> None:
        flow = self.flows[-1]
        if flow.heading:
            flow.finish_heading()
        elif element.find("{*}pPr/{*}numPr") is not None:
            flow.finish_item()
        else:
            flow.end_block()

    def _level(self, element: etree._Element) -> int:
        if self.title_shape:
            return 2
        style = element.find("{*}pPr/{*}pStyle")
        name = next((v for k, v in style.attrib.items() if str(k).endswith("val")), "") if style is not None else ""
        found = _HEADING_STYLE.search(str(name))
        return int(found[1]) if found else int(str(name).lower() in _TITLE_STYLES)

    def _start_tbl(self, _element: etree._Element) -> None:
        self.flows[-1].end_block()
        self.tables.append(Table())

    def _end_tbl(self, _element: etree._Element) -> None:
        self.tables.pop()
        self.flows[-1].end_block()

    def _start_tc(self, _element: etree._Element) -> None:
        self.flows.append(Flow(tight=1))

    def _end_tc(self, _element: etree._Element) -> None:
        cell = self.flows.pop()
        self.tables[-1].add(False, cell)

    def _end_tr(self, _element: etree._Element) -> None:
        self.tables[-1].write_row(self.flows[-1])
