"""What the scanner says of a file is told; while it says nothing, no file is taken and none is lost."""

import pytest
from flask import Flask

from procedures.database import Database
from procedures.models import Attachment, Upload
from procedures.uploads.scanning import ScannerUnavailable
from tests.web.residents.sending import PHOTO, Sender, count


class Scanner:
    """Says what it is told to."""

    def __init__(self) -> None:
        self.says: bool | None = False

    def infected(self, content: bytes) -> bool:
        if self.says is None:
            raise ScannerUnavailable("silent")
        return self.says


@pytest.fixture
def scanner(app: Flask) -> Scanner:
    """In place of ClamAV."""
    services, stand_in = app.extensions["tetsuzuki"], Scanner()
    object.__setattr__(services, "scanner", stand_in)
    return stand_in


def test_while_nobody_can_look_for_viruses_nothing_is_taken_and_nothing_lost(
    sender: Sender, scanner: Scanner, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    scanner.says = None
    answer = sender.whole(name="秘密.jpg")
    assert answer.status_code == 503
    assert "しばらくしてから" in answer.json["words"]
    assert count(database, Attachment) == 0
    told = "".join(capsys.readouterr())
    assert "scanner_unavailable" in told
    assert "秘密" not in told
    scanner.says = False
    upload_id = sender.begin().json["id"]
    assert sender.offset(upload_id) == len(PHOTO)
    assert sender.finish(upload_id).status_code == 200


def test_a_virus_is_told(sender: Sender, scanner: Scanner, database: Database) -> None:
    scanner.says = True
    assert "ウイルス" in sender.whole().json["words"]
    assert count(database, Upload) == count(database, Attachment) == 0
    hana = sender.person
    hana.send(files=[("proof.new", "証.jpg", PHOTO)])
    assert "ウイルス" in hana.problems[0]
    scanner.says = None
    hana.send(files=[("proof.new", "証.jpg", PHOTO)])
    assert "しばらくしてから" in hana.problems[0]
