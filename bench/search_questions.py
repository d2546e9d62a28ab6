"""What readers ask, by kind: common and rare words of both languages, alone and together, phrases, filters."""

from archive.search.asking import Filters

_OPEN = Filters(open_on="2026-06-15")
QUESTIONS: dict[str, tuple[tuple[str, Filters], ...]] = {
    "one word": tuple(
        (words, Filters())
        for words in (
            "hanke", "koulutus", "projekt", "kehittämishanke", "utbildning", "ammattikorkeakoulu", "S21925", "kolutus",
        )
    ),
    "several words": tuple(
        (words, Filters())
        for words in (
            "kulttuuri hanke", "nuori työpaja", "yrkesutbildning understöd", "koulutus rahoitus", "hanke -koulutus",
            "koulutus rahoitus avustus", "yhteistyö oppilaitos opiskelija", "avustus OR tuki",
        )
    ),
    "a phrase": tuple(
        (words, Filters()) for words in ('"hankkeen rahoitus"', '"avustus tuki"', '"projekt understöd" bidrag')
    ),
    "a beginning": tuple((words, Filters()) for words in ("kehittä*", "utbild*", "ha*", "koulutus rahoit*")),
    "a field": tuple(
        (words, Filters())
        for words in ("laji:call avustus", "hanke vuosi:2023", "title:kulttuuri", "rahoittaja:12 hanke")
    ),
    "filters": (
        ("hanke", Filters({"funder": ("Rahoittaja 7",), "year": ("2021",)})),
        ("koulutus", Filters({"region": ("Uusimaa",)})),
        ("projekt", Filters({"organisation": ("Oppilaitos 3",)})),
        ("hanke", Filters(since="2021-03-01", until="2021-09-30")),
        ("", Filters({"municipality": ("Turku",)})),
        ("", Filters(since="2019-05", until="2019-05")),
    ),
    "open calls": (("hanke", _OPEN), ("understöd", _OPEN), ("koulutus rahoitus", _OPEN), ("", _OPEN)),
    "across languages": tuple((words, Filters(widen=True)) for words in ("avustus", "projekt", "koulutus rahoitus")),
}  # fmt: skip
