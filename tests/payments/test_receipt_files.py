"""The doctor compares the files of receipts with what was handed out."""

import pytest
from sqlalchemy import update

from engine.words import LANGUAGES, say
from payments import doctor
from payments.models import ReceiptCopy
from procedures.blobs.disk import DiskBlobs
from tests.payments.test_receipts import Window, seal_folder, window

__all__ = ["seal_folder", "window"]  # fixtures of the neighbouring module


@pytest.mark.parametrize("what", ["missing", "changed", "another's"])
def test_the_doctor_compares_each_copy_with_its_hash(window: Window, what: str) -> None:
    charge_id, _ = window.paid()
    window.ask(charge_id)
    window.work()
    blobs = window.press.blobs
    assert isinstance(blobs, DiskBlobs)
    assert checks(window) == []
    [file] = blobs.folder.glob("??/*")
    if what == "missing":
        file.unlink()
    elif what == "changed":
        file.write_bytes(file.read_bytes()[::-1])
    else:
        with window.till.database.write() as session:
            session.execute(update(ReceiptCopy).values(sha256="0" * 64))
    assert checks(window) == [f"money.receipt_{'missing' if what == 'missing' else 'changed'}"]


def test_files_are_compared_when_they_are_asked_for(window: Window) -> None:
    charge_id, _ = window.paid()
    window.ask(charge_id)
    assert checks(window) == []  # none was made yet
    window.work()
    for file in window.press.blobs.folder.glob("??/*"):
        file.unlink()
    with window.till.database.read() as session:
        assert doctor.run(session) == []


def checks(window: Window) -> list[str]:
    with window.till.database.read() as session:
        findings = doctor.run(session, window.press.blobs)
    assert all(say(finding.message, language) for finding in findings for language in LANGUAGES)
    return [finding.check for finding in findings]
