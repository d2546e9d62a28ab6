"""What is dropped and what is not, rule by rule."""

import pytest

from pipelines.read import read
from pipelines.readers.remarks import is_remark, without_credit

URL = "https://site.example/hanke"
SENTENCE = "Hankkeessa kehitetään ammatillisen koulutuksen toimintatapoja yhdessä alueen yritysten kanssa. "
BODY = f"<h1>Satama oppii</h1><p>{SENTENCE * 6}</p><p>{SENTENCE * 7}</p>"


def text_of(inner: str, title: str = "Satama oppii") -> str:
    page = f"<html><head><title>{title}</title></head><body>{inner}</body></html>"
    return read(page.encode(), "text/html", URL).text


@pytest.mark.parametrize(
    "line",
    [
        "Tilaa uutiskirje",
        "Tilaa uutiskirjeemme sähköpostiisi!",
        "Prenumerera på vårt nyhetsbrev",
        "Sign up for our newsletter and never miss a thing",
        "Zapisz się do newslettera",
        "Noch keine Kommentare",
        "Lämna en kommentar",
        "Kuva: Maija Mallikas",
        "© 2024 Satama oppii",
        "Copyright Opisto",
        "Tagit: satama, koulutus",
        "Maailman paras kuva / Shutterstock",
        "Annons",
    ],
)
def test_lines_that_a_site_says_for_itself(line: str) -> None:
    assert is_remark(line)


@pytest.mark.parametrize(
    "line",
    [
        "Hankkeen uutiskirje ilmestyy neljä kertaa vuodessa",
        "Tilaa uutiskirje: viestinta@satama.example",
        "Liity webinaariin 12.5.2024, linkki tulee uutiskirjeessä",
        "Lämna ansökan i e-tjänsten",
        "Asiasanat: satama, koulutus",
        "Kuvataidekasvatuksen hanke",
        "Affiliated entity: Satama Oy",
        "Yhteyshenkilö: Maija Mallikas",
        "Funded by the European Union. Views and opinions expressed are however those of the author(s) only.",
    ],
)
def test_lines_that_a_page_says(line: str) -> None:
    assert not is_remark(line)


@pytest.mark.parametrize(
    ("caption", "kept"),
    [
        ("Laiva satamassa. Kuva: Maija Mallikas", "Laiva satamassa."),
        ("Båten i hamnen (Foto: Maj Exempel)", "Båten i hamnen"),
        ("Laiva satamassa | © Maija Mallikas", "Laiva satamassa"),
        ("Katso kuva: laiva satamassa", "Katso kuva: laiva satamassa"),
        ("Opiskelijat. Kuva: Hanke 1.2.2024", "Opiskelijat. Kuva: Hanke 1.2.2024"),
    ],
)
def test_credit_at_the_end_of_a_caption(caption: str, kept: str) -> None:
    assert without_credit(caption) == kept


def cards(*texts: str, href: str = "/uutiset/1") -> str:
    return "".join(
        f"<div class='item'><h3><a href='{href}'>Otsikko {n}</a></h3><p>{text}</p></div>"
        for n, text in enumerate(texts)
    )


def test_row_of_cards_for_other_pages_goes() -> None:
    page = f"<main>{BODY}<div class='grid'>{cards('Kampus avasi ovensa.', 'Messut onnistuivat.')}</div></main>"
    assert "Otsikko" not in text_of(page)


@pytest.mark.parametrize(
    "row",
    [
        f"<h2>Osahankkeet</h2><div class='grid'>{cards('Rannikko', 'Sisämaa')}</div>",
        f"<h2>Väki</h2><div class='grid'>{cards('maija@satama.example', 'matti@satama.example')}</div>",
        f"<h2>Yritykset</h2><div class='grid'>{cards('Laivanrakennus', 'Telakka', href='https://telakka.example/')}</div>",
    ],
)
def test_row_of_cards_of_the_page_stays(row: str) -> None:
    text = text_of(f"<main>{BODY}{row}</main>")
    assert "Otsikko 0" in text
    assert "Otsikko 1" in text


def test_articles_that_load_below_the_page_go() -> None:
    other = f"<article><h1>Toinen juttu</h1><p>{SENTENCE * 9}</p></article>"
    text = text_of(f"<main><article>{BODY}</article>{other}</main>")
    assert text.startswith("# Satama oppii")
    assert "Toinen juttu" not in text


def test_project_contacts_in_the_foot_stay_without_the_switchboard() -> None:
    foot = (
        "<footer><div><div><h2>Ota yhteyttä</h2></div><div>Projektipäällikkö Maija Mallikas<br>maija@satama.example</div>"
        "<div>Opiston vaihde 029 555 0000</div></div></footer>"
    )
    text = text_of(f"<main>{BODY}</main>{foot}")
    assert text.endswith("## Ota yhteyttä\n\nProjektipäällikkö Maija Mallikas\nmaija@satama.example")


def test_name_of_the_site_is_not_the_heading() -> None:
    page = (
        "<header><h1><a href='/'>Opisto</a></h1></header><div><div><h1><a href='/h'>Satama oppii</a></h1></div>"
        f"<div><p>{SENTENCE * 5}</p></div></div>"
    )
    assert text_of(page, "Satama oppii - Opisto").startswith("# Satama oppii\n")


def test_headings_by_role() -> None:
    page = f"<main><div role='heading' aria-level='1'>Satama oppii</div><p>{SENTENCE * 3}</p></main>"
    assert text_of(page).startswith("# Satama oppii\n")


def test_tab_titles_stand_once_before_their_panels() -> None:
    row = "<div role='tablist'><b role='tab' aria-controls='a'>Aika</b><b role='tab' aria-controls='b'>Raha</b></div>"
    panels = "".join(
        f"<p role='tab' aria-controls='{i}'>{name}</p><div id='{i}' role='tabpanel' hidden><p>{value}</p></div>"
        for i, name, value in (("a", "Aika", "2024–2026"), ("b", "Raha", "9 000 euroa"))
    )
    text = text_of(f"<main>{BODY}{row}{panels}</main>")
    assert text.endswith("Aika\n\n2024–2026\n\nRaha\n\n9 000 euroa")


def test_link_back_goes() -> None:
    assert "Takaisin" not in text_of(f"<main>{BODY}<p><a href='/hankkeet'>Takaisin hankkeisiin</a></p></main>")


def test_pages_beyond_the_bounds_are_marked_as_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    page = f"<html><body><main>{BODY}</main></body></html>".encode()
    assert not read(page, "text/html", URL).cut
    monkeypatch.setattr("pipelines.readers.tree.MAX_ELEMENTS", 5)
    assert read(page, "text/html", URL).cut
    monkeypatch.undo()
    monkeypatch.setattr("pipelines.readers.bounds.MAX_CHARACTERS", 500)
    assert read(page, "text/html", URL).cut
