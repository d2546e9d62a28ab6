"""Reading pages against trafilatura on the same pages and core, in one run: a ratio of at most 1.0 is the bar.

python -m bench.reading [FOLDER]     a folder of HTML files (.html, .htm, also gzipped); pages of its own otherwise
"""

import gzip
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import trafilatura

from bench import Ratio
from normalise.languages import language_of
from pipelines.read import read

_FEW_PAGES, _ALL_PAGES = 40, 200
_SENTENCE = "Hankkeessa kehitetään ammatillisen koulutuksen toimintatapoja yhdessä alueen yritysten kanssa. "


def run(full: bool) -> list[Ratio]:
    """The time that a page takes from bytes to text with language; ``full`` reads more pages."""
    return [compare([own_page(number) for number in range(_ALL_PAGES if full else _FEW_PAGES)])]


def compare(bodies: list[bytes]) -> Ratio:
    """Both readers on the same pages, by turns."""
    theirs = seconds(trafilatura.extract, bodies) / len(bodies) * 1_000
    ours = seconds(read_with_language, bodies) / len(bodies) * 1_000
    size = median(len(body) for body in bodies) / 1_000
    note = f"trafilatura.extract; {len(bodies)} pages, median {size:.0f} kB; lower is better, at most 1.0"
    return Ratio("reading a page", ours, theirs, "ms a page", ours / theirs, note)


def pages(folder: Path) -> list[bytes]:
    """The bodies of the HTML files in a folder."""
    files = sorted(f for f in folder.iterdir() if f.name.endswith((".html", ".htm", ".html.gz")))
    return [gzip.decompress(f.read_bytes()) if f.suffix == ".gz" else f.read_bytes() for f in files]


def own_page(number: int) -> bytes:
    """A page of some 100 kB: head, menus, text with a table and contacts, a side bar and a foot."""
    script = "<script>var settings={" + ",".join(f'"k{i}":"{i * number}"' for i in range(2_500)) + "};</script>"
    menu = "".join(f'<li class="menu-item"><a href="/s/{i}">Sivu {i}</a></li>' for i in range(150))
    body = "".join(f"<h2>Luku {i}</h2><p>{_SENTENCE * (2 + (i + number) % 5)}</p>" for i in range(30))
    rows = "".join(f"<tr><th>Toteuttaja {i}</th><td>Opisto {i}</td></tr>" for i in range(20))
    news = "".join(f'<li><a href="/u/{i}">Uutinen {i}: kampus avasi ovensa</a></li>' for i in range(30))
    return (
        f"<!DOCTYPE html><html lang='fi'><head><title>Hanke {number}</title>{script}</head><body>"
        f"<nav><ul>{menu}</ul></nav><main><h1>Hanke {number}</h1>{body}<table>{rows}</table></main>"
        f"<aside class='sidebar'><ul>{news}</ul></aside><footer>Vaihde 029 555 0000</footer></body></html>"
    ).encode()


def seconds(work: Callable[[bytes], object], bodies: list[bytes]) -> float:
    """Processor seconds for all bodies; the better of two rounds."""
    rounds = []
    for _ in range(2):
        start = time.process_time()
        for body in bodies:
            work(body)
        rounds.append(time.process_time() - start)
    return min(rounds)


def read_with_language(body: bytes) -> object:
    """What is compared: the archived text and its languages."""
    return language_of(read(body, "text/html", "https://site.example/page").text)


def main() -> None:
    """Print both times and their ratio."""
    for result in [compare(pages(Path(sys.argv[1])))] if len(sys.argv) > 1 else run(full=False):
        print(f"{result.name}: {result.ours:.1f} against {result.theirs:.1f} {result.unit}, ratio {result.ratio:.2f}")
        print(result.note)


if __name__ == "__main__":
    main()
