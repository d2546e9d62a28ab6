"""Roles in brackets behind names, wherever they stand: "Oriveden lukio, Orivesi (project coordinator)"."""

import re
from collections.abc import Iterator

from normalise.analysis import Analysis
from normalise.parties.claims import Claim
from normalise.parties.names import role_named
from normalise.parties.pieces import as_named
from normalise.text.spans import within

_BRACKET = re.compile(r"\((?P<words>[^()\n]{3,40})\)")
# A name begins so many characters before its bracket at most; between them stands no more than its town and country.
_REACH = 160
_BETWEEN = re.compile(r"(?:,?\s[\w.’'-]+){0,4}\s?")


def marked_claims(analysis: Analysis) -> Iterator[Claim]:
    """The role that a bracket tells for the last body before it; a bracket behind a list's name is among them."""
    for bracket in _BRACKET.finditer(analysis.text):
        role = role_named(bracket["words"])
        bodies = within(analysis.organisations, bracket.start() - _REACH, bracket.start()) if role else ()
        named = [body for body in bodies if body.end <= bracket.start()]
        body = next((body for body in reversed(named) if not body.place), None)
        if role and body and _BETWEEN.fullmatch(analysis.text, body.end, bracket.start()):
            yield Claim(role, as_named(body), 3.0, f"{role}.marked")
