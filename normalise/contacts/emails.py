"""E-mail addresses as Finnish, Swedish and English pages write them: with "@", "(at)", "[dot]", spaces, glued words."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from normalise.words import any_of, vocabulary

# å, ä, ö stand in addresses typed by hand; RFC 5321 allows 64 characters before the "@", RFC 1035 63 in a label.
_LETTER = "0-9A-Za-zÀ-ÖØ-öø-ž"
_LOCAL = rf"[{_LETTER}_%+'’-]{{1,64}}"
_LABEL = rf"[{_LETTER}][{_LETTER}-]{{0,62}}"
# A name that a PDF broke at its hyphen: "hedda.sjolund-" ends the line.
_BROKEN = rf"[{_LETTER}]{{1,40}}\.[{_LETTER}]{{1,40}}-\n"
# A cheap test of where an address may be, so that text without one costs next to nothing.
_BARE_AT = any_of(vocabulary("emails")["bare_at"])
_SIGN = re.compile(
    rf"@|[(\[{{<*] ?(?:@|[^\W\d][^()\[\]{{}}<>*@\n]{{0,14}}) ?[)\]}}>*]|[ \xa0](?:{_BARE_AT})[ \xa0]", re.IGNORECASE
)
# No address is longer than 254 characters (RFC 3696, erratum 1690); dots spelled out are rare.
_BEFORE, _AFTER = 100, 160


@dataclass(frozen=True, slots=True)
class EmailMention:
    """An address (lower-cased, signs restored) and where it stands.

    ``is_pattern``: the address is nobody's, but says how a person's is made ("etunimi.sukunimi@oph.fi").
    """

    start: int
    end: int
    address: str
    is_pattern: bool = False

    @property
    def local(self) -> str:
        """The part before the "@"."""
        return self.address.partition("@")[0]

    @property
    def domain(self) -> str:
        """The part after the "@"."""
        return self.address.partition("@")[2]


def find_emails(text: str) -> tuple[EmailMention, ...]:
    """All e-mail addresses of a text in reading order; "[email protected]" hides one and yields nothing."""
    found: list[EmailMention] = []
    position = 0
    for sign in _SIGN.finditer(text):
        if sign.start() < position:
            continue
        match = _address(sign[0]).search(text, max(position, sign.start() - _BEFORE), sign.end() + _AFTER)
        # Brackets that are no sign may stand before an address whose end lies beyond what is searched around them.
        mention = _mention(text, match) if match and match.start() <= sign.start() else None
        if mention:
            found.append(mention)
        position = max(sign.end(), mention.end if mention else 0)
    return tuple(found)


def pattern_address(pattern: str, given: str, family: str) -> str:
    """The address that a pattern makes for a name in lower-case ASCII: ``("etunimi.sukunimi@a.fi", "anna", "aho")``."""
    local, _, domain = pattern.partition("@")
    words = vocabulary("emails")
    forms = dict.fromkeys(words["given_initial"], given[:1])
    forms |= dict.fromkeys(words["given"], given) | dict.fromkeys(words["family"], family)
    return f"{_placeholders().sub(lambda part: forms[part[0]], local)}@{domain}"


def _mention(text: str, match: re.Match[str]) -> EmailMention | None:
    cut = _glued_before(text, match)
    start = match.start() + cut
    local = _restore_dots(match["local"][cut:]).strip(".-'’")
    end = _host_end(match)
    host = _restore_dots(text[match.start("host") : end]).replace(" ", "")
    if not local or not end or not _sign_is_meant(text, match, local):
        return None
    address = f"{local}@{host}".lower().replace("’", "'")
    return EmailMention(start, end, address, _is_pattern(local.lower()))


def _sign_is_meant(text: str, match: re.Match[str], local: str) -> bool:
    """Whether a sign with spaces or in plain words is one: the local part has a dot, or a label precedes."""
    sign = match["at"]
    if sign == "@" or sign.strip()[0] in "([{<*" or "." in local:
        return True
    line_start = text.rfind("\n", 0, match.start()) + 1
    return bool(_labels().search(text, max(line_start, match.start() - 40), match.start()))


def _is_pattern(local: str) -> bool:
    """Whether a local part stands for a name: "etunimi.sukunimi", "e.sukunimi", "förnamn"."""
    parts = _placeholders().findall(local)
    words = vocabulary("emails")
    if len(parts) == 1:
        return local in words["whole_pattern"]
    return len(parts) > 1 and any(part in words["family"] for part in parts)


def _glued_before(text: str, match: re.Match[str]) -> int:
    """How many characters before the local part belong to a label or a phone number that lost its space."""
    local = match["local"]
    label = _glue_before().match(local) if local[0].isupper() else None
    if label and len(local) - label.end() >= 3:
        return label.end()
    digits = re.match(r"\d{2,15}(?=[^\W\d_])|\+?\d[\d-]{4,20}(?=[^\W\d_])", local)
    before = text[max(0, match.start() - 2) : match.start()]
    if digits and (digits.end() >= 5 or re.fullmatch(r"\d[ \xa0-]", before)):
        return digits.end()
    return 0


def _host_end(match: re.Match[str]) -> int:
    """Where the domain ends (offset in the text): at the last label that is a top-level domain; 0 if there is none."""
    end, labels = 0, list(_host_label().finditer(match.string, match.start("host"), match.end("host")))
    for previous, label in pairwise(labels):
        # "anna@site.fi.Lue lisää": a capital after a domain in small letters begins the next sentence.
        if end and label[0][0].isupper() and previous[0].islower():
            break
        if _is_domain(label[0]):
            end = label.end()
    return end or _glued_end(labels[-1])


def _glued_end(label: re.Match[str]) -> int:
    """The end of a top-level domain inside a last label that a word or number was glued to ("fiPuhelin", "fi050")."""
    glued = _glue_after().match(label[0])
    if glued:
        return label.start() + glued.end("domain")
    return label.end() if label[0].isalpha() and label[0].isascii() and 2 <= len(label[0]) <= 14 else 0


def _is_domain(label: str) -> bool:
    return label.isascii() and label.isalpha() and (len(label) == 2 or label.lower() in vocabulary("emails")["domains"])


def _restore_dots(written: str) -> str:
    return _spelled_dot().sub(".", written.replace("-\n", "-"))


def _address(sign: str) -> re.Pattern[str]:
    return _plain_address() if sign == "@" else _spelled_address()


@cache
def _plain_address() -> re.Pattern[str]:
    # "oph. fi": a space that a PDF put after the dot, taken back before the commonest domains only.
    dot = r"(?:\.|\. (?=(?:fi|ax|se|com|net|org|eu)\b))"
    return re.compile(
        rf"(?<![{_LETTER}_%+])(?P<local>(?:{_BROKEN})?{_LOCAL}(?:\.{_LOCAL}){{0,5}})(?P<at>\s?@\s?)(?P<host>{_LABEL}(?:{dot}{_LABEL}){{1,5}})"
    )


@cache
def _spelled_address() -> re.Pattern[str]:
    words = vocabulary("emails")
    at = rf"\s?[(\[{{<*]\s?(?:{any_of(words['at'])})\s?[)\]}}>*]\s?|\s(?:{_BARE_AT})\s"
    dot = rf"(?:\.|{_dot_words()})"
    return re.compile(
        rf"(?<![{_LETTER}_%+])(?P<local>{_LOCAL}(?:{dot}{_LOCAL}){{0,5}})(?P<at>{at})(?P<host>{_LABEL}(?:{dot}{_LABEL}){{1,5}})",
        re.IGNORECASE,
    )


def _dot_words() -> str:
    words = vocabulary("emails")
    return rf"\s?[(\[{{<]\s?(?:{any_of(words['dot'])})\s?[)\]}}>]\s?|\s(?:{any_of(words['bare_dot'])})\s"


@cache
def _spelled_dot() -> re.Pattern[str]:
    return re.compile(_dot_words(), re.IGNORECASE)


@cache
def _host_label() -> re.Pattern[str]:
    return re.compile(rf"(?:(?<=\.)|(?<=[\s)\]}}>])|(?<![{_LETTER}-])){_LABEL}(?![\])}}>])")


@cache
def _labels() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(vocabulary('emails')['labels'])})\b", re.IGNORECASE)


@cache
def _placeholders() -> re.Pattern[str]:
    words = vocabulary("emails")
    forms = [*words["given"], *words["family"]]
    return re.compile(rf"(?:{any_of(forms)})|(?<![^\W_])(?:{any_of(words['given_initial'])})(?![^\W_])")


@cache
def _glue_before() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(vocabulary('emails')['glued_before'])})", re.IGNORECASE)


@cache
def _glue_after() -> re.Pattern[str]:
    words = vocabulary("emails")
    domains = any_of(["fi", "ax", "se", "eu", "ee", "no", "dk", *words["domains"]])
    return re.compile(
        rf"(?P<domain>{domains})(?=[0-9]|(?:{any_of(words['glued_after'])})|(?<=[a-z])[A-ZÅÄÖ])|(?P<never>(?!))"
    )
