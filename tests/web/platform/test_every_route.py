"""What holds for every route there is, found by asking the application itself."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import event
from werkzeug.routing import Rule
from werkzeug.routing.converters import AnyConverter, BaseConverter, NumberConverter

from procedures.database import Database
from tests.web.browsing import Browser
from web.access import POLICIES

Open = Callable[..., Browser]
NOWHERE = "aaaaaaaaaaaaaaaaaaaaaaaaaa"  # shaped like an id, and nobody's
EVERYBODY = (None, "hanako", "sato", "suzuki", "tanaka", "kimura")


def nothing(kind: BaseConverter) -> object:
    """What fits in its place and leads to nothing; one of the words where only some are known."""
    if isinstance(kind, AnyConverter):
        return min(kind.items)
    return 1 if isinstance(kind, NumberConverter) else NOWHERE


def address(rule: Rule) -> str:
    """The rule with something that does not exist in each place."""
    values = {name: nothing(kind) for name, kind in rule._converters.items()}
    built = rule.build(values, append_unknown=False)
    assert built is not None
    return built[1]


def rules(app: Flask, method: str) -> Iterator[tuple[Rule, str]]:
    """Every rule that takes `method`, with an address; arriving from an issuer is told apart in its own tests."""
    for rule in app.url_map.iter_rules():
        if method in rule.methods and "callback" not in rule.rule:
            yield rule, address(rule)


@pytest.mark.parametrize("person", EVERYBODY)
def test_reading_writes_nothing_and_breaks_nothing(
    app: Flask, browser: Open, database: Database, person: str | None
) -> None:
    reader = browser(person)
    written: list[str] = []

    def watch(*about: object) -> None:
        statement = str(about[2]).lstrip()
        if statement.split(maxsplit=1)[0].upper() in {"INSERT", "UPDATE", "DELETE"}:
            written.append(statement)

    event.listen(database.engine, "before_cursor_execute", watch)  # what only reads cannot write anyway
    for _, path in rules(app, "GET"):
        if path.startswith("/sign-in"):
            continue  # goes to an issuer, which does not run here
        page = reader.get(path)
        assert page.status_code < 500, path
        assert b"Traceback" not in page.get_data(), path
    assert written == []


@pytest.mark.parametrize("person", EVERYBODY)
def test_no_form_is_taken_without_a_token(app: Flask, browser: Open, person: str | None) -> None:
    sender = browser(person)
    for rule, path in rules(app, "POST"):
        answer = sender.client.post(path, data={"x": "y"})
        if app.extensions[POLICIES][rule.endpoint].signed:
            assert answer.status_code == 400, path  # the signature is missing instead
        else:
            assert answer.status_code in {302, 303, 403}, path


@pytest.mark.parametrize("person", EVERYBODY)
def test_a_form_about_nothing_gets_no_fault_of_ours(app: Flask, browser: Open, person: str | None) -> None:
    sender = browser(person)
    for _, path in rules(app, "POST"):
        if path in {"/sign-out", "/webhooks/stripe"} or path.endswith("/options"):  # what passkeys are asked
            continue
        answer = sender.post(path, {})
        assert answer.status_code in {302, 303, 400, 403, 404, 405, 409, 422}, (path, answer.status_code)


def test_every_answer_is_protected(app: Flask, browser: Open) -> None:
    reader = browser("hanako")
    for rule, path in rules(app, "GET"):
        if path.startswith("/sign-in"):
            continue
        headers = reader.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], path
        assert "unsafe-inline" not in headers["Content-Security-Policy"], path
        if rule.endpoint != "static":
            assert "no-store" in headers["Cache-Control"], path


def test_strangers_learn_nothing_from_staff_pages(app: Flask, browser: Open) -> None:
    visitor, hanako = browser(), browser("hanako")
    for rule, path in rules(app, "GET"):
        policy = app.extensions[POLICIES][rule.endpoint]
        if policy.open or not all(who.action for who in policy.who):
            continue
        assert visitor.get(path).status_code == 302, path
        assert hanako.get(path).status_code == 403, path
