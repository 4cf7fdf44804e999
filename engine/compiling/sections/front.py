"""What a procedure says before it asks and once it is sent: how to sign in, what to have at hand, what is next."""

from engine.compiling.rules.stopping import link
from engine.language.kinds import Part
from engine.model import Afterwards, BeforeYouStart, Representation, SignIn
from engine.problems import Code, Report

NO_SIGN_IN = Code(
    "representation-without-sign-in",
    example="sign_in: {required: false}\n    representation: {by: [family], needs: grant}",
)


def sign_in(part: Part | None) -> SignIn:
    """How to sign in; by default one must, at the lowest level."""
    if part is None:
        return SignIn()
    return SignIn(part.get("required", True), part.get("assurance", "basic"))


def representation(whole: Part, report: Report) -> Representation | None:
    """Who may act for somebody else, where anybody may; they sign in, because a mandate is given to somebody."""
    part: Part | None = whole.get("representation")
    if part is not None and not sign_in(whole.get("sign_in")).required:
        report.add(NO_SIGN_IN, part.node, "representation")
    if part is None or not {"by", "needs"} <= part.values.keys():
        return None
    return Representation(tuple(part.get("by")), part.get("needs"))


def before_you_start(part: Part | None) -> BeforeYouStart:
    """What the first page tells."""
    if part is None:
        return BeforeYouStart()
    return BeforeYouStart(part.get("minutes"), part.get("bring", ()), part.get("who"), part.get("deadline"))


def afterwards(part: Part | None) -> Afterwards | None:
    """What the last page tells beside what it always does."""
    return None if part is None or "text" not in part.values else Afterwards(part.get("text"), link(part))
