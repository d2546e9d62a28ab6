"""What may stand between a name and its job title, before the name, or on the rest of their lines."""

import re
from functools import cache

from normalise.words import any_of, vocabulary

# Between a name and its title: separators, a unit or organisation, details (blanked as "#").
_AFTER_NAME = re.compile(r"[\s#]*(?:[,(|:/;<>)–—-][\s#]*){1,4}(?:[^\n,;()@\d|#]{2,45}[,|(]\s*)?")
_LINE_GOES_ON = re.compile(r"[\s,;:]*(?:\([^()\n]{0,60}\))?[\s,;:]*")
# What may follow a title on a line of its own: "Project manager at Omnia", "Projektipäällikkö, Tredu:".
_REST_OF_LINE = re.compile(
    rf"[\s:.]*(?:(?:,|\s(?:{any_of(vocabulary('contacts')['employed_at'])}))\s[^\n@\d]{{2,50}})?"
)


def leads_to_name(text: str, start: int, end: int) -> bool:
    """Whether what stands between a title and a name after it ties them: " ", ": ", " toimii ", ", Tredu: "."""
    return bool(_before_name().fullmatch(text, start, end))


def leads_to_title(gap: str) -> bool:
    """Whether what stands between a name and a title after it ties them: ", ", " (", ", unit, "; details are "#"."""
    return not gap.strip(" \xa0") or bool(_AFTER_NAME.fullmatch(gap))


def ends_line(text: str, start: int, end: int) -> bool:
    """Whether a name ends its line, a bracket apart."""
    return bool(_LINE_GOES_ON.fullmatch(text, start, end))


def fills_line(text: str, start: int, end: int) -> bool:
    """Whether nothing but a title's employer or unit follows a title on its line."""
    return bool(_REST_OF_LINE.fullmatch(text, start, end))


def is_honorific(before: str) -> bool:
    """Whether nothing but degrees stands before a name on its line: "Dr. Anna Aho"."""
    return all(word.casefold() in vocabulary("contacts")["degrees"] for word in before.split())


def blank_labels(gap: str) -> str:
    """A gap without the labels before its blanked details: "p. #" becomes "#"."""
    return _detail_label().sub("#", gap)


def function_before(text: str, start: int) -> re.Match[str] | None:
    """A function in a title's place right before a name ("Viestintä: "), as the match's group ``word``."""
    return _function_before().search(text, max(0, start - 40), start)


@cache
def _detail_label() -> re.Pattern[str]:
    labels = any_of(vocabulary("phones")["labels"])
    return re.compile(rf"\b(?:{labels})[.:]{{0,2}}\s*#", re.IGNORECASE)


@cache
def _before_name() -> re.Pattern[str]:
    words = vocabulary("contacts")
    between = any_of(words["between_title_and_name"])
    degrees = any_of(words["degrees"])
    employed = rf"\s(?:{any_of(words['employed_at'])})\s[^\n,:;()@\d|]{{2,40}}|\s\w{{3,30}}(?:ss|ll)[aä]"
    return re.compile(
        rf"[*_]{{0,2}}(?:\s?[,:|–-]\s?|[ \t\xa0]{{1,40}})?(?:(?:{degrees})\s|(?:{between})\s?:?\s){{0,2}}[\"”]?"
        rf"|\s?\([^()\n]{{1,40}}\):?\s|\s(?:{between})?\s?:\s?"
        r"|,\s[^\n,:;()@\d|]{2,40}(?::|\s\|)\s"
        rf"|(?:{employed})\s(?:{any_of(words['is_held_by'])})\s",
        re.IGNORECASE,
    )


@cache
def _function_before() -> re.Pattern[str]:
    functions = any_of(vocabulary("roles")["functions"])
    return re.compile(rf"(?:^|[\n•|-]\s?)(?P<word>{functions})(?::\s?|\n)$", re.IGNORECASE)
