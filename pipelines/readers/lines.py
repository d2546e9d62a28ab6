"""Single lines of the archived text: cleaning, gluing, and the marks of headings."""

import re

# Soft hyphens, zero-width characters, byte-order marks, direction marks and control characters carry no text.
_DROPPED = dict.fromkeys(
    [0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
    + [c for c in (*range(0x20), *range(0x7F, 0xA0)) if chr(c) not in "\t\n\r\f\v\x85"]
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def clean(text: str) -> str:
    """Text in one line: white space collapsed, invisible characters dropped."""
    if not text.isascii() or _CONTROL.search(text):
        text = text.translate(_DROPPED)
    return " ".join(text.split())


def are_two_words(last: str, piece: str, boundaries: int) -> bool:
    """Whether words that elements part without a blank are two: ``</b>Opetus``, ``</span><span>+358``.

    ``last`` is the character before, ``piece`` the text after; ``boundaries`` counts the tags between.
    """
    following = piece[0]
    if last.isspace() or following.isspace():
        return False
    if last == ":" or ((last.islower() or last in ')]”"') and following.isupper() and boundaries > 1):
        return following.isalnum()
    if boundaries < 2:
        return False
    if "@" in piece[1:] or following == "+":
        return last.isalnum()
    return (last.islower() and following.isdigit()) or (last == "." and following.isupper())


def pair_lines(label: str, values: list[str]) -> list[str]:
    """A label and its values: in one line where there is one, else as a list under the label."""
    if len(values) == 1 and not values[0].startswith("- "):
        return [f"{label}: {values[0]}"]
    return [f"{label}:"] + [v if v.lstrip().startswith("- ") else f"- {v}" for v in values]


def level_of(block: list[str]) -> int:
    """The level of a heading block, 0 for any other."""
    marks = len(block[0]) - len(block[0].lstrip("#"))
    return marks if 1 <= marks <= 6 and block[0][marks : marks + 1] == " " else 0


def without_hollow(blocks: list[list[str]], hollow: set[int]) -> list[list[str]]:
    """Blocks but for those headings among ``hollow`` (indexes) that head nothing."""
    kept: list[list[str]] = []
    for number in range(len(blocks) - 1, -1, -1):
        level = level_of(blocks[number])
        after = level_of(kept[-1]) if kept else 1
        if number not in hollow or not 0 < after <= level:
            kept.append(blocks[number])
    return kept[::-1]
