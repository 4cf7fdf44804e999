"""What residents' templates may call besides the words every page has."""

from dataclasses import dataclass

from markupsafe import Markup

from engine.fees import FeeQuote, QuotedLine, QuotedWaiver
from engine.model import Text
from engine.words import say
from payments.views import ChargeView
from web.context import language
from web.forms.wording import lang_attribute
from web.pages.rendering import yen


@dataclass(frozen=True, slots=True)
class BillLine:
    """One line of a bill, in words; `count` is empty where one line is one thing.

    `why` says how the amount was found or why it is taken off, where there is more to say than unit and count.
    """

    title: str
    lang: Markup
    unit: str
    count: str
    yen: str
    why: str = ""


def lang(wording: Text) -> Markup:
    """The `lang` attribute of an author's wording, where it is not in the language of the page."""
    return lang_attribute(wording, language())


def bill_lines(bill: FeeQuote | ChargeView) -> list[BillLine]:
    """The lines of a quote or a charge, what the whole is adjusted by, and what is waived and why."""
    lines = [_line(line) for line in bill.lines if line.count]
    if bill.adjusted_yen:
        lines.append(_taken(say("site.adjusted", language()), bill.adjusted_yen))
    waivers = () if isinstance(bill, ChargeView) else bill.waivers
    lines.extend(_waiver(waiver) for waiver in waivers)
    if bill.waived_yen and not waivers:
        lines.append(_taken(say("site.waived", language()), -bill.waived_yen))
    return lines


def _line(line: QuotedLine) -> BillLine:
    title = line.title.say(language())
    if line.group is not None:
        title = say("fees.of_line", language(), title=title, group=line.group.say(language()))
    count = f"{line.count}{line.unit.say(language())}" if line.unit and language() != "en" else str(line.count)
    why = line.rule.say(language()) if line.rule else ""
    return BillLine(title, lang(line.title), yen(line.unit_yen), count, yen(line.yen), why)


def _waiver(waiver: QuotedWaiver) -> BillLine:
    """What it takes off, why, and that it counts only once a clerk has seen the evidence."""
    why = "" if waiver.granted is not None else waiver.why.say(language())
    if waiver.awaits_approval:
        why = f"{why} {say('site.waiver_waits', language())}"
    return BillLine(waiver.title.say(language()), lang(waiver.title), "", "", yen(-waiver.yen), why)


def _taken(title: str, amount: int) -> BillLine:
    return BillLine(title, Markup(""), "", "", yen(amount))
