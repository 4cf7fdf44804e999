"""The desk by keyboard: j and k move among the cases, c claims, and only while the focus is inside the table."""

from tests.browser import filing, working
from tests.browser.conftest import Somebody
from tests.browser.person import Person


def focused(person: Person) -> str:
    """The words of what has the focus."""
    return person.page.evaluate("() => document.activeElement.innerText.trim()")


def test_a_case_is_found_and_claimed_by_keys_alone(somebody: Somebody) -> None:
    hanako = somebody("hanako")
    filing.tax_certificate(hanako)
    hanako.press("この内容で送信する")
    reference = working.reference_of(hanako)
    sato = somebody("sato")
    sato.open("/desk?tab=unassigned")
    sato.page.keyboard.press("c")
    assert sato.path == "/desk?tab=unassigned"
    cases = sato.page.locator("a.case").all_inner_texts()
    sato.page.locator("a.case").first.focus()
    for expected in [*cases[1:], cases[-1]]:
        sato.page.keyboard.press("j")
        assert focused(sato) == expected
    while focused(sato) != reference:
        sato.page.keyboard.press("k")
    with sato.page.expect_navigation():
        sato.page.keyboard.press("c")
    sato.look()
    sato.sees("引き受けました", reference)
