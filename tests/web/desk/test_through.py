"""The clerk sees which system submitted a case, and for whom it vouches."""

from collections.abc import Callable

import pytest

from procedures.database import Database
from tests.web.api.system import System, registered
from tests.web.browsing import Browser
from tests.web.casework import TAX, Casework
from tests.web.client import faults

pytestmark = pytest.mark.sqlite_only


def test_the_system_and_its_own_number(
    browser: Callable[..., Browser], casework: Casework, database: Database, app: object
) -> None:
    tax = casework.publish(TAX)
    own = casework.file(TAX).application_id
    answers = casework.see(own).answers
    system = System(app, *registered(database, casework.now, name="県民ポータル"))
    told = system.submit(tax, answers, client_reference="P-77").get_json()
    clerk = browser("sato")
    page = clerk.get(f"/desk/cases/{told['id']}")
    assert faults(page) == []
    assert "県民ポータル" in page.text
    assert "P-77" in page.text
    assert "through" not in clerk.get(f"/desk/cases/{own}").text
