"""What claims say in our words."""

from datetime import date
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.identity.configuration import USUAL_CLAIMS, IssuerSettings, local_issuer
from web.identity.openid.claims import GENDERS, read_claims


def issuer(**claims: str) -> IssuerSettings:
    """An issuer whose map has `claims` over the usual ones."""
    usual = local_issuer()
    names = {name.replace("__", "."): claim for name, claim in claims.items()}
    return IssuerSettings(id="x", title=usual.title, issuer="https://x.jp", claims={**USUAL_CLAIMS, **names})


STANDARD = {
    "sub": "1",
    "name": "髙橋 𠮷郎",
    "name#ja-Kana-JP": "タカハシ ヨシロウ",
    "birthdate": "1980-02-29",
    "gender": "male",
    "phone_number": "+81 3-1234-5678",
    "email": "yoshiro@example.jp",
    "email_verified": True,
    "address": {
        "formatted": "東京都千代田区\n丸の内1-1",
        "postal_code": "100-0005",
        "region": "東京都",
        "locality": "千代田区",
        "street_address": "丸の内\n1-1",
        "country": "JP",
        "planet": "Earth",
    },
}


def test_the_standard_claims() -> None:
    assert read_claims(issuer(), STANDARD) == {
        "name": "髙橋 𠮷郎",
        "kana": "タカハシ ヨシロウ",
        "birthdate": "1980-02-29",
        "gender": "male",
        "phone": "+81 3-1234-5678",
        "email": "yoshiro@example.jp",
        "email_verified": True,
        "address": {
            "formatted": "東京都千代田区 丸の内1-1",
            "postcode": "100-0005",
            "prefecture": "東京都",
            "city": "千代田区",
            "street": "丸の内 1-1",
            "country": "JP",
        },
    }


def test_names_keep_every_character() -> None:
    for name in ("葛󠄀城", "神田", "Ｊｏｈｎ", "がぎ", "😀"):
        assert read_claims(issuer(), {"name": name})["name"] == name


def test_a_flat_address_and_one_in_parts() -> None:
    assert read_claims(issuer(), {"address": "東京都港区芝1"})["address"] == {"formatted": "東京都港区芝1"}
    parts = issuer(address__postcode="zip", address__city="place.city")
    assert read_claims(parts, {"zip": "1050014", "place": {"city": "港区"}})["address"] == {
        "postcode": "1050014",
        "city": "港区",
    }


def test_a_business_needs_its_number() -> None:
    gbiz = issuer(business__number="org.number", business__name="org.name", business__role="role")
    known = {"org": {"number": "7000012050002", "name": "株式会社見本"}, "role": "staff"}
    assert read_claims(gbiz, known)["business"] == {
        "number": "7000012050002",
        "name": "株式会社見本",
        "role": "staff",
    }
    assert "business" not in read_claims(gbiz, {"org": {"name": "株式会社見本"}})
    assert "business" not in read_claims(gbiz, {"org": {"number": "12"}})


def test_what_values_mean_can_be_said() -> None:
    settings = IssuerSettings(
        id="x",
        title=local_issuer().title,
        issuer="https://x.jp",
        values=MappingProxyType({"gender": {"1": "male", "2": "female"}}),
    )
    assert read_claims(settings, {"gender": "2"})["gender"] == "female"
    assert read_claims(settings, {"gender": 1})["gender"] == "male"
    assert "gender" not in read_claims(settings, {"gender": "9"})


def test_a_claim_whose_name_has_dots_is_found_whole_first() -> None:
    settings = issuer(phone="https://x.jp/phone")
    assert read_claims(settings, {"https://x.jp/phone": "03"})["phone"] == "03"


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        ("name", ""),
        ("name", "   "),
        ("name", "a\x00b"),
        ("name", "a\nBcc: x"),
        ("name", "x" * 501),
        ("name", 5),
        ("name", ["a"]),
        ("birthdate", "1980"),
        ("birthdate", "0000-04-02"),
        ("birthdate", "1981-02-29"),
        ("birthdate", 19800101),
        ("gender", "unknown"),
        ("address", {}),
        ("address", {"region": ""}),
        ("address", 3),
        ("email_verified", "perhaps"),
    ],
)
def test_what_does_not_fit_is_left_out(claim: str, value: Any) -> None:
    assert read_claims(issuer(), {claim: value}) == {}


def test_a_day_without_dashes() -> None:
    assert read_claims(issuer(), {"birthdate": "19800229"}) == {"birthdate": "1980-02-29"}


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.dictionaries(st.text(), inner) | st.lists(inner),
)


@given(st.dictionaries(st.sampled_from(sorted(USUAL_CLAIMS.values())), ANYTHING))
def test_whatever_an_issuer_sends_comes_out_in_shape(claims: dict[str, Any]) -> None:
    found = read_claims(issuer(), claims)
    for name in ("name", "kana", "phone", "email"):
        assert found.get(name, "x").isprintable() or found[name].strip()
    if "birthdate" in found:
        date.fromisoformat(found["birthdate"])
    assert found.get("gender", "male") in GENDERS
    assert all(isinstance(part, str) and part for part in found.get("address", {}).values())
