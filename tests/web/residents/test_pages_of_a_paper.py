"""The pages of one paper, kept in the order in which they were sent; how large each may be; how many there must be."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from procedures import attachments, library
from procedures.actors import SYSTEM
from procedures.attachments import Prepared
from procedures.database import Database
from procedures.errors import FileRefused
from tests.web.casework import photo
from tests.web.conftest import Clock
from tests.web.residents.applicant import Applicant

pytestmark = pytest.mark.sqlite_only
SPEC = Path(__file__).parents[2] / "specs/features/papers-by-number.yaml"
MEGABYTE = 1024 * 1024


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
    allowed: list[int] = []

    def prepare(*given: Any) -> Prepared:
        allowed.append(given[-1])
        raise FileRefused("notices.file_too_large", megabytes=given[-1] // MEGABYTE)

    monkeypatch.setattr("web.residents.filling.uploads.attachments.prepare", prepare)
    send(sender, "plan", "大きい.pdf")
    assert any("5MB" in problem for problem in sender.problems)
    send(sender, "papers", "大きい.pdf")
    assert allowed == [5 * MEGABYTE, attachments.MAX_BYTES]


@pytest.mark.parametrize(("papers", "right"), [(1, False), (2, True), (3, False)])
def test_one_paper_per_licence_and_one_more(sender: Applicant, papers: int, right: bool) -> None:
    send(sender, "plan", "表紙.jpg", "本文.jpg")
    send(sender, "papers", *(f"{number}.jpg" for number in range(papers)))
    sender.send({"licences": "1", "helpers": "花子"})
    said = "「許可証の写し（許可ごとに1枚と申請書）」は2件、必要です。件数を確かめてください。"
    assert sender.problems == ([] if right else [said])
