"""What a sign-in vouches for, by concept: read exactly or not at all, and first among what is offered."""

from datetime import datetime
from typing import Any

import pytest

from procedures.actors import Actor
from procedures.database import Database
from procedures.people import claims
from procedures.profiles import keeping, offering
from procedures.profiles.claims import verified
from procedures.profiles.keeping import Typed
from procedures.profiles.proposing import _agrees

ADDRESS = {"postcode": "163-0001", "prefecture": "東京都", "city": "新宿区", "street": "西新宿2-8-1"}


@pytest.mark.parametrize(
    ("vouched", "concept", "answer"),
    [
        ({"name": "山田 花子"}, "applicant.name", {"family": "山田", "given": "花子"}),
        (
            {"name": "髙橋　𠮷子", "kana": "たかはし ヨシコ"},
            "applicant.name",
            {"family": "髙橋", "given": "𠮷子", "family_kana": "タカハシ", "given_kana": "ヨシコ"},
        ),
        ({"name": "山田花子"}, "applicant.name", None),
        ({"name": "Anna Maria Rossi"}, "applicant.name", None),
        ({"kana": "やまだ はなこ"}, "applicant.kana", "ヤマダ ハナコ"),
        ({"birthdate": "2000-01-02"}, "applicant.birth", "2000-01-02"),
        ({"address": ADDRESS}, "applicant.address", {**ADDRESS, "postcode": "1630001", "building": ""}),
        ({"address": {"formatted": "東京都新宿区西新宿2-8-1"}}, "applicant.address", None),
        ({"address": {**ADDRESS, "street": ""}}, "applicant.address", None),
        ({"email": "h@example.jp", "email_verified": True}, "applicant.email", "h@example.jp"),
        ({"email": "h@example.jp"}, "applicant.email", "h@example.jp"),
        ({"email": "h@example.jp", "email_verified": False}, "applicant.email", None),
        ({"business": {"number": "7000012050002", "name": "見本株式会社"}}, "business.name", "見本株式会社"),
        ({"business": {"number": "7000012050002"}}, "business.corporate_number", "7000012050002"),
        ({"business": {"number": "7000012050002"}}, "business.name", None),
        ({"gender": "female"}, "applicant.sex", None),
    ],
)
def test_a_claim_is_read_exactly_or_not_at_all(
    database: Database,
    people: dict[str, Actor],
    now: datetime,
    vouched: dict[str, Any],
    concept: str,
    answer: Any,
) -> None:
    with database.write() as session:
        claims.keep(session, now, "hanako", vouched, "https://issuer.test", "high")
        found = verified(session, "hanako")
        assert verified(session, "taro") == {}
    assert (found[concept].answer if concept in found else None) == answer
    if concept in found:
        source = found[concept].source
        assert (source.kind, source.issuer, source.level) == ("verified", "https://issuer.test", "high")


def test_what_is_confirmed_comes_first_and_what_was_typed_after_it(
    database: Database, people: dict[str, Actor], now: datetime, hanako: Actor
) -> None:
    with database.write() as session:
        claims.keep(session, now, "hanako", {"phone": "0353211111"}, "https://issuer.test", "high")
        keeping.decide(session, hanako, now, consents=True)
        keeping.keep(session, hanako, now, {"applicant.phone": Typed("0312345678")})
        known = offering.known(session, hanako, now, "case")
        assert [one.answer for one in known["applicant.phone"]] == ["0353211111", "0312345678"]
        keeping.decide(session, hanako, now, consents=False)
        assert offering.known(session, hanako, now, "case") == {}


@pytest.mark.parametrize(
    ("answer", "vouched", "agrees"),
    [
        ("a", "a", True),
        ("a", "b", False),
        ({"family": "山田", "given": "花子", "family_kana": "ヤマダ"}, {"family": "山田", "given": "花子"}, True),
        ({"family": "山田", "given": "花"}, {"family": "山田", "given": "花子"}, False),
        ({"street": "1-1", "building": "A"}, {"street": "1-1", "building": ""}, True),
        ("a", {"family": "山田"}, False),
    ],
)
def test_an_issuer_may_say_less_than_was_typed(answer: Any, vouched: Any, *, agrees: bool) -> None:
    assert _agrees(answer, vouched) is agrees
