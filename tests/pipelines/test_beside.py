import asyncio
import os

from archive.capture import Capture
from pipelines.beside import ReadingBeside
from pipelines.extract import extract
from pipelines.pool import DIED, Result
from pipelines.process import NOTHING_FORGOTTEN, Processed, process
from pipelines.read import read

PAGE = "<html lang='fi'><main><h1>Vihreä siirtymä {0}</h1><p>Hankkeessa kehitetään maaseudun yritysten osaamista.</p></main>"


def page(number: int) -> Capture:
    body = PAGE.format(number).encode()
    return Capture(f"https://site.example/{number}", "2026-01-01T00:00:00Z", body, content_type="text/html")


def deadly(capture: Capture, known_digest: str | None) -> Result:
    if capture.url.endswith("/3"):
        os._exit(1)
    return process(capture, read, extract, known_digest)


def together(reading: ReadingBeside, known: str | None = None) -> list[Result]:
    async def all_at_once() -> list[Result]:
        return list(await asyncio.gather(*(reading.process(page(n), known) for n in range(6))))

    try:
        return asyncio.run(all_at_once())
    finally:
        reading.close()


def test_it_reads_what_this_process_would() -> None:
    assert together(ReadingBeside(NOTHING_FORGOTTEN, 2)) == [process(page(n), read, extract) for n in range(6)]


def test_a_known_text_is_not_extracted() -> None:
    first = process(page(0), read, extract)
    assert isinstance(first, Processed)
    found = together(ReadingBeside(NOTHING_FORGOTTEN, 1), first.text_digest)
    assert [isinstance(one, Processed) and one.record is None for one in found] == [True, *[False] * 5]


def test_a_capture_that_kills_its_reader_harms_no_other() -> None:
    found = together(ReadingBeside(NOTHING_FORGOTTEN, 2, deadly))
    assert [number for number, one in enumerate(found) if one == DIED] == [3]
    assert all(isinstance(one, Processed) for number, one in enumerate(found) if number != 3)
