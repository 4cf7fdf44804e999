"""The pages that the journeys do not pass: the catalogue, staff pages without work, the operator's, narrow and dark."""

import pytest

from tests.browser import filing
from tests.browser.conftest import Somebody

PUBLIC = ("/", "/procedures/dog-registration", "/procedures/metropolitan-tax-certificate", "/applications")
OF_STAFF = {
    "sato": ("/desk", "/desk?tab=unassigned", "/desk?tab=closed"),
    "suzuki": ("/desk",),
    "tanaka": ("/finance",),
    "ono": ("/operator",),
}


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages(somebody: Somebody, path: str) -> None:
    somebody().open(path)


@pytest.mark.parametrize(("name", "path"), [(name, path) for name, paths in OF_STAFF.items() for path in paths])
def test_staff_pages(somebody: Somebody, name: str, path: str) -> None:
    somebody(name).open(path)


def test_on_the_narrowest_screen(somebody: Somebody) -> None:
    visitor = somebody()
    visitor.page.set_viewport_size({"width": 320, "height": 568})
    for path in PUBLIC:
        visitor.open(path)
    filing.begin(visitor, "water-service-start")


def test_in_the_dark(somebody: Somebody) -> None:
    visitor = somebody()
    visitor.page.emulate_media(color_scheme="dark")
    for path in PUBLIC:
        visitor.open(path)
    filing.begin(visitor, "water-service-start")
    visitor.go_on(422)


def test_the_pages_of_signing_in(somebody: Somebody) -> None:
    visitor = somebody()
    visitor.open("/sign-in?next=/applications")
    visitor.choose("person", "")
    visitor.open("/sign-in?next=/applications")
    visitor.choose("person", "hanako")
    visitor.sees("申請の一覧")
    visitor.press("ログアウト")


def test_who_is_not_sure_enough_signs_in_again_and_goes_on(somebody: Somebody) -> None:
    taro = somebody("taro")
    taro.open("/procedures/metropolitan-tax-certificate")
    taro.go_on()
    taro.follow("見本のログイン")
    taro.choose("person", "taro")
    taro.go_on()
    assert "/steps/" in taro.path
