"""Job titles: found by heads and compounding, with the words before and after the head that belong to them."""

import re
from dataclasses import dataclass
from functools import cache

from normalise.words import vocabulary

# A word of a title: "TKI-asiantuntija", "Toimitusjohtaja-rehtori", "kulttuuri-" (of "kulttuuri- ja ..."), "vt.", "R&D".
_WORD = re.compile(r"[^\W\d_][\w&’'+]*(?:[-‐‑][^\W_][\w&]*)*(?:-(?=\s)|\.(?:[a-zåäö]\.)?(?=\s[^\W\d_]))?|&")
_LONGEST_TITLE_WORDS = 7
# Separators between two titles of one person: "Yksikön päällikkö, opetusneuvos", "lehtori ja projektipäällikkö".
_BETWEEN_TITLES = re.compile(r"\s*(?:[,/&]|\b(?:ja|och|and|sekä|samt)\b)\s*")
_BRACKET = re.compile(r"\s?\((?=[a-zåäö])[^()\d@\n]{2,60}\)")
_COMPLEMENT = re.compile(r"\s(?:of|for)(?:\s(?:[A-ZÅÄÖ&][\w&-]*|and|of|the|for|in)){1,6}|\s(?:i|för)\s[a-zåäö-]+(?:\s(?:och|i|för)\s[a-zåäö-]+){0,3}")


@dataclass(frozen=True, slots=True)
class RoleMention:
    """A job title: it stands at ``start``..``end``; ``title`` is its form in a record, Finnish case endings undone."""

    start: int
    end: int
    title: str
    is_inflected: bool = False


def role_lemma(word: str) -> str | None:
    """The nominative of a one-word job title, case of letters kept; None for any other word."""
    folded = word.casefold()
    endings = _endings()
    if folded[-3:] not in endings.tails or folded in endings.never:
        return None
    for length in endings.lengths:
        head = endings.compounds.get(folded[-length:]) if length <= len(folded) else None
        if head is None and length == len(folded):
            head = endings.whole.get(folded)
        if head is not None:
            kept = word[: len(word) - length]
            return kept + (head if kept or not word[0].isupper() else head.capitalize()) if folded[-length:] != head else word
    return None


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
    """Whether two titles are one person's: side by side in the same case ("johtajan, professori Aho" are two people)."""
    between = _BETWEEN_TITLES.fullmatch(text, first.end, second.start)
    return bool(between) and first.is_inflected == second.is_inflected


def _joined(text: str, first: RoleMention, second: RoleMention) -> RoleMention:
    """Two titles as one; of a title and its translation ("kulttuurisihteeri / kultursekreterare") the first is kept."""
    between = text[first.end : second.start]
    translated = "/" in between and _language(first.title) != _language(second.title)
    title = first.title if translated else f"{first.title}{between}{second.title}"
    return RoleMention(first.start, second.end, " ".join(title.split()), first.is_inflected)


def _language(title: str) -> str:
    head = title.split("(")[0].split()[-1].casefold()
    lengths = range(len(head), 2, -1)
    return next((_endings().languages[head[-n:]] for n in lengths if head[-n:] in _endings().languages), "")


def _with_neighbours(text: str, words: list[re.Match[str]], index: int, lemma: str) -> RoleMention:
    """The mention around a head: modifiers before it, bracket or complement after it."""
    first = _first_word(text, words, index)
    head_end = words[index].start() + len(words[index][0].rstrip("."))
    tail = _COMPLEMENT.match(text, head_end) if _takes_complement(lemma) else None
    tail = tail or _BRACKET.match(text, head_end)
    end = tail.end() if tail else head_end
    start = words[first].start()
    title = text[start : words[index].start()] + lemma + text[head_end:end]
    return RoleMention(start, end, " ".join(title.split()), lemma != words[index][0].rstrip("."))


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
    while first < head and words[first][0].casefold() in ("and", "of", "&", "och", "ja"):
        first += 1
    return first


def _joins_parts(words: list[re.Match[str]], index: int) -> bool:
    """Whether a word is the "ja" of "kirjasto- ja kulttuurisihteeri"."""
    return index > 0 and words[index][0] in ("ja", "och", "and", "sekä", "samt") and words[index - 1][0].endswith("-")


def _belongs(text: str, words: list[re.Match[str]], index: int, head: int) -> bool:
    """Whether the word at ``index`` is a modifier of the title whose head word has the index ``head``."""
    word, folded = words[index][0], words[index][0].casefold()
    lists = _modifiers()
    if folded in lists.any or folded in lists.own:
        return True
    if folded in lists.never or folded.endswith(lists.bodies) or role_lemma(word):
        return False
    opens = _opens_segment(text, words[index].start())
    if words[head][0].casefold() in _endings().whole:
        if folded.endswith(("n", "lla", "llä")) and word[0].islower() and len(word) > 4:
            return True
        if opens and folded.endswith(lists.abstract):
            return True
    if opens and words[index + 1][0].endswith("misen"):
        return True
    if folded.endswith(lists.adjectives) and (opens or word[0].islower()):
        return True
    if _is_genitive(folded) and words[index + 1][0][0].islower() and index + 1 < head:
        return opens
    if _is_genitive(folded) and word[0].islower() and _opens_with_genitive(text, words, index - 1):
        return True
    return _is_english_head(words[head][0]) and word[0].isupper() and not word.isupper() and index + 3 > head


def _is_genitive(folded: str) -> bool:
    return folded.endswith("n") and len(folded) > 4 and not folded.endswith(_modifiers().bodies)


def _opens_with_genitive(text: str, words: list[re.Match[str]], index: int) -> bool:
    """Whether a line or clause opens with the genitive at ``index``: "Liikkuvan korjaamon opettaja"."""
    return index >= 0 and _is_genitive(words[index][0].casefold()) and _opens_segment(text, words[index].start())


def _opens_segment(text: str, offset: int) -> bool:
    before = text[max(0, offset - 2) : offset].rstrip(" \t\xa0")
    return not before or before[-1] in "\n,;:|•–-("


def _is_english_head(word: str) -> bool:
    return word.casefold() in vocabulary("roles")["heads"]["en"]


def _takes_complement(lemma: str) -> bool:
    return lemma.casefold().endswith(tuple(vocabulary("roles")["with_complement"]))


@dataclass(frozen=True, slots=True)
class _Endings:
    compounds: dict[str, str]
    whole: dict[str, str]
    tails: frozenset[str]
    lengths: tuple[int, ...]
    never: frozenset[str]
    languages: dict[str, str]


@cache
def _endings() -> _Endings:
    """Every form of every head, by where it may stand: at the end of a compound, or only as a word of its own."""
    words = vocabulary("roles")
    whole: dict[str, str] = {word: word for word in [*words["whole_words"], *words["råd"]]}
    compounds: dict[str, str] = {}
    languages: dict[str, str] = {}
    for language, heads in words["heads"].items():
        for head in heads:
            forms = dict.fromkeys(_finnish_forms(head) if language == "fi" else (head,), head)
            languages[head] = language
            whole.update(forms)
            if head not in words["whole_words"]:
                compounds.update(forms)
    both = {*whole, *compounds}
    tails = frozenset(form[-3:] for form in both)
    lengths = tuple(sorted({len(form) for form in both}, reverse=True))
    return _Endings(compounds, whole, tails, lengths, frozenset(words["never"]), languages)


def _finnish_forms(head: str) -> tuple[str, ...]:
    """The singular cases in which a title stands beside a name, and the plural nominative ("koordinaattorit A ja B")."""
    if head.endswith("mies"):
        strong = weak = f"{head[:-1]}he"
    elif head.endswith("os"):
        strong = weak = f"{head[:-1]}kse"
    else:
        strong, weak = head, re.sub(r"kk([oö])$", r"k\1", head)
    endings = ("n", "lta", "ltä", "lle", "lla", "llä", "t")
    return (head, *(weak + ending for ending in endings), *(strong + ending for ending in ("na", "nä", "a", "ä")))


@dataclass(frozen=True, slots=True)
class _Modifiers:
    any: frozenset[str]
    own: frozenset[str]
    never: frozenset[str]
    abstract: tuple[str, ...]
    bodies: tuple[str, ...]
    adjectives: tuple[str, ...]


@cache
def _modifiers() -> _Modifiers:
    words = vocabulary("roles")
    return _Modifiers(
        frozenset(word for language in words["modifiers"].values() for word in language),
        frozenset(words["own_genitives"]),
        frozenset(words["not_modifiers"]),
        tuple(words["abstract_genitives"]),
        tuple(words["not_modifier_ends"]),
        tuple(words["adjective_ends"]),
    )
