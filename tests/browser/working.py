"""What staff do with a case: claim and propose, approve or refuse."""

from tests.browser.person import Person


def find_case(person: Person, reference: str) -> None:
    """From the desk to the case with this reference."""
    person.open("/desk")
    person.page.locator('main input[name="q"]').first.fill(reference)
    person.press("探す")


def propose_approval(clerk: Person, reference: str) -> None:
    """Claim the case and propose to approve it."""
    find_case(clerk, reference)
    clerk.press("引き受ける")
    clerk.follow("起案する")
    clerk.type({"outcome": "approve"})
    clerk.press("通知を確かめる")
    clerk.press("この内容で起案する")
    clerk.sees("起案しました。")


def approve(approver: Person, reference: str) -> None:
    """Decide as proposed."""
    find_case(approver, reference)
    approver.press("承認を決裁する")
    approver.sees("決裁しました。")


def reference_of(person: Person) -> str:
    """The reference on the page."""
    return person.page.locator(".reference").first.inner_text().strip()
