"""Every route says who may use it, and every page can be reached without JavaScript."""

import pytest
from flask import Flask

from tests.house import routes
from tests.house.tree import expect_none
from tests.ringed import opened
from web import create_app
from web.access import ANYONE, MAY, policy
from web.settings import Settings


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("data")
    return create_app(Settings(data_dir=folder), opened(f"sqlite:///{folder / 'empty.db'}"))


def test_every_route_says_who_may_use_it(app: Flask) -> None:
    expect_none(routes.undeclared(app))


def test_every_route_can_be_reached_by_a_form(app: Flask) -> None:
    expect_none(routes.beyond_forms(app))


def test_no_route_changes_something_under_a_name_that_reads(app: Flask) -> None:
    expect_none(routes.changing_by_reading(app))


def test_a_route_that_changes_something_by_reading_is_found() -> None:
    app = Flask(__name__, static_folder=None)
    app.add_url_rule("/sly", "sly", policy(MAY("case.read"))(lambda: ""), methods=["POST"])
    app.add_url_rule("/honest", "honest", policy(MAY("case.claim"))(lambda: ""), methods=["POST"])
    app.add_url_rule("/shown", "shown", policy(MAY("case.read"))(lambda: ""))
    assert [line.split()[0] for line in routes.changing_by_reading(app)] == ["/sly"]


def test_a_silent_route_is_found() -> None:
    app = Flask(__name__, static_folder=None)
    app.add_url_rule("/silent", "silent", lambda: "")
    app.add_url_rule("/spoken", "spoken", policy(ANYONE)(lambda: ""), methods=["DELETE"])
    assert [line.split()[0] for line in routes.undeclared(app)] == ["/silent"]
    assert len(routes.beyond_forms(app)) == 1
