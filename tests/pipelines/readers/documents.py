"""Small files of every format, made by hand."""

import io
import zipfile

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
SHOW = "http://schemas.openxmlformats.org/presentationml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
TERMS = "http://purl.org/dc/terms/"


def packed(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return buffer.getvalue()


def docx(body: str) -> bytes:
    xml = f'<w:document xmlns:w="{WORD}" xmlns:r="{RELATION}"><w:body>{body}</w:body></w:document>'
    rels = '<Relationships><Relationship Id="r1" Target="mailto:anna@site.example"/></Relationships>'
    return packed(**{"word/document.xml": xml, "word/_rels/document.xml.rels": rels})


def pptx(*slides: str, properties: str = "") -> bytes:
    """A show of these slides, each the XML of its shapes."""
    ids = "".join(f'<p:sldId r:id="s{n}"/>' for n in range(len(slides)))
    targets = "".join(f'<Relationship Id="s{n}" Target="slides/slide{n}.xml"/>' for n in range(len(slides)))
    parts = {
        "ppt/presentation.xml": f'<p:p xmlns:p="{SHOW}" xmlns:r="{RELATION}">{ids}</p:p>',
        "ppt/_rels/presentation.xml.rels": f"<R>{targets}</R>",
    }
    for n, shapes in enumerate(slides):
        parts[f"ppt/slides/slide{n}.xml"] = f'<p:sld xmlns:p="{SHOW}" xmlns:a="{DRAWING}">{shapes}</p:sld>'
    if properties:
        core = f'<c:coreProperties xmlns:c="{CORE}" xmlns:t="{TERMS}">{properties}</c:coreProperties>'
        parts["docProps/core.xml"] = core
    return packed(**parts)


def pdf(*pages: list[str], drawing: str = "", info: str = "") -> bytes:
    """A PDF of one font; each line stands 14 points below the one before. ``drawing`` is painted on every page."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for lines in pages:
        stream = "BT /F1 10 Tf 14 TL 50 800 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET" + drawing
        objects.append(f"<</Length {len(stream)}>>\nstream\n{stream}\nendstream")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {len(objects)} 0 R"
            "/Resources<</Font<</F1 3 0 R>>>>>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    objects.append(f"<<{info}>>")
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R/Info {len(objects)} 0 R>>\n"
    tail += f"startxref\n{len(body)}\n%%EOF"
    return (body + tail).encode("latin-1")
