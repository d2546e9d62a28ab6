"""The page of benchmarks: the last figures of each measure, and the ratios before them."""

from pathlib import Path

import pytest

from bench import Ratio, history
from bench.__main__ import BENCHES, main


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(history, "FILE", tmp_path / "benchmarks.jsonl")
    return tmp_path / "benchmarks.jsonl"


def test_runs_are_appended_and_the_last_is_shown_with_those_before(file: Path) -> None:
    for ours in (10.0, 20.0, 31.23456):
        history.record([Ratio("reading", ours, 10.0, "ms", ours / 10, "trafilatura")], "Python 3.11", full=False)
    history.record([Ratio("storing", 5.0, 1.0, "pages/s", 5.0, "plain")], "Python 3.11", full=True)
    assert len(file.read_text().splitlines()) == 4
    _, _, reading, storing = history.table().splitlines()
    assert reading.startswith("| reading | 31.23 | 10 | ms | 3.12 | ")
    assert reading.count("1 (20") == 1
    assert reading.count("2 (20") == 1
    assert "large inputs" in storing
    assert "large inputs" not in reading


def test_an_unknown_benchmark_is_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["none"]) == 2
    assert capsys.readouterr().err.startswith("no benchmark none; there are ")


def test_a_benchmark_prints_ratios_and_records_them_when_asked(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(BENCHES, "one", lambda full: [Ratio("one", 2.0, 1.0, "ms", 2.0, "none" if full else "small")])
    monkeypatch.setattr("docs.generate.main", lambda arguments: 0)
    assert main(["one"]) == 0
    assert not file.exists()
    assert main(["--record", "one"]) == 0
    assert "| one | 2.0 | 1.0 | ms | 2.00 | small |" in capsys.readouterr().out
    assert len(file.read_text().splitlines()) == 1
