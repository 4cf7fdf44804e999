"""Views of the queue: saved from the list, opened first, renamed, deleted; and the next case that nobody has."""

import re
from collections.abc import Callable

from sqlalchemy import select

from procedures.database import Database
from procedures.models import SavedView, StaffRole
from tests.web.browsing import Browser
from tests.web.casework import DOG, TAX, Casework
from tests.web.client import faults

Browsers = Callable[..., Browser]


def test_a_filter_is_saved_opened_first_renamed_and_deleted(
    casework: Casework, browser: Browsers, database: Database
) -> None:
    case = casework.file(TAX)
    clerk = browser("sato")
    page = clerk.get("/desk?tab=closed&status=refused&q=佐藤")
    query = re.search(r'name="query" value="([^"]*)"', page.text)[1].replace("&amp;", "&")
    assert query == "tab=closed&status=refused"
    clerk.post("/desk/views", {"name": "不承認", "query": query})
    assert 'aria-current="page">不承認' in clerk.follow().text
    with database.read() as session:
        [view] = session.scalars(select(SavedView)).all()
    clerk.post(f"/desk/views/{view.id}/first")
    page = clerk.follow()
    assert faults(page) == []
    assert "最初に表示しない" in page.text
    assert case.reference not in clerk.get("/desk").text
    assert case.reference in clerk.get("/desk?tab=open").text
    clerk.post(f"/desk/views/{view.id}/rename", {"name": "却下"})
    assert "却下" in clerk.follow().text
    clerk.post(f"/desk/views/{view.id}/first", {"off": "1"})
    assert case.reference in clerk.get("/desk").text
    clerk.post(f"/desk/views/{view.id}/delete")
    assert "却下" not in clerk.follow().text


def test_what_is_refused_is_told_with_what_was_typed(casework: Casework, browser: Browsers) -> None:
    clerk = browser("sato")
    clerk.post("/desk/views", {"name": "一", "query": "tab=late"})
    page = clerk.post("/desk/views", {"name": "一", "query": "tab=mine&status=nonsense"})
    assert (page.status_code, faults(page)) == (422, [])
    assert "同じ名前の条件がもうあります" in page.text
    assert 'value="tab=mine"' in page.text
    assert clerk.post("/desk/views/missing/delete").status_code == 404
    assert browser("suzuki").get("/desk/views").text.count("一</a>") == 0


def test_a_manager_saves_for_the_office(casework: Casework, browser: Browsers, database: Database) -> None:
    with database.write() as session:
        session.add(StaffRole(person_id="sato", role="manager", office="shuzei-shomei"))
    chief = browser("sato")
    assert 'name="office"' in chief.get("/desk?tab=late").text
    chief.post("/desk/views", {"name": "全員の遅れ", "query": "tab=late", "office": "shuzei-shomei"})
    seen = browser("suzuki").get("/desk/views").text
    assert "全員の遅れ" in seen
    assert "名前を変える" not in seen


def test_the_next_case_is_the_one_that_is_due_first(casework: Casework, browser: Browsers) -> None:
    clerk = browser("sato")
    assert clerk.get("/desk/next").headers["Location"] == "/desk?tab=unassigned"
    dog = casework.file(DOG, scenario=1)
    casework.pay(dog.application_id)
    tax = casework.file(TAX)
    assert clerk.get("/desk/next").headers["Location"] == f"/desk/cases/{tax.application_id}"
    assert browser("suzuki").get("/desk/next").status_code == 403
