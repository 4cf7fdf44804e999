"""What the applicant and staff do with a case: file, claim and propose, approve."""

from tests.browser import filing
from tests.browser.person import Person
from tests.browser.plain import Plain


def file_tax_certificate(hanako: Person) -> tuple[str, str]:
    """Unseen: the id of the application, which is sent, and its reference."""
    with hanako.unseen() as unseen:
        application = filing.tax_certificate(unseen)
        unseen.press("この内容で送信する")
    return application, reference_of(hanako)


def find_case(person: Person | Plain, reference: str) -> None:
    """From the desk to the case with this reference."""
    person.open("/desk")
    person.type({"q": reference})
    person.press("探す")


def propose_approval(clerk: Person | Plain, reference: str) -> None:
    """Claim the case and propose to approve it."""
    find_case(clerk, reference)
    clerk.press("引き受ける")
    clerk.follow("起案する")
    clerk.type({"outcome": "approve"})
    clerk.press("通知を確かめる")
    clerk.press("この内容で起案する")
    clerk.sees("起案しました。")


def approve(approver: Person | Plain, reference: str) -> None:
    """Decide as proposed."""
    find_case(approver, reference)
    approver.press("承認を決裁する")
    approver.sees("決裁しました。")


def reference_of(person: Person) -> str:
    """The reference on the page."""
    return person.page.locator(".reference").first.inner_text().strip()
