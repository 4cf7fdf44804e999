"""What a field says together with the concept that it is an instance of."""

from dataclasses import dataclass
from typing import Any

from engine.compiling import codes
from engine.compiling.concepts import Concepts
from engine.language.fields import HOW_TO_ASK
from engine.language.kinds import Part
from engine.problems import Report, Suggestion


@dataclass(frozen=True, slots=True)
class Merged:
    """A field's part and the values in force: its own, else those of its concept."""

    part: Part
    values: dict[str, Any]
    whole: bool = True  # False where the concept is unknown, so that what is missing here may be there

    def get(self, key: str, default: Any = None) -> Any:
        """The value of `key` in force."""
        return self.values.get(key, default)

    @property
    def written(self) -> dict[str, Any]:
        """The JSON Schema keywords and those of the type, without the keys that say how to ask."""
        return {key: value for key, value in self.values.items() if key not in HOW_TO_ASK}


def merge(part: Part, concepts: Concepts, report: Report) -> Merged:
    """The field over its concept. An unknown concept is reported, and the field stands alone."""
    name = part.get("concept")
    if name is None:
        return Merged(part, part.values)
    concept = concepts.parts.get(name)
    if concept is None:
        advice = Suggestion.among(name, concepts.parts)
        report.add(codes.UNKNOWN_CONCEPT, part.place("concept"), part.at("concept"), name=name, advice=advice)
        return Merged(part, part.values, whole=False)
    return Merged(part, {**concept.values, **part.values})
