"""Requests that no browser sends: each is refused, or does nothing that a proper one would not."""

from collections.abc import Iterator

import pytest

from tests.databases import Source
from tests.gate.raw import Site, served

FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
ASK = "GET /signed-out HTTP/1.1\r\n"
SEND = f"POST /sign-out HTTP/1.1\r\nHost: {{host}}\r\n{FORM}"
HIDDEN = "GET /resume HTTP/1.1\r\nHost: {host}\r\n\r\n"
"""What somebody hides behind another request: were it answered, a proxy would take it for the next person's."""


@pytest.fixture(scope="module")
def site(sqlite_source: Source, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The real server; `tests/gate/raw.py`."""
    url = sqlite_source.lend()
    with served(tmp_path_factory.mktemp("raw"), url) as running:
        yield running
    sqlite_source.take_back(url)


def written(site: Site, text: str) -> bytes:
    return text.replace("{host}", site.host).encode("latin-1")


SMUGGLED = {
    "length and chunks": SEND + "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "chunks and length": SEND + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + HIDDEN,
    "an unknown coding": SEND + "Transfer-Encoding: xchunked\r\nContent-Length: 0\r\n\r\n" + HIDDEN,
    "no coding": SEND + "Transfer-Encoding: identity\r\nContent-Length: 0\r\n\r\n" + HIDDEN,
    "a space before the colon": SEND + "Transfer-Encoding : chunked\r\nContent-Length: 0\r\n\r\n" + HIDDEN,
    "two codings": SEND + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" + HIDDEN,
    "two lengths": SEND + "Content-Length: 0\r\nContent-Length: 5\r\n\r\n" + HIDDEN,
    "a list of lengths": SEND + "Content-Length: 0, 0\r\n\r\n" + HIDDEN,
    "a length with a sign": SEND + "Content-Length: +0\r\n\r\n" + HIDDEN,
    "a negative length": SEND + "Content-Length: -1\r\n\r\n" + HIDDEN,
    "a hexadecimal length": SEND + "Content-Length: 0x10\r\n\r\n" + HIDDEN,
    "a chunk with a broken end": SEND + "Transfer-Encoding: chunked\r\n\r\n3\r\na=bX\r\n0\r\n\r\n" + HIDDEN,
    "a chunk's extension with a line feed": SEND
    + 'Transfer-Encoding: chunked\r\n\r\n3;x="\n"\r\na=b\r\n0\r\n\r\n'
    + HIDDEN,
    "a folded header": ASK + "Host: {host}\r\nX-A: b\r\n Transfer-Encoding: chunked\r\n\r\n" + HIDDEN,
    "another version": "GET /signed-out HTTP/9.9\r\nHost: {host}\r\n\r\n" + HIDDEN,
    "no version": "GET /signed-out\r\n\r\n" + HIDDEN,
    "a name with brackets": ASK + "Host: {host}\r\nX(A): b\r\n\r\n" + HIDDEN,
    "a NUL in the address": "GET /signed\0out HTTP/1.1\r\nHost: {host}\r\n\r\n" + HIDDEN,
    "bytes in the address": "GET /\xe3\x81 HTTP/1.1\r\nHost: {host}\r\n\r\n" + HIDDEN,
    "a space in the address": "GET /signed out HTTP/1.1\r\nHost: {host}\r\n\r\n" + HIDDEN,
}


@pytest.mark.parametrize("what", SMUGGLED)
def test_nothing_hides_behind_a_request_that_can_be_read_in_two_ways(site: Site, what: str) -> None:
    heard = site.say(written(site, SMUGGLED[what]))
    assert len(heard.statuses) == 1, heard.text
    assert heard.statuses[0] in {400, 403, 411}
    assert heard.closed


@pytest.mark.parametrize(
    "raw",
    [
        ASK + "Host: {host}\r\nX-A: " + "a" * 1_000_000 + "\r\n\r\n",
        ASK + "Host: {host}\r\n" + "".join(f"X-{number}: a\r\n" for number in range(2_000)) + "\r\n",
        f"GET /{'a' * 100_000} HTTP/1.1\r\nHost: {{host}}\r\n\r\n",
        SEND + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
    ],
    ids=["a long header", "many headers", "a long address", "a huge chunk"],
)
def test_what_is_too_large_is_refused_and_the_line_closed(site: Site, raw: str) -> None:
    heard = site.say(written(site, raw))
    assert heard.statuses in {(400,), (403,), (414,), (431,)}
    assert heard.closed


NOT_FOR_US = {
    "no host": ASK + "\r\n",
    "no host, as long ago": "GET /signed-out HTTP/1.0\r\n\r\n",
    "another host": ASK + "Host: evil.example\r\n\r\n",
    "another port": ASK + "Host: 127.0.0.1:1\r\n\r\n",
    "two hosts": ASK + "Host: {host}\r\nHost: evil.example\r\n\r\n",
    "two hosts, turned round": ASK + "Host: evil.example\r\nHost: {host}\r\n\r\n",
    "a host with a name before it": ASK + "Host: evil@{host}\r\n\r\n",
    "a host in the address and another beside it": (
        "GET http://{host}/signed-out HTTP/1.1\r\nHost: evil.example\r\n\r\n"
    ),
}


@pytest.mark.parametrize("what", NOT_FOR_US)
def test_a_request_for_somebody_else_is_not_answered(site: Site, what: str) -> None:
    heard = site.say(written(site, NOT_FOR_US[what]), answers=1)
    assert heard.statuses == (400,)
    assert "evil" not in heard.text


@pytest.mark.parametrize(
    "path",
    [
        "/%c0%afsigned-out", "/%e0%80%afsigned-out", "/signed-out%00", "/applications%2faaaa", "/DESK", "/Desk",
        "/static/../../etc/passwd", "/static/x/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "/static/x/..%2f..%2f..%2fetc/passwd",
        "/static/x/..%5c..%5cetc", "//evil.example/", "//evil.example/%2e%2e", "/\\evil.example", "/desk;x=1",
        "/desk/", "/desk/.", "/.git/config", "/.env", "/%u0064esk", "/%64esk%20", "/desk%0d%0aX-Evil:%201",
    ],
)  # fmt: skip
def test_an_address_that_only_looks_like_one_of_ours_leads_nowhere(site: Site, path: str) -> None:
    heard = site.say(written(site, f"GET {path} HTTP/1.1\r\nHost: {{host}}\r\n\r\n"), answers=1)
    assert heard.statuses == (404,)
    head, _, body = heard.text.partition("\r\n\r\n")
    assert "\r\nlocation:" not in head.lower()
    assert "\r\nx-evil" not in head.lower()
    for inside in ("Traceback", ".py", "sqlite", "SELECT", "granian", "Werkzeug", "Python", str(site.port) + "/etc"):
        assert inside not in body


@pytest.mark.parametrize(
    ("method", "statuses"),
    [("TRACE", {405}), ("PUT", {405}), ("FOO", {405}), ("CONNECT", {404, 405}), ("get", {302}), ("DELETE", {405})],
)
def test_odd_methods_do_nothing(site: Site, method: str, statuses: set[int]) -> None:
    heard = site.say(
        written(site, f"{method} /desk HTTP/1.1\r\nHost: {{host}}\r\nX-Mark: told-back\r\n\r\n"), answers=1
    )
    assert heard.statuses[0] in statuses
    assert "told-back" not in heard.text


def test_a_method_in_a_header_counts_for_nothing(site: Site) -> None:
    raw = SEND + "X-HTTP-Method-Override: GET\r\nContent-Length: 0\r\n\r\n"
    assert site.say(written(site, raw), answers=1).statuses == (403,)


def test_links_come_from_the_settings_whatever_a_header_says(site: Site) -> None:
    raw = (
        "GET /desk HTTP/1.1\r\nHost: {host}\r\nX-Forwarded-Host: evil.example\r\nForwarded: host=evil.example\r\n"
        "X-Forwarded-Proto: https\r\nX-Original-URL: /operator\r\nX-Rewrite-URL: /operator\r\n\r\n"
    )
    heard = site.say(written(site, raw), answers=1)
    assert heard.statuses == (302,)
    assert "location: /sign-in?next=%2Fdesk\r\n" in heard.text.lower().replace("%2fdesk", "%2Fdesk")
    assert "evil" not in heard.text


@pytest.mark.parametrize(
    "raw",
    [
        ASK + "Host: {host}\r\n\r\n",
        "GET /signed-out HTTP/1.0\r\nHost: {host}\r\n\r\n",
        "GET /signed-out HTTP/1.1\nHost: {host}\n\n",  # bare line feeds: one request, read in one way
        ASK + "Host: {host}\r\nConnection: Upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n",
        ASK + "Host: {host}\r\nContent-Length: 3\r\n\r\nabc",
    ],
    ids=["plain", "HTTP/1.0", "line feeds", "an upgrade", "a body nobody reads"],
)
def test_what_is_harmless_is_answered_once_without_saying_by_what(site: Site, raw: str) -> None:
    heard = site.say(written(site, raw), answers=1)
    assert heard.statuses == (200,)
    head = heard.text.partition("\r\n\r\n")[0].lower()
    assert "\r\nserver: web" in head
    for telling in ("granian", "werkzeug", "python", "x-powered-by"):
        assert telling not in head


def test_another_protocol_is_not_spoken(site: Site) -> None:
    heard = site.say(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", wait=1.0)
    assert heard.statuses in {(), (400,)}
    assert "\x00\x00" not in heard.text


def test_one_after_another_on_one_line(site: Site) -> None:
    raw = written(site, ASK + "Host: {host}\r\n\r\n") + written(site, HIDDEN)
    assert site.say(raw, answers=2).statuses == (200, 200)
