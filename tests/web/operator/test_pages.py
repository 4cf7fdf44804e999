"""The operator's pages: what waits, what broke, what is published."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from procedures import jobs
from procedures.database import Database
from procedures.models import Job
from tests.web.browsing import Browser
from tests.web.casework import DOG, TAX, Casework
from tests.web.client import faults
from tests.web.conftest import Clock
from web.operator import outbox

Browsers = Callable[..., Browser]


def fail(database: Database, now: datetime, kind: str = "certificate.issue", times: int = 1) -> str:
    """A job that failed `times` times; returns its id."""
    with database.write() as session:
        job_id = jobs.enqueue(session, now, kind, {"application_id": "a1"})
    for attempt in range(times):
        later = now + timedelta(days=attempt)
        with database.write() as session:
            job = jobs.claim(session, later, "w1")
            jobs.failed(session, later, job.id, job.token, "ConnectionRefusedError at smtplib:250")
    return job_id


def test_all_is_calm(browser: Browsers, operator: str) -> None:
    page = browser(operator).get("/operator")
    assert page.status_code == 200
    for shown in ("届いていないお知らせはありません", "失敗したジョブはありません", "終わっていないジョブはありません"):
        assert shown in page.text
    assert page.text.count("正常") == 4


def test_a_failed_job_is_listed_with_its_error(
    browser: Browsers, operator: str, database: Database, now: datetime
) -> None:
    fail(database, now)
    page = browser(operator).get("/operator")
    assert "証明書の発行" in page.text
    assert "ConnectionRefusedError at smtplib:250" in page.text
    assert "届いていないお知らせはありません" in page.text


def test_failed_mail_is_listed_as_mail(browser: Browsers, operator: str, database: Database, now: datetime) -> None:
    fail(database, now, "notice.send")
    page = browser(operator).get("/operator")
    assert "お知らせ" in page.text
    assert "失敗したジョブはありません" in page.text


def test_mail_that_waits_too_long_is_undelivered(
    browser: Browsers, operator: str, database: Database, clock: Clock
) -> None:
    with database.write() as session:
        jobs.enqueue(session, clock(), "notice.send", {})
    assert "届いていないお知らせはありません" in browser(operator).get("/operator").text
    clock.move(timedelta(minutes=11))
    assert "届いていないお知らせはありません" not in browser(operator).get("/operator").text


def test_a_job_that_was_given_up_can_be_started_again(
    browser: Browsers, operator: str, database: Database, clock: Clock
) -> None:
    job_id = fail(database, clock(), times=jobs.ATTEMPTS)
    person = browser(operator)
    page = person.get("/operator")
    assert "もう試しません" in page.text
    for _ in range(2):
        assert person.post(f"/operator/jobs/{job_id}/retry").status_code == 303
    assert "ジョブをもう一度試します" in person.follow().text
    with database.read() as session:
        assert session.get(Job, job_id).state == "waiting"


def test_a_job_that_is_not_there_is_404(browser: Browsers, operator: str) -> None:
    assert browser(operator).post("/operator/jobs/nothing/retry").status_code == 404


def test_jobs_are_counted_by_kind_and_state(database: Database, now: datetime) -> None:
    fail(database, now, "notice.send", jobs.ATTEMPTS)
    fail(database, now)
    with database.write() as session:
        jobs.enqueue(session, now, "notice.send", {})
        jobs.enqueue(session, now - timedelta(hours=1), "payment.settle", {})
    with database.write() as session:
        assert jobs.claim(session, now - timedelta(hours=1), "w1").kind == "payment.settle"
    with database.read() as session:
        found = {row.kind: row for row in outbox.counts(session)}
    assert (found["certificate.issue"].retrying, found["certificate.issue"].waiting) == (1, 0)
    assert (found["notice.send"].dead, found["notice.send"].waiting) == (1, 1)
    assert found["notice.send"].oldest == now
    assert found["payment.settle"].running == 1


def test_done_jobs_are_not_counted(database: Database, now: datetime) -> None:
    with database.write() as session:
        jobs.enqueue(session, now, "notice.send", {})
        job = jobs.claim(session, now, "w1")
        jobs.done(session, now, job.id, job.token)
    with database.read() as session:
        assert outbox.counts(session) == []
        assert outbox.oldest_overdue(session, now) is None


def test_published_versions_are_listed(browser: Browsers, operator: str, casework: Casework) -> None:
    casework.publish(TAX)
    casework.publish(DOG)
    page = browser(operator).get("/operator")
    assert "犬の登録と注射済票の交付" in page.text
    assert "metropolitan-tax-certificate" in page.text
    assert page.text.count("受付中") == 2


def test_the_data_check_finds_nothing_wrong(browser: Browsers, operator: str, casework: Casework) -> None:
    casework.file(TAX, scenario=1)
    somebody = browser(operator)
    before = somebody.get("/operator/doctor")
    assert faults(before) == []
    assert "異常" not in before.text
    for form in ({}, {"files": "1"}):
        page = somebody.post("/operator/doctor", form)
        assert page.status_code == 200
        assert faults(page) == []
        assert "異常は見つかりませんでした" in page.text


@pytest.mark.parametrize("path", ["/operator", "/operator/doctor"])
@pytest.mark.parametrize("person", ["hanako", "sato", "suzuki", "tanaka"])
def test_others_may_not_look(browser: Browsers, person: str, path: str) -> None:
    assert browser(person).get(path).status_code in {403, 404}


def test_a_stranger_is_sent_to_sign_in(browser: Browsers) -> None:
    assert browser().get("/operator").headers["Location"].startswith("/sign-in")
