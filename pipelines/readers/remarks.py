"""Lines that a site says for itself: words of buttons, credits of pictures, appeals, keywords, copyright."""

import re

from pipelines.readers.words import (
    agencies,
    appeal_acts,
    appeal_things,
    appeals,
    bare,
    credit_pattern,
    elsewhere_begins,
    elsewhere_lines,
    furniture_lines,
    tag_labels,
    trailing_credit,
)

_SHORT = 60
_COPYRIGHT_LENGTH = 100
_CAPTION_LENGTH = 400
_LONGEST = 260
_APPEAL_LENGTH = 120
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright\b)")
_TELLS = re.compile(r"@|(?<!\w)[0-9]")


def is_remark(line: str) -> bool:
    """Whether a line of text is furniture whatever stands around it."""
    if len(line) > _LONGEST:
        return False
    lowered = line.lower()
    if len(line) <= _SHORT and (bare(line) in furniture_lines() or _is_credit(lowered) or _is_tags(lowered)):
        return True
    return _is_copyright(lowered) or is_appeal(lowered)


def _is_credit(lowered: str) -> bool:
    """Whether a line only says whom a picture is from."""
    if credit_pattern().match(lowered):
        return True
    return any(name in lowered for name in agencies()) and _TELLS.search(lowered) is None


def _is_tags(lowered: str) -> bool:
    label, colon, _ = lowered.partition(":")
    return bool(colon) and bare(label) in tag_labels() and _TELLS.search(lowered) is None


def _is_copyright(lowered: str) -> bool:
    return len(lowered) <= _COPYRIGHT_LENGTH and "@" not in lowered and _COPYRIGHT.match(lowered) is not None


def is_appeal(lowered: str) -> bool:
    """Whether a line asks readers to subscribe, follow, comment or pay; dates, sums and addresses speak against it."""
    if any(words in lowered for words in appeals()):
        return _TELLS.search(lowered) is None
    if len(lowered) > _APPEAL_LENGTH or not any(thing in lowered for thing in appeal_things()):
        return False
    return _TELLS.search(lowered) is None and appeal_acts().search(lowered) is not None


def without_credit(line: str) -> str:
    """A caption without the name of the picture's maker at its end; any other line as it is."""
    if len(line) > _CAPTION_LENGTH or (":" not in line and "©" not in line):
        return line
    found = trailing_credit().search(line)
    return line[: found.start()].rstrip() if found else line


def announces_others(line: str) -> bool:
    """Whether a line, perhaps a heading, ends in a colon and announces a list of other pages."""
    words = bare(line.lstrip("# "))
    if len(words) > _SHORT or not line.endswith(":"):
        return False
    return words in elsewhere_lines() or words.startswith(elsewhere_begins())
