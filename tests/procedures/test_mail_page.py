"""The HTML of mails: valid, alone, says what the text says, and takes nothing for markup."""

import json
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.words import LANGUAGES
from procedures.channels.mail import MailChannel
from procedures.channels.notice import Notice, Part, Sender
from procedures.mails.page import page
from procedures.mails.wording import worded
from procedures.notices import Kind
from tests.procedures.test_channels import FACTS

CHECKER = Path(__file__).parents[1] / "node" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
JAVA = ("java", "-Xss2m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")  # for one short run
SENDER = Sender(
    {"ja": "東京都（見本）", "en": "Tokyo (sample)"},
    "noreply@example.tokyo",
    "https://t.example",
    {"ja": "お困りのときは 03-0000-0000", "en": "Need help? 03-0000-0000"},
    "#00573f",
)


def notice_of(kind: str, language: str) -> Notice:
    words = worded(kind, language, FACTS)
    return Notice("job1", language, words.subject, words.body, words.parts, FACTS["link"], "")


class Reader(HTMLParser):
    """Text, tags and addresses of a page."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src", "background", "action"}]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", Kind.__args__)
def test_it_says_what_the_text_says_and_fetches_nothing(kind: str, language: str) -> None:
    said = notice_of(kind, language)
    read = Reader(page(said, SENDER))
    flat = "".join(read.text.split())
    for line in said.body.split("\n"):
        for piece in line.replace("　", "  ").split("  "):
            assert "".join(piece.split()) in flat
    assert set(read.links) == {FACTS["link"]}
    assert read.tags.count("h1") == 1
    assert not {"img", "script", "link", "iframe", "form", "object"} & set(read.tags)
    assert "url(" not in page(said, SENDER)
    assert SENDER.contact(language) in read.text


def test_facts_are_rows_and_the_address_can_be_pressed_and_read() -> None:
    source = page(notice_of("fee_due", "ja"), SENDER)
    read = Reader(source)
    assert read.tags.count("dt") == read.tags.count("dd") == 3
    assert read.links == [FACTS["link"]] * 2
    assert FACTS["link"] in read.text
    assert "このページを開く" in read.text
    assert source.count("#00573f") >= 2
    assert 'lang="ja"' in source


def test_a_title_with_a_wide_space_is_no_row() -> None:
    words = worded("received", "ja", {**FACTS, "title": "特定　施設"})
    assert [len(part.rows) for part in words.parts] == [0, 2, 0, 0]
    assert "特定　施設" in words.parts[0].text


@given(st.text(max_size=80), st.text(max_size=40))
def test_whatever_is_said_is_text(words: str, label: str) -> None:
    parts = (Part(words), Part(rows=((label, words),)))
    usual = page(Notice("k", "ja", "x", "", (Part("x"), Part(rows=(("x", "x"),))), "", ""), SENDER)
    read = Reader(page(Notice("k", "ja", words, "", parts, "", ""), SENDER))
    assert [tag for tag in read.tags if tag != "br"] == Reader(usual).tags


@pytest.mark.parametrize("colour", ["red", "#fff", '#000000"><script>', "", "url(http://x)"])
def test_a_colour_that_is_none_is_not_used(colour: str) -> None:
    source = page(notice_of("received", "ja"), replace(SENDER, colour=colour))
    assert "#0017c1" in source
    assert "script" not in source


def test_a_mail_has_both() -> None:
    kept = []

    class Server:
        name = "kept"

        def send(self, mail: object) -> None:
            kept.append(mail)

    MailChannel(Server(), SENDER).send(notice_of("received", "en"), "hanako@example.jp")
    (mail,) = kept
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert mail.get_body(("plain",)).get_content().splitlines()[-3:] == [
        "Tokyo (sample)",
        "Replies to this mail are not read. Please use the page above.",
        "Need help? 03-0000-0000",
    ]
    assert mail["Message-ID"] == "<job1@example.tokyo>"
    assert max(mail.as_bytes()) < 128
    assert len(mail.as_bytes()) < 12_000


@pytest.mark.skipif(not (CHECKER.is_file() and shutil.which("java")), reason="needs java and tests/node installed")
def test_the_html_is_valid(tmp_path: Path) -> None:
    for kind in Kind.__args__:
        for language in LANGUAGES:
            source = page(notice_of(kind, language), SENDER)
            (tmp_path / f"{kind}-{language}.html").write_text(source, encoding="utf-8")
    command = [*JAVA, "-jar", str(CHECKER), "--format", "json", "--stdout", "--exit-zero-always", str(tmp_path)]
    told = subprocess.run(command, capture_output=True, check=True, timeout=120).stdout
    # An implementation note about <style> in body-less fragments is no mistake; everything else is.
    assert [found["message"] for found in json.loads(told)["messages"] if found["type"] == "error"] == []
