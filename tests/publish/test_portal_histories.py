"""An organisation's page shows its names by time, what it came of and what it went into, with links both ways."""

import asyncio
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup

from archive.schema import open_archive
from pipelines.flow import Flow
from publish.site import Site
from tests.plain_rules import capture, plain_extract, plain_read
from tests.publish.conftest import Get, client

PAGE = "kind: project\ntitle: Silta\npartner: Xamk\npartner: Mikkelin ammattikorkeakoulu\npartner: Liikennevirasto\n"


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory, loop: asyncio.AbstractEventLoop) -> Get:
    path = tmp_path_factory.mktemp("histories") / "archive.db"
    db = open_archive(path, create=True)
    flow = Flow(db, read=plain_read, extract=plain_extract)
    flow.take(capture("http://a.example/", PAGE))
    flow.finish()
    db.conn.close()
    return client(Site(path), loop)


def section(ask: Get, body: str, heading: str) -> BeautifulSoup:
    found = BeautifulSoup(ask(f"/en/organisations/{body}").text, "lxml").find(id=heading)
    assert found
    return BeautifulSoup(str(found.parent), "lxml")


def test_predecessors_and_successors_lead_to_each_other(ask: Get) -> None:
    before, after = section(ask, "xamk", "predecessors"), section(ask, "mamk", "successors")
    assert [link["href"] for link in before.find_all("a")] == ["/en/organisations/mamk"]
    assert [link["href"] for link in after.find_all("a")] == ["/en/organisations/xamk"]
    assert "1\u00a0January 2017" in after.text
    # No page names it, so it has none of its own.
    assert "Kymenlaakso" in before.text


def test_the_bodies_of_a_day_can_be_asked_for(ask: Get) -> None:
    form = BeautifulSoup(ask("/en/organisations/xamk").text, "lxml").find(
        "form", action="/archive/organisations_on_a_day"
    )
    assert form
    name = form.find("input", attrs={"name": "name"})["value"]
    answer = ask(f"{form['action']}.json?_shape=array&day=2015-05-01&name={quote(name)}").json()
    assert [row["body"] for row in answer] == ["kyamk", "mamk"]


def test_names_have_their_times(ask: Get) -> None:
    rows = {row.td.text: row.find_all("td")[-1].text for row in section(ask, "vayla", "names").tbody.find_all("tr")}
    assert rows["Liikennevirasto"] == "1\u00a0January 2010\u00a0– 31\u00a0December 2018"
    assert rows["Väylävirasto"] == "from 1\u00a0January 2019"


def test_first_and_last_day_stand_in_the_heading(ask: Get) -> None:
    header = BeautifulSoup(ask("/en/organisations/mamk").text, "lxml").find(class_="title")
    assert header
    assert "31\u00a0December 2016" in header.text
