"""A sample of the load on real processes, and that whoever watches would notice: marks in every form, planted leaks."""

import gzip
import html
import json
from base64 import b64encode
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from random import Random
from urllib.parse import quote

import pytest

from tests.canary.marks import Mark, Marks
from tests.canary.people import Somebody, paper, picture
from tests.canary.running import look_behind, play
from tests.canary.serving import FAULT
from tests.canary.site import standing
from tests.canary.watching import Watch, client, finance, nobody, office_of, resident

MINE = Mark("hanako", "answer", "hokenjo")


@pytest.fixture
def marks() -> Marks:
    """None given out yet."""
    return Marks(Random(1))


def mail(text: str, to: str = "x@example.jp") -> bytes:
    made = EmailMessage()
    made["To"], made["Subject"] = to, "お知らせ"
    made.set_content(f"髙橋 {text} 様", cte="base64")
    return made.as_bytes()


@pytest.mark.parametrize(
    "hidden",
    [
        str.encode,
        lambda word: word.upper().encode(),
        lambda word: f"<p>{html.escape(word)}</p>".replace("q", "&#113;").encode(),
        lambda word: quote(word).replace("q", "%71").encode(),
        lambda word: json.dumps(f"髙{word}").replace("qz", "\\u0071z").encode(),
        lambda word: gzip.compress(word.encode()),
        lambda word: b"--" + b64encode(f"somebody is {word} there".encode()) + b"--",
        lambda word: word.encode("utf-16-be"),
        paper,
        lambda word: picture(word)[:2000],
        mail,
    ],
)
def test_a_mark_is_found_however_it_is_written(marks: Marks, hidden: Callable[[str], bytes]) -> None:
    word = marks.word(MINE)
    assert marks.said_in(hidden(word)) == {MINE}


@pytest.mark.parametrize("written", ["{}", "090-{1}-{2}", "０９０ {1} {2}"])
def test_a_number_is_found_however_it_is_written(marks: Marks, written: str) -> None:
    number = marks.phone(MINE)
    text = written.format(number, number[3:7], number[7:])
    assert marks.said_in(f"電話：{text}。".encode()) == {MINE}


def test_what_nobody_was_given_is_no_mark(marks: Marks) -> None:
    marks.word(MINE)
    assert marks.said_in(b"qzxbcdfghjkmnpq 09012345678 " + paper("nobody")) == set()


@pytest.mark.parametrize(
    ("may", "mark", "expected"),
    [
        (resident("hanako"), MINE, True),
        (resident("taro"), MINE, False),
        (resident("hanako"), Mark("hanako", "note", "hokenjo"), False),
        (resident("hanako"), Mark("hanako", "decision", "hokenjo"), True),
        (resident("taro"), Mark("hanako", "decision", "hokenjo"), False),
        (office_of("hokenjo"), MINE, True),
        (office_of("shuzei-shomei"), MINE, False),
        (office_of("hokenjo"), Mark("hanako", "note", "hokenjo"), True),
        (finance, Mark("hanako", "name", "*"), True),
        (finance, MINE, False),
        (client("system"), Mark("system-1", "answer", "hokenjo"), True),
        (client("system"), MINE, False),
        (nobody, MINE, False),
    ],
)
def test_who_may_be_shown_what(may: Callable[[Mark], bool], mark: Mark, *, expected: bool) -> None:
    assert may(mark) is expected


def test_a_mail_to_another_and_a_line_of_a_log_are_leaks(tmp_path: Path) -> None:
    watch = Watch(Marks(Random(1)))
    hers = watch.marks.word(Mark("hanako", "mail", "*"))
    word = watch.marks.word(MINE)
    (tmp_path / "a.eml").write_bytes(mail(word, f"{hers}@example.jp"))
    watch.mails(tmp_path)
    assert watch.leaks == []
    (tmp_path / "b.eml").write_bytes(mail(word, "taro@example.jp"))
    watch.mails(tmp_path)
    assert len(watch.leaks) == 1
    (tmp_path / "web.log").write_text(f"fine\nfailed: {word}\n")
    watch.logs([tmp_path / "web.log"])
    assert len(watch.leaks) == 2


def test_nobody_is_shown_anothers_data_and_planted_leaks_are_seen(tmp_path: Path) -> None:
    """`python -m tests.canary` goes on for longer, on both databases."""
    watch = Watch(Marks(Random(20260501)))
    with standing(tmp_path, "", workers=2, mails=False) as site:
        play(site, watch, 20260501, 60, residents=2)
        look_behind(site, watch)
        assert watch.leaks == []
        assert watch.seen["resident answer"] > 3
        assert watch.statuses[500], "no fault was provoked"
        somebody = Somebody(site, watch, "stranger", nobody, Random(1))
        word = watch.marks.word(MINE)
        for _ in range(8):
            somebody.post("/verify", {"code": word}, headers={FAULT: "log"})
            somebody.get("/healthz", headers={FAULT: "leak"})
        assert any("stranger is shown" in leak and "/healthz" in leak for leak in watch.leaks)
        watch.leaks.clear()
        watch.logs(site.logs)
        assert any(leak.startswith("log is shown") for leak in watch.leaks)
