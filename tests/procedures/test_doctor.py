"""The doctor finds each kind of damage, names it, and invents none."""

from pathlib import Path

import pytest
from sqlalchemy import text

from engine.words import LANGUAGES, say
from procedures import attachments, doctor, drafts
from procedures.blobs.disk import DiskBlobs
from procedures.doctor import Finding
from tests.procedures.conftest import ANSWERS, Desk
from tests.procedures.test_uploads import PDF

TRIGGERS = {
    "sqlite": "DROP TRIGGER {0}_no_UPDATE; DROP TRIGGER {0}_no_DELETE",
    "postgresql": "ALTER TABLE {0} DISABLE TRIGGER USER",
}
BACK = {
    "sqlite": (
        "CREATE TRIGGER {0}_no_UPDATE BEFORE UPDATE ON {0} BEGIN SELECT RAISE(ABORT, '{0} is append-only'); END;;"
        "CREATE TRIGGER {0}_no_DELETE BEFORE DELETE ON {0} BEGIN SELECT RAISE(ABORT, '{0} is append-only'); END"
    ),
    "postgresql": "ALTER TABLE {0} ENABLE TRIGGER USER",
}


NUMBERED = """
INSERT INTO paper_number (number, series, year, position, kind, about, application_id, given_at)
VALUES ('hokenjo-2026-000001', 'hokenjo', 2026, 1, 'certificate', 'permit', 'x', '2026-05-01 00:00:00')
"""
ISSUED = """
INSERT INTO certificate (id, application_id, kind, number, issued_on, reserved_at, edition)
SELECT 'x', id, 'permit', 'hokenjo-2026-000001', '2026-05-01', '2026-05-01 00:00:00', 1 FROM application LIMIT 1
"""


def damage(desk: Desk, *statements: str, thaw: str | None = None) -> None:
    """What somebody with full rights, a bug or a broken disk could do; the triggers stand again afterwards."""
    kind = desk.database.dialect
    before = TRIGGERS[kind].format(thaw).split(";") if thaw else []
    after = BACK[kind].format(thaw).split(";;") if thaw else []
    with desk.database.write() as session:
        for statement in (*before, *statements, *after):
            session.execute(text(statement))


def found(desk: Desk, blobs: DiskBlobs | None = None) -> set[str]:
    with desk.database.read() as session:
        findings = doctor.run(session, blobs)
    for finding in findings:
        assert isinstance(finding, Finding)
        assert all(say(finding.message, language) for language in LANGUAGES)
    return {finding.check for finding in findings}


def lived(desk: Desk, blobs: DiskBlobs) -> str:
    """A case with a file and a decision."""
    application_id = desk.draft(copies=0)
    prepared = attachments.prepare(blobs, "書類.pdf", PDF)
    attachment_id = desk.do(attachments.add, desk.people.hanako, application_id, "paper", prepared)
    desk.do(
        drafts.save, desk.people.hanako, application_id, {**ANSWERS["permit"], "copies": 0, "paper": [attachment_id]}, 2
    )
    desk.submit(application_id, revision=3)
    return application_id


def test_a_healthy_system(desk: Desk, blobs: DiskBlobs) -> None:
    lived(desk, blobs)
    for outcome, codes in (("approve", ()), ("refuse", ("R1",))):
        desk.approve(*desk.proposed(outcome, codes))
    desk.draft()
    desk.submitted("notice")
    assert found(desk, blobs) == set()


@pytest.mark.parametrize(
    ("check", "thaw", "statement"),
    [
        ("status_without_history", None, "UPDATE application SET status = 'approved'"),
        ("history_broken", "status_history", "UPDATE status_history SET source = 'in_review'"),
        ("transition_unlawful", "status_history", "UPDATE status_history SET event = 'approve'"),
        ("status_without_history", "status_history", "DELETE FROM status_history"),
        ("reference_missing", None, "UPDATE application SET reference = NULL"),
        ("reference_wrong", None, "UPDATE application SET reference = 'AAAA-AAAB'"),
        ("submission_changed", "submission", "UPDATE submission SET answers = '{}'"),
        ("submission_changed", "submission", "UPDATE submission SET seen = 'something else'"),
        ("submission_missing", "submission", "DELETE FROM submission"),
        ("file_missing", None, "DELETE FROM attachment"),
        ("file_changed", None, "UPDATE attachment SET sha256 = 'x'"),
        ("job_dead", None, "UPDATE job SET state = 'dead'"),
        ("audit_changed", "audit_event", "UPDATE audit_event SET actor = 'nobody'"),
        ("transition_unaudited", "audit_event", "UPDATE audit_event SET note = 'draft > approved'"),
        ("audit_cut", "audit_event", "DELETE FROM audit_event"),
        ("looks_changed", None, "UPDATE look_head SET seq = 1"),
        ("numbers_with_gaps", None, "INSERT INTO certificate_counter (office, year, last) VALUES ('hokenjo', 2026, 2)"),
        ("numbers_with_gaps", None, NUMBERED),
        ("number_unregistered", None, ISSUED),
    ],
)
def test_each_damage_is_found(desk: Desk, blobs: DiskBlobs, check: str, thaw: str | None, statement: str) -> None:
    lived(desk, blobs)
    damage(desk, statement, thaw=thaw)
    assert check in found(desk, blobs)


def test_triggers_that_are_gone_are_noticed(desk: Desk) -> None:
    with desk.database.write() as session:
        for statement in TRIGGERS[desk.database.dialect].format("submission").split(";"):
            session.execute(text(statement))
    assert found(desk) == {"table_not_frozen"}


def test_who_decided_alone_is_named(desk: Desk) -> None:
    desk.approve(*desk.proposed())
    damage(desk, "UPDATE decision SET decided_by = proposed_by", thaw="decision")
    assert "decided_alone" in found(desk)


def test_a_lost_decision_is_noticed(desk: Desk) -> None:
    desk.approve(*desk.proposed("refuse", ("R1",)))
    damage(desk, "DELETE FROM decision", thaw="decision")
    assert "decision_missing" in found(desk)


def test_a_lost_or_changed_file_is_noticed(desk: Desk, blobs: DiskBlobs) -> None:
    lived(desk, blobs)
    (path,) = Path(blobs.folder).glob("??/*")
    path.write_bytes(b"other bytes")
    assert found(desk, blobs) == {"file_changed"}
    path.unlink()
    assert found(desk, blobs) == {"file_missing"}
    assert found(desk) == set()
