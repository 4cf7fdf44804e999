"""What issuers vouched for, on both databases."""

from datetime import datetime, timedelta

from procedures.actors import Actor
from procedures.database import Database
from procedures.people.claims import keep, verified

ISSUER, OTHER = "https://issuer.test", "https://other.test"
LATER = timedelta(days=30)


def test_claims_are_kept_with_where_they_came_from(database: Database, people: dict[str, Actor], now: datetime) -> None:
    address = {"postcode": "100-0005", "city": "千代田区"}
    with database.write() as session:
        changed = keep(session, now, "hanako", {"name": "山田 花子", "address": address}, ISSUER, "high")
    assert changed == ["address", "name"]
    with database.read() as session:
        found = verified(session, "hanako")
        assert verified(session, "taro") == {}
    assert found["address"].value == address
    assert (found["name"].issuer, found["name"].assurance, found["name"].at) == (ISSUER, "high", now)


def test_a_newer_sign_in_replaces_and_says_what_changed(
    database: Database, people: dict[str, Actor], now: datetime
) -> None:
    with database.write() as session:
        keep(session, now, "hanako", {"name": "山田 花子", "gender": "female"}, ISSUER, "high")
        assert keep(session, now + LATER, "hanako", {"name": "高橋 花子"}, ISSUER, "high") == ["name"]
        assert keep(session, now + LATER, "hanako", {"name": "高橋 花子"}, ISSUER, "high") == []
        found = verified(session, "hanako")
    assert (found["name"].value, found["name"].at) == ("高橋 花子", now + LATER)
    assert found["gender"].value == "female"  # not mentioned this time


def test_a_lower_level_does_not_touch_what_was_surer(
    database: Database, people: dict[str, Actor], now: datetime
) -> None:
    with database.write() as session:
        keep(session, now, "hanako", {"name": "山田 花子"}, ISSUER, "high")
        assert keep(session, now + LATER, "hanako", {"name": "Hana", "phone": "03"}, ISSUER, "basic") == ["phone"]
        found = verified(session, "hanako")
    assert (found["name"].value, found["name"].assurance, found["name"].at) == ("山田 花子", "high", now)


def test_of_several_issuers_the_surest_counts_then_the_newest(
    database: Database, people: dict[str, Actor], now: datetime
) -> None:
    with database.write() as session:
        keep(session, now, "hanako", {"name": "山田 花子", "phone": "1"}, ISSUER, "substantial")
        keep(session, now + LATER, "hanako", {"name": "はな", "phone": "2"}, OTHER, "basic")
        assert verified(session, "hanako")["name"].value == "山田 花子"
        keep(session, now + LATER, "hanako", {"phone": "3"}, OTHER, "substantial")
        assert verified(session, "hanako")["phone"].value == "3"
