"""The ids of controls, and how an input spells an answer."""

from engine.model import Field


def anchor_of(name: str) -> str:
    """The id of the first control of the input `name`."""
    return "f-" + name.replace(".", "-")


def choice_id(name: str, number: int) -> str:
    """The first choice has the anchor itself, so that a mistake leads to it."""
    return anchor_of(name) if number == 0 else f"{anchor_of(name)}-{number + 1}"


def spelled(field: Field, answer: object) -> str:
    """How the first input of `field` spells an answer; of several choices, one of them."""
    if field.type.control == "checkboxes":
        return str(answer)
    return next(iter(field.type.show_raw(field, answer).values()))[0]
