"""Reading pages against trafilatura on the same pages and core, in one run: a ratio of at most 1.0 is the bar.

python bench/reading.py [FOLDER]     a folder of HTML files (.html, .htm, also gzipped); pages of its own otherwise
"""

import gzip
import sys
import time
from collections.abc import Callable
from pathlib import Path

import trafilatura

from normalise.languages import language_of
from pipelines.read import read

_OWN_PAGES = 40
_SENTENCE = "Hankkeessa kehitetään ammatillisen koulutuksen toimintatapoja yhdessä alueen yritysten kanssa. "


def pages(folder: Path | None) -> list[bytes]:
    """The bodies of the pages to read."""
    if folder is None:
        return [_own_page(number) for number in range(_OWN_PAGES)]
    files = sorted(f for f in folder.iterdir() if f.name.endswith((".html", ".htm", ".html.gz")))
    return [gzip.decompress(f.read_bytes()) if f.suffix == ".gz" else f.read_bytes() for f in files]


def _own_page(number: int) -> bytes:
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


def _read_with_language(body: bytes) -> object:
    return language_of(read(body, "text/html", "https://site.example/page").text)


def main() -> None:
    """Print both times and their ratio."""
    bodies = pages(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    theirs = seconds(trafilatura.extract, bodies)
    ours = seconds(_read_with_language, bodies)
    sizes = sorted(len(body) for body in bodies)
    print(f"{len(bodies)} pages, median {sizes[len(sizes) // 2] / 1000:.0f} kB")
    print(f"trafilatura.extract  {theirs / len(bodies) * 1000:6.1f} ms a page")
    print(f"read and language    {ours / len(bodies) * 1000:6.1f} ms a page")
    print(f"ratio {ours / theirs:.2f}")


if __name__ == "__main__":
    main()
