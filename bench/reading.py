"""Reading pages against trafilatura on the same pages and core, in one run: a ratio of at most 1.0 is the bar.

python -m bench.reading [FOLDER]     a folder of HTML files (.html, .htm, also gzipped); pages of its own otherwise
"""

import gzip
import sys
from pathlib import Path
from statistics import median

import trafilatura

from bench import Ratio, seconds
from normalise.language.languages import language_of
from pipelines.read import read

_FEW_PAGES, _ALL_PAGES = 40, 200
_PARAGRAPH = (
    "<div class='paragraph paragraph--type--text'><div class='field field--name-body field__item'><p>Hankkeessa "
    "kehitetään <strong>ammatillisen koulutuksen</strong> toimintatapoja yhdessä alueen <a href='/yritykset/{0}'>"
    "yritysten</a> kanssa, ja tulokset jaetaan <em>avoimina</em> oppimateriaaleina.</p></div></div>"
)
_MENU_ITEM = (
    "<li class='menu-item menu-item--level-2'><a class='menu-item__link' href='/sivut/{0}'>"
    "<span class='menu-item__text'>Sivu {0}</span><svg class='icon'><use href='#nuoli'></use></svg></a></li>"
)
_CARD = (
    "<div class='card card--news'><div class='card__image'><picture><source srcset='/k/{0}.webp'>"
    "<img src='/k/{0}.jpg' alt=''></picture></div><div class='card__content'><h3 class='card__title'>"
    "<a href='/uutiset/{0}'>Uutinen {0}: kampus avasi ovensa</a></h3><time datetime='2024-01-01'>1.1.2024</time>"
    "<p class='card__text'>Väkeä kävi odotettua enemmän.</p></div></div>"
)
_COLUMN = (
    "<div class='footer__column'><h2>Opisto</h2><ul class='footer__links'><li><a href='/a'>Hakeminen</a></li><li>"
    "<a href='/b'>Opiskelu</a></li><li><a href='/c'>Työelämä</a></li></ul></div>"
)


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
    """A page as content systems write them, of some 90 kB and 1,100 elements: text, and all that stands around it."""
    script = "<script>var settings={" + ",".join(f'"k{i}":"{i * number}"' for i in range(2_800)) + "};</script>"
    menu = "".join(_MENU_ITEM.format(i) for i in range(110))
    body = "".join(f"<h2>Luku {i}</h2>{_PARAGRAPH.format(i) * (1 + (i + number) % 4)}" for i in range(14))
    rows = "".join(f"<tr><th>Toteuttaja {i}</th><td>Opisto {i}</td></tr>" for i in range(12))
    news = "".join(_CARD.format(i) for i in range(24))
    return (
        f"<!DOCTYPE html><html lang='fi'><head><title>Hanke {number}</title>{script}</head><body class='page'>"
        f"<header class='site-header'><nav class='main-navigation'><ul class='menu'>{menu}</ul></nav></header>"
        f"<div class='page-wrapper'><div class='container'><div class='row'><main class='col-8'><article class='page'>"
        f"<h1>Hanke {number}</h1>{body}<table>{rows}</table></article></main><aside class='sidebar'>{news}</aside>"
        f"</div></div></div><footer class='site-footer'>{_COLUMN * 4}<p>Vaihde 029 555 0000</p></footer></body></html>"
    ).encode()


def read_with_language(body: bytes) -> object:
    """What is compared: the archived text and its languages."""
    return language_of(read(body, "text/html", "https://site.example/page").text)


def main() -> None:
    """Print both times and their ratio."""
    for result in [compare(pages(Path(sys.argv[1])))] if len(sys.argv) > 1 else run(full=False):
        print(result)


if __name__ == "__main__":
    main()
