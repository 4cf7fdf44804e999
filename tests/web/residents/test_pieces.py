"""Sending a file piece by piece over HTTP: begin, go on after a broken line, finish, be refused in words."""

import json
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pytest
from PIL import Image

from procedures.database import Database
from procedures.models import Attachment, Upload, UploadPiece
from procedures.uploads import forgetting
from tests.uploaded import active_pdf, noise, pdf, random_bytes
from tests.web.conftest import Clock
from tests.web.residents.applicant import Applicant
from tests.web.residents.sending import PHOTO, Sender, count
from web.residents.views.uploads import LONGEST_PIECE


def test_a_file_in_pieces_is_listed_and_goes_with_the_page(sender: Sender) -> None:
    answer = sender.whole()
    assert answer.status_code == 200
    assert f'value="{answer.json["id"]}"' in answer.json["row"]
    assert "証.jpg" in answer.json["row"]
    hana = sender.person
    hana.open(hana.at)
    assert "証.jpg" in hana.main
    hana.send()
    assert hana.heading == "入力内容の確認"


def test_a_broken_line_goes_on_where_it_ended(sender: Sender, database: Database) -> None:
    begun = sender.begin().json
    assert (begun["offset"], begun["piece"]) == (0, LONGEST_PIECE)
    first = sender.piece(begun["id"], 0, PHOTO[:9000])
    assert (first.status_code, first.json["offset"]) == (200, 9000)
    again = sender.piece(begun["id"], 0, PHOTO[:9000])  # its answer was lost
    assert (again.status_code, again.json["offset"]) == (200, 9000)
    for wrong in (5000, 12_000):
        astray = sender.piece(begun["id"], wrong, PHOTO[wrong : wrong + 5000])
        assert (astray.status_code, astray.json["offset"]) == (409, 9000)
    assert sender.offset(begun["id"]) == 9000
    assert sender.finish(begun["id"]).status_code == 409
    resumed = sender.begin().json  # the page was closed and the same file chosen again
    assert (resumed["id"], resumed["offset"]) == (begun["id"], 9000)
    assert sender.piece(begun["id"], 9000, PHOTO[9000:]).json["offset"] == len(PHOTO)
    finished = [sender.finish(begun["id"]).json["id"] for _ in range(2)]
    assert finished[0] == finished[1]
    assert count(database, Attachment) == 1
    assert count(database, UploadPiece) == 0


def test_the_page_says_what_broke_off(sender: Sender) -> None:
    sender.piece(sender.begin().json["id"], 0, PHOTO[: len(PHOTO) // 2])
    hana = sender.person
    hana.open(hana.at)
    [told] = [node for node in hana.tree.all("p") if "data-unfinished" in node.attributes]
    assert "途中（49%）" in told.said or "途中（50%）" in told.said
    assert "hidden" in told.attributes  # only the script can go on


def test_what_is_too_large_is_refused_before_a_byte_is_sent(sender: Sender, database: Database) -> None:
    for size in (200 * 1024 * 1024, 10 * 1024 * 1024 + 1):
        answer = sender.begin(size=size)
        assert answer.status_code == 422
        assert "10MB" in answer.json["words"]
    assert sender.begin(b"").status_code == 422
    assert count(database, Upload) == 0


@pytest.mark.parametrize(
    ("facts", "status"),
    [({"size": "-1"}, 400), ({"size": "１"}, 400), ({"size": "x"}, 400), ({"sha256": "abc"}, 400),
     ({"field": "owner"}, 404), ({"field": "nothing"}, 404), ({"field": "dogs"}, 404)],
)  # fmt: skip
def test_nonsense_is_refused(sender: Sender, facts: dict[str, object], status: int) -> None:
    assert sender.begin(**facts).status_code == status


@pytest.mark.parametrize("start", ["", "-1", "x", "１"])
def test_a_piece_says_where_it_begins(sender: Sender, start: str) -> None:
    upload_id = sender.begin().json["id"]
    assert sender.piece(upload_id, start.encode().decode("latin-1"), PHOTO[:10]).status_code == 400


def test_a_piece_is_not_too_long(sender: Sender) -> None:
    content = random_bytes(LONGEST_PIECE + 1)
    upload_id = sender.begin(content).json["id"]
    assert sender.piece(upload_id, 0, content).status_code == 413
    assert sender.offset(upload_id) == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"MZ\x90\x00" + bytes(300), "この種類のファイル"),
        (PHOTO[:3000], "開けません"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "この種類のファイル"),
    ],
)
def test_what_cannot_be_taken_is_told_and_forgotten(
    sender: Sender, database: Database, content: bytes, words: str
) -> None:
    answer = sender.whole(content)
    assert answer.status_code == 422
    assert words in answer.json["words"]
    assert count(database, Upload) == count(database, Attachment) == 0


def test_bytes_that_are_not_those_announced_are_refused(sender: Sender) -> None:
    answer = sender.whole(PHOTO, sha256=sha256(b"other").hexdigest())
    assert answer.status_code == 422


def test_what_was_taken_out_of_a_pdf_is_told_now_and_later(sender: Sender) -> None:
    answer = sender.whole(active_pdf("script"), name="証.pdf")
    assert answer.json["removed"] == "PDFの中のプログラムを取り除いて保存しました。"
    hana = sender.person
    hana.open(hana.at)
    assert "プログラムを取り除いて" in hana.main
    assert "1ページ" in hana.main


@pytest.mark.parametrize("person", ["taro", "", "sato"])
def test_anothers_upload_and_a_missing_one_look_the_same(
    sender: Sender, applicant: Callable[..., Applicant], database: Database, person: str
) -> None:
    upload_id = sender.begin().json["id"]
    other = applicant(person or None)
    other.get("/")
    token = other.get("/sign-in/done") and other._token
    for which in (upload_id, "a" * 26):
        assert other.client.get(f"{sender.base}/{which}").status_code == 404
        for path in (f"/{which}", f"/{which}/finish", f"/{which}/drop"):
            headers = {"X-CSRF-Token": token, "Upload-Offset": "0"}
            assert other.client.post(sender.base + path, data=PHOTO[:50], headers=headers).status_code == 404
    assert sender.offset(upload_id) == 0
    assert count(database, Upload) == 1


def test_no_piece_is_taken_without_a_token(sender: Sender) -> None:
    upload_id = sender.begin().json["id"]
    sender.token = "wrong"
    for answer in (sender.piece(upload_id, 0, PHOTO[:9]), sender.begin(), sender.finish(upload_id)):
        assert answer.status_code == 403
    assert sender.offset(upload_id) == 0


def test_one_that_is_given_up_is_gone(sender: Sender, database: Database) -> None:
    upload_id = sender.begin().json["id"]
    sender.piece(upload_id, 0, PHOTO[:900])
    assert sender.post(f"/{upload_id}/drop").status_code == 200
    assert count(database, Upload) == count(database, UploadPiece) == 0
    assert sender.piece(upload_id, 900, PHOTO[900:1800]).status_code == 404


def test_after_a_day_one_begins_anew(sender: Sender, database: Database, clock: Clock) -> None:
    upload_id = sender.begin().json["id"]
    sender.piece(upload_id, 0, PHOTO[:900])
    clock.move(timedelta(hours=25))
    assert forgetting.give_up(database, clock()) == 1
    sender.person.sign_in("hanako")
    sender.token = sender.person.open(sender.person.at) and sender.person.typed("csrf_token")[0]
    assert sender.finish(upload_id).status_code == 404
    assert sender.begin().json["offset"] == 0


def test_a_case_that_was_sent_takes_nothing(sender: Sender) -> None:
    upload_id = sender.begin(pdf(2)).json["id"]
    hana = sender.person
    sender.whole()
    hana.open(hana.at)
    hana.send()
    hana.send()
    for answer in (sender.begin(), sender.piece(upload_id, 0, pdf(2)[:9])):
        assert answer.status_code == 410
        assert "開き直して" in answer.json["words"]


def test_pictures_are_shown_small_and_shut_off(sender: Sender, applicant: Callable[..., Applicant]) -> None:
    photo, paper = sender.whole(noise(1500, 1000)).json, sender.whole(pdf(), name="証.pdf").json
    files = sender.base.replace("uploads", "attachments")
    small = sender.person.client.get(f"{files}/{photo['id']}/small")
    with Image.open(BytesIO(small.data)) as image:
        assert max(image.size) <= 160
    assert (small.mimetype, small.headers["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert "sandbox" in small.headers["Content-Security-Policy"]
    assert small.headers["Cache-Control"] == "no-store"
    assert small.headers["Content-Disposition"].startswith("inline")
    assert len(small.data) < 9000
    assert f"{photo['id']}/small" in photo["row"]
    assert "small" not in paper["row"].replace('class="soft small"', "")
    assert sender.person.client.get(f"{files}/{paper['id']}/small").status_code == 404
    whole = sender.person.client.get(f"{files}/{paper['id']}")
    assert whole.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in whole.headers["Content-Security-Policy"]
    whole.close()
    assert applicant("taro").get(f"{files}/{photo['id']}/small").status_code == 404


def test_the_script_has_all_its_words(sender: Sender) -> None:
    [script] = [node for node in sender.person.tree.all("script") if "data-words" in node.attributes]
    words = json.loads(script.attributes["data-words"])
    assert words["choose"] == "ファイルを選ぶ"
    assert all(words.values())
