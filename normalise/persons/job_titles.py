"""Job titles: found by heads and compounding, with the words before and after the head that belong to them."""

import re
from dataclasses import dataclass

from normalise.persons.job_title_words import (
    is_bare_head,
    is_english_head,
    modifiers,
    role_language,
    role_lemma,
    takes_complement,
)
from normalise.words import AND, CONJUNCTIONS, joining, joining_words

# A word of a title: "TKI-asiantuntija", "Toimitusjohtaja-rehtori", "kulttuuri-" (of "kulttuuri- ja ..."), "vt.", "R&D".
_WORD = re.compile(r"[^\W\d_][\w&’'+]*(?:[-‐‑][^\W_][\w&]*)*(?:-(?=\s)|\.(?:[a-zåäö]\.)?(?=\s[^\W\d_]))?|&")
_LONGEST_TITLE_WORDS = 7
# Characters; two titles of one person are shorter, and a list of professions is longer.
_LONGEST_TITLE = 120
# Separators between two titles of one person: "Yksikön päällikkö, opetusneuvos", "lehtori ja projektipäällikkö".
_BETWEEN_TITLES = re.compile(rf"\s*(?:[,/&]|\b(?:{AND})\b)\s*")
_BRACKET = re.compile(r"\s?\((?=[a-zåäö])[^()\d@\n]{2,60}\)")
_PLACE = re.compile(r"\s[A-ZÅÄÖ][a-zåäö]{2}")
# Titles in these two languages side by side are one title: nobody has his jobs in both.
_NATIONAL = {"fi", "sv"}
_NEVER_FIRST = joining_words("plain_and", "of") | {"&"}
_ENGLISH = joining("plain_and", "of", "in", "the", language="en")
_SWEDISH_AND = joining("plain_and", "as_well_as", language="sv")
_SWEDISH = joining("of", "in", language="sv")
# "Head of International Affairs", "professor i modersmål och litteratur".
_COMPLEMENT = re.compile(
    rf"\s(?:{joining('of', language='en')})(?:\s(?:[A-ZÅÄÖ&][\w&-]*|{_ENGLISH})){{1,6}}"
    rf"|\s(?:{_SWEDISH})\s[a-zåäö-]+(?:\s(?:{_SWEDISH_AND}|{_SWEDISH})\s[a-zåäö-]+){{0,3}}"
)


@dataclass(frozen=True, slots=True)
class RoleMention:
    """A job title: it stands at ``start``..``end``; ``title`` is its form in a record, Finnish case endings undone."""

    start: int
    end: int
    title: str
    is_inflected: bool = False


def find_roles(text: str, start: int = 0, end: int | None = None) -> tuple[RoleMention, ...]:
    """Job titles of ``text[start:end]`` in reading order; titles of one person side by side are one mention."""
    words = list(_WORD.finditer(text, start, len(text) if end is None else end))
    found: list[RoleMention] = []
    for index, word in enumerate(words):
        lemma = role_lemma(word[0].rstrip("."))
        if lemma is None or (found and word.start() < found[-1].end):
            continue
        mention = _with_neighbours(text, words, index, lemma)
        if found and mention.start <= found[-1].start:
            found.pop()
        found.append(_joined(text, found.pop(), mention) if found and _are_one(text, found[-1], mention) else mention)
    return tuple(found)


def _are_one(text: str, first: RoleMention, second: RoleMention) -> bool:
    """Whether two titles are one person's: side by side in the same case (not "johtajan, professori Aho")."""
    between = _BETWEEN_TITLES.fullmatch(text, first.end, second.start)
    fits = second.end - first.start <= _LONGEST_TITLE
    return bool(between) and fits and first.is_inflected == second.is_inflected


def _joined(text: str, first: RoleMention, second: RoleMention) -> RoleMention:
    """Two titles as one; of a title and its translation ("kulttuurisihteeri / kultursekreterare") the first is kept."""
    between = text[first.end : second.start]
    languages = {role_language(first.title), role_language(second.title)}
    translated = len(languages) > 1 and ("/" in between or ("," in between and languages == _NATIONAL))
    title = first.title if translated else f"{first.title}{between}{second.title}"
    return RoleMention(first.start, second.end, " ".join(title.split()), first.is_inflected)


def _with_neighbours(text: str, words: list[re.Match[str]], index: int, lemma: str) -> RoleMention:
    """The mention around a head: modifiers before it, bracket or complement after it."""
    first = _first_word(text, words, index)
    head_end = words[index].start() + len(words[index][0].rstrip("."))
    tail = _COMPLEMENT.match(text, head_end) if takes_complement(lemma) else None
    tail = tail or _bracket_of_title(text, head_end, lemma)
    end = tail.end() if tail else head_end
    start = words[first].start()
    title = text[start : words[index].start()] + lemma + text[head_end:end]
    return RoleMention(start, end, " ".join(title.split()), lemma != words[index][0].rstrip("."))


def _bracket_of_title(text: str, start: int, lemma: str) -> re.Match[str] | None:
    """A bracket that belongs to a title: not its translation ("(project manager)"), no place ("(norra Åland)")."""
    bracket = _BRACKET.match(text, start)
    if bracket is None or _PLACE.search(bracket[0]):
        return None
    translation = role_language(bracket[0].strip(" ()"))
    return None if translation and translation != role_language(lemma) else bracket


def _first_word(text: str, words: list[re.Match[str]], head: int) -> int:
    """Index of the title's first word."""
    first = head
    while first > 0 and head - first < _LONGEST_TITLE_WORDS:
        before = words[first - 1]
        gap = text[before.end() : words[first].start()]
        if gap.strip(" \xa0") or not gap:
            break
        if _joins_parts(words, first - 1):
            first -= 2
        elif _belongs(text, words, first - 1, head):
            first -= 1
        else:
            break
    while first < head and words[first][0].casefold() in _NEVER_FIRST:
        first += 1
    return first


def _joins_parts(words: list[re.Match[str]], index: int) -> bool:
    """Whether a word is the "ja" of "kirjasto- ja kulttuurisihteeri"."""
    return index > 0 and words[index][0] in CONJUNCTIONS and words[index - 1][0].endswith("-")


def _belongs(text: str, words: list[re.Match[str]], index: int, head: int) -> bool:
    """Whether the word at ``index`` is a modifier of the title whose head word has the index ``head``."""
    word, folded = words[index][0], words[index][0].casefold()
    lists = modifiers()
    if folded in lists.any or folded in lists.own:
        return True
    if folded in lists.never or folded.endswith(lists.bodies) or role_lemma(word):
        return False
    opens = _opens_segment(text, words[index].start())
    return (
        (folded.endswith(lists.adjectives) and (opens or word[0].islower()))
        or (is_bare_head(words[head][0]) and _names_field(word, opens=opens))
        or _opens_chain(text, words, index, head)
        or (is_english_head(words[head][0]) and word[0].isupper() and not word.isupper() and index + 3 > head)
    )


def _names_field(word: str, *, opens: bool) -> bool:
    """Whether a word before a bare head says what of: "vapaan sivistystyön johtaja", "Viestinnän päällikkö"."""
    if word[0].islower():
        return len(word) > 4 and word.endswith(("n", "lla", "llä")) and not word.endswith(("malla", "mällä"))
    return opens and word.casefold().endswith(modifiers().abstract)


def _opens_chain(text: str, words: list[re.Match[str]], index: int, head: int) -> bool:
    """Whether a word is of a line's opening genitives: "Liikkuvan korjaamon opettaja", "Tiedolla johtamisen ..."."""
    word, following = words[index][0], words[index + 1][0]
    if _opens_segment(text, words[index].start()):
        in_chain = index + 1 < head and following[0].islower() and _is_genitive(word)
        return in_chain or following.endswith("misen")
    opener = words[index - 1] if index else None
    begins = opener is not None and _is_genitive(opener[0]) and _opens_segment(text, opener.start())
    return begins and word[0].islower() and _is_genitive(word)


def _is_genitive(word: str) -> bool:
    return word.endswith("n") and len(word) > 4 and not word.casefold().endswith(modifiers().bodies)


def _opens_segment(text: str, offset: int) -> bool:
    before = text[max(0, offset - 2) : offset].rstrip(" \t\xa0")
    return not before or before[-1] in "\n,;:|•–-("
