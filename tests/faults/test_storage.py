"""No database, no room, no access: a page that says so and keeps what was typed; and then it goes on by itself."""

import pytest
from sqlalchemy import func, select

from procedures.blobs import Blobs
from procedures.blobs.disk import DiskBlobs
from procedures.database import Database
from procedures.models import Attachment, CaseMessage
from tests.faults.conftest import Failing, Server, broken_disk, full, locked, unreadable
from tests.web.casework import DOG, Casework, photo
from tests.web.residents.applicant import Applicant

OURS = {"Sec-Fetch-Site": "same-origin"}
WORDS = "いつごろ決まりますか。" + "お知らせください。" * 150
INSIDE = ("sqlite", "psycopg", "Traceback", "OperationalError", "tetsuzuki.db", "No space")


def keeps(hana: Applicant, case: str) -> None:
    """503, what to do, all that was typed; nothing of the inside."""
    typed = {"text": WORDS, "nonce": hana.typed("nonce")}
    page = hana.post(f"/applications/{case}/messages", typed, headers=OURS)
    assert (page.status_code, page.headers["Retry-After"]) == (503, "15")
    assert hana.heading == "ただいま保存できません"
    assert hana.typed("text") == [WORDS]
    assert not [word for word in INSIDE if word in page.text]


def goes_on(hana: Applicant, database: Database, case: str) -> None:
    """The button of that very page sends it; pressed once more, it is there once."""
    typed = {name: hana.typed(name) for name in ("text", "nonce")}
    for _ in range(2):
        assert hana.post(f"/applications/{case}/messages", typed, headers=OURS).status_code == 303
    hana.open(f"/applications/{case}/messages")
    assert WORDS in hana.main
    with database.read() as session:
        assert list(session.scalars(select(CaseMessage.text))) == [WORDS]


@pytest.mark.parametrize("failing", [full, unreadable, locked])
def test_a_file_fails_and_comes_back(hana: Applicant, database: Database, case: str, failing: Failing) -> None:
    with failing(database):
        keeps(hana, case)
        keeps(hana, case)  # whoever is impatient loses nothing either
    goes_on(hana, database, case)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_server_stops_and_comes_back(hana: Applicant, database: Database, case: str, server: Server) -> None:
    with server.gone(database):
        page = hana.client.get(f"/applications/{case}")
        assert (page.status_code, page.headers["Retry-After"]) == (503, "15")
        assert "少したってから、もう一度お試しください" in page.text
        other = hana.app.test_client(use_cookies=False).get(
            f"/api/v1/submissions/{case}", headers={"Authorization": "Bearer x"}
        )
        assert (other.status_code, other.mimetype) == (503, "application/problem+json")
        keeps(hana, case)
    goes_on(hana, database, case)


def test_a_page_from_elsewhere_gets_nothing_back(hana: Applicant, database: Database, case: str) -> None:
    """What another site sent in her name is not shown to her as if she had typed it."""
    with unreadable(database):
        page = hana.client.post(f"/applications/{case}/messages", data={"text": WORDS, "csrf_token": hana._token})
    assert page.status_code == 503
    assert WORDS not in page.text


def test_a_file_that_finds_no_room_is_not_there_by_half(casework: Casework, database: Database) -> None:
    """The disk refuses; nothing is recorded, and what was half written goes with the next tidying."""
    case = casework.file(DOG, by="hanako").application_id
    blobs: Blobs = casework.blobs
    assert isinstance(blobs, DiskBlobs)
    before = blobs.keys()
    with broken_disk(database), pytest.raises(OSError, match="No space"):
        blobs.put(photo())
    assert blobs.keys() == before
    assert len(list(blobs.folder.glob("??/*.tmp"))) <= 1
    with database.read() as session:
        kept = session.scalar(select(func.count()).select_from(Attachment).where(Attachment.application_id == case))
    assert kept == len(before)
    key = blobs.put(photo())
    assert set(blobs.keys()) == {*before, key}
