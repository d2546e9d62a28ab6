"""The portal in a real browser: accessibility of every kind of page, five tasks in three clicks, no outside host."""

import json
import os
import re
import shutil
import threading
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from publish.language import LANGUAGES
from publish.site import Site, make_datasette

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(
    CHROMIUM is None or find_spec("playwright") is None,
    reason="no browser: apt-get install chromium, and pip install playwright axe-playwright-python",
)
# Without these Chromium tries to reach its maker's hosts at every start.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
KINDS = [
    "", "/search?q=hanke", "/calls", "/organisations", "/changes?since=2025-01-01", "/gone", "/sources", "/network",
    "/regions", "/about", "/privacy", "/cite?about=projects/{project}", "/accuracy", "/dictionary", "/exports",
    "/projects/{project}", "/projects/{hostile}", "/calls/{call}", "/awards/{award}", "/organisations/{organisation}",
    "/pages/{page}", "/pages/{page}/changes/{version}", "/projects/none",
]  # fmt: skip
# WCAG 2.2 AA with the best practices that axe knows.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']}).then(r =>
     r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 120))]))"""


@pytest.fixture(scope="module")
def address(archive: Path) -> Iterator[str]:
    """The site on a free port of this machine."""
    app = make_datasette(Site(archive, captures=archive.parent / "captures")).app()
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", lifespan="on"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server could not be started"
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(5)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A browser without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Watch:
    """What a page complains of, and which hosts it asks."""

    def __init__(self, page: Any, address: str) -> None:
        self.errors: list[str] = []
        self.outside: list[str] = []
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on(
            "request", lambda request: None if request.url.startswith(address) else self.outside.append(request.url)
        )
        page.on("dialog", lambda dialog: (self.errors.append(f"dialog {dialog.message}"), dialog.dismiss()))


@pytest.mark.parametrize("turn", range(len(LANGUAGES)) if os.environ.get("ALL_LANGUAGES") else [0])
@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 320), ("light", 1280), ("dark", 1280)])
def test_no_accessibility_violation(  # noqa: PLR0917 - pytest passes them by name
    browser: Any, address: str, ids: dict[str, str], scheme: str, width: int, turn: int
) -> None:
    """Every kind of page, each in one of the languages; in all of them with ALL_LANGUAGES=1 (some minutes)."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    found = {}
    for number, path in enumerate(KINDS):
        page.goto(f"{address}/{LANGUAGES[(number + turn) % len(LANGUAGES)]}{path.format(**ids)}")
        _open_details(page)
        found[path] = _violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    context.close()
    assert {path: violations for path, violations in found.items() if violations} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/archive", "/archive/projects", "/archive/pages", "/archive/projects/{project}"])
def test_data_area_is_accessible(browser: Any, address: str, ids: dict[str, str], path: str, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(address + path.format(**ids))
    found = _violations(page)
    context.close()
    assert found == []


def test_no_error_and_no_outside_host(browser: Any, address: str, ids: dict[str, str]) -> None:
    page = browser.new_page()
    watch = Watch(page, address)
    for path in [*(f"/fi{path}" for path in KINDS if "none" not in path), "/archive", "/archive/projects"]:
        page.goto(address + path.format(**ids))
    assert (watch.errors, watch.outside) == ([], [])
    page.close()


def test_hostile_text_runs_nothing(browser: Any, address: str, ids: dict[str, str]) -> None:
    page = browser.new_page()
    watch = Watch(page, address)
    paths = [
        f"/fi/projects/{ids['hostile']}", f"/fi/pages/{ids['hostile_page']}", "/fi/search?q=%3Cscript%3Ealert(3)%3C/script%3E",
        "/fi/organisations", "/fi/network", f"/archive/projects/{ids['hostile']}", "/fi/search.atom", "/fi",
        "/fi/organisations?name=%22%3E%3Cimg%20src=x%20onerror=alert(4)%3E", "/fi/changes?field=%3Cscript%3E",
    ]  # fmt: skip
    for path in paths:
        page.goto(address + path)
        assert page.evaluate("document.querySelectorAll('img, iframe, script:not([type]):not([src])').length") == 0, (
            path
        )
    assert not [error for error in watch.errors if "dialog" in error]
    page.close()


class TestTasks:
    """The five tasks of a reader, each in at most three clicks from the first page."""

    def test_open_calls_in_swedish(self, browser: Any, address: str) -> None:
        page = browser.new_page()
        page.goto(f"{address}/fi")
        page.click("text=Svenska")
        page.click("nav >> text=Öppna utlysningar")
        page.click("text=Utlysningar på svenska")
        assert page.locator(".deadlines .lead").all_inner_texts() == ["Understöd för grön omställning 2026"]
        page.close()

    def test_projects_of_a_provider_as_csv(self, browser: Any, address: str, ids: dict[str, str]) -> None:
        page = browser.new_page()
        page.goto(f"{address}/fi")
        page.click("nav >> text=Organisaatiot")
        page.click("table >> text=Tampereen kaupunki")
        page.fill("#since", "2024")
        with page.expect_download() as download:
            page.click("form.filter button")
        content = Path(download.value.path()).read_text("utf-8-sig")
        assert "Vihreä siirtymä" in content
        assert "Osaajat esiin" not in content
        page.close()

    def test_where_a_date_comes_from(self, browser: Any, address: str) -> None:
        page = browser.new_page()
        page.goto(f"{address}/fi")
        page.click("main >> text=Osaajat esiin Pirkanmaalla")
        page.click("dl.facts a.evidence >> nth=0")
        anchor = page.url.partition("#")[2]
        assert re.fullmatch(r"f\d+", anchor)
        assert page.locator(f"#{anchor} + mark").inner_text() == "2023-01-01"
        page.close()

    def test_what_changed_since_last_month(self, browser: Any, address: str) -> None:
        page = browser.new_page()
        page.goto(f"{address}/en")
        page.click("text=Everything that changed since last month")
        assert "Closes" in page.inner_text("main")
        page.close()

    def test_subscribe_to_a_search(self, browser: Any, address: str) -> None:
        page = browser.new_page()
        page.goto(f"{address}/en")
        page.fill("#q", "hanke")
        page.click("form.search button")
        feed = page.get_attribute(".subscribe a >> nth=0", "href")
        assert feed == "/en/search.atom?q=hanke"
        assert page.request.get(address + feed).status == 200
        page.close()


def test_keyboard_alone(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/fi")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("hanke")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=hanke")
    page.close()


class TestKeyboard:
    """The same five tasks without a mouse: Tab, Enter and typing alone."""

    def test_open_calls_in_swedish(self, browser: Any, address: str) -> None:
        page = browser.new_page()
        page.goto(f"{address}/fi")
        for name in ("Svenska", "Öppna utlysningar", "Utlysningar på svenska"):
            _follow(page, name)
        assert page.locator(".deadlines .lead").all_inner_texts() == ["Understöd för grön omställning 2026"]
        page.close()

    def test_projects_of_a_provider_as_csv(self, browser: Any, address: str) -> None:
        page = browser.new_page()
        page.goto(f"{address}/fi")
        _follow(page, "Organisaatiot")
        _follow(page, "Tampereen kaupunki")
        _tab_to(page, "document.activeElement.id === 'since'")
        page.keyboard.type("2024")
        with page.expect_download() as download:
            page.keyboard.press("Enter")
        assert "Vihreä siirtymä" in Path(download.value.path()).read_text("utf-8-sig")
        page.close()

    def test_where_a_date_comes_from(self, browser: Any, address: str) -> None:
        page = browser.new_page()
        page.goto(f"{address}/fi")
        _follow(page, "Osaajat esiin Pirkanmaalla")
        if "/pages/" in page.url:
            _follow(page, "Osaajat esiin Pirkanmaalla")
        _follow(page, "lähde Alkaa 1")
        assert page.locator(f"#{page.url.partition('#')[2]} + mark").inner_text() == "2023-01-01"
        page.close()

    def test_what_changed_since_last_month(self, browser: Any, address: str) -> None:
        page = browser.new_page()
        page.goto(f"{address}/en")
        _follow(page, "Everything that changed since last month")
        assert "Closes" in page.inner_text("main")
        page.close()

    def test_subscribe_to_a_search(self, browser: Any, address: str) -> None:
        page = browser.new_page()
        page.goto(f"{address}/en")
        _tab_to(page, "document.activeElement.id === 'q'")
        page.keyboard.type("hanke")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=hanke")
        _tab_to(page, "document.activeElement.textContent === 'Atom feed'")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "/en/search.atom?q=hanke"
        page.close()

    def test_what_has_the_focus_is_seen(self, browser: Any, address: str) -> None:
        page = browser.new_page()
        page.goto(f"{address}/fi")
        for _ in range(25):
            page.keyboard.press("Tab")
            shown = page.evaluate("""(() => {
                const style = getComputedStyle(document.activeElement);
                return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
            })()""")
            assert shown, page.evaluate("document.activeElement.outerHTML")
        page.close()


class TestPrint:
    """A printed page has the whole text and no more of the site around it than its name."""

    @pytest.mark.parametrize(
        "path", ["/projects/{project}", "/calls/{call}", "/pages/{page}", "/regions", "/search?q=hanke"]
    )
    def test_text_stays_and_furniture_goes(self, browser: Any, address: str, ids: dict[str, str], path: str) -> None:
        page = browser.new_page(viewport={"width": 794, "height": 1123})
        page.goto(f"{address}/fi{path.format(**ids)}")
        page.emulate_media(media="print", color_scheme="light")
        assert page.locator("h1").is_visible()
        for furniture in (".main-nav", ".languages", "form", ".skip"):
            assert not page.locator(furniture).first.is_visible(), furniture
        assert page.evaluate("document.documentElement.scrollWidth") <= 794
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
        page.close()

    def test_addresses_and_details_are_printed(self, browser: Any, address: str, ids: dict[str, str]) -> None:
        page = browser.new_page()
        page.goto(f"{address}/fi/pages/{ids['page']}")
        page.emulate_media(media="print")
        after = "(link => getComputedStyle(document.querySelector(link), '::after').content)"
        assert sample_url(page.evaluate(f"{after}('.foot p a')")) == page.get_attribute(".foot p a", "href")
        # An address that is its own link is there already.
        assert page.inner_text("p.url a") == page.get_attribute("p.url a", "href")
        assert page.evaluate(f"{after}('p.url a')") == "none"
        assert page.locator("details ul").first.is_visible()
        page.close()


def sample_url(content: str) -> str:
    """The address in a generated `" (" attr(href) ")"`."""
    return content.replace('"', "").strip(" ()").replace("attr(href)", "").strip(" ()")


# Without pictures: what is drawn stands in the page as SVG, and is left out.
MOST_BYTES = 300_000


def test_pages_are_light(browser: Any, address: str, ids: dict[str, str]) -> None:
    """Everything that a first visit loads, in bytes as they come (nothing is compressed here), pictures apart."""
    weights = {}
    for path in [*(f"/fi{path}" for path in KINDS), "/archive/projects"]:
        page = browser.new_page()
        sizes: list[int] = []
        page.on("response", lambda response, sizes=sizes: sizes.append(len(response.body())))
        page.goto(address + path.format(**ids), wait_until="load")
        pictures = page.evaluate("[...document.querySelectorAll('svg')].reduce((n, s) => n + s.outerHTML.length, 0)")
        weights[path] = sum(sizes) - pictures
        page.close()
    assert {path: weight for path, weight in weights.items() if weight > MOST_BYTES} == {}


def _tab_to(page: Any, condition: str) -> None:
    """Press Tab until a condition holds of what has the focus."""
    for _ in range(150):
        if page.evaluate(condition):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"not reached with Tab: {condition}")


def _follow(page: Any, name: str) -> None:
    """Tab to the link of a name and press Enter."""
    words = json.dumps(name)
    _tab_to(page, f"document.activeElement.tagName === 'A' && document.activeElement.textContent.trim() === {words}")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _open_details(page: Any) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")


def _violations(page: Any) -> Any:
    folder = find_spec("axe_playwright_python").submodule_search_locations[0]  # type: ignore[union-attr,index]  # installed with playwright
    page.add_script_tag(path=str(next(Path(folder).rglob("axe.min.js"))))
    return page.evaluate(RUN, TAGS)
