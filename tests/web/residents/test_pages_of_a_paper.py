"""The pages of one paper, kept in the order in which they were sent; how large each may be; how many there must be."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select
from werkzeug.test import stream_encode_multipart

from procedures import library
from procedures.actors import SYSTEM
from procedures.database import Database
from procedures.models import Submission
from tests.uploaded import padded
from tests.web.casework import photo
from tests.web.conftest import Clock
from tests.web.residents.applicant import Applicant

pytestmark = pytest.mark.sqlite_only
SPEC = Path(__file__).parents[2] / "specs/features/papers-by-number.yaml"


@pytest.fixture
def sender(applicant: Callable[..., Applicant], database: Database, now: datetime, clock: Clock) -> Applicant:
    """Hanako before the page that wants papers."""
    clock.moment = datetime(2026, 5, 1, 3, tzinfo=UTC)
    with database.write() as session:
        library.publish(session, SYSTEM, now, SPEC.read_text(encoding="utf-8"), SPEC.name, "")
    person = applicant("hanako")
    person.start("papers-by-number")
    return person


def send(person: Applicant, name: str, *files: str) -> None:
    person.send({"upload": name}, files=[(f"{name}.new", file, photo()) for file in files])


def listed(person: Applicant) -> list[str]:
    return [link.said for link in person.tree.all("a") if "/attachments/" in link.attributes.get("href", "")]


def test_pages_are_listed_with_numbers_in_the_order_they_were_sent(sender: Applicant, clock: Clock) -> None:
    send(sender, "plan", "表紙.jpg", "本文.jpg")
    clock.moment += timedelta(seconds=1)
    send(sender, "plan", "地図.jpg")
    assert listed(sender) == ["表紙.jpg", "本文.jpg", "地図.jpg"]
    [pages] = [node for node in sender.tree.all("ol") if "files" in node.attributes.get("class", "")]
    assert len(pages.all("li")) == 3
    assert "1ページ目から順番に" in sender.main


def test_each_file_may_be_as_large_as_its_question_says(sender: Applicant, monkeypatch: pytest.MonkeyPatch) -> None:
    in_memory = partial(stream_encode_multipart, use_tempfile=False)  # the client forgets to close its own large files
    monkeypatch.setattr("werkzeug.test.stream_encode_multipart", in_memory)
    large = padded(7)
    sender.send({"upload": "plan"}, files=[("plan.new", "大きい.pdf", large)])
    assert any("5MB" in problem for problem in sender.problems)
    assert listed(sender) == []
    sender.send({"upload": "papers"}, files=[("papers.new", "大きい.pdf", large)])
    assert listed(sender) == ["大きい.pdf"]


def test_pages_are_moved_by_buttons_and_stay_where_they_were_put(sender: Applicant) -> None:
    send(sender, "plan", "一.jpg", "二.jpg", "三.jpg")
    press(sender, "三.jpg", "up")
    assert listed(sender) == ["一.jpg", "三.jpg", "二.jpg"]
    press(sender, "一.jpg", "down")
    assert listed(sender) == ["三.jpg", "一.jpg", "二.jpg"]
    for file, step in (("三.jpg", "up"), ("二.jpg", "down")):
        press(sender, file, step)  # no further than to the end
    assert listed(sender) == ["三.jpg", "一.jpg", "二.jpg"]
    sender.open(sender.at)
    assert listed(sender) == ["三.jpg", "一.jpg", "二.jpg"]


def test_the_order_of_the_page_is_the_order_of_the_answer_and_of_what_is_submitted(
    sender: Applicant, database: Database
) -> None:
    send(sender, "plan", "一.jpg", "二.jpg")
    send(sender, "papers", "甲.jpg", "乙.jpg")
    press(sender, "一.jpg", "down")
    send(sender, "plan", "三.jpg")
    sender.send({"licences": "1", "helpers": "花子"})
    page = sender.open(sender.at)
    assert [name for name in ("二.jpg", "一.jpg", "三.jpg") if name in page.text] == ["二.jpg", "一.jpg", "三.jpg"]
    assert page.text.index("二.jpg") < page.text.index("一.jpg") < page.text.index("三.jpg")
    sender.send()
    with database.read() as session:
        [files] = session.scalars(select(Submission.attachments))
    names = [file["name"] for file in files if file["field_id"] == "plan"]
    assert names == ["二.jpg", "一.jpg", "三.jpg"]


def test_a_page_that_was_arranged_by_a_script_is_kept_in_that_order(sender: Applicant) -> None:
    send(sender, "plan", "一.jpg", "二.jpg", "三.jpg")
    sender.send({"upload": "plan", "plan": list(reversed(sender.typed("plan")))})
    assert listed(sender) == ["三.jpg", "二.jpg", "一.jpg"]


def press(person: Applicant, file: str, step: str) -> None:
    """The button that moves this file."""
    [row] = [node for node in person.tree.all("li") if any(link.said == file for link in node.all("a"))]
    [button] = [node for node in row.all("button") if node.attributes["value"].endswith(f":{step}")]
    person.send({"move_file": button.attributes["value"]})


@pytest.mark.parametrize(("papers", "right"), [(1, False), (2, True), (3, False)])
def test_one_paper_per_licence_and_one_more(sender: Applicant, papers: int, right: bool) -> None:
    send(sender, "plan", "表紙.jpg", "本文.jpg")
    send(sender, "papers", *(f"{number}.jpg" for number in range(papers)))
    sender.send({"licences": "1", "helpers": "花子"})
    said = "「許可証の写し（許可ごとに1枚と申請書）」は2件、必要です。件数を確かめてください。"
    assert sender.problems == ([] if right else [said])
