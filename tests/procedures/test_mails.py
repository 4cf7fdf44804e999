"""Mails say what happened and what to do, in three languages, and carry nothing smuggled in."""

import email
from datetime import date
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from socket import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.words import LANGUAGES
from procedures.channels import NotDelivered, Undeliverable
from procedures.channels.folder import FolderChannel
from procedures.channels.smtp import SmtpChannel
from procedures.mails.building import Letter, Unmailable, build
from procedures.mails.wording import worded
from procedures.notices import Kind

FACTS = {
    "reference": "7K3M-9QFA", "title": "犬の登録", "due": date(2026, 5, 20), "link": "https://example.jp/applications/x",
    "yen": 6550,
    "before": 6000, "after": 12550, "pay_by": date(2026, 5, 8),
    "answer_by": date(2026, 5, 15), "certificate": "鑑札交付通知書",
    "until": date(2026, 5, 8), "number": "hokenjo-2026-000001", "office": "保健所",
}  # fmt: skip


def letter(**changes: str) -> Letter:
    facts = {"key": "job1", "recipient": "hanako@example.jp", "subject": "受け付けました", "body": "本文\n"}
    return Letter(**{**facts, "language": "ja", **changes})


def build_from_tokyo(given_letter: Letter) -> EmailMessage:
    return build(given_letter, "東京都", "noreply@example.tokyo")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", Kind.__args__)
def test_every_notice_is_worded_in_every_language(kind: str, language: str) -> None:
    words = worded(kind, language, FACTS)
    subject, body = words.subject, words.body
    assert "{" not in subject + body
    assert FACTS["link"] in body
    assert kind.startswith("draft_") or "7K3M-9QFA" in subject
    if kind in {"fee_due", "issue_fee_due", "fee_reminder"} or kind.startswith("difference_"):
        assert {"en": "6,550 yen", "zh": "6,550日元", "ko": "6,550엔"}.get(language, "6,550円") in body
        assert {"en": "8 May 2026", "ko": "2026년 5월 8일"}.get(language, "2026年5月8日") in body


def test_a_mail_survives_the_wire() -> None:
    wire = build_from_tokyo(letter(body="髙橋 𠮷子 葛󠄀\n" * 3)).as_bytes()
    assert max(wire) < 128
    read = email.message_from_bytes(wire, policy=default)
    assert read["Subject"] == "受け付けました"
    assert read["To"] == "hanako@example.jp"
    assert read["From"] == "東京都 <noreply@example.tokyo>"
    assert read["Auto-Submitted"] == "auto-generated"
    assert read.get_content().splitlines() == ["髙橋 𠮷子 葛󠄀"] * 3


def test_the_same_letter_is_the_same_message() -> None:
    assert build_from_tokyo(letter())["Message-ID"] == build_from_tokyo(letter())["Message-ID"]
    assert build_from_tokyo(letter(key="job2"))["Message-ID"] == "<job2@example.tokyo>"


@pytest.mark.parametrize(
    "address",
    ["", "no-at", "a@b\r\nBcc: taro@example.jp", "a@example.jp, taro@example.jp", "A <a@example.jp>", "a@@b", "a@b c",
     "a@example.jp\n", "a;b@example.jp"],
)  # fmt: skip
def test_an_address_cannot_add_a_recipient(address: str) -> None:
    with pytest.raises(Unmailable):
        build_from_tokyo(letter(recipient=address))


@pytest.mark.parametrize("subject", ["a\r\nBcc: taro@example.jp", "a\nb", "a\rb", "a\x00b", "a\u2028b", "a\x85b"])
def test_a_subject_cannot_add_a_header(subject: str) -> None:
    with pytest.raises(Unmailable):
        build_from_tokyo(letter(subject=subject))


@given(st.text(max_size=60), st.text(max_size=200))
def test_whatever_is_said_stays_where_it_belongs(subject: str, body: str) -> None:
    try:
        mail = build_from_tokyo(letter(subject=subject, body=body.encode("utf-8", "replace").decode()))
    except (Unmailable, UnicodeEncodeError):
        return
    read = email.message_from_bytes(mail.as_bytes(), policy=default)
    assert set(read.keys()) == set(mail.keys())
    assert read["To"] == "hanako@example.jp"


def test_the_folder_keeps_one_file_a_message(tmp_path: Path) -> None:
    channel = FolderChannel(tmp_path / "mail")
    channel.send(build_from_tokyo(letter()))
    channel.send(build_from_tokyo(letter()))
    channel.send(build_from_tokyo(letter(key="job2")))
    files = list((tmp_path / "mail").iterdir())
    assert len(files) == 2
    assert all(file.suffix == ".eml" for file in files)


def free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class TestSmtp:
    """Handed over to a real server on this machine."""

    def test_a_mail_arrives(self) -> None:
        from aiosmtpd.controller import Controller

        mails: list[bytes] = []

        class Kept:
            async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:  # noqa: N802
                mails.append(envelope.content)
                return "250 OK"

        controller = Controller(Kept(), hostname="127.0.0.1", port=free_port())
        controller.start()
        try:
            SmtpChannel(f"smtp://127.0.0.1:{controller.port}").send(build_from_tokyo(letter()))
        finally:
            controller.stop()
        assert email.message_from_bytes(mails[0], policy=default)["To"] == "hanako@example.jp"

    def test_a_server_that_is_away_is_said_without_the_address(self) -> None:
        with pytest.raises(NotDelivered) as error:
            SmtpChannel("smtp://127.0.0.1:1").send(build_from_tokyo(letter()))
        assert "hanako" not in str(error.value)

    @pytest.mark.parametrize(("code", "kind"), [(550, Undeliverable), (553, Undeliverable), (450, NotDelivered)])
    def test_a_refused_address_is_told_from_one_that_must_wait(self, code: int, kind: type[Exception]) -> None:
        from aiosmtpd.controller import Controller

        class Refusing:
            async def handle_RCPT(self, *_about: object) -> str:  # noqa: N802
                return f"{code} hanako@example.jp: no"

        controller = Controller(Refusing(), hostname="127.0.0.1", port=free_port())
        controller.start()
        try:
            with pytest.raises(kind) as error:
                SmtpChannel(f"smtp://127.0.0.1:{controller.port}").send(build_from_tokyo(letter()))
        finally:
            controller.stop()
        assert type(error.value) is kind
        assert error.value.reason == f"mail {code}"
