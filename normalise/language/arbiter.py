"""langdetect's judgement, asked where eldc judges the lines and the whole text of a page differently."""

from functools import cache
from importlib.resources import files

from langdetect import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

from normalise.words import vocabulary


def arbitrate(sample: str) -> str | None:
    """The language of a sample in lower case, up to 1,000 characters; None where it holds nothing to tell it by."""
    detector = _factory().create()
    detector.append(sample)
    try:
        return str(detector.detect())
    except LangDetectException:
        return None


@cache
def _factory() -> DetectorFactory:
    """langdetect with the profiles of this archive's languages only, seeded so that answers repeat."""
    factory = DetectorFactory()
    factory.seed = 0
    profiles = files("langdetect").joinpath("profiles")
    factory.load_json_profile(
        [profiles.joinpath(code).read_text("utf-8") for code in vocabulary("languages")["languages"]]
    )
    return factory
