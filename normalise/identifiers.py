"""Identifiers of a project, call or decision: case numbers, project codes, grant agreement numbers."""

import re
from collections.abc import Iterator
from functools import cache

from normalise.analysis import Analysis
from normalise.facts import Fact, Findings, Kind, Refusal
from normalise.text.cues import word_starts
from normalise.text.spans import overlaps
from normalise.words import any_of, joining, vocabulary

# A small letter may be glued to a code's front: pages lose what stood between a label and its value.
_EDGE = r"(?<![A-ZÅÄÖ\d_/.-])"
_CLOSE = r"(?![\w]|[/-]\w)"
# Forms that are sure by themselves, with the name of the register that gives them.
_FORMS: tuple[tuple[str, str], ...] = (
    # EURA 2014: "EURA 2014/131/09 02 01 01/2014/LL", the case number of a structural fund decision.
    ("eura_case", r"EURA \d{4}/\d{1,6}/\d{2}(?: \d{2}){1,4}/\d{4}/[A-ZÅÄÖ]{2,10}"),
    # The state's case management: "VN/1234/2023", "OKM/30/221/2017", "VM/2315/02.02.03.09/2016", "VN/7/2021-OKM-3".
    (
        "case",
        r"[A-ZÅÄÖ]{2,10}(?:/[A-ZÅÄÖ]{2,10})?/\d{1,6}(?:/\d[\d.]{0,14}){0,2}/(?:19|20)\d\d(?:-[A-ZÅÄÖ]{2,6}-\d{1,4})?",
    ),
    # Projects of ministries: "STM047:00/2021".
    ("case", r"[A-ZÅÄÖ]{2,5}\d{3}:\d\d/(?:19|20)\d\d"),
    # Agencies: "OPH-123-2024"; cities: "HEL 2021-001234".
    ("case", r"[A-ZÅÄÖ]{2,6}-\d{1,6}-(?:19|20)\d\d"),
    ("case", r"HEL (?:19|20)\d\d-\d{6}"),
    # Tampere: "TRE:1234/02.05.01/2021"; haeavustuksia.fi, the state's joint service: "VA-YM-2024-12".
    ("case", r"TRE:\d{1,6}/\d\d(?:\.\d\d){1,3}/(?:19|20)\d\d"),
    ("case", r"(?:VA|va)-[A-Za-zÅÄÖåäö]{2,10}-(?:19|20)\d\d-\d{1,5}"),
    # Calls in EURA 2021, by the authority that opens them: "ESAELY-012", "KAILII-003".
    ("case", r"[A-ZÅÄÖ]{3}(?:ELY|LII)-\d{3}"),
    ("case", r"ÅLR (?:19|20)\d\d/\d{1,6}"),
    # "178/582/2017", "123/03.01.00/2019", "OM 12/61/2015": a running number, a class and a year, perhaps a ministry.
    ("case", r"(?:[A-ZÅÄÖ]{2,5} )?\d{1,6}/\d{1,4}(?:\.\d{1,3}){0,4}/(?:19|20)\d\d"),
    # EURA codes of the programming periods 2007, 2014 and 2021.
    ("eura", r"[SAJRE][1-9]\d{4}"),
    # Case management of cities and agencies: "RAUDno-2023-511", "JOTPA-H-2023-07".
    ("case", r"[A-ZÅÄÖ]{2,6}[Dd]no-(?:19|20)\d\d-\d{1,6}"),
    ("case", r"[A-ZÅÄÖ]{2,6}-[A-ZÅÄÖ]{1,3}-(?:19|20)\d\d-\d{1,4}"),
    # LIFE: "LIFE13 NAT/FI/000871", "LIFE20 IPC/FI/000010".
    ("life", r"LIFE\d\d[ -][A-Z]{3}/[A-Z]{2,3}/\d{6}"),
    # LIFE since 2021: "LIFE22-NAT-FI-EXAMPLE"; Central Baltic: "CB912", "CB0100045".
    ("life", r"LIFE2\d-[A-Z]{3}-[A-Z]{2,3}-[A-Za-z\d-]{2,30}"),
    # Grant agreements of the EU's programming period 2021-2027.
    ("agreement", r"101[0-3]\d{5}"),
    ("central_baltic", r"CB(?:\d{7}|\d{2,4})"),
    # Interreg in the north: "NYPS 20201234"; the neighbourhood programmes Karelia, Kolarctic and South-East: "KA1234".
    ("nyps", r"NYPS \d{8}"),
    ("cbc", r"K[AOS]\d{4}"),
    # Erasmus+ and its forerunners; a partner's copy of a number ends in "_4".
    ("erasmus", r"20\d\d-\d-[A-Z]{2}\d{1,2}-[A-Z]{2,4}\d{1,3}(?:-[A-Z]{2,4})?-\d{5,9}(?:_\d)?"),
    ("erasmus", r"KA\d{3}-[A-Z]{2,4}-[\dA-F]{8}"),
    ("erasmus", r"\d{6}-EPP-\d-20\d\d-\d-[A-Z]{2}-[A-Z\d-]{3,24}"),
    # Nordplus.
    ("nordplus", r"NP[A-Z]{2}-(?:19|20)\d\d/\d{4,6}"),
)
_CASE_FORMS = frozenset({"case", "eura_case"})
_FORM = re.compile(f"{_EDGE}(?=[A-ZÅÄÖ\\d]|va-)(?:{'|'.join(f'({pattern})' for _, pattern in _FORMS)}){_CLOSE}")
_EURA_CODE = re.compile(r"[SAJRE][1-9]\d{4}")
# A plain number after a word that announces one.
_ANNOUNCED = re.compile(
    r"(?:[A-ZÅÄÖ]{1,8}[ -/]?|[A-ZÅÄÖ][a-zåäö]{2,5} (?=\d{1,6}/)|(?:[A-Za-zÅÄÖåäö]{2,10}[/-]){1,2})?"
    r"\d[\w]*(?:[./–-]\w+){0,6}(?: \d{4}/\d{1,6})?"
)
# "decision numbers 311201, 311202 and 311203": more numbers of the same length.
_NEXT = re.compile(rf"(?:,? (?:{joining('plain_and')}) |, )(?P<number>\d{{4,9}})(?![\w/.,-]\w)")
_ONLY_YEAR = re.compile(r"\D*(?:19|20)\d\d")
_LED_BY_WORD = re.compile(r"[A-ZÅÄÖ]+(?= )")
_LONGEST = 40
_MONTH = 7
_FEWEST_DIGITS = 3
# The clause before a number, so far (characters).
_CLAUSE_REACH = 50
_CLAUSE = re.compile(r"[^.,;:\n|]*\Z")


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    words = vocabulary("identifiers")
    return {
        kind: re.compile(f"(?:{word_starts(words[kind])})(?!\\w)") for kind in ("case", "project", "party", "another")
    }


@cache
def _between() -> re.Pattern[str]:
    """What may stand between a word that announces a number and the number."""
    words = any_of(vocabulary("identifiers")["between"])
    # "Hankenumero TAMK | 404-1234", "Hankenumero TAMK: 404-1234": whose number it is.
    return re.compile(rf"[\s:.#(]{{0,4}}(?:{words})?(?: ?\w{{2,8}} ?[|:]| ?\|)?[\s:.#(]{{0,3}}", re.IGNORECASE)


def is_project_code(identifier: str) -> bool:
    """Whether an identifier is one project's alone; a case number may stand for all that a call granted."""
    form = _FORM.fullmatch(identifier)
    return form is not None and _FORMS[(form.lastindex or 1) - 1][0] not in _CASE_FORMS


def find_identifiers(analysis: Analysis, kind: Kind) -> Findings:
    """The identifiers that the page gives for its project, call or decision, each once, as written."""
    if kind == "other":
        return Findings()
    found: dict[str, Fact] = {}
    refused: list[Refusal] = []
    lowered = analysis.lowered
    announced = list(_announced(analysis, lowered))
    own_codes = {fact.value for fact in announced if _EURA_CODE.fullmatch(str(fact.value))}
    taken = 0
    for fact in sorted([*_by_form(analysis), *announced], key=lambda f: (f.start, -f.end)):
        if fact.start < taken:
            continue
        taken = fact.end
        if reason := _reason(fact, lowered, own_codes):
            refused.append(Refusal("identifier", str(fact.value), fact.start, fact.end, reason))
        else:
            found.setdefault(str(fact.value).casefold(), fact)
    return Findings(tuple(found.values()), tuple(refused))


def _reason(fact: Fact, lowered: str, own_codes: set[str | int | float]) -> str:
    """Why a number is none of this project's; "" where it is."""
    if _cues()["party"].search(lowered, max(0, fact.start - 24), fact.start):
        return "the number of a party"
    if _of_another(lowered, fact.start):
        return "another project's code"
    if own_codes and fact.value not in own_codes and _EURA_CODE.fullmatch(str(fact.value)):
        return "another project's code"
    return ""


def _of_another(lowered: str, start: int) -> bool:
    """Whether the clause before a number tells of an earlier round or project: "edellisessä haussa (ESAELY-003)"."""
    clause = _CLAUSE.search(lowered, max(0, start - _CLAUSE_REACH), start)
    return bool(clause and _cues()["another"].search(lowered, clause.start(), start))


def _fact(text: str, start: int, end: int, rule: str, confidence: float) -> Fact:
    quote = text[start:end]
    return Fact("identifier", re.sub(r"\s+", " ", quote), start, end, quote, rule, confidence)


def _by_form(analysis: Analysis) -> Iterator[Fact]:
    for match in _FORM.finditer(analysis.text):
        start = _behind_word(analysis.lowered, match)
        if not _is_date(analysis, start, match.end()):
            name, _ = _FORMS[(match.lastindex or 1) - 1]
            yield _fact(analysis.text, start, match.end(), f"identifier.{name}", 0.95)


def _behind_word(lowered: str, form: re.Match[str]) -> int:
    """Where a number begins that a word in capitals announces ("DNRO 12/345/2019"): the word is no part of it."""
    word = _LED_BY_WORD.match(form[0])
    announces = word and _cues()["case"].fullmatch(lowered, form.start(), form.start() + word.end())
    return form.start() + word.end() + 1 if word and announces else form.start()


def _announced(analysis: Analysis, lowered: str) -> Iterator[Fact]:
    """Numbers after a word such as "dnro" or "project code", and the values of identifier labels."""
    for kind in ("case", "project"):
        for cue in _cues()[kind].finditer(lowered):
            between = _between().match(analysis.text, cue.end())
            yield from _number(analysis, between.end() if between else cue.end(), f"identifier.{kind}_word")
    for label in analysis.labelled:
        if label.field == "identifier":
            yield from _number(analysis, label.start, "identifier.labelled")


def _number(analysis: Analysis, start: int, rule: str) -> Iterator[Fact]:
    match = _ANNOUNCED.match(analysis.text, start, start + _LONGEST)
    if match is None or _is_date(analysis, match.start(), match.end()):
        return
    number = match[0].rstrip("./-")
    end = match.start() + len(number)
    if sum(c.isdigit() for c in number) < _FEWEST_DIGITS or _ONLY_YEAR.fullmatch(number):
        return
    yield _fact(analysis.text, start, end, rule, 0.9)
    while (more := _NEXT.match(analysis.text, end)) and len(more["number"]) == len(number):
        if overlaps(analysis.money, more.start("number"), more.end()):
            return
        end = more.end()
        yield _fact(analysis.text, more.start("number"), end, rule, 0.9)


def _is_date(analysis: Analysis, start: int, end: int) -> bool:
    date = overlaps(analysis.dates, start, end)
    return date is not None and len(date.first.value) >= _MONTH
