"""The document model: lines, blocks, headings; offsets that hold for any text."""

from hypothesis import given
from hypothesis import strategies as st

from normalise.text.document import Document, LineKind

PAGE = "# Silta\n\nHankeaika\n\n1.1.2024–31.12.2025\n\n- Turun kaupunki\n- Omnia\n\nHanke | Hakija\nA | B\n"


def test_lines_know_their_kind_and_block() -> None:
    lines = Document(PAGE).lines
    assert [line.kind for line in lines] == [
        LineKind.HEADING,
        LineKind.TEXT,
        LineKind.TEXT,
        LineKind.ITEM,
        LineKind.ITEM,
        LineKind.ROW,
        LineKind.ROW,
    ]
    assert [line.block for line in lines] == [0, 1, 2, 3, 3, 4, 4]
    assert lines[0].level == 1
    assert lines[3].text == "Turun kaupunki"


def test_a_short_line_alone_in_its_block_heads_what_follows() -> None:
    document = Document("Rahoittaja\n\nOpetushallitus rahoittaa hanketta.\nToinen rivi samassa kappaleessa\n")
    assert [document.is_heading(line) for line in document.lines] == [True, False, False]


def test_the_last_line_heads_nothing() -> None:
    document = Document("Eka lause.\n\nLoppu")
    assert not document.is_heading(document.lines[-1])


def test_line_at_finds_the_line_of_an_offset() -> None:
    document = Document(PAGE)
    line = document.line_at(PAGE.index("Omnia") + 2)
    assert line is not None
    assert line.text == "Omnia"
    assert Document("\n\nx").line_at(0) is None


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=300))
def test_every_line_stands_at_its_offsets(text: str) -> None:
    document = Document(text)
    for line in document.lines:
        assert text[line.start : line.end] == line.text
        assert line.text.strip()
