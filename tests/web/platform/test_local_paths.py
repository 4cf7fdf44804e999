"""No open redirect."""

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.pages.local_paths import local_path


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/applications/1/steps/owner",
        "/desk?office=hokenjo&page=2",
        "/a%2F%2Fb",
        "/日本",
        "/!",
        "/" + "x" * 511,
        "/\x80",
    ],
)
def test_our_own_pages_are_kept(path: str) -> None:
    assert local_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        None,
        "",
        "https://evil.example",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        " //evil.example",
        "javascript:alert(1)",
        "/x\r\nSet-Cookie: a=b",
        "evil.example/",
        *("/" + "x" * 512, "/a\\b", "/a\x7fb", "/a b", "/a\x00"),
    ],
)
def test_everything_else_becomes_the_first_page(path: str | None) -> None:
    assert local_path(path) == "/"


@given(st.text(max_size=40) | st.from_regex(r"[/\\]{1,3}[a-z@:.\t\n ]{0,10}", fullmatch=True))
def test_no_text_leads_to_another_host(path: str) -> None:
    kept = local_path(path)
    browsers_view = kept.replace("\\", "/").replace("\t", "").replace("\n", "").replace("\r", "")
    assert urlsplit(urljoin("http://localhost/", browsers_view)).netloc == "localhost"
