"""The first mail that the applicant will get when a proposal is approved, as it will be worded."""

from dataclasses import dataclass

from procedures.cases import CaseView
from procedures.mails.footer import whole_text
from procedures.mails.wording import worded
from web.desk.pages.letters import Letter
from web.notifying import sender_of
from web.settings import Settings


@dataclass(frozen=True, slots=True)
class Mail:
    """Subject and body, in the applicant's language."""

    subject: str
    body: str


def mail_of(case: CaseView, letter: Letter, settings: Settings) -> Mail:
    """The mail that goes with `letter`: about the fee, the certificate, the completion or the refusal."""
    spoken = letter.language
    parameters = {
        "reference": case.reference,
        "title": case.procedure.title.say(spoken),
        "due": case.due_on,
        "link": f"{settings.public_url.rstrip('/')}/applications/{case.application_id}",
        "yen": letter.yen,
        "pay_by": letter.pay_by,
        "certificate": letter.papers[0].title.say(spoken) if letter.papers else None,
    }
    words = worded(_kind(letter), spoken, parameters)
    return Mail(words.subject, whole_text(words.body, sender_of(settings), spoken))


def _kind(letter: Letter) -> str:
    if letter.outcome == "refuse":
        return "refused"
    if letter.outcome == "partly":
        return "partly"
    if letter.yen:
        return "issue_fee_due"
    return "certificate_ready" if letter.papers else "completed"
