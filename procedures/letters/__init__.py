"""Letters of decisions (通知書): reasons, how to appeal, sealed as a PDF; previewed exactly as they will be issued."""

from procedures.letters.making import JOB, handler, order
from procedures.letters.reading import IssuedLetter, letters, open_letter

__all__ = ["JOB", "IssuedLetter", "handler", "letters", "open_letter", "order"]
