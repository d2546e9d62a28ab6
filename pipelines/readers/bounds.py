"""Bounds on a page before it is parsed: what a parser would take minutes for is cut first."""

import re

# A real page of 2 MB has some 30,000 elements; beyond these bounds a page is cut, so that none takes over two seconds.
MAX_CHARACTERS = 3_000_000
# libxml2 (2.14) compares every attribute of an HTML tag with all before it: 100,000 take half a minute.
MAX_ATTRIBUTES = 500
# Shorter pages cannot hold enough attributes to matter.
_HARMLESS = 20_000
# What makes real pages larger than that is no text: pictures inside attributes, scripts and styles.
_INLINE_DATA = re.compile(r"data:[\w/+.-]{1,60};base64,[\w/+=]+")
# Start tags as HTML parsers read them: a ">" inside quotes ends none. Possessive, so that nothing is read twice.
_ATTRIBUTE = r"""(?:[^\s"'=<>/]++|["'<])(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
_CROWDED_TAG = rf"(?P<start><[a-z][^\s/>]*+)(?:[\s/=]*+{_ATTRIBUTE}){{{MAX_ATTRIBUTES},}}+"
# What stands in these is no tag, whatever it looks like.
_UNREAD = r"<!--(?:[^-]++|-(?!->))*+|<(?P<raw>script|style|textarea|title)\b[^>]*+>(?:[^<]++|<(?!/(?P=raw)))*+"
_CROWDED = re.compile(rf"{_CROWDED_TAG}|{_UNREAD}", re.IGNORECASE)
# A crowded tag has at least a character an attribute before its first ">", unless a quoted value holds one. Few pages
# have either, and these looks take a fifth of the time of reading every tag.
_LONG_TAG = re.compile(rf"<[a-zA-Z][^>]{{{MAX_ATTRIBUTES}}}")
_QUOTED_END = re.compile(r"""=\s*+(?:"[^">]*+>|'[^'>]*+>)""")


def within_bounds(html: str) -> tuple[str, bool]:
    """A page that is not too long to parse, and whether it was cut: inline pictures and scripts go first."""
    if len(html) > MAX_CHARACTERS:
        html = _without_scripts(_INLINE_DATA.sub("", html))
    bounded = html[:MAX_CHARACTERS]
    if len(bounded) > _HARMLESS and (_LONG_TAG.search(bounded) or _QUOTED_END.search(bounded)):
        bounded = _CROWDED.sub(lambda found: found["start"] or found[0], bounded)
    return bounded, len(html) > MAX_CHARACTERS


def _without_scripts(html: str) -> str:
    """A page without its scripts."""
    kept, at = [], 0
    while (start := html.find("<script", at)) >= 0:
        kept.append(html[at:start])
        at = html.find("</script>", start)
        if at < 0:
            return "".join(kept)
    return "".join(kept) + html[at:]
