"""Make the two attachments of the example sites: a PDF and a DOCX with the same bytes on every run."""

import zipfile
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

SITES = Path(__file__).parent / "sites"
PDF = SITES / "rahoittaja" / "sites" / "default" / "files" / "documents" / "vihrea-siirtyma-paatokset-2023.pdf"
DOCX = SITES / "maakunta" / "liitteet" / "hakuohje-jtf-2024.docx"

PDF_LINES = (
    "Opetushallitus",
    "Päätös 15.12.2023",
    "OPH-2214-2023",
    "",
    "Ammatillisen koulutuksen vihreä siirtymä 2023: myönnetyt valtionavustukset",
    "",
    "Avustusta myönnetään yhteensä 3 960 000 euroa 14 hankkeelle. Hankkeet toteutetaan",
    "1.3.2024-31.12.2025. Suurimmat avustukset:",
    "",
    "Tampereen kaupunki, Vihreät taidot haltuun, 640 000 euroa",
    "Turun kaupunki, Kiertotalous kantaa, 521 000 euroa",
    "Koulutuskuntayhtymä OSAO, Pohjoisen energiaosaajat, 488 000 euroa",
    "Svenska Österbottens förbund för utbildning och kultur, Hållbar kust, 301 500 euroa",
    "",
    "Lisätietoja antaa opetusneuvos Tuulikki Kallasvuo, puh. 029 533 1901.",
    "Esimerkkiaineisto: henkilöt ja yhteystiedot ovat keksittyjä.",
)

DOCX_LINES = (
    "Hakuohje: oikeudenmukaisen siirtymän rahaston haku kevät 2024",
    "Keski-Pohjanmaan liitto",
    "Haku on avoinna 15.1.2024–15.3.2024. Hakemus jätetään EURA 2021 -järjestelmään viimeistään 15.3.2024 klo 16.15.",
    "Haettavissa on 1,8 miljoonaa euroa. Tuki on enintään 80 prosenttia hyväksyttävistä kustannuksista.",
    "Hakemukseen liitetään hankesuunnitelma, kustannusarvio ja selvitys omarahoituksesta.",
    "Neuvonta: ohjelmapäällikkö Antero Kupiainen, puh. 044 550 3010, antero.kupiainen@keski-pohjanmaa.example",
    "Esimerkkiaineisto: henkilöt ja yhteystiedot ovat keksittyjä.",
)

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="word/document.xml" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)


def pdf(lines: tuple[str, ...]) -> bytes:
    """One A4 page with a line of text each, Helvetica in WinAnsi encoding (PDF 1.4, ISO 32000-1 chapter 7.5)."""
    shown = b"\n".join(b"(" + _pdf_string(line) + b") '" for line in lines)
    stream = b"BT /F1 11 Tf 16 TL 56 800 Td\n" + shown + b"\nET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources 6 0 R >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Font << /F1 4 0 R >> >>",
    )
    return _pdf_file(objects)


def docx(lines: tuple[str, ...]) -> bytes:
    """A minimal Word document with a paragraph a line (ECMA-376 part 1)."""
    paragraphs = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    document = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:document xmlns:w="{_WORD}"><w:body>{paragraphs}</w:body></w:document>'
    )
    parts = {"[Content_Types].xml": _TYPES, "_rels/.rels": _RELS, "word/document.xml": document}
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 2, 8, 0, 0)), text)
    return file.getvalue()


def _pdf_string(line: str) -> bytes:
    return line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _pdf_file(objects: tuple[bytes, ...]) -> bytes:
    content, offsets = b"%PDF-1.4\n", []
    for number, entry in enumerate(objects, 1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, entry)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, len(content))
    )


def main() -> None:
    """Write both files to their sites."""
    for path, content in ((PDF, pdf(PDF_LINES)), (DOCX, docx(DOCX_LINES))):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main()
