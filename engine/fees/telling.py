"""A quote in words for an author: each amount with its reason, what was taken off and why, what the whole came to."""

from collections.abc import Iterable, Iterator, Mapping

from engine.fees.asking import Offered
from engine.fees.quoted import AskedWaiver, FeeQuote, QuotedLine, QuotedWaiver
from engine.words import say


def bill_in_words(bill: FeeQuote, language: str, titles: Mapping[str, str]) -> Iterator[str]:
    """One line of text for each part of the bill, the total last. `titles` says what papers are called."""
    for line in bill.lines:
        yield from _line(line, language)
    for adjustment in bill.adjustments:
        yield say(f"why.fee_{adjustment.kind}", language, yen=f"{adjustment.yen:+,}".replace("-", "−"))
    if not bill.waivers and bill.waived_yen:
        yield say("why.fee_waived", language, total=f"{bill.waived_yen:,}")
    for waiver in bill.waivers:
        yield from _waiver(waiver, language, titles)
    yield say("why.fee_total", language, total=f"{bill.total:,}")
    for asked in bill.asked:
        yield from _asked(asked, language, titles)
    if bill.if_granted is not None:
        yield "  " + say("why.fee_if_granted", language, total=f"{bill.if_granted:,}")


def offers_in_words(found: Iterable[Offered], language: str, titles: Mapping[str, str]) -> Iterator[str]:
    """One line for each reduction that could be asked for and is not."""
    for one in found:
        told = {"title": one.waiver.title.say(language), "law": one.waiver.law or "–"}
        yield say("why.fee_offered", language, question=titles.get(one.asked, one.asked), **told)


def _line(line: QuotedLine, language: str) -> Iterator[str]:
    title = line.title.say(language)
    if line.group is not None:
        title = say("fees.of_line", language, title=title, group=line.group.say(language))
    shown = {"count": line.count, "unit": f"{line.unit_yen:,}", "total": f"{line.yen:,}", "law": line.law}
    yield say("why.fee_line", language, title=title, **shown)
    if line.rule is not None:
        yield "  " + say("why.fee_rule", language, rule=line.rule.say(language))
    if line.rate_on != "submitted":
        yield "  " + say(f"why.rate_{line.rate_on}", language)


def _waiver(waiver: QuotedWaiver, language: str, titles: Mapping[str, str]) -> Iterator[str]:
    told = {"title": waiver.title.say(language), "why": waiver.why.say(language), "law": waiver.law or "–"}
    yield say("why.fee_waiver", language, total=f"{waiver.yen:,}", **told)
    if waiver.granted is not None:
        yield "  " + say("why.fee_granted", language, percent=waiver.granted)
    elif waiver.needs:
        yield "  " + say("why.fee_waiver_waits", language, needs=_papers(waiver.needs, language, titles))


def _asked(asked: AskedWaiver, language: str, titles: Mapping[str, str]) -> Iterator[str]:
    told = {"title": asked.title.say(language), "why": asked.why.say(language), "law": asked.law or "–"}
    yield say("why.fee_asked", language, total=f"{asked.yen:,}", **told)
    if asked.needs:
        yield "  " + say("why.fee_evidence", language, needs=_papers(asked.needs, language, titles))


def _papers(names: Iterable[str], language: str, titles: Mapping[str, str]) -> str:
    return say("why.fee_and", language).join(titles.get(name, name) for name in names)
