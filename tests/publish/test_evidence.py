"""Texts cut for reading lose and gain nothing; differences can be put together again."""

from hypothesis import given
from hypothesis import strategies as st

from publish.differences import difference, words_difference
from publish.evidence import PART_CHARACTERS, REDACTED, Span, cut, part_of

TEXTS = st.text(alphabet="ab #-\n█ä", max_size=60)
SPANS = st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=6)


@given(TEXTS, SPANS)
def test_pieces_are_the_text(text: str, places: list[tuple[int, int]]) -> None:
    spans = [Span(number, *place) for number, place in enumerate(places)]
    lines = cut(text, spans).lines
    shown = ["".join(piece.text for piece in line.pieces) for line in lines]
    for written, line in zip(shown, text.split("\n"), strict=False):
        assert line.endswith(written)
        assert line.removesuffix(written).strip(" #-") == ""
    opened = [fact for line in lines for piece in line.pieces for fact in piece.opens]
    assert len(opened) == len(set(opened))


@given(TEXTS, st.integers(0, 50), st.integers(1, 9))
def test_a_quote_is_marked_whole(text: str, start: int, length: int) -> None:
    quote = text[start : start + length]
    if "\n" in quote or not quote:
        return
    pieces = [piece for line in cut(text, [Span(1, start, start + length)]).lines for piece in line.pieces]
    assert "".join(piece.text for piece in pieces if 1 in piece.facts) == quote


def test_long_texts_come_in_parts() -> None:
    text = "x" * (PART_CHARACTERS + 10)
    span = Span(1, PART_CHARACTERS + 2, PART_CHARACTERS + 5)
    part = cut(text, [span], part_of(span.start))
    assert (part.number, part.parts) == (2, 2)
    assert [piece.text for piece in part.lines[0].pieces if piece.facts] == ["xxx"]
    assert cut(text, [span], 99).number == 2


def test_redacted_stretches_are_pieces() -> None:
    (line,) = cut(f"soita {REDACTED * 3} nyt", []).lines
    assert [piece.redacted for piece in line.pieces] == [False, True, False]


@given(st.text(alphabet="ab c.", max_size=30), st.text(alphabet="ab c.", max_size=30))
def test_a_difference_holds_both_texts(before: str, after: str) -> None:
    stretches = words_difference(before, after)
    assert "".join(part.text for part in stretches if part.change != "inserted") == before
    assert "".join(part.text for part in stretches if part.change != "deleted") == after


def test_unchanged_lines_are_left_out() -> None:
    lines = difference("\n".join("abcdefghij"), "\n".join("abcdeXghij"))
    words = [(part.change, part.text) for line in lines for part in line if part.change != "same"]
    assert words == [("deleted", "f"), ("inserted", "X")]
    assert len(lines) == 5
    assert difference("a", "a") == []
