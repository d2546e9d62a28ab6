"""The words around parties that running text is searched for, all in one pass: cues of roles and context words."""

from functools import cache

from normalise.text.phrases import PhraseFinder, written_out
from normalise.words import vocabulary

# Lists of context words in parties.yml that the finder looks for, too.
_CONTEXTS = (
    "elsewhere",
    "in_kind",
    "money_words",
    "money_against",
    "part_words",
    "part_against",
    "with_words",
    "coming",
    "counting",
    "receiving",
    "owned",
    "own_project",
    "paid",
)


@cache
def party_finder() -> PhraseFinder:
    """The finder of all cues of vocabulary/party_cues.yml (``funder.after.3``) and context words of parties.yml."""
    words, cues = vocabulary("parties"), vocabulary("party_cues")
    found = {
        key: [
            phrase for template in cues["cues"][role][side][weight] for phrase in written_out(template, cues["parts"])
        ]
        for key, (role, side, weight) in cue_keys().items()
    }
    return PhraseFinder(found | {name: words[name] for name in _CONTEXTS})


@cache
def cue_keys() -> dict[str, tuple[str, str, float]]:
    """The keys of all cues, each with its role, the side of the names, and its weight."""
    return {
        f"{role}.{side}.{weight}": (role, side, weight)
        for role, sides in vocabulary("party_cues")["cues"].items()
        for side, weights in sides.items()
        for weight in weights
    }
