"""Uploads: kept at once, listed, removed, refused with a word that says what to do."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select

from procedures.database import Database
from procedures.models import Attachment
from tests.web.residents.applicant import Applicant


def photo(colour: str = "red") -> bytes:
    target = BytesIO()
    Image.new("RGB", (40, 30), colour).save(target, "JPEG")
    return target.getvalue()


def kept(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(Attachment))


def test_several_photos_go_along_with_the_page(before_upload: Applicant) -> None:
    hana = before_upload
    hana.send(files=[("proof.new", "一枚目.jpg", photo()), ("proof.new", "二枚目.jpg", photo("blue"))])
    assert hana.heading == "入力内容の確認"
    assert "一枚目.jpg" in hana.main
    assert "二枚目.jpg" in hana.main


def test_uploading_stays_on_the_page_and_survives_leaving_it(before_upload: Applicant) -> None:
    hana = before_upload
    page = hana.at
    hana.send({"upload": "proof"}, files=[("proof.new", "証.jpg", photo())])
    assert hana.at == page
    assert "証.jpg" in hana.main
    hana.open("/")
    hana.open(page)
    assert "証.jpg" in hana.main
    hana.send()
    assert hana.heading == "入力内容の確認"


def test_a_file_can_be_taken_away_again(before_upload: Applicant, database: Database) -> None:
    hana = before_upload
    page = hana.at
    hana.send(files=[("proof.new", "a.jpg", photo()), ("proof.new", "b.jpg", photo("blue"))])
    hana.open(page)
    button = next(node for node in hana.tree.all("button") if node.attributes.get("name") == "remove_file")
    hana.send({"remove_file": button.attributes["value"]})
    assert kept(database) == 1
    assert "a.jpg" not in hana.main
    hana.open(f"{page.rpartition('/steps')[0]}/check")
    assert "b.jpg" in hana.main
    assert "a.jpg" not in hana.main


def test_none_is_a_mistake_with_a_way_to_it(before_upload: Applicant) -> None:
    page = before_upload.send()
    assert page.status_code == 422
    assert len(before_upload.problems) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("photo.jpg", b"MZ\x90\x00 not a picture"),
        ("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("e.jpg", b""),
    ],
)
def test_what_is_no_picture_is_refused_with_a_word(
    before_upload: Applicant, database: Database, name: str, content: bytes
) -> None:
    page = before_upload.send(files=[("proof.new", name, content)])
    assert page.status_code == 422
    assert len(before_upload.problems) == 1
    assert kept(database) == 0


def test_good_files_are_kept_beside_a_refused_one(before_upload: Applicant) -> None:
    hana = before_upload
    page = hana.send(files=[("proof.new", "good.jpg", photo()), ("proof.new", "bad.jpg", b"no")])
    assert page.status_code == 422
    assert "good.jpg" in hana.main
    hana.send()
    assert hana.heading == "入力内容の確認"


def test_too_many_are_said_to_be_too_many(before_upload: Applicant) -> None:
    hana = before_upload
    page = hana.send(files=[("proof.new", f"{n}.jpg", photo()) for n in range(6)])
    assert page.status_code == 422
    assert "5件以内" in hana.problems[0]


def test_the_file_is_shown_sandboxed(before_upload: Applicant) -> None:
    hana = before_upload
    hana.send({"upload": "proof"}, files=[("proof.new", "証.jpg", photo())])
    link = next(a for a in hana.tree.all("a") if a.said == "証.jpg")
    answer = hana.client.get(link.attributes["href"])
    assert answer.status_code == 200
    assert answer.mimetype == "image/jpeg"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    answer.close()
