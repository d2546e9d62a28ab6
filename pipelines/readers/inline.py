"""One line of the archived text in the making: pieces of text with the edges of inline elements between them."""

from pipelines.readers.lines import are_two_words, clean


class Inline:
    """Collects the pieces of one line."""

    __slots__ = ("_boundary", "_last", "pieces")

    def __init__(self) -> None:
        """An empty line."""
        self.pieces: list[str] = []
        self._last = ""
        self._boundary = 0

    def add(self, piece: str) -> None:
        """Add text as it stands in the page; it is not empty."""
        if self._boundary:
            if are_two_words(self._last, piece, self._boundary):
                self.pieces.append(" ")
            self._boundary = 0
        self.pieces.append(piece)
        self._last = piece[-1]

    def boundary(self) -> None:
        """An inline element began or ended here; words that would stick together are kept apart."""
        if self._last:
            self._boundary += 1

    def colon(self) -> None:
        """End a label with a colon."""
        while self.pieces and not self.pieces[-1].strip():
            self.pieces.pop()
        if self.pieces:
            self.pieces[-1] = self.pieces[-1].rstrip()
        self.add(": ")

    def is_blank(self) -> bool:
        """Whether nothing but white space stands on the line yet."""
        return not any(piece.strip() for piece in self.pieces)

    def text(self) -> str:
        """The line so far."""
        return clean("".join(self.pieces))

    def take(self) -> str:
        """The line; a new one begins."""
        line = self.text()
        self.pieces.clear()
        self._last = ""
        self._boundary = 0
        return line
