"""What staff fill in and tick off: by whom, when, over whose work; and that a stage is not left without it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from procedures import cases, decisions, library
from procedures.corrections import requesting
from procedures.corrections.kept import Mark
from procedures.errors import NotComplete, NotFound
from procedures.examining.completing import ExaminationIncomplete
from procedures.examining.entries import Record, filled_in, record_of
from procedures.examining.saving import StageClosed, Typed, WrittenMeanwhile, save
from procedures.models import Application, AuditEvent
from tests.procedures.conftest import ANSWERS, Desk

SPEC = Path(__file__).parents[1] / "specs" / "features" / "checklist-and-clerk-fields.yaml"


@pytest.fixture
def case(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> str:
    """A large place under Sato's review."""
    known = desk.do(library.publish, desk.people.kimura, SPEC.read_text(), SPEC.name, "")
    desk.known["examined"] = known.procedure
    monkeypatch.setitem(ANSWERS, "examined", {"name": "花子", "area": 120})
    application_id = desk.submitted("examined")
    desk.do(cases.claim, desk.people.sato, application_id)
    return application_id


@pytest.fixture
def record(desk: Desk, case: str) -> Callable[[], Record]:
    def read(round_: int = 1) -> Record:
        with desk.database.read() as session:
            return record_of(session, case, round_)

    return read


def write(desk: Desk, case: str, typed: Typed, stage: str = "check", by: str = "sato") -> tuple[str, ...]:
    return desk.do(save, getattr(desk.people, by), case, stage, typed)


DONE = Typed({"measured": 110}, {"identity": True, "visit": True})


def test_what_changed_is_kept_with_who_and_when_and_audited_without_values(
    desk: Desk, case: str, record: Callable[[], Record]
) -> None:
    assert write(desk, case, DONE) == ("measured", "identity", "visit")
    entry = record().newest["field", "measured"]
    assert (entry.value, entry.by, entry.at) == (110, "佐藤 係員", desk.now)
    assert record().ticked == {"identity", "visit"}
    seen = {key: one.number for key, one in record().newest.items()}
    assert write(desk, case, Typed({"measured": 110}, {"identity": True, "visit": False}, seen)) == ("visit",)
    assert record().ticked == {"identity"}
    with desk.database.read() as session:
        events = (
            session.execute(select(AuditEvent).where(AuditEvent.action == "examination.write").order_by(AuditEvent.seq))
            .scalars()
            .all()
        )
    assert [event.field_ids for event in events] == [["measured", "identity", "visit"], ["visit"]]
    assert "110" not in "".join(f"{event.field_ids}{event.note}" for event in events)


def test_two_who_change_the_same_are_told_both_values_and_nothing_is_lost(
    desk: Desk, case: str, record: Callable[[], Record]
) -> None:
    write(desk, case, Typed({"measured": 100}, {}))
    seen = {key: one.number for key, one in record().newest.items()}
    write(desk, case, Typed({"measured": 105}, {"identity": True}, seen))
    with pytest.raises(WrittenMeanwhile) as clash:
        write(desk, case, Typed({"measured": 108}, {"identity": False, "visit": True}, seen))
    [one] = clash.value.clashes
    assert (one.theirs.value, one.theirs.by, one.mine) == (105, "佐藤 係員", 108)
    assert record().filled == {"measured": 105}
    # What one left as it was shown is not in the way of what a colleague wrote.
    assert write(desk, case, Typed({"measured": 100}, {"identity": False, "visit": True}, seen)) == ("visit",)
    assert record().filled == {"measured": 105}
    assert record().ticked == {"identity", "visit"}


@pytest.mark.parametrize(
    ("typed", "stage", "by", "error"),
    [
        (DONE, "check", "suzuki", NotFound),  # an approver is no clerk
        (DONE, "nothing", "sato", NotFound),
        (DONE, "check", "hanako", NotFound),
        (Typed({}, {"seal": True}), "decide", "suzuki", StageClosed),  # nothing is proposed yet
        (Typed({"number": "0012"}, {}), "check", "sato", NotFound),  # of another stage
        (Typed({}, {"photos": True}), "check", "sato", NotFound),  # does not concern this case
        (Typed({"measured": 121}, {}), "check", "sato", NotComplete),
        (Typed({"measured": "a lot"}, {}), "check", "sato", NotComplete),
    ],
)
def test_what_cannot_be_is_refused(
    desk: Desk, case: str, record: Callable[[], Record], typed: Typed, stage: str, by: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        write(desk, case, typed, stage, by)
    assert record().entries == ()


def test_a_stage_is_not_left_before_it_is_complete(desk: Desk, case: str) -> None:
    with pytest.raises(ExaminationIncomplete) as left:
        desk.do(decisions.propose, desk.people.sato, case, "approve")
    assert [one.what.id for one in left.value.missing] == ["identity", "visit", "measured"]
    write(desk, case, DONE)
    proposal = desk.do(decisions.propose, desk.people.sato, case, "approve")
    with pytest.raises(ExaminationIncomplete) as left:
        desk.approve(case, proposal)
    assert [one.what.id for one in left.value.missing] == ["seal", "number"]
    write(desk, case, Typed({"number": "0012"}, {"seal": True}), "decide", "suzuki")
    desk.approve(case, proposal)
    with desk.database.read() as session:
        assert filled_in(session, case) == {"measured": 110, "number": "0012"}
    with pytest.raises(StageClosed):
        write(desk, case, Typed({"number": "0013"}, {}), "decide", "suzuki")


def test_a_refusal_needs_the_ticks_and_no_field(desk: Desk, case: str) -> None:
    with pytest.raises(ExaminationIncomplete) as left:
        desk.do(decisions.propose, desk.people.sato, case, "refuse", ("R1",), "理由")
    assert [one.what.id for one in left.value.missing] == ["identity", "visit"]
    write(desk, case, Typed({}, {"identity": True, "visit": True}))
    desk.do(decisions.propose, desk.people.sato, case, "refuse", ("R1",), "理由")


def test_ticks_are_of_one_round_and_fields_stay(desk: Desk, case: str, record: Callable[..., Record]) -> None:
    write(desk, case, DONE)
    assert record(1).ticked == {"identity", "visit"}
    assert (record(2).ticked, record(2).filled) == (frozenset(), {"measured": 110})


def test_nothing_is_written_while_the_case_is_with_the_applicant(desk: Desk, case: str) -> None:
    day = desk.now.date() + timedelta(days=20)
    desk.do(requesting.request, desk.people.sato, case, [Mark(("name",), "読めません")], "", day)
    with pytest.raises(StageClosed) as closed:
        write(desk, case, DONE)
    assert closed.value.status == "correction_requested"
    with desk.database.read() as session:
        assert session.get(Application, case).status == "correction_requested"
