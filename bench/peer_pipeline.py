"""Facts as one would read them today without this project: spaCy's Finnish model, dateparser, phonenumbers, labels.

Runs in a virtual environment of its own (see `bench.peers`): one JSON text a line on standard input; on standard output
a first line with versions and seconds, then one record a line. Lines are told apart by the words that name a field, as
anybody would who has those libraries and an afternoon; entities, dates and numbers are the libraries' own.
"""

import json
import re
import sys
import time
from importlib.metadata import version

import phonenumbers
import spacy
from dateparser.search import search_dates
from langdetect import DetectorFactory, detect

MODEL = "spacy_fi_experimental_web_md"
PACKAGES = ("spacy", "spacy-fi-experimental-web-md", "dateparser", "phonenumbers", "langdetect")
# It needs libvoikko, which is no Python package; no fact here needs lemmas.
LEMMATIZER = "lemmatizer"
DATES = ("start", "end", "opens", "closes", "published", "updated")
LABELS = {
    "period": r"hankeaika|toteutusaika|toteutetaan|kesto|alkaa|päättyy|projektiaika",
    "call": r"hakuaika|haku (?:alkaa|päättyy|on auki)|haettavissa",
    "published": r"julkaistu|julkaisuajankohta",
    "updated": r"päivitetty|muokattu",
    "funders": r"rahoit",
    "coordinator": r"koordin|päätoteuttaja|hallinnoi|hakija|vastuuorganisaatio",
    "partners": r"kumppani|partner|osatoteuttaja|toteuttajat|yhteistyössä",
}
PATTERNS = {name: re.compile(words, re.IGNORECASE) for name, words in LABELS.items()}
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
EUROS = re.compile(r"(\d[\d\s.,]*)\s*(milj\w*|M)?\s*(?:€|euro)", re.IGNORECASE)
CODE = re.compile(r"\b(?:[SAR]\d{5}|\w{2,6}/\d{1,6}/\d{4})\b")


def record(nlp: spacy.language.Language, text: str) -> dict:
    """The record of one text, in the shape that `extract` prints."""
    found = dict.fromkeys(DATES) | {"funders": [], "partners": [], "coordinator": None, "partner_count": None}
    lines = [line for line in text.splitlines() if line.strip()]
    people, bodies = [], {"funders": [], "coordinator": [], "partners": []}
    under = None
    for line, document in zip(lines, nlp.pipe(lines), strict=True):
        label = next((name for name, words in PATTERNS.items() if words.search(line)), None)
        under = label if label or line.startswith("#") else under
        entities = document.ents
        people += [entity.text for entity in entities if entity.label_ == "PERSON"]
        if under in bodies:
            bodies[under] += [entity.text for entity in entities if entity.label_ == "ORG"]
        if under in ("period", "call", "published", "updated"):
            dates(line, under, found)
    found["funders"] = parties(bodies["funders"])
    found["partners"] = parties(bodies["partners"])
    found["coordinator"] = next(iter(parties(bodies["coordinator"])), None)
    contacts, sums = contacts_of(text, people), amounts(text)
    codes = list(dict.fromkeys(CODE.findall(text)))
    return {
        "lang": detect(text),
        "kind": kind(text),
        "title": lines[0].lstrip("# ") if lines else None,
        **found,
        "contacts": contacts,
        "amounts": sums,
        "identifiers": codes,
    }


def dates(line: str, under: str, found: dict) -> None:
    """The dates of a line that a label stands over."""
    hits = search_dates(line, languages=["fi"], settings={"DATE_ORDER": "DMY", "STRICT_PARSING": True}) or []
    days = [moment.date().isoformat() for _, moment in hits]
    names = {"period": ("start", "end"), "call": ("opens", "closes")}.get(under, (under,))
    if len(days) == 1 and len(names) == 2:
        names = names[1:] if re.search(r"päätty|saakka|mennessä", line) else names[:1]
    for name, day in zip(names, days, strict=False):
        found[name] = found[name] or day


def parties(names: list[str]) -> list[dict]:
    return [{"name": name, "aliases": [], "id": None} for name in dict.fromkeys(names)]


def contacts_of(text: str, people: list[str]) -> list[dict]:
    """People with the address and number that follow them first."""
    numbers = list(phonenumbers.PhoneNumberMatcher(text, "FI"))
    addresses = list(EMAIL.finditer(text))
    found = []
    for name in dict.fromkeys(people):
        at = text.find(name)
        email = next((m[0] for m in addresses if at <= m.start() < at + 200), None)
        phone = next((m for m in numbers if at <= m.start < at + 200), None)
        if email or phone:
            e164 = phonenumbers.format_number(phone.number, phonenumbers.PhoneNumberFormat.E164) if phone else None
            found.append({"name": name, "title": None, "email": email, "phone": e164})
    return found


def amounts(text: str) -> list[dict]:
    found = []
    for match in EUROS.finditer(text):
        digits = re.sub(r"[\s.]", "", match[1]).rstrip(",").replace(",", ".")
        try:
            value = float(digits) * (1_000_000 if match[2] else 1)
        except ValueError:
            continue
        found.append({"eur": value, "role": "total"})
    return found


def kind(text: str) -> str:
    head = text[:3_000].lower()
    if "hakuaika" in head or "haettavissa" in head:
        return "call"
    if "myönnet" in head:
        return "award"
    return "project" if "hanke" in head or "hankkee" in head else "other"


def main() -> None:
    """Read texts, write records; only the work on texts is timed."""
    DetectorFactory.seed = 0
    texts = [json.loads(line) for line in sys.stdin]
    whole = spacy.load(MODEL, exclude=[LEMMATIZER])
    whole_seconds = seconds(whole, texts)
    # Only what recognises entities: whoever looks into the manual does without the rest of the model.
    entities = spacy.load(MODEL, exclude=[LEMMATIZER, "tagger", "morphologizer", "parser", "attribute_ruler"])
    about = {
        "seconds": seconds(entities, texts),
        "whole_seconds": whole_seconds,
        "versions": {name: version(name) for name in PACKAGES},
    }
    print(json.dumps(about))
    for text in texts:
        print(json.dumps(record(entities, text)))


def seconds(nlp: spacy.language.Language, texts: list[str]) -> float:
    """Processor seconds for all texts, after the first has warmed everything up."""
    record(nlp, texts[0])
    start = time.process_time()
    for text in texts:
        record(nlp, text)
    return time.process_time() - start


if __name__ == "__main__":
    main()
