"""Identifiers of bodies in text: business ids with their check digit, OIDs of Opintopolku, e-mail and web domains."""

import re
from functools import cache

from normalise.words import any_of, vocabulary

# Y-tunnus: seven digits, hyphen, check digit; as a VAT number: "FI" and eight digits.
_BUSINESS_ID = re.compile(r"(?<![\d-])(\d{6,7})-(\d)(?![\d-])|\bFI[ -]?(\d{7})(\d)\b")
# Source: Finnish Tax Administration and PRH, the check digit of the business id.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)
# Organisations' OIDs of the Finnish National Agency for Education start so.
_OID = re.compile(r"(?<![\d.])1\.2\.246\.562\.(?:10|99)\.\d{1,20}(?!\d|\.\d)")
_ADDRESS = re.compile(
    r"(?:https?://)?(?:[\w.+-]{1,64}@)?((?:[a-z0-9åäö](?:[a-z0-9åäö-]{0,61}[a-z0-9åäö])?\.){1,5}[a-z]{2,12})(?:[/?#]\S*)?",
    re.IGNORECASE,
)


def business_id(text: str) -> str | None:
    """The one Y-tunnus of a text as 1234567-8; None where there is none, several, or the check digit is wrong."""
    found = {_checked(one or three, two or four) for one, two, three, four in _BUSINESS_ID.findall(text)}
    valid = {number for number in found if number}
    return valid.pop() if len(valid) == 1 else None


def without_identifiers(text: str) -> str:
    """A text without its business ids and OIDs and the words that announce them."""
    return _label().sub(" ", _OID.sub(" ", _BUSINESS_ID.sub(" ", text))).strip(" ,;:()-")


def oid(text: str) -> str | None:
    """The first OID of an education organisation in a text."""
    found = _OID.search(text)
    return found[0] if found else None


def domain(address: str) -> str | None:
    """The domain of an e-mail or web address, lower-case, without "www."; None for text that is no address."""
    found = _ADDRESS.fullmatch(address.strip())
    # "JYU.Wisdom" is a name: a bare domain is written in small letters.
    if found is None or (found[0] == found[1] and not found[1].islower()):
        return None
    return found[1].casefold().removeprefix("www.")


def is_shared_domain(name: str) -> bool:
    """Whether a domain is a mail or hosting service's, and says nothing of the body."""
    return any(name == shared or name.endswith(f".{shared}") for shared in vocabulary("legal_forms")["shared_domains"])


def _checked(digits: str, check: str) -> str | None:
    padded = digits.zfill(7)
    rest = sum(int(digit) * weight for digit, weight in zip(padded, _WEIGHTS, strict=True)) % 11
    # A remainder of 1 is never given out: its check digit would be 10.
    expected = 0 if rest == 0 else 11 - rest
    return f"{padded}-{check}" if padded.strip("0") and expected == int(check) else None


@cache
def _label() -> re.Pattern[str]:
    words = sorted(vocabulary("legal_forms")["identifier_labels"], key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{any_of(words)})(?!\w)\s*:?", re.IGNORECASE)
