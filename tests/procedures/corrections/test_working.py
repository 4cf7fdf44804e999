"""The applicant works on a correction: only what was marked, only their own, nothing lost."""

from typing import Any

import pytest

from engine.correcting import ABSENT, Place
from procedures import applications, attachments, drafts
from procedures.blobs.disk import DiskBlobs
from procedures.corrections import working
from procedures.errors import AlreadySubmitted, NoCorrection, NotFound, StaleDraft
from tests.procedures.corrections.conftest import DOGS, CorrectionDesk
from tests.web.casework import photo


def test_what_is_asked_for_stands_beside_what_was_sent(desk: CorrectionDesk) -> None:
    work = desk.work(desk.asked(("name",)))
    assert work.before.answers["name"] == "髙橋 𠮷子"
    assert work.why(("name",)) == ("読み取れません。",)
    assert work.why(("copies",)) == ()
    assert work.corrected.answers == work.before.answers


def test_a_new_answer_is_kept_and_the_submission_stays(desk: CorrectionDesk) -> None:
    case = desk.asked(("name",))
    assert desk.change(case, ("name",), "髙橋 花子") == 2
    work = desk.work(case)
    assert work.corrected.answers["name"] == "髙橋 花子"
    assert work.before.answers["name"] == "髙橋 𠮷子"
    desk.change(case, ("name",), "髙橋 𠮷子")
    assert desk.work(case).changes == {}


@pytest.mark.parametrize("place", [("copies",), ("paper",), ("stray",), ("name", 0), ("name", "x", 1)])
def test_what_was_not_marked_cannot_be_saved(desk: CorrectionDesk, place: Place) -> None:
    case = desk.asked(("name",))
    if place[0] == "name":
        desk.change(case, place, "x")  # a way that breaks off changes nothing
    else:
        with pytest.raises(NotFound):
            desk.change(case, place, "x")
    assert desk.work(case).corrected.answers == desk.work(case).before.answers


@pytest.mark.parametrize(
    ("mark", "place", "answer", "expected"),
    [
        (("dogs",), ("dogs", 0, "call_name"), "タマ", [{"call_name": "タマ"}, DOGS[1]]),
        (("dogs",), ("dogs", 2), {"call_name": "タマ"}, [*DOGS, {"call_name": "タマ"}]),
        (("dogs",), ("dogs", 0), ABSENT, [DOGS[1]]),
        (("dogs", 1, "call_name"), ("dogs", 1, "call_name"), "八", [DOGS[0], {"call_name": "八"}]),
    ],
)
def test_lists(desk: CorrectionDesk, mark: Place, place: Place, answer: Any, expected: list[Any]) -> None:
    case = desk.asked(mark, procedure="kennel")
    desk.change(case, place, answer)
    assert desk.work(case).corrected.answers["dogs"] == expected


def test_what_opens_may_be_answered(desk: CorrectionDesk) -> None:
    case = desk.asked(("kind",), procedure="kennel")
    with pytest.raises(NotFound):
        desk.change(case, ("firm_name",), "犬商会")
    desk.change(case, ("kind",), "firm")
    desk.change(case, ("firm_name",), "犬商会")
    assert desk.work(case).corrected.opened == (("firm_name",),)
    assert desk.work(case).corrected.failures == ()
    desk.change(case, ("kind",), "person")
    assert "firm_name" not in desk.work(case).corrected.answers


def test_a_save_from_another_tab_is_told(desk: CorrectionDesk) -> None:
    case = desk.asked(("name",))
    desk.change(case, ("name",), "一")
    with pytest.raises(StaleDraft) as error:
        desk.do(working.save, desk.people.hanako, case, ("name",), "二", 1)
    assert error.value.current == 2


def test_another_person_finds_nothing(desk: CorrectionDesk) -> None:
    case = desk.asked(("name",))
    for actor in (desk.people.taro, desk.people.sato):
        with pytest.raises(NotFound):
            desk.work(case, actor)
        with pytest.raises(NotFound):
            desk.do(working.save, actor, case, ("name",), "x", 1)
    with pytest.raises(NotFound):
        desk.work("missing")


def test_where_nothing_is_asked_for_there_is_nothing_to_work_on(desk: CorrectionDesk) -> None:
    case = desk.claimed()
    with pytest.raises(NoCorrection):
        desk.work(case)
    with pytest.raises(NoCorrection):
        desk.do(working.save, desk.people.hanako, case, ("name",), "x", 1)


def test_the_draft_of_the_case_does_not_come_back_to_life(desk: CorrectionDesk) -> None:
    case = desk.asked(("name",))
    with pytest.raises(AlreadySubmitted):
        desk.do(drafts.save, desk.people.hanako, case, {"name": "x"}, 3)
    with desk.database.read() as session:
        assert applications.view_own(session, desk.people.hanako, case).answers["name"] == "髙橋 𠮷子"


def test_papers_can_be_added_and_what_was_sent_stays(desk: CorrectionDesk, blobs: DiskBlobs) -> None:
    case = desk.asked(("paper",))
    prepared = attachments.prepare(blobs, "a.jpg", photo(), ["image/*"])
    added = desk.do(attachments.add, desk.people.hanako, case, "paper", prepared)
    desk.change(case, ("paper",), [added])
    assert desk.work(case).corrected.answers["paper"] == [added]
    with pytest.raises(NotFound):
        desk.do(attachments.add, desk.people.taro, case, "paper", prepared)
