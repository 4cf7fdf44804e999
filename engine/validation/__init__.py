"""Whether answers are as the procedure wants them, and in which words to say so."""

from engine.validation.checking import check_fields
from engine.validation.failures import Failure
from engine.validation.reading import Reading, read_fields
from engine.validation.submission import check_received, check_submission

__all__ = ["Failure", "Reading", "check_fields", "check_received", "check_submission", "read_fields"]
