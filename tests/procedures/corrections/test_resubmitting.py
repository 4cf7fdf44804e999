"""A correction is sent: a new round under the same version, seen by the same clerk, with what changed."""

import pytest
from sqlalchemy import func, select

from engine.correcting import ABSENT
from engine.lifecycle import Status
from procedures import attachments, decisions, doctor
from procedures.blobs.disk import DiskBlobs
from procedures.corrections import reading, resubmitting
from procedures.corrections.reading import Request
from procedures.errors import NoCorrection, NotComplete, NotFound, NothingCorrected, StaleDraft
from procedures.mandates import acting
from procedures.models import Application, Attachment, CorrectionRequest, SearchTerm, Submission
from procedures.searching.keyed import written
from procedures.submitting.files import describe
from tests.procedures.corrections.conftest import CorrectionDesk
from tests.web.casework import photo


def send(desk: CorrectionDesk, case: str, revision: int | None = None, note: str = "") -> resubmitting.Resubmitted:
    seen = desk.work(case).revision if revision is None else revision
    return desk.do(resubmitting.resubmit, desk.people.hanako, case, seen, "確認しました", note)


def told(desk: CorrectionDesk, case: str, procedure: str = "permit") -> Request:
    with desk.database.read() as session:
        return reading.history(session, case, desk.known[procedure])[-1]


def test_a_new_round_of_the_same_version_for_the_same_clerk(desk: CorrectionDesk) -> None:
    case = desk.asked(("name",))
    desk.change(case, ("name",), "髙橋 花子")
    done = send(desk, case, note="戸籍どおりに直しました。")
    assert (done.round, done.status) == (2, Status.IN_REVIEW)
    seen = desk.see(case)
    assert (seen.round, seen.claimed_by_id, seen.answers["name"]) == (2, "sato", "髙橋 花子")
    with desk.database.read() as session:
        rounds = session.scalars(select(Submission).order_by(Submission.round)).all()
        assert [one.round for one in rounds] == [1, 2]
        assert rounds[0].digest == rounds[1].digest
        assert doctor.run(session) == []
        found = session.scalars(select(SearchTerm.term).where(SearchTerm.kind == "name")).all()
        assert set(found) == {written("花子"), written("高橋花子")}
        assert session.scalar(select(func.count()).where(CorrectionRequest.changes.is_not(None))) == 0
    request = told(desk, case)
    assert (request.state, request.note) == ("answered", "戸籍どおりに直しました。")
    assert [(one.field.id, one.before, one.after) for one in request.changed] == [("name", "髙橋 𠮷子", "髙橋 花子")]


def test_a_second_click_finds_nothing_to_send(desk: CorrectionDesk) -> None:
    case = desk.asked(("name",))
    desk.change(case, ("name",), "髙橋 花子")
    send(desk, case)
    with pytest.raises(NoCorrection):
        send(desk, case, 2)
    assert desk.see(case).round == 2


def test_what_was_seen_is_what_is_sent(desk: CorrectionDesk) -> None:
    case = desk.asked(("name",))
    desk.change(case, ("name",), "髙橋 花子")
    with pytest.raises(StaleDraft):
        send(desk, case, 1)


def test_neither_change_nor_word(desk: CorrectionDesk) -> None:
    case = desk.asked(("name",))
    with pytest.raises(NothingCorrected):
        send(desk, case)
    assert send(desk, case, note="このとおりで間違いありません。").status is Status.IN_REVIEW
    assert told(desk, case).changed == ()


def test_what_is_missing_or_wrong_keeps_it_from_being_sent(desk: CorrectionDesk) -> None:
    case = desk.asked(("kind",), ("dogs", 0, "call_name"), procedure="kennel")
    desk.change(case, ("kind",), "firm")
    desk.change(case, ("dogs", 0, "call_name"), ABSENT)
    with pytest.raises(NotComplete) as error:
        send(desk, case)
    assert {failure.path for failure in error.value.failures} == {("firm_name",), ("dogs", 0, "call_name")}


@pytest.mark.parametrize("answer", [0, "x", {}, [], [0]])
def test_what_names_no_file_at_all(desk: CorrectionDesk, answer: object) -> None:
    case = desk.asked(("paper",))
    desk.change(case, ("paper",), answer)
    with pytest.raises(NotComplete):
        send(desk, case)


def test_a_file_of_another_case_is_none_of_this(desk: CorrectionDesk, blobs: DiskBlobs) -> None:
    prepared = attachments.prepare(blobs, "a.jpg", photo(), ["image/*"])
    other = desk.draft()
    foreign = desk.do(attachments.add, desk.people.hanako, other, "paper", prepared)
    case = desk.asked(("paper",))
    desk.change(case, ("paper",), [foreign])
    with pytest.raises(NotComplete):
        send(desk, case)


def test_papers_of_both_rounds_stay_and_are_told_by_name(desk: CorrectionDesk, blobs: DiskBlobs) -> None:
    prepared = [attachments.prepare(blobs, name, photo(), ["image/*"]) for name in ("前.jpg", "後.jpg")]
    draft = desk.draft(copies=0)
    first = desk.do(attachments.add, desk.people.hanako, draft, "paper", prepared[0])
    from procedures import cases, drafts

    desk.do(drafts.save, desk.people.hanako, draft, {"name": "花子", "copies": 0, "paper": [first]}, 2)
    desk.submit(draft, revision=3)
    desk.do(cases.claim, desk.people.sato, draft)
    desk.ask(draft, ("paper",))
    second = desk.do(attachments.add, desk.people.hanako, draft, "paper", prepared[1])
    desk.change(draft, ("paper",), [second])
    with pytest.raises(NotFound):
        desk.do(attachments.remove, desk.people.hanako, draft, first)
    send(desk, draft)
    request = told(desk, draft)
    assert request.files == {first: "前.jpg", second: "後.jpg"}
    with desk.database.read() as session:
        for id in (first, second):
            attachments.open_file(session, blobs, desk.people.sato, draft, id).stream.close()


def test_a_mandate_on_paper_stays_with_every_round(
    desk: CorrectionDesk, blobs: DiskBlobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = desk.asked(("name",))
    prepared = attachments.prepare(blobs, "委任状.jpg", photo(), ["image/*"])
    mandate = desk.do(attachments.add, desk.people.hanako, case, "mandate", prepared)
    with desk.database.read() as session:
        described = describe(session.get_one(Attachment, mandate))
    monkeypatch.setattr(acting, "of_last_round", lambda *_: {"name": "山田 太郎", "files": [described]})
    send(desk, case, note="このままです。")
    assert [file.name for file in desk.see(case).files] == ["委任状.jpg"]


def test_the_price_follows_the_answers(desk: CorrectionDesk) -> None:
    case = desk.asked(("dogs",), procedure="kennel")
    desk.change(case, ("dogs", 2), {"call_name": "タマ"})
    done = send(desk, case)
    assert done.before is not None
    assert done.after is not None
    assert (done.before.total, done.after.total) == (600, 900)
    quote = desk.see(case).quote
    assert quote is not None
    assert quote.total == 900


def test_the_address_for_notices_follows_too(desk: CorrectionDesk) -> None:
    case = desk.asked(("email",), procedure="kennel")
    desk.change(case, ("email",), "new@example.jp")
    send(desk, case)
    with desk.database.read() as session:
        assert session.get_one(Application, case).contact_email == "new@example.jp"


def test_somebody_elses(desk: CorrectionDesk) -> None:
    case = desk.asked(("name",))
    for actor in (desk.people.taro, desk.people.sato):
        with pytest.raises(NotFound):
            desk.do(resubmitting.resubmit, actor, case, 1, "x", "x")


def test_several_rounds_and_a_decision_at_the_end(desk: CorrectionDesk) -> None:
    case = desk.asked(("name",))
    for number, name in enumerate(("一", "二", "三"), 2):
        desk.change(case, ("name",), name)
        assert send(desk, case).round == number
        if number < 4:
            desk.ask(case, ("name",))
    proposal = desk.do(decisions.propose, desk.people.sato, case, "approve")
    assert desk.approve(case, proposal).status is Status.APPROVED
    with desk.database.read() as session:
        requests = reading.history(session, case, desk.known["permit"])
        assert doctor.run(session) == []
    assert [[(d.before, d.after) for d in one.changed] for one in requests] == [
        [("髙橋 𠮷子", "一")],
        [("一", "二")],
        [("二", "三")],
    ]
