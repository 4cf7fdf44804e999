"""A question as plain data that a template draws without asking anything further."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from markupsafe import Markup

from web.forms.wording import NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer to choose. `value` is what the browser sends, `id` the id of its control.

    `when_rule` and `when_words` are those of a `Question`.
    """

    value: str
    id: str
    title: str
    title_lang: Markup = NONE
    hint: str = ""
    hint_lang: Markup = NONE
    alone: bool = False  # excludes the others
    when_rule: str = ""
    when_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One control. `attributes` are finished HTML; `half`: stands beside its neighbour where there is room.

    `aside`: another way to answer, folded away below the others.
    """

    name: str
    id: str
    kind: str  # input, textarea, select
    label: str = ""
    attributes: Markup = NONE
    choices: tuple[Choice, ...] = ()
    blank: bool = True  # a select begins with "please choose"
    optional: bool = False
    half: bool = False
    aside: bool = False
    find: bool = False  # a select long enough that one finds by typing, where there is JavaScript


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper that may be used again: its id, its name, where to look at it, and when it was sent, in words."""

    id: str
    name: str
    href: str
    sent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a page, in one language. `anchor` is the id of its first control, where errors lead to.

    `when_rule` is JSON for the browser (see `web.forms.reveal`), `when_words` says the same without JavaScript; both
    are empty unless the question depends on another one of the same page. `law` (in Japanese) and `purpose` say why it
    is asked.
    """

    name: str
    id: str  # the field's own id, within its step, object or list item
    control: str
    anchor: str
    grouped: bool  # a fieldset with a legend instead of a label
    title: str
    title_lang: Markup = NONE
    hint: str = ""
    hint_lang: Markup = NONE
    law: str = ""
    law_lang: Markup = NONE
    purpose: str = ""
    purpose_lang: Markup = NONE
    optional: bool = False
    inputs: tuple[Input, ...] = ()
    options: tuple[Choice, ...] = ()
    questions: tuple["Question", ...] = ()  # of a group
    statements: tuple[tuple[str, str], ...] = ()  # what a declaration confirms, each with its `lang` attribute
    unit: str = ""
    unit_lang: Markup = NONE
    example: str = ""
    most: int = 0  # how many of what is `counted` there may be; 0 where that is not shown
    counted: str = ""  # characters, words
    offered: tuple[str, ...] | None = None  # the values left of options with conditions
    earlier: str = ""  # what was answered to an earlier version of the procedure
    known: str = ""  # where the answer came from that was filled in
    again: tuple["PaperLine", ...] = ()  # papers that were sent before and fit here
    when_rule: str = ""
    when_words: str = ""

    def only(self, values: Collection[str]) -> "Question":
        """Without the choices that are not among `values`, unless they are none or depend on this same page."""
        kept = tuple(one for one in self.options if one.value in values or one.when_words or not one.value)
        inputs = tuple(replace(one, choices=kept) if one.choices else one for one in self.inputs)
        return replace(self, options=kept, inputs=inputs, offered=tuple(one.value for one in kept))
