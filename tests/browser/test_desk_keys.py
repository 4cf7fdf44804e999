"""The desk by keyboard: j and k move, x chooses, c claims, n goes on, and only while no field has the focus."""

from tests.browser import working
from tests.browser.conftest import Somebody
from tests.browser.person import Person


def focused(person: Person) -> str:
    """The words of what has the focus."""
    return person.page.evaluate("() => document.activeElement.innerText.trim()")


def test_a_case_is_found_and_claimed_by_keys_alone(somebody: Somebody) -> None:
    hanako = somebody("hanako")
    _, reference = working.file_tax_certificate(hanako)
    sato = somebody("sato")
    sato.open("/desk?tab=unassigned")
    keys = sato.page.keyboard
    keys.press("c")
    assert sato.path == "/desk?tab=unassigned"  # no case has the focus
    cases = sato.page.locator("a.case").all_inner_texts()
    for expected in [*cases, cases[-1]]:
        keys.press("j")
        assert focused(sato) == expected
    while focused(sato) != reference:
        keys.press("k")
    keys.press("x")
    assert sato.page.locator("tr:focus-within .mark-it input").is_checked()
    keys.press("/")
    keys.type("jkx?c")
    assert sato.page.locator("#q").input_value() == "jkx?c"
    assert not sato.page.locator("#keys[open]").count()
    sato.page.locator("a.case", has_text=reference).focus()
    keys.press("?")
    assert sato.page.locator("#keys[open]").count()
    sato.look()
    sato.page.locator("#keys-on").uncheck()
    sato.page.locator("a.case", has_text=reference).focus()
    keys.press("c")
    assert sato.path == "/desk?tab=unassigned"  # switched off
    sato.page.locator("#keys-on").check()
    sato.page.locator("a.case", has_text=reference).focus()
    with sato.page.expect_navigation():
        keys.press("c")
    sato.look()
    sato.sees("引き受けました", reference)
    sato.open("/desk?tab=mine")
    sato.page.locator("tr", has_text=reference).locator(".mark-it input").focus()
    with sato.page.expect_navigation():
        keys.press("Enter")
    sato.sees(reference)
    sato.open("/desk?tab=unassigned")
    with sato.page.expect_navigation():
        keys.press("n")
