"""SMS and LINE: what is sent, in which shape and length, and what each answer means."""

import hmac
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.words import LANGUAGES
from procedures.channels import Channel, NotDelivered, Undeliverable
from procedures.channels.line import LineChannel
from procedures.channels.notice import Notice, Sender
from procedures.channels.posting import _pause
from procedures.channels.sms import GSM, MOST_PARTS, SmsChannel, parts
from procedures.mails.wording import worded
from procedures.notices import Kind
from tests.procedures.gateway import Gateway, running_gateway

NAMES = {"ja": "東京都（見本）", "en": "Tokyo Metropolitan Government (sample)", "easy": "東京都（みほん）"}
SENDER = Sender(NAMES, "noreply@example.tokyo", "https://tetsuzuki.metro.tokyo.example.jp")
USER = "U" + "0123456789abcdef" * 2
PHONE = "+819012345678"
FACTS = {
    "reference": "7K3M-9QFA", "title": "犬の登録", "due": date(2026, 5, 20), "yen": 6550,
    "before": 6000, "after": 12550, "certificate": "鑑札", "number": "hokenjo-2026-000001", "office": "保健所",
    "pay_by": date(2026, 5, 8), "until": date(2026, 5, 8), "answer_by": date(2026, 5, 15),
    "link": "https://tetsuzuki.metro.tokyo.example.jp/applications/" + "a" * 26,
}  # fmt: skip


def notice(kind: str = "fee_due", language: str = "ja", key: str = "job1", **changes: str) -> Notice:
    words = worded(kind, language, FACTS)
    facts = {"subject": words.subject, "body": words.body, "link": FACTS["link"], "short_link": short(), **changes}
    return Notice(key=key, language=language, parts=words.parts, **facts)


def short() -> str:
    return SENDER.url("r/7K3M-9QFA")


@pytest.fixture
def sms() -> Iterator[Gateway]:
    with running_gateway() as gateway:
        yield gateway


@pytest.fixture
def line() -> Iterator[Gateway]:
    with running_gateway(line=True) as gateway:
        yield gateway


def channel_to(gateway: Gateway, token: str = "right") -> Channel:
    if gateway.line:
        return LineChannel(token, SENDER, gateway.url)
    return SmsChannel(gateway.url + "/messages", SENDER, token, "signing", "TOKYO")


@pytest.fixture(params=["sms", "line"])
def gateway(request: pytest.FixtureRequest) -> Gateway:
    return request.getfixturevalue(request.param)


@pytest.fixture
def send(gateway: Gateway) -> Callable[..., None]:
    address = USER if gateway.line else PHONE
    return lambda given=None: channel_to(gateway).send(given or notice(), address)


class TestSms:
    def test_number_text_key_and_proof_go_along(self, sms: Gateway) -> None:
        channel_to(sms).send(notice(), PHONE)
        ((path, headers, body),) = sms.asked
        (content,) = sms.bodies
        assert path == "/messages"
        assert content["to"] == PHONE
        assert content["from"] == "TOKYO"
        assert content["id"] == headers["idempotency-key"] == "job1"
        assert headers["authorization"] == "Bearer right"
        assert headers["x-signature"] == hmac.digest(b"signing", body, "sha256").hex()
        assert content["text"].startswith("【東京都（見本）】手数料のお支払いをお願いします")
        assert content["text"].endswith(short())

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("kind", Kind.__args__)
    def test_every_notice_is_short_and_keeps_its_link(self, sms: Gateway, kind: str, language: str) -> None:
        text = channel_to(sms).text_of(notice(kind, language))
        assert parts(text) <= MOST_PARTS
        assert text.endswith(f"\n{short()}")
        assert "…" not in text
        assert "犬の登録" not in text

    @given(st.text(max_size=400), st.sampled_from(["ja", "en"]))
    def test_whatever_is_said_costs_no_more_and_keeps_its_link(self, subject: str, language: str) -> None:
        said = SmsChannel("http://x", SENDER).text_of(notice(language=language, subject=subject))
        assert parts(said) <= MOST_PARTS
        assert said.endswith(short())

    @pytest.mark.parametrize(
        ("text", "count"),
        [("", 1), ("あ" * 70, 1), ("あ" * 71, 2), ("あ" * 134, 2), ("あ" * 135, 3), ("𠮷" * 35, 1), ("𠮷" * 36, 2),
         ("a" * 160, 1), ("a" * 161, 2), ("a" * 306, 2), ("a" * 307, 3), ("a" * 70 + "あ", 2)],
    )  # fmt: skip
    def test_parts_are_counted_as_networks_count_them(self, text: str, count: int) -> None:
        assert parts(text) == count

    def test_the_small_alphabet_is_the_one_of_the_standard(self) -> None:
        assert len(GSM) == 127  # 128 places, one of which leads to the extension


class TestLine:
    def test_the_push_has_the_shape_of_the_api(self, line: Gateway) -> None:
        channel_to(line).send(notice(), USER)
        (content,) = line.bodies
        assert set(content) == {"to", "messages"}
        text = content["messages"][0]["text"]
        assert text.startswith("手数料のお支払いをお願いします")
        assert "手数料　6,550円" in text
        assert text.endswith(FACTS["link"])

    def test_a_used_up_plan_is_no_fault_of_the_person(self, line: Gateway) -> None:
        line.planned = [(429, {}, {"message": "You have reached your monthly limit."})]
        with pytest.raises(Undeliverable) as never:
            channel_to(line).send(notice(), USER)
        assert not never.value.address_at_fault

    def test_a_wrong_token_is_ours_to_mend(self, line: Gateway) -> None:
        with pytest.raises(NotDelivered):
            channel_to(line, "wrong").send(notice(), USER)

    def test_somebody_line_does_not_know(self, line: Gateway) -> None:
        with pytest.raises(Undeliverable) as never:
            channel_to(line).send(notice(), "nobody")
        assert never.value.address_at_fault

    def test_a_text_is_never_longer_than_a_message_may_be(self) -> None:
        text = LineChannel("t", SENDER).text_of(notice(subject="𠮷" * 4000))
        assert len(text.encode("utf-16-le")) <= 10_000


class TestBoth:
    def test_the_same_notice_twice_is_one_message(self, gateway: Gateway, send: Callable[..., None]) -> None:
        send()
        send()
        send(notice(key="job2"))
        assert len(gateway.asked) == 3
        assert len(gateway.taken) == 2

    @pytest.mark.parametrize("status", [500, 502, 503, 408, 429, 403])
    def test_what_may_change_is_tried_again(self, gateway: Gateway, send: Callable[..., None], status: int) -> None:
        gateway.planned = [(status, {}, {"message": f"no luck with {PHONE}"})]
        with pytest.raises(NotDelivered) as later:
            send()
        assert later.value.reason.endswith(f" {status}")
        assert later.value.after is None
        send()
        assert len(gateway.taken) == 1

    @pytest.mark.parametrize("status", [400, 404, 410, 422])
    def test_what_will_not_change_is_said_so(self, gateway: Gateway, send: Callable[..., None], status: int) -> None:
        gateway.planned = [(status, {}, {"message": f"no such number: {PHONE}"})]
        with pytest.raises(Undeliverable) as never:
            send()
        assert PHONE not in str(never.value)

    def test_a_wish_to_be_left_alone_is_honoured(self, gateway: Gateway, send: Callable[..., None]) -> None:
        gateway.planned = [(429, {"Retry-After": "120"}, {"message": "The API rate limit has been exceeded."})]
        with pytest.raises(NotDelivered) as later:
            send()
        assert later.value.after == timedelta(minutes=2)

    def test_a_redirect_is_not_followed(self, gateway: Gateway, send: Callable[..., None]) -> None:
        gateway.planned = [(302, {"Location": gateway.url + "/elsewhere"}, {})]
        with pytest.raises(Undeliverable):
            send()
        assert len(gateway.asked) == 1


def test_a_gateway_that_is_away_is_tried_again() -> None:
    for channel in (SmsChannel("http://127.0.0.1:1", SENDER), LineChannel("t", SENDER, "http://127.0.0.1:1")):
        with pytest.raises(NotDelivered) as later:
            channel.send(notice(), PHONE)
        assert PHONE not in later.value.reason


@pytest.mark.parametrize(
    ("text", "pause"),
    [("", None), ("5", timedelta(seconds=5)), ("-5", None), ("5.5", None), ("５", None), ("9" * 9, None),
     ("Fri, 01 May 2026 01:00:00 GMT", None)],
)  # fmt: skip
def test_how_long_to_wait_is_read_with_care(text: str, pause: timedelta | None) -> None:
    assert _pause(text) == pause
