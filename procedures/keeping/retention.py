"""How long each table is kept, and why: the one list, which the worker follows and docs/keeping.md shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from procedures.keeping.erasing import ERASED


@dataclass(frozen=True, slots=True)
class Rule:
    """`until` and `why` are plain words for operators; `by` is the worker's task that ends it, "" where none does."""

    what: str
    until: str
    why: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Age:
    """Rows that go by their age: so long after what stands in `column`; where nothing stands there, never."""

    column: str
    after: timedelta


DAY = timedelta(days=1)
FORGOTTEN: Mapping[str, Age] = {
    "web_session": Age("expires_at", DAY),
    "sign_in_challenge": Age("expires_at", DAY),
    "contact_code": Age("sent_at", 2 * DAY),
    "mail_link": Age("asked_at", 2 * DAY),
    "tries": Age("began", DAY),
    "webhook_delivery": Age("ended_at", 90 * DAY),
    "provider_event": Age("handled_at", 400 * DAY),
}
"""What the task `keeping.forget` deletes by age alone, table by table."""

JOBS_KEPT = 90 * DAY
KEYS_KEPT = 3650 * DAY
"""Of a job that must never be done twice its key is left for so long, and nothing else."""
UNUSED = 365 * DAY
UNUSED_PROFILE = 3 * UNUSED
MANDATE_KEPT = 365 * DAY
INVITED = 90 * DAY

_CASE = Rule(
    "a case: drafts, answers, files, messages, notes, decisions, papers",
    "the years that its procedure says (`retention`), from the 1 April after it ended; longer while a certificate is "
    "good or money is not settled; a draft that lapsed or was thrown away: 30 days",
    "the procedure; counted by the fiscal year as documents of offices are (公文書管理法施行令第8条)",
    "keeping.erase",
)
_REMAINS = Rule(
    "what is left of a case: that there was one, its history, its numbers",
    "not erased",
    "it names nobody: ids, days and numbers, by which what the office did can be shown (公文書管理法第4条)",
)
_LOGS = Rule("the audit log, the record of looks", "not erased", "field ids and keys of persons, never values; a chain")
_BOOKS = Rule(
    "the books: charges, payments, ledger, refunds, the bank's statements",
    "not erased; payers' names and words about refunds go five fiscal years after the charge's, once the case is "
    "erased",
    "a claim for money lapses after five years (地方自治法第236条第1項); amounts and days are the authority's accounts",
    "books.forget",
)
_RECEIPTS = Rule(
    "receipts (領収証) and their copies",
    "what they say: five fiscal years after the charge's, once the case is erased; number and day stay",
    "the same; the number is in a register without gaps",
    "books.forget",
)
_PEOPLE = Rule(
    "an account: name, address, claims of the sign-in, ways to be reached, passkeys, profile",
    "a year after the last visit, three where a profile was wished for; never while a case, a mandate or an act as "
    "staff is left",
    "needed to see one's cases, and no longer (個人情報保護法第61条第2項)",
    "keeping.people",
)
_MANDATES = Rule(
    "mandates", "a year after they ended or were never answered", "to show who was allowed to act", "keeping.people"
)
_STAFF = Rule(
    "staff: roles, absences, deputies, views of the queue, shares of work",
    "as long as they serve, or until they delete it",
    "who was allowed to decide must be known as long as the decision",
)
_INVITED = Rule("invitations of staff", "90 days after they could be used", "no use beyond that", "keeping.people")
_SESSIONS = Rule("sessions and challenges", "a day after they end", "to see misuse", "keeping.forget")
_CODES = Rule("codes and links to sign in", "two days", "counted against misuse for a day", "keeping.forget")
_TRIES = Rule("counts of tries that failed", "a day", "counted for an hour", "keeping.forget")
_TOKENS = Rule("tokens of other systems", "until they end", "no use beyond that", "client.forget")
_AHEAD = Rule("files that a client sent ahead", "a day", "until the submission that names them", "client.uploads")
_JOBS = Rule(
    "work that was done",
    "90 days; of what must not be done twice the key alone for ten years; what failed until somebody has seen to it",
    "to find out what went wrong",
    "keeping.jobs",
)
_DELIVERIES = Rule("webhooks that were delivered or given up", "90 days", "to send them again", "keeping.forget")
_EVENTS = Rule("hints of the payment provider", "400 days", "one that comes twice is known", "keeping.forget")
_BATCHES = Rule("batches of staff", "their words until done, their results 30 days", "to show results", "batch.forget")
_FEEDBACK = Rule("feedback", "the words a year, the figures for good", "without a name; read once", "feedback.forget")
_COUNTS = Rule("counts", "for good", "of nobody")
_ALIVE = Rule("signs of life", "a day after the last", "to see what runs", "each beat")
_SETUP = Rule("what the authority set up", "until it is changed", "nothing of residents")
_KEYS = Rule("keys", "as long as what they open", "deleting one erases what it opens, in backups too", "with its owner")


def _all(rule: Rule, *tables: str) -> Mapping[str, Rule]:
    return dict.fromkeys(tables, rule)


TABLES: Mapping[str, Rule] = {
    **_all(_CASE, *ERASED),
    **_all(_REMAINS, "application", "status_history", "case_event", "place", "intake", "erased"),
    **_all(_REMAINS, "paper_number", "certificate_counter"),
    **_all(_LOGS, "audit_event", "audit_head", "look", "look_head"),
    **_all(_BOOKS, "charge", "checkout", "checkout_charge", "pay_link", "payment", "payment_share"),
    **_all(_BOOKS, "refund", "refund_part", "dispute", "dispute_movement"),
    **_all(_BOOKS, "discrepancy", "discrepancy_note", "discrepancy_proposal"),
    **_all(_BOOKS, "ledger_account", "ledger_posting", "ledger_entry", "ledger_whole", "day_closing", "closing_head"),
    **_all(_BOOKS, "counter_entry", "counter_deposit", "counter_void"),
    **_all(_BOOKS, "bank_file", "bank_statement", "bank_line", "bank_match"),
    **_all(_BOOKS, "payout", "payout_item", "provider_transaction", "provider_import"),
    **_all(_RECEIPTS, "receipt", "receipt_copy", "receipt_cancellation"),
    **_all(_PEOPLE, "person", "person_claim", "contact", "passkey", "profile", "profile_value"),
    **_all(_MANDATES, "mandate_grant"),
    **_all(_STAFF, "staff_role", "absence", "deputy", "later_look", "office_assigning", "work_share"),
    **_all(_STAFF, "saved_view", "first_view"),
    **_all(_INVITED, "staff_invitation"),
    **_all(_SESSIONS, "web_session", "sign_in_challenge"),
    **_all(_CODES, "contact_code", "mail_link"),
    **_all(_TRIES, "tries"),
    **_all(_TOKENS, "api_token", "api_proof"),
    **_all(_AHEAD, "api_upload"),
    **_all(_JOBS, "job"),
    **_all(_DELIVERIES, "webhook_delivery"),
    **_all(_EVENTS, "provider_event"),
    **_all(_BATCHES, "batch", "batch_item"),
    **_all(_FEEDBACK, "feedback"),
    **_all(_COUNTS, "journey_count", "office_day", "counted_day"),
    **_all(_ALIVE, "heartbeat"),
    **_all(_SETUP, "api_client", "api_secret", "webhook_subscription", "office", "published_procedure"),
    **_all(_SETUP, "schema_floor", "sealing"),
    **_all(_KEYS, "case_key"),
}
"""Every table there is: a house test finds one that is missing."""

OUTLIVES: Mapping[str, Rule] = {
    **_all(_BOOKS, "charge.payer", "refund.note", "refund.decision", "refund.failure", "refund.slip"),
    **_all(_BOOKS, "discrepancy_note.text", "discrepancy_proposal.text", "discrepancy_proposal.decision"),
    **_all(_BOOKS, "dispute.ending_reason", "counter_void.reason", "day_closing.reason"),
    **_all(_BOOKS, "bank_file.content", "bank_line.text"),
    **_all(_RECEIPTS, "receipt.addressee", "receipt.contents", "receipt_copy.bytes"),
    **_all(_PEOPLE, "person.name", "person.email", "person.subject", "person_claim.value", "contact.address"),
    **_all(_PEOPLE, "passkey.name", "profile_value.answer"),
    **_all(_MANDATES, "mandate_grant.asked_as", "mandate_grant.principal", "mandate_grant.granted_as"),
    **_all(_SESSIONS, "web_session.data"),
    **_all(_CODES, "contact_code.address", "mail_link.address"),
    **_all(_AHEAD, "api_upload.name", "api_upload.bytes"),
    **_all(_BATCHES, "batch.details"),
    **_all(_FEEDBACK, "feedback.words"),
    **_all(_STAFF, "saved_view.name"),
}
"""What can hold words about a person and is still readable when their case was erased, with the rule that keeps it.

`table.bytes` are files. The test that fills everything (tests/payments/keeping) finds these places and no others.
"""

FOR_GOOD = frozenset(
    {
        *("refund.slip", "bank_file.content", "bank_line.text"),
        *("discrepancy_note.text", "discrepancy_proposal.text", "discrepancy_proposal.decision"),
        *("dispute.ending_reason", "counter_void.reason", "day_closing.reason"),
        "saved_view.name",
    }
)
"""Of these what nothing ends: the number of a bank's slip, what the bank itself wrote, what staff wrote for each other
about money (by the rules without names). The database refuses to change the books."""


def told() -> Iterable[tuple[Rule, list[str]]]:
    """Each rule once with its tables, in the order of the list."""
    found: dict[Rule, list[str]] = {}
    for table, rule in TABLES.items():
        found.setdefault(rule, []).append(table)
    return found.items()
