"""What stands in clear in the database, and why: every column of text that is not sealed is declared here."""

from collections.abc import Mapping

from sqlalchemy import Boolean, Date, Integer, Table

from procedures.models.base import UtcDateTime
from procedures.models.sealed import SealedText

ID = "an id, a key or a number that we gave"
WORD = "one word of a list in the code or of a procedure"
WHO = "the key of who did it: needed to hold them to it"
HASH = "a hash"
SETUP = "what the authority or another system set up; nothing of residents"
ACCOUNT = "the account: who signed in; joined in every list of staff, and looked up before there is a case"
SHORT = "needed to be compared, for two days at most"
BOOKS = "the books, kept by the law of accounts (会計法令) beyond the case"
COUNTED = "counted, of nobody"
STAFF = "words of staff for staff about what they do, by the rules without names; not shown to residents"
KEYED = "keyed: in place of each sign a keyed hash"

_WORDS = """
kind state status outcome purpose method channel language level assurance scope stage role event
source target who what rule side action measure detail page item removed media_type currency means
trouble result way reason_codes field_ids stages events scopes ending
"""
_WHO = """
actor by made_by entered_by changed_by invited_by named_by closed_by decided_by requested_by
proposed_by revoked_by cancelled_by undone_by granted_by published_by uploaded_by confirmed_by
resolved_by assigned_to asked_by claimed_by author absent deputy stood_in_for from_person to_person
stand_in bound_to recipient paid_by worker owner
"""
_HASHES = """
hash previous sha256 digest id_hash key_hash body_hash code_hash token_hash content_hash
"""
_IDS = """
id key once holder blob_key office from_office to_office series about number reference place
contents replaces instead_of concept claim issuer provider account procedures offices debit credit
code revenue_code seen credential public_key token name_ja name_en name_kana bureau session_id
order
"""

SAYS_NOTHING = Integer | Boolean | Date | UtcDateTime
"""What such a column holds names nobody: numbers, days, yes and no. Whatever else there is can hold anything."""

BY_NAME: Mapping[str, str] = {
    **dict.fromkeys(_WORDS.split(), WORD),
    **dict.fromkeys(_WHO.split(), WHO),
    **dict.fromkeys(_HASHES.split(), HASH),
    **dict.fromkeys(_IDS.split(), ID),
}
"""Names that mean the same wherever they stand. A name such as `note`, `text`, `name` or `address` is none of them."""

BY_COLUMN: Mapping[str, str] = {
    **dict.fromkeys(("case_key.master", "case_key.wrapped"), "a key, wrapped"),
    **dict.fromkeys(("person.subject", "person.name", "person.email"), ACCOUNT),
    **dict.fromkeys(("contact_code.address", "mail_link.address", "mail_link.browser", "mail_link.then"), SHORT),
    "web_session.data": "how somebody signed in, while the session lasts",
    "search_term.term": KEYED,
    "proposal.asked": WHO,
    "web_session.device": WORD,
    "job.payload": "ids, amounts, days and names of papers; what is sent is put together when it is sent",
    "job.error": "the kind of error and where, never its message",
    **dict.fromkeys(
        ("feedback.words", "journey_count.detail"), "of no case: numbers and addresses are taken out, a year"
    ),
    "audit_event.note": "numbers and words of lists, never values",
    **dict.fromkeys(
        (
            *("api_client.name", "api_client.jwks", "webhook_subscription.url", "webhook_subscription.why"),
            *("office.email", "published_procedure.file", "published_procedure.source", "passkey.name"),
            *(
                "heartbeat.name",
                "schema_floor.revision",
                "published_procedure.concepts",
                "published_procedure.shared",
                "staff_invitation.email",
            ),
        ),
        SETUP,
    ),
    "received_submission.their_reference": "the number that the sending system gave",
    **dict.fromkeys(("saved_view.name", "saved_view.query", "batch.details", "batch_item.facts"), STAFF),
    **dict.fromkeys(
        ("decision.reasons", "decision.appeal", "waiver_request.reasons", "waiver_request.appeal"),
        "the list of reasons and the notice of the procedure",
    ),
    **dict.fromkeys(
        (
            *(
                "bank_file.content",
                "bank_file.name",
                "bank_statement.holder",
                "bank_line.text",
                "charge.lines",
                "charge.payer",
            ),
            *("checkout.url", "counter_entry.slip", "counter_deposit.slip", "counter_void.reason"),
            *("day_closing.reason", "day_closing.figures", "discrepancy.expected", "discrepancy.found"),
            *("discrepancy.resolution", "discrepancy_note.text", "discrepancy_proposal.reason"),
            *("discrepancy_proposal.text", "discrepancy_proposal.parameters", "discrepancy_proposal.decision"),
            *("dispute.reason", "dispute.ending_reason", "receipt_cancellation.reason", "refund.reason", "refund.note"),
            *("refund.decision", "refund.failure", "refund.slip", "refund_part.title", "ledger_account.title"),
            *("discrepancy.provider_object",),
        ),
        BOOKS,
    ),
}


def undeclared(table: Table) -> list[str]:
    """The columns of a table that are neither numbers or days, nor sealed, nor declared, as `table.column`."""
    found = []
    for column in table.c:
        if isinstance(column.type, SealedText | SAYS_NOTHING):
            continue
        place = f"{table.name}.{column.name}"
        if place not in BY_COLUMN and column.name not in BY_NAME and not column.name.endswith("_id"):
            found.append(place)
    return found
