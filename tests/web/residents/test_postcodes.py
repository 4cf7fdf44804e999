"""A postcode becomes an address: for the script as JSON, without it by a button; several places are a choice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.web.residents.applicant import Applicant
from web.postcodes import Place, places

pytestmark = pytest.mark.sqlite_only
SHINJUKU = Place("東京都", "新宿区", "新宿")
BOTH_SIDES = "0040000"  # two wards of 札幌市
OFFICE = "1638001"  # the metropolitan government has a postcode of its own


@pytest.mark.parametrize(
    ("postcode", "found"),
    [
        ("1600022", (SHINJUKU,)),
        ("1000000", (Place("東京都", "千代田区", ""),)),
        (OFFICE, (Place("東京都", "新宿区", "西新宿2丁目8-1"),)),
        (BOTH_SIDES, (Place("北海道", "札幌市厚別区", ""), Place("北海道", "札幌市清田区", ""))),
        ("0000000", ()),
        ("160002", ()),
        ("", ()),
        ("1600022' or 1=1", ()),
    ],
)
def test_the_places_of_a_postcode(postcode: str, found: tuple[Place, ...]) -> None:
    assert places(postcode) == found


def test_many_threads_ask_at_once() -> None:
    places.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(places.__wrapped__, ["1600022"] * 64))
    assert set(found) == {(SHINJUKU,)}


@pytest.mark.parametrize("typed", ["1600022", "160-0022", "１６０－００２２"])
def test_the_script_gets_them_as_json(applicant: Callable[..., Applicant], typed: str) -> None:
    answer = applicant().client.get(f"/postcodes/{typed}")
    assert answer.get_json() == {"places": [{"prefecture": "東京都", "city": "新宿区", "street": "新宿"}]}


def test_an_unknown_postcode_has_no_places(applicant: Callable[..., Applicant]) -> None:
    assert applicant().client.get("/postcodes/0000000").get_json() == {"places": []}


def look_up(person: Applicant, postcode: str, **more: str) -> None:
    """Press the button beside the postcode."""
    person.send({"address.postcode": postcode, "find_address": "address", **more})


def test_the_button_fills_in_the_address_and_keeps_all_that_was_typed(hana: Applicant) -> None:
    hana.start("dog-registration")
    look_up(hana, "１６０－００２２", **{"name.family": "髙橋"})
    assert hana.page is not None
    assert hana.page.status_code == 200
    assert [hana.typed(f"address.{part}") for part in ("prefecture", "city", "street")] == [
        ["東京都"],
        ["新宿区"],
        ["新宿"],
    ]
    assert hana.typed("name.family") == ["髙橋"]
    assert hana.at.endswith("/steps/owner")


def test_a_street_that_was_typed_stays(hana: Applicant) -> None:
    hana.start("dog-registration")
    look_up(hana, "1600022", **{"address.street": "新宿三丁目1番1号"})
    assert hana.typed("address.street") == ["新宿三丁目1番1号"]


def test_of_several_places_one_is_chosen(hana: Applicant) -> None:
    hana.start("water-service-start")
    look_up(hana, "4520961")
    options = [option.said for option in hana.tree.all("option") if "清須市" in option.said]
    assert len(options) > 20
    chosen = next(place for place, words in enumerate(options, 1) if words.endswith("春日一本松"))
    look_up(hana, "4520961", **{"address.found": str(chosen)})
    assert hana.typed("address.city") == ["清須市"]
    assert hana.typed("address.street") == ["春日一本松"]


@pytest.mark.parametrize("chosen", ["0", "99", "-1", "x", "²"])
def test_a_choice_that_is_none_is_asked_again(hana: Applicant, chosen: str) -> None:
    hana.start("dog-registration")
    look_up(hana, BOTH_SIDES, **{"address.found": chosen})
    assert any("厚別区" in option.said for option in hana.tree.all("option"))


@pytest.mark.parametrize("typed", ["0000000", "", "16000"])
def test_a_postcode_without_a_place_is_told_beside_it(hana: Applicant, typed: str) -> None:
    hana.start("dog-registration")
    look_up(hana, typed, **{"address.city": "新宿区"})
    assert hana.page is not None
    assert hana.page.status_code == 422
    assert hana.problems == ["この郵便番号の住所が見つかりません。番号を確かめるか、住所を入力してください。"]
    assert hana.typed("address.city") == ["新宿区"]


def test_a_button_for_something_else_is_no_look_up(hana: Applicant) -> None:
    hana.start("dog-registration")
    hana.send({"find_address": "name"})
    assert hana.page is not None
    assert hana.page.status_code == 422
    assert len(hana.problems) > 3


def test_enter_on_the_keyboard_goes_on_and_does_not_look_up(hana: Applicant) -> None:
    hana.start("dog-registration")
    buttons = [node for node in hana.tree.all("button") if node.parent is not None]
    names = [node.attributes.get("name") for node in buttons]
    first = names.index("find_address")
    assert any(
        name is None and "hush" in buttons[place].attributes.get("class", "")
        for place, name in enumerate(names[:first])
    )
