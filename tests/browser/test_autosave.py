"""What is typed is kept before it is sent: after a pause, with a line that breaks, and with the page closed."""

from playwright.sync_api import expect

from tests.browser import filing
from tests.browser.conftest import Somebody
from tests.browser.person import Person

FAMILY = "input[name='name.family']"


def _kept(person: Person) -> None:
    expect(person.page.locator("#kept")).to_contain_text("保存しました")


def test_typed_and_left_it_is_there_on_another_day(somebody: Somebody) -> None:
    hanako = somebody("hanako")
    filing.begin_unseen(hanako, "dog-registration")
    hanako.page.fill(FAMILY, "髙橋")
    _kept(hanako)
    address = hanako.path
    hanako.open("/")
    hanako.open(address)
    assert hanako.page.input_value(FAMILY) == "髙橋"


def test_a_broken_line_is_told_and_made_good(somebody: Somebody) -> None:
    hanako = somebody("hanako")
    filing.begin_unseen(hanako, "dog-registration")
    hanako.context.set_offline(True)
    hanako.page.fill(FAMILY, "𠮷田")
    expect(hanako.page.locator("#kept")).to_contain_text("通信できないため")
    hanako.context.set_offline(False)  # the browser says so, and the page tries again at once
    _kept(hanako)
    hanako.page.reload()
    assert hanako.page.input_value(FAMILY) == "𠮷田"


def test_closed_in_the_middle_of_a_word(somebody: Somebody) -> None:
    hanako = somebody("hanako")
    filing.begin_unseen(hanako, "dog-registration")
    address = hanako.path
    hanako.page.fill(FAMILY, "葛󠄀城")  # and away before the pause is over
    hanako.page.close(run_before_unload=False)
    hanako.page = hanako.context.new_page()
    for _ in range(10):
        hanako.page.goto(address)
        if hanako.page.input_value(FAMILY):
            break
        hanako.page.wait_for_timeout(300)
    assert hanako.page.input_value(FAMILY) == "葛󠄀城"
