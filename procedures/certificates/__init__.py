"""Certificates: numbered, set as PDF, sealed, kept, opened by those concerned; revoked and issued again.

`revoke` is the call for whoever takes a decision back: every certificate of the case, with the reason.
"""

from procedures.certificates.again import issue_again
from procedures.certificates.ending import LONGEST_REASON, give_up, revoke, revoke_one
from procedures.certificates.making import handler
from procedures.certificates.reading import open_certificate

__all__ = ["LONGEST_REASON", "give_up", "handler", "issue_again", "open_certificate", "revoke", "revoke_one"]
