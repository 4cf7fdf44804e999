"""Where an answer may be offered again: as the field says, else its concept, else by how sensitive it is."""

from engine.compiling.fields.merging import Merged
from engine.fields.base import FieldType
from engine.model.fields import Reuse

ASKED_ANEW = frozenset({"financial", "sensitive", "my_number"})
"""What is not offered again unless a field or concept says so (個人情報の保護に関する法律第2条第3項, 番号法第20条)."""


def reuse(kind: FieldType, merged: Merged) -> Reuse:
    """The key `reuse` in force. What confirms something is asked anew whatever is written."""
    if kind.asked_anew:
        return "never"
    usual: Reuse = "never" if (kind.privacy or merged.get("privacy")) in ASKED_ANEW else "application"
    declared: Reuse = merged.get("reuse", usual)
    return declared
