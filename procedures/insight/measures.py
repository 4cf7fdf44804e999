"""What is counted on the pages of a procedure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine.model import Procedure


class Measure(StrEnum):
    """One kind of count; the comment says what `detail` holds."""

    STARTED = "started"  # the device
    SUBMITTED = "submitted"  # the device
    LANGUAGE = "language"  # the language, at the start
    WITHOUT_SCRIPT = "without_script"  # "" – a page answered where JavaScript does not run
    SHOWN = "shown"  # ""
    ANSWERED = "answered"  # "" – for the first time in this draft
    REFUSED = "refused"  # "" – a page came back with mistakes
    MISTAKE = "mistake"  # the question and the key of what was wrong, parted by a space
    SECONDS = "seconds"  # the upper bound of the bucket
    LEFT = "left"  # lapsed or discarded: the draft ended with this page unanswered


@dataclass(frozen=True, slots=True)
class Happening:
    """What is counted: a measure on a page of a version on a day. `page` is empty for the procedure as a whole."""

    procedure_id: str
    version: date
    day: date
    page: str
    measure: Measure
    detail: str = ""

    @classmethod
    def of(cls, procedure: Procedure, day: date, measure: Measure, page: str = "", detail: str = "") -> "Happening":
        """Of one of the procedure's pages."""
        return cls(procedure.id, procedure.version, day, page, measure, detail)
