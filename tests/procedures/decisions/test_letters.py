"""Letters say why and how to appeal, are numbered, sealed and issued once, and say exactly what was decided on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select, text

from procedures import cases, decisions, doctor, jobs, letters
from procedures.actors import Actor, posts
from procedures.blobs.disk import DiskBlobs
from procedures.decisions import Hearing
from procedures.errors import NotFound, NothingGranted, ProposalChanged
from procedures.letters.agreed import papers_of
from procedures.letters.previewing import drawn, sheet_of
from procedures.models import Decision, Job, Letter, Proposal
from procedures.papers import agreed
from procedures.papers.agreed import NotAsDecided
from procedures.papers.examining import examine
from procedures.seal import create_seal_key
from procedures.uploads.forgetting import sweep
from tests.procedures.conftest import Desk
from tests.procedures.test_papers import TEMPLATES

Work = Callable[[], None]


@pytest.fixture(scope="module")
def seal_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seal")
    create_seal_key(folder, "東京都", datetime.now(UTC))
    return folder


@pytest.fixture
def work(desk: Desk, blobs: DiskBlobs, seal_folder: Path) -> Work:
    """Make every letter that is ordered."""
    handlers = {letters.JOB: letters.handler(blobs, TEMPLATES, seal_folder, "東京都知事")}

    def run() -> None:
        while jobs.run_one(desk.database, lambda: desk.now, "worker", handlers):
            pass

    return run


def refused(desk: Desk) -> str:
    application_id, proposal_id = desk.proposed("refuse", ("R2", "R1"))
    desk.approve(application_id, proposal_id)
    return application_id


def of(desk: Desk, application_id: str) -> tuple[letters.IssuedLetter, ...]:
    with desk.database.read() as session:
        return letters.letters(session, application_id)


def opened(desk: Desk, blobs: DiskBlobs, actor: Actor, application_id: str, letter_id: str) -> bytes:
    with desk.database.read() as session:
        file = letters.open_letter(session, blobs, actor, application_id, letter_id)
    with file.stream as stream:
        return stream.read()


def words(pdf: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


def test_a_refusal_is_a_letter_with_reasons_law_and_appeal(
    desk: Desk, blobs: DiskBlobs, work: Work, seal_folder: Path
) -> None:
    application_id = refused(desk)
    assert [(one.id, one.outcome, one.holds) for one in of(desk, application_id)] == [(None, "refuse", True)]
    work()
    [letter] = of(desk, application_id)
    assert letter.number == "L-hokenjo-2026-000001"
    pdf = opened(desk, blobs, desk.people.hanako, application_id, letter.id)
    said = words(pdf)
    for part in (
        "不承認通知書", "L-hokenjo-2026-000001", "令和8年5月1日", "山田花子様", "東京都知事", "書類がない",
        "試験条例第5条",
        "要件を満たさない", "試験条例第4条", "理由の説明", "行政不服審査法第82条", "行政事件訴訟法第46条",
        "3か月以内に審査請求ができます。", "公印省略",
    ):  # fmt: skip
        assert part in said, part
    assert "見本" not in said
    assert examine(pdf, seal_folder) == "intact"
    with desk.database.read() as session:
        assert doctor.run(session, blobs) == []


def test_only_for_those_concerned(desk: Desk, blobs: DiskBlobs, work: Work) -> None:
    application_id = refused(desk)
    work()
    letter_id = of(desk, application_id)[0].id
    for actor in (desk.people.sato, desk.people.suzuki):
        assert opened(desk, blobs, actor, application_id, letter_id).startswith(b"%PDF")
    far = Actor("staff", "far", "", posts({"clerk"}, {"shuzei"}))
    for actor in (desk.people.taro, desk.people.tanaka, far):
        with pytest.raises(NotFound):
            opened(desk, blobs, actor, application_id, letter_id)
    with pytest.raises(NotFound):
        opened(desk, blobs, desk.people.hanako, desk.claimed(), letter_id)


@pytest.mark.sqlite_only
def test_the_sweep_of_bytes_leaves_letters_alone(desk: Desk, blobs: DiskBlobs, work: Work) -> None:
    """Once it did not: a day after it was made, the PDF of every letter was gone."""
    application_id = refused(desk)
    work()
    assert sweep(desk.database, blobs, datetime.now(UTC) + timedelta(days=3)) == 0
    assert opened(desk, blobs, desk.people.hanako, application_id, of(desk, application_id)[0].id)


@pytest.mark.sqlite_only
def test_the_doctor_looks_at_the_bytes_of_letters(desk: Desk, blobs: DiskBlobs, work: Work) -> None:
    refused(desk)
    work()
    [key] = blobs.keys()
    (blobs.folder / key[:2] / key).write_bytes(b"%PDF forged")
    with desk.database.read() as session:
        assert {one.check for one in doctor.run(session, blobs)} == {"letter_changed"}
    blobs.delete(key)
    with desk.database.read() as session:
        assert {one.check for one in doctor.run(session, blobs)} == {"letter_missing"}


@pytest.mark.sqlite_only
def test_tried_again_it_is_the_same_letter(desk: Desk, blobs: DiskBlobs, work: Work) -> None:
    application_id = refused(desk)
    work()
    first = of(desk, application_id)
    with desk.database.write() as session:
        session.execute(text("UPDATE job SET state = 'ready' WHERE kind = 'letter.make'"))
    work()
    assert of(desk, application_id) == first


def test_in_part_both_the_letter_and_the_certificate_say_what_is_granted(
    desk: Desk, blobs: DiskBlobs, work: Work
) -> None:
    application_id = desk.claimed()
    with pytest.raises(NothingGranted):
        desk.do(decisions.propose, desk.people.sato, application_id, "partly", ["R1"], "残りは認めない")
    proposal_id = desk.do(
        decisions.propose, desk.people.sato, application_id, "partly", ["R1"], "夜間は認めない", "昼間の使用\n1枚まで"
    )
    with desk.database.read() as session:
        proposal = session.get_one(Proposal, proposal_id)
        template, data = sheet_of(session, desk.now, application_id, proposal, "certificate:permit", "東京都知事")
    said = words(drawn(TEMPLATES, (template, data)))
    assert "昼間の使用" in said
    assert "見本" in said
    assert desk.approve(application_id, proposal_id).outcome == "partly"
    work()
    said = words(opened(desk, blobs, desk.people.hanako, application_id, of(desk, application_id)[0].id))
    for part in ("一部承認通知書", "昼間の使用", "1枚まで", "夜間は認めない", "要件を満たさない", "審査請求"):
        assert part in said
    with desk.database.read() as session:
        kinds = [job.payload["kind"] for job in session.scalars(select(Job).where(Job.kind == "notice.send"))]
        told = cases.view(session, desk.people.sato, application_id).decision
    assert "partly" in kinds
    assert (told.outcome, told.granted) == ("partly", "昼間の使用\n1枚まで")


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("hearing", "令和8年4月28日に聴聞"),
        ("explanation", "弁明の機会"),
        ("exempt", "第13条第2項"),
        ("asked_for", "申出による"),
    ],
)
def test_a_revocation_says_how_the_holder_was_heard(
    desk: Desk, blobs: DiskBlobs, work: Work, how: str, said: str
) -> None:
    application_id, proposal_id = desk.proposed()
    desk.approve(application_id, proposal_id)
    hearing = Hearing(how, date(2026, 4, 28), "x")
    proposed = desk.do(decisions.propose_revocation, desk.people.sato, application_id, ["R1"], "虚偽", hearing)
    desk.do(decisions.confirm, desk.people.suzuki, application_id, proposed)
    work()
    newest = of(desk, application_id)[0]
    pdf = words(opened(desk, blobs, desk.people.hanako, application_id, newest.id))
    assert "承認取消通知書" in pdf
    assert said in pdf


class TestWhatIsSeenIsWhatIsIssued:
    def test_the_sample_says_what_the_letter_says(self, desk: Desk, blobs: DiskBlobs, work: Work) -> None:
        application_id, proposal_id = desk.proposed("refuse", ("R1",))
        with desk.database.read() as session:
            proposal = session.get_one(Proposal, proposal_id)
            sheet = sheet_of(session, desk.now, application_id, proposal, "letter", "東京都知事")
            seen = papers_of(session, application_id, proposal)
            with pytest.raises(NotFound):
                sheet_of(session, desk.now, application_id, proposal, "certificate:none", "")
        assert agreed.content_hash(sheet[1]) == seen["letter"]
        sample = words(drawn(TEMPLATES, sheet))
        with desk.database.write() as session:
            decisions.approve(session, desk.people.suzuki, desk.now, application_id, proposal_id, seen=seen)
        work()
        [letter] = of(desk, application_id)
        issued = words(opened(desk, blobs, desk.people.hanako, application_id, letter.id))
        later = "（決裁のときに付番）"
        assert sample.replace("見本", "") == issued.replace(letter.number, later)

    def test_what_was_not_seen_is_not_decided(self, desk: Desk) -> None:
        application_id, proposal_id = desk.proposed("refuse", ("R1",))
        with pytest.raises(ProposalChanged), desk.database.write() as session:
            decisions.approve(
                session, desk.people.suzuki, desk.now, application_id, proposal_id, seen={"letter": "0" * 64}
            )

    @pytest.mark.sqlite_only
    def test_what_was_not_decided_is_not_issued(self, desk: Desk, work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
        """A wording that changed since the decision: the letter waits for a person, and the doctor tells."""
        application_id = refused(desk)
        with desk.database.read() as session:
            decided = session.scalars(select(Decision)).one().contents
        with pytest.raises(NotAsDecided):
            agreed.check("letter", {"text": "別の文"}, decided)
        agreed.check("letter", {"text": "別の文"}, None)
        monkeypatch.setattr("procedures.letters.making.contents", lambda *_: {"text": "別の文"})
        work()
        with desk.database.read() as session:
            assert session.scalars(select(Letter)).all() == []
            assert session.scalars(select(Job).where(Job.kind == letters.JOB)).one().state != "done"
        assert of(desk, application_id)[0].id is None

    def test_particulars_are_not_part_of_it(self) -> None:
        base = {"text": "x", "number": "1", "sample": "", "issued_on": "a"}
        assert agreed.content_hash(base) == agreed.content_hash({**base, "number": "2", "sample": "見本"})
        assert agreed.content_hash(base) != agreed.content_hash({**base, "text": "y"})


def test_names_stay_as_they_are(desk: Desk, blobs: DiskBlobs, work: Work) -> None:
    desk.people.hanako = replace(desk.people.hanako, name="髙𠮷 葛󠄀子")
    application_id = refused(desk)
    work()
    said = words(opened(desk, blobs, desk.people.hanako, application_id, of(desk, application_id)[0].id))
    assert "髙𠮷" in said
