"""What can be refused, as the layers above see it."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from engine.lifecycle import TransitionRefused

# What cleans a stranger's file reads this module in a process of its own, for each file.
if TYPE_CHECKING:
    from engine.rules.acceptance import Standing
    from engine.validation import Failure

__all__ = [
    "AlreadyDecided",
    "AlreadySubmitted",
    "AssuranceTooLow",
    "Conflict",
    "CorrectionRefused",
    "FileRefused",
    "MandateMissing",
    "MessageRefused",
    "NoCorrection",
    "NoLawfulReason",
    "NotAccepted",
    "NotComplete",
    "NotFound",
    "NotGrantable",
    "NothingCorrected",
    "NothingGranted",
    "PaperRefused",
    "ProposalChanged",
    "SamePerson",
    "SignInRequired",
    "StaleDraft",
    "TransitionRefused",
    "VersionClosed",
    "VersionTaken",
    "WaiverUndecided",
]


class NotFound(Exception):
    """There is no such thing, or it is not for this actor: both look the same."""


class SignInRequired(Exception):
    """The procedure wants to know who applies; the visitor must sign in first."""


class AssuranceTooLow(Exception):
    """The applicant must sign in again in a way that is surer of who it is; `needed` says how sure."""

    def __init__(self, needed: str) -> None:
        self.needed = needed
        super().__init__(f"assurance {needed} is needed")


class StaleDraft(Exception):
    """The draft was saved elsewhere meanwhile; `current` is its revision now."""

    def __init__(self, current: int) -> None:
        self.current = current
        super().__init__(f"the draft is at revision {current}")


class MandateMissing(Exception):
    """Who applies for somebody else has not shown the mandate, or it does not hold any more."""


class NotAccepted(Exception):
    """No applications are taken now; `standing` says why and when again. Drafts stay as they are."""

    def __init__(self, standing: "Standing") -> None:
        self.standing = standing
        super().__init__(f"no applications are taken: {standing.state}")


class NotComplete(Exception):
    """The submission has missing or wrong answers."""

    def __init__(self, failures: Sequence["Failure"]) -> None:
        self.failures = tuple(failures)
        super().__init__(f"{len(self.failures)} answers are missing or wrong")


class AlreadySubmitted(Exception):
    """The case is no draft any more; `status` is where it stands. A double click ends here."""

    def __init__(self, status: str, reference: str | None = None) -> None:
        self.status, self.reference = status, reference
        super().__init__(f"already submitted, now {status}")


class Conflict(Exception):
    """Somebody else was first: `who` (a name for people) did it at `when` (UTC)."""

    def __init__(self, who: str, when: datetime) -> None:
        self.who, self.when = who, when
        super().__init__("somebody else was first")


class SamePerson(Exception):
    """Who proposed a decision cannot approve it; nor does who passed it at another stage (`passed`)."""

    def __init__(self, *, passed: bool = False) -> None:
        self.passed = passed
        super().__init__("passed by the same person" if passed else "proposed by the same person")


class NothingGranted(Exception):
    """An approval in part says what it grants."""


class AlreadyDecided(Exception):
    """The case was decided: `by` (a name) at `at` (UTC)."""

    def __init__(self, by: str, at: datetime) -> None:
        self.by, self.at = by, at
        super().__init__("already decided")


class ProposalChanged(Exception):
    """The proposal on the screen is no longer the open one: look at the case again."""


class NotGrantable(Exception):
    """The spec does not allow this decision on a reduction, or not by this person alone; `waiver` names it."""

    def __init__(self, waiver: str) -> None:
        self.waiver = waiver
        super().__init__(f"{waiver} cannot be decided so")


class WaiverUndecided(Exception):
    """The case cannot be approved before the reductions that are asked for are decided."""


class NoLawfulReason(Exception):
    """A refusal needs at least one reason of the procedure's list; `unknown` are codes that are not on it."""

    def __init__(self, unknown: Sequence[str] = ()) -> None:
        self.unknown = tuple(unknown)
        super().__init__("a refusal needs a reason of the procedure's list")


class CorrectionRefused(Exception):
    """A request for correction cannot be sent: `what` is nothing, place, why or day."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"the request does not do: {what}")


class MessageRefused(Exception):
    """A message cannot be sent: `what` is empty, long, many or over (the case ended too long ago)."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"the message does not do: {what}")


class PaperRefused(Exception):
    """Nothing can be done so with an issued paper: `what` is reason (none given), long, expired or over."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"the paper is left as it is: {what}")


class NoCorrection(Exception):
    """No correction is asked for (any more); `status` is where the case stands."""

    def __init__(self, status: str) -> None:
        self.status = status
        super().__init__(f"no correction is asked for, now {status}")


class NothingCorrected(Exception):
    """A correction without a change needs at least a word to the office."""


class FileRefused(Exception):
    """An upload cannot be kept. `key` names the wording in the catalogue (`notices.file_…`), `params` fill it."""

    def __init__(self, key: str, **params: object) -> None:
        self.key, self.params = key, params
        super().__init__(key)


class VersionClosed(Exception):
    """The draft is on a version that is not open any more: it has to move to the one in force first."""


class VersionTaken(Exception):
    """The version was published with other content: published versions never change."""
