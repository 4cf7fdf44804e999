"""What can be measured: for whoever shows the token or is an operator, right, and without a word about anybody."""

import io
import json
import re
import sys
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import update

from payments.providers import Provider, ProviderRefused, ProviderUnavailable
from procedures import beating, jobs, tracing
from procedures.database import Database
from procedures.jobs import TryLater
from procedures.keyring.keys import Site
from procedures.models import Job, Person, Sealing
from tests.web.browsing import Browser
from tests.web.casework import Casework
from tests.web.conftest import Clock
from web import create_app
from web.metrics import counted, providing
from web.metrics.jobs import watched
from web.services import Overrides
from web.settings import Settings, refusals

Browsers = Callable[..., Browser]
TOKEN = "t" * 40
Values = dict[tuple[str, tuple[str, ...]], float]


@pytest.fixture
def measured(settings: Settings, database: Database, clock: Clock) -> Flask:
    from dataclasses import replace

    return create_app(replace(settings, metrics_token=TOKEN), database, Overrides(clock=clock))


def values(app: Flask, token: str = TOKEN) -> Values:
    answer = app.test_client().get("/metrics", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.text)
    return {(one.name, tuple(one.labels.values())): one.value for family in families for one in family.samples}


@pytest.mark.parametrize("shown", ["", "Bearer ", "Bearer nonsense", "Bearer " + TOKEN + "x", TOKEN, "Basic " + TOKEN])
def test_strangers_find_no_such_page(measured: Flask, shown: str) -> None:
    answer = measured.test_client().get("/metrics", headers={"Authorization": shown} if shown else {})
    assert answer.status_code == 404
    assert "tetsuzuki_" not in answer.text


def test_without_a_token_in_the_settings_none_opens_it(app: Flask) -> None:
    assert app.test_client().get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("hanako", 404), ("sato", 404), ("tanaka", 404), ("operator", 200)])
def test_operators_may_look(browser: Browsers, operator: str, who: str, status: int) -> None:
    assert browser(operator if who == "operator" else who).get("/metrics").status_code == status


def test_a_short_token_is_refused() -> None:
    assert any("METRICS_TOKEN" in line for line in refusals(Settings(metrics_token="short")))


def test_requests_are_counted_by_endpoint_never_by_address(measured: Flask) -> None:
    client = measured.test_client()
    before = values(measured)
    client.get("/verify/SECRET-1234")
    client.get("/no/such/SECRET-1234")
    client.open("/", method="BREW")
    after = values(measured)
    asked = {
        labels: value - before.get((name, labels), 0)
        for (name, labels), value in after.items()
        if name == "tetsuzuki_request_seconds_count"
    }
    assert sum(count for labels, count in asked.items() if labels[0] == "none" and labels[2] == "404") == 1
    assert sum(count for labels, count in asked.items() if labels[0] == "public.by_address") == 1
    assert {labels[1] for labels, count in asked.items() if count} == {"GET", "none"}
    assert not [labels for labels in asked if "SECRET" in str(labels)]


def test_it_is_told_that_what_an_earlier_release_wrote_is_not_sealed(measured: Flask, database: Database) -> None:
    assert values(measured)["tetsuzuki_waiting", ("plain",)] == 0
    with database.write() as session:
        session.execute(update(Sealing).values(begun=False, done=False))
    object.__setattr__(database, "site", Site())  # as of a process that has just started
    assert values(measured)["tetsuzuki_waiting", ("plain",)] == 1


def test_what_waits_is_asked_of_the_database(measured: Flask, database: Database, clock: Clock) -> None:
    with database.write() as session:
        for _ in range(2):
            jobs.enqueue(session, clock() - timedelta(minutes=30), "notice.send", {})
        jobs.enqueue(session, clock(), "letter.make", {})
        session.execute(update(Job).where(Job.kind == "letter.make").values(state="dead"))
        beating.beat(session, clock() - timedelta(seconds=30), "worker:a:1")
        beating.beat(session, clock() - timedelta(hours=2), beating.BACKUP)
    found = values(measured)
    assert found["tetsuzuki_jobs", ("notice.send", "waiting")] == 2
    assert found["tetsuzuki_jobs", ("letter.make", "dead")] == 1
    assert found["tetsuzuki_job_age_seconds", ("notice.send",)] == 1800
    assert found["tetsuzuki_waiting", ("mails",)] == 2
    assert found["tetsuzuki_waiting", ("jobs",)] == 1
    assert found["tetsuzuki_waiting", ("backup",)] == 0
    assert found["tetsuzuki_worker_age_seconds", ()] == 30
    assert found["tetsuzuki_backup_age_seconds", ()] == 7200
    assert found["tetsuzuki_disk_free_bytes", ()] > 0
    assert ("tetsuzuki_database_connections", ("write", "idle")) in found


def test_cases_by_status(measured: Flask, casework: Casework) -> None:
    status = casework.file().status
    assert values(measured)["tetsuzuki_cases", (status,)] == 1


def test_no_label_names_anybody_or_anything_of_theirs(measured: Flask, casework: Casework) -> None:
    application_id = casework.file().application_id
    measured.test_client().get(f"/desk/cases/{application_id}")
    text = measured.test_client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text
    assert application_id not in text
    assert not re.search(r"[a-z2-7]{26}", text), "an id"
    assert not re.search(r"[ぁ-んァ-ヶ一-龠]", re.sub(r"^#.*$", "", text, flags=re.MULTILINE))


def test_jobs_are_counted_by_how_they_went(database: Database, clock: Clock) -> None:
    def later(_database: Database, _job: jobs.ClaimedJob, _now: object) -> None:
        raise TryLater("busy")

    def wrong(_database: Database, _job: jobs.ClaimedJob, _now: object) -> None:
        raise RuntimeError("髙橋")

    handlers = watched({"m.done": lambda *_: None, "m.later": later, "m.failed": wrong})
    with database.write() as session:
        for kind in handlers:
            jobs.enqueue(session, clock(), kind, {})
    while jobs.run_one(database, clock, "w", handlers):
        pass
    for kind in handlers:
        outcome = kind.removeprefix("m.")
        assert counted.OWN.get_sample_value("tetsuzuki_job_seconds_count", {"kind": kind, "outcome": outcome}) == 1


class Paying:
    """A provider of which nothing but a few answers is wanted."""

    name = "paying"

    def checkout(self, checkout_id: str) -> str:
        if checkout_id == "gone":
            raise ProviderRefused("no")
        if checkout_id == "down":
            raise ProviderUnavailable("no")
        if checkout_id == "odd":
            raise KeyError("x")
        return checkout_id

    def refunds_of(self, _payment_id: str) -> object:
        yield 1
        raise ProviderUnavailable("no")

    def read_webhook(self, *_: object) -> str:
        return "hint"


@pytest.mark.parametrize(
    ("asked", "outcome"), [("fine", "ok"), ("gone", "refused"), ("down", "unavailable"), ("odd", "failed")]
)
def test_calls_of_the_provider_are_counted(asked: str, outcome: str) -> None:
    provider = providing.watched(Paying())
    before = calls("checkout", outcome)
    try:
        assert provider.checkout(asked) == asked
    except (ProviderRefused, ProviderUnavailable, KeyError):
        assert outcome != "ok"
    assert calls("checkout", outcome) == before + 1
    assert provider.name == "paying"
    assert provider.read_webhook() == "hint"


def test_a_list_is_a_call_as_long_as_it_is_read() -> None:
    before = calls("refunds_of", "unavailable")
    with pytest.raises(ProviderUnavailable):
        list(providing.watched(Paying()).refunds_of("p"))
    assert calls("refunds_of", "unavailable") == before + 1


def test_every_call_of_the_port_is_known() -> None:
    assert {"open_checkout", "transactions", "create_refund", "payout_contents"} <= providing.CALLS
    assert "read_webhook" not in providing.CALLS
    assert all(callable(getattr(Provider, name)) for name in providing.CALLS)


def calls(call: str, outcome: str) -> float:
    return counted.OWN.get_sample_value("tetsuzuki_provider_seconds_count", {"call": call, "outcome": outcome}) or 0.0


def test_a_request_is_named_and_its_jobs_know_it(
    browser: Browsers, app: Flask, database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = browser("hanako").get("/")
    name = answer.headers["X-Request-ID"]
    assert re.fullmatch(r"[0-9a-f]{16}", name)
    seen = []

    def remember(_database: Database, job: jobs.ClaimedJob, now: object) -> jobs.Finish:
        seen.append((job.request_id, tracing.current()))
        return lambda session: jobs.enqueue(session, clock(), "t.second", {}) and None

    with tracing.within("request-1"), database.write() as session:
        jobs.enqueue(session, clock(), "t.first", {})
    handlers = {"t.first": remember, "t.second": remember}
    assert jobs.run_one(database, clock, "w", handlers)
    assert jobs.run_one(database, clock, "w", handlers)
    assert seen == [("request-1", "request-1")] * 2
    assert tracing.current() != "request-1"


@pytest.mark.parametrize(
    ("proxies", "given", "kept"),
    [
        (0, "from-a-stranger", False),
        (1, "from-the-proxy", True),
        (1, "x", False),
        (1, "a\u00e9" * 9, False),
        (1, "b" * 65, False),
    ],
)
def test_only_a_proxy_of_ours_names_requests(
    settings: Settings,
    database: Database,
    clock: Clock,
    proxies: int,
    given: str,
    kept: bool,
) -> None:
    from dataclasses import replace

    app = create_app(replace(settings, proxies=proxies), database, Overrides(clock=clock))
    answer = app.test_client().get("/healthz", headers={"X-Request-ID": given})
    assert (answer.headers["X-Request-ID"] == given) is kept


def test_the_log_is_json_names_the_request_and_nobody(
    browser: Browsers, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = "MARK7391"
    with database.write() as session:
        session.execute(update(Person).where(Person.id == "hanako").values(name=mark, email=f"{mark}@example.jp"))
    heard = io.StringIO()
    monkeypatch.setattr(sys, "stderr", heard)
    hanako = browser("hanako")
    answers = [
        hanako.get(f"/?q={mark}"),
        hanako.get(f"/{mark}"),
        hanako.get("/account"),
        hanako.app.test_client().post("/sign-in", data={"name": mark}),
    ]
    lines = [json.loads(line) for line in heard.getvalue().splitlines()]
    named = [line for line in lines if line["event"] == "request"]
    assert [line["request"] for line in named] == [answer.headers["X-Request-ID"] for answer in answers]
    assert all({"endpoint", "method", "status", "ms", "level", "timestamp"} <= line.keys() for line in named)
    assert mark not in heard.getvalue()
