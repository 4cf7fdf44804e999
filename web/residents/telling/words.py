"""What residents' templates may call besides the words every page has."""

from dataclasses import dataclass

from markupsafe import Markup

from engine.fees import FeeQuote
from engine.model import Text
from engine.words import say
from payments.views import ChargeView
from web.context import language
from web.forms.wording import lang_attribute
from web.pages.rendering import yen


@dataclass(frozen=True, slots=True)
class BillLine:
    """One line of a bill, in words; `count` is empty where one line is one thing."""

    title: str
    lang: Markup
    unit: str
    count: str
    yen: str


def lang(wording: Text) -> Markup:
    """The `lang` attribute of an author's wording, where it is not in the language of the page."""
    return lang_attribute(wording, language())


def bill_lines(bill: FeeQuote | ChargeView) -> list[BillLine]:
    """The lines of a quote or a charge, and what is waived."""
    lines = [
        BillLine(line.title.say(language()), lang(line.title), yen(line.unit_yen), str(line.count), yen(line.yen))
        for line in bill.lines
        if line.count
    ]
    if bill.waived_yen:
        lines.append(BillLine(say("site.waived", language()), Markup(""), "", "", "-" + yen(bill.waived_yen)))
    return lines
