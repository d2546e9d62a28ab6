"""The forms in which words stand before another part of a compound, and the words that never are parts."""

from dataclasses import dataclass
from functools import cache

from normalise.words import vocabulary

# Languages that write compounds as one word.
LINKED_LANGUAGES = ("fi", "sv")
_MIN_PART = 3
# A Finnish genitive is at most this much longer than its nominative ("laitos": "laitosten").
_GENITIVE_GROWTH = 3
_ILLATIVES = ("seen", "siin")
_H_ILLATIVES = ("hin", "hun", "han", "hön", "hän", "hon", "hen", "hyn")


@dataclass(frozen=True, slots=True)
class LinkRules:
    """How one language joins words; the words are those of vocabulary/compounds.yml, where they are explained."""

    lang: str
    short_parts: frozenset[str]
    not_parts: frozenset[str]
    particles: frozenset[str]
    wholes: frozenset[str]
    opaque: frozenset[str]
    modifiers: dict[str, str]
    stems: tuple[tuple[str, str], ...]
    derived: str
    not_derived: tuple[str, ...]

    def may_stand(self, lemma: str) -> bool:
        """Whether a lemma is long enough for a part, or one of the short words that are parts."""
        return lemma not in self.not_parts and (len(lemma) > _MIN_PART or lemma in self.short_parts)

    def may_join(self, form: str, lemma: str) -> bool:
        """Whether a form of a lemma joins: the lemma itself, the Finnish genitive, the Swedish form with -s."""
        if form == lemma:
            return True
        if self.lang == "sv":
            return form.endswith("s") and len(form) <= len(lemma) + 1
        return form.endswith("n") and len(form) <= len(lemma) + _GENITIVE_GROWTH and not _is_illative(form, lemma)

    def stems_of(self, lemma: str) -> list[str]:
        """Forms of a lemma that stand in compounds only: "kehittäminen": "kehittämis", "arbete": "arbets"."""
        return [
            lemma[: len(lemma) - len(ending)] + stem
            for stem, ending in self.stems
            if lemma.endswith(ending) and lemma not in self.not_parts
        ]


@cache
def link_rules(lang: str) -> LinkRules:
    """The rules of "fi" or "sv"."""
    words = vocabulary("compounds")[lang]
    return LinkRules(
        lang,
        frozenset(words["short_parts"].split()),
        frozenset(words["not_parts"].split()),
        frozenset(words["particles"].split()),
        frozenset((*words["wholes"].split(), *vocabulary("readings")[lang].get("adverbs", "").split())),
        frozenset(words.get("opaque", "").split()),
        words["modifiers"],
        tuple((stem, ending) for stem, ending in words["stems"]),
        words.get("derived", ""),
        tuple(words.get("not_derived", "").split()),
    )


def _is_illative(form: str, lemma: str) -> bool:
    """ "taloon", "maahan": a case that never joins, unlike the genitive of "maa", "maan"."""
    is_doubled = len(form) > _MIN_PART and form[-2] == form[-3] and not lemma.endswith((form[-3:-1], "e"))
    return is_doubled or form.endswith(_ILLATIVES) or (form.endswith(_H_ILLATIVES) and form[:-3] == lemma)
