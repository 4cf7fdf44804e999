"""Files that are far too large are read past, not kept; what was typed beside them is there."""

import tracemalloc
from io import SEEK_CUR, BytesIO
from pathlib import Path

import pytest
from flask import Flask, request
from werkzeug.test import TestResponse

from procedures.attachments import MAX_BYTES
from tests.web.platform.pages import add_page
from web import incoming
from web.access import SIGNED_MESSAGE
from web.incoming import Cut

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def seen(app: Flask) -> list[tuple[str, int, bool]]:
    """What a page is given of each file that is sent to it."""
    files: list[tuple[str, int, bool]] = []

    def look() -> str:
        sent = request.files.getlist("file")
        files.extend((file.filename, len(file.stream.read()), file.stream.crowded_out) for file in sent)
        return request.form["typed"]

    add_page(app, "/look", look, SIGNED_MESSAGE, methods=["POST"])
    return files


HEAD = (
    b'--line\r\nContent-Disposition: form-data; name="typed"\r\n\r\n'
    + "山田 花子".encode()
    + b'\r\n--line\r\nContent-Disposition: form-data; name="file"; filename="film.mp4"\r\n\r\n'
)


def sent(app: Flask, folder: Path, megabytes: int) -> TestResponse:
    """The answer to a form with a file of so many megabytes, which lie nowhere."""
    body = folder / "body"
    with body.open("wb") as file:
        file.write(HEAD)
        file.seek(megabytes * 1024 * 1024, SEEK_CUR)
        file.write(b"\r\n--line--\r\n")
    with body.open("rb") as stream:
        return app.test_client().post("/look", input_stream=stream, content_type="multipart/form-data; boundary=line")


def test_two_hundred_megabytes_are_read_past(app: Flask, seen: list[tuple[str, int, bool]], tmp_path: Path) -> None:
    tracemalloc.start()
    answer = sent(app, tmp_path, 200)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (answer.status_code, answer.text) == (200, "山田 花子")
    assert seen == [("film.mp4", MAX_BYTES + 1, False)]
    assert most < 3 * MAX_BYTES


def test_what_is_longer_than_any_film_is_refused_unread(
    app: Flask, seen: list[tuple[str, int, bool]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming, "LONGEST", 1024 * 1024)
    answer = sent(app, tmp_path, 2)
    assert answer.status_code == 413
    assert "大きすぎます" in answer.text
    assert seen == []


def test_of_too_many_large_files_the_last_have_to_be_sent_again(
    app: Flask, seen: list[tuple[str, int, bool]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming.Incoming, "_left", 25)
    files = [(BytesIO(bytes(10)), f"{n}.jpg") for n in range(4)]
    answer = app.test_client().post("/look", data={"typed": "x", "file": files})
    assert answer.status_code == 200
    assert seen == [("0.jpg", 10, False), ("1.jpg", 10, False), ("2.jpg", 5, True), ("3.jpg", 0, True)]


def test_a_file_that_may_be_kept_is_kept_whole() -> None:
    with Cut(lambda wanted: wanted) as file:
        for _ in range(5):
            assert file.write(b"0123456789" * 50_000) == 500_000
        file.seek(0)
        assert file.read() == b"0123456789" * 250_000


@pytest.mark.parametrize("query", ["q=\xe9", "q=\x8c\xa2", "q=%E7%8A%AC&\xff=\xfe", "\x80"])
@pytest.mark.parametrize("path", ["/", "/applications", "/sign-in/done", "/nowhere"])
def test_a_query_string_of_any_bytes_is_read(app: Flask, path: str, query: str) -> None:
    environ = {"QUERY_STRING": query}
    assert app.test_client().get(path, environ_overrides=environ).status_code in {200, 302, 404}


def test_what_is_written_properly_is_read_as_it_is(app: Flask) -> None:
    with app.test_request_context(environ_overrides={"QUERY_STRING": "q=%E7%8A%AC&a=\xe3\x81\x84+b&c=%25"}):
        assert (request.args["q"], request.args["a"], request.args["c"]) == ("犬", "い b", "%")
