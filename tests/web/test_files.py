"""Files of cases are shut off from our pages and carry a name that nothing can break out of."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.attachments import Opened
from web.files import disposition, sandboxed


def opened(name: str = "鑑札.png", media_type: str = "image/png") -> Opened:
    return Opened(name, media_type, 3, BytesIO(b"abc"))


def test_a_picture_is_shown_in_a_sandbox() -> None:
    answer = sandboxed(opened())
    assert answer.headers["Content-Security-Policy"].startswith("sandbox;")
    assert answer.headers["Content-Disposition"].startswith("inline;")
    assert answer.headers["Content-Length"] == "3"
    answer.direct_passthrough = False
    assert answer.get_data() == b"abc"


def test_a_picture_can_be_saved() -> None:
    assert sandboxed(opened(), save=True).headers["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize("media_type", ["image/svg+xml", "text/html", "application/octet-stream"])
def test_what_could_run_is_never_shown(media_type: str) -> None:
    assert sandboxed(opened(media_type=media_type)).headers["Content-Disposition"].startswith("attachment;")


def test_the_stream_is_closed_after_sending() -> None:
    file = opened()
    sandboxed(file).close()
    assert file.stream.closed


@given(st.text(st.characters(blacklist_categories=["Cs"])))
def test_no_name_breaks_the_header(name: str) -> None:
    header = disposition(name, "inline")
    assert header.isascii()
    assert not set("\r\n") & set(header)
    assert header.count('"') == 2
