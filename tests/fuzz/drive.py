"""One process of the fuzzer: ``python -m tests.fuzz.drive TARGET FOLDER SECONDS``. Goes on after an error, keeping its input."""

import hashlib
import sys
import time
import traceback
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["normalise", "pipelines", "archive", "crawlers"]):
    from tests.fuzz.targets import TARGETS

from tests.fuzz.__main__ import ROOT, findings_of
from tests.fuzz.seeds import seeds, words

_LONGEST_INPUT = {"html": 16_000, "whole": 16_000, "pdf": 8_000, "office": 8_000, "captures": 8_000, "registers": 8_000}
# Seconds of processor time (the instrumented code is some ten times slower) that one small input may take.
_SLOW_S = 5.0
_HANGS_S = 60


class Keeper:
    """Keeps the first input for every place where an error arose, or where time was lost."""

    def __init__(self, target: str) -> None:
        self._target, self._run = target, TARGETS[target]
        self._known: set[str] = set()

    def __call__(self, data: bytes) -> None:
        """Try one input."""
        started = time.process_time()
        try:
            self._run(data)
        except Exception as error:  # noqa: BLE001 - whatever comes is a finding
            self._keep(_place(error), data, "".join(traceback.format_exception(error)[-6:]))
        else:
            took = time.process_time() - started
            if took > _SLOW_S:
                self._keep("slow", data, f"{took:.1f} s of processor time for {len(data)} bytes\n")

    def _keep(self, place: str, data: bytes, words_: str) -> None:
        if place in self._known:
            return
        self._known.add(place)
        name = hashlib.sha256(place.encode()).hexdigest()[:12]
        path = findings_of(self._target) / f"{name}.bin"
        if not path.exists():
            path.write_bytes(data)
            sys.stderr.write(f"\nFINDING {self._target} {path.name}: {place}\n{words_}\n")


def _place(error: BaseException) -> str:
    """The kind of error and the innermost line of the project that it passed."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.filename.startswith(str(ROOT)) and "/.venv/" not in frame.filename]
    last = own[-1] if own else frames[-1]
    return f"{type(error).__name__} {Path(last.filename).name}:{last.line}"


def main(target: str, folder: str, seconds: str) -> None:
    """Fill the corpus with the seeds and let libFuzzer go."""
    corpus = Path(folder, "corpus")
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in seeds(target):
        (corpus / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    dictionary = Path(folder, "words.dict")
    dictionary.write_text("".join(f'"{_escaped(word)}"\n' for word in dict.fromkeys(words()) if 0 < len(word) < 40))
    options = [
        f"-max_total_time={seconds}", f"-max_len={_LONGEST_INPUT.get(target, 3_000)}", f"-timeout={_HANGS_S}",
        "-rss_limit_mb=2500", f"-artifact_prefix={folder}/", f"-dict={dictionary}", "-verbosity=0", "-print_final_stats=1",
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(corpus)], Keeper(target))
    atheris.Fuzz()


def _escaped(word: str) -> str:
    return "".join(f"\\x{byte:02X}" for byte in word.encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
