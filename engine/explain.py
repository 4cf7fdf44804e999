"""Tells in words where given answers lead: the path, the fee, the office, and why."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.expressions import UNKNOWN, Expression
from engine.fees import NoRate, UnknownFee, offered, pay_by, quote
from engine.fees.telling import bill_in_words, offers_in_words
from engine.fields.days import show_day
from engine.journey import Journey, walk
from engine.model import Caution, Derived, Field, Procedure, Stop, Text
from engine.routing import NoOffice, office_of, standard_days
from engine.rules.acceptance import standing
from engine.titles import titles_in
from engine.validation import check_submission
from engine.values import shown, why
from engine.words import say


def explain(procedure: Procedure, answers: Mapping[str, Any], today: date, language: str = "ja") -> str:
    """Several lines for an author: what is asked, what it costs, who examines it, what is not accepted."""
    journey = walk(procedure, answers, today)
    return "\n".join(_Explanation(procedure, journey, today, language, titles(procedure, language)).lines(answers))


def why_office(procedure: Procedure, answers: Mapping[str, Any], today: date, language: str = "ja") -> str:
    """From what in these answers the office follows; "" where the procedure names one."""
    review = procedure.review
    if review is None or isinstance(review.office, str):
        return ""
    scope = walk(procedure, answers, today).scope
    return why(review.office, scope, language, titles(procedure, language), procedure.conditions)


def titles(procedure: Procedure, language: str) -> dict[str, str]:
    """What people call the names in expressions: fields, properties, options as `field=value`."""
    return titles_in(procedure, language)


def stopped(stop: NoRate | UnknownFee, procedure: Procedure, language: str) -> str:
    """Why there is no price, for an author."""
    lines = procedure.fees.lines if procedure.fees else ()
    title = next((line.title.say(language) for line in lines if line.id == stop.line), stop.line)
    if isinstance(stop, NoRate):
        return say("why.fee_no_rate", language, title=title, day=show_day(stop.day, language))
    return say("why.fee_not_counted", language, title=title)


@dataclass(frozen=True, slots=True)
class _Explanation:
    """One explanation while it is written."""

    procedure: Procedure
    journey: Journey
    today: date
    language: str
    titles: Mapping[str, str]

    def lines(self, answers: Mapping[str, Any]) -> Iterator[str]:
        procedure = self.procedure
        title, day = procedure.title.say(self.language), self.day(self.today)
        yield self.say("why.head", title=title, id=procedure.id, version=procedure.version, day=day)
        yield self.acceptance()
        yield from self.path()
        yield from self.rules()
        yield from self.values()
        if not self.journey.stops:
            yield from self.fee()
            yield from self.office()
        yield from self.verdict(answers)

    def acceptance(self) -> str:
        """Whether applications are taken on the day."""
        found = standing(self.procedure.accepts, self.today)
        if found.state == "open":
            return self.say("why.open_until", day=self.day(found.closes)) if found.closes else self.say("why.open")
        key = {"suspended": "why.suspended", "not_yet": "why.not_open"}.get(found.state, "why.over")
        return self.say(key) + (self.say("why.opens", day=self.day(found.opens)) if found.opens else "")

    def path(self) -> Iterator[str]:
        yield self.say("why.path")
        on_path = {step.id for step in self.journey.steps}
        for step in self.procedure.steps:
            mark, why = self.condition(step.when)
            yield f"  {mark} {step.id} {step.title.say(self.language)}: {why}"
            if step.id in on_path:
                yield from (f"      {line}" for line in self.hidden(step.fields))
            if self.journey.stops and step is self.journey.steps[-1]:
                yield "  " + self.say("why.ends_here")
                return

    def condition(self, when: Expression | None) -> tuple[str, str]:
        """Whether a condition holds, as a mark and in words."""
        if when is None:
            return "✓", self.say("why.always")
        found = when.evaluate(self.journey.scope)
        mark, key = ("?", "why.open_yet") if found is UNKNOWN else ("✓", "why.holds") if found else ("–", "why.fails")
        return mark, self.say(key, condition=self.in_words(when)) + self.source(when)

    def hidden(self, fields: tuple[Field, ...]) -> Iterator[str]:
        """The fields of a step on the path that are not asked."""
        for field in fields:
            if field.id not in self.journey.shown and field.when is not None:
                condition, title = self.in_words(field.when), field.title.say(self.language)
                yield self.say("why.hidden_field", field=field.id, title=title, condition=condition)

    def rules(self) -> Iterator[str]:
        """The stops that end the way, and what is pointed out."""
        for stop in self.journey.stops:
            yield from self.rule("why.stop", stop, stop.reason)
            yield "  " + self.say("why.instead", told=stop.instead.say(self.language))
        for warned in self.journey.warnings:
            yield from self.rule("why.warning", warned.caution, warned.caution.text)

    def rule(self, key: str, rule: Stop | Caution, told: Text) -> Iterator[str]:
        law = self.say("why.resting_on", law=rule.law) if rule.law else ""
        yield self.say(key, id=rule.id, told=told.say(self.language)) + law
        yield "  " + self.because(rule.when)

    def because(self, condition: Expression) -> str:
        return self.say("why.because", condition=self.in_words(condition)) + self.source(condition)

    def source(self, condition: Expression) -> str:
        """The condition as the author wrote it."""
        return f"  [{condition.source}]"

    def in_words(self, condition: Expression) -> str:
        return condition.explain(self.language, self.titles, self.procedure.conditions)

    def fee(self) -> Iterator[str]:
        try:
            bill = quote(self.procedure, self.journey, self.today)
        except (NoRate, UnknownFee) as stop:
            yield self.say("why.fee")
            yield "  " + stopped(stop, self.procedure, self.language)
            return
        if bill is None:
            yield self.say("why.fee_none")
            return
        yield self.say("why.fee")
        yield from (f"  {line}" for line in bill_in_words(bill, self.language, self.titles))
        waiting = offered(self.procedure, self.journey)
        yield from (f"  {line}" for line in offers_in_words(waiting, self.language, self.titles))
        if bill.asked and self.procedure.fees and not self.procedure.fees.after_review:
            yield "  " + self.say("why.fee_demanded_later")
        elif bill.total:
            yield "  " + self.say("why.pay_by", day=self.day(pay_by(self.procedure, self.journey, self.today)))

    def values(self) -> Iterator[str]:
        """The calculated values, and why each is what it is."""
        if self.procedure.calculated:
            yield self.say("why.values")
        for name, calculated in self.procedure.calculated.items():
            title = self.titles.get(name, name)
            found = shown(calculated, self.journey.scope, self.language) or self.say("why.unknown")
            yield f"  {title} = {found}{self.reason(calculated.value)}"

    def reason(self, value: Derived) -> str:
        """Why a value is what it is; nothing of one that is simply written."""
        if isinstance(value, Expression) and isinstance(value.syntax.tree, ast.Constant):
            return ""
        words = why(value, self.journey.scope, self.language, self.titles, self.procedure.conditions)
        return self.say("why.reason", words=words) if words else ""

    def office(self) -> Iterator[str]:
        review = self.procedure.review
        if review is None:
            yield self.say("why.office_none")
            return
        try:
            office, days = office_of(self.procedure, self.journey), standard_days(self.procedure, self.journey)
        except NoOffice as stop:
            yield self.say("why.office_unknown", missing=f"review.{stop.key}")
            return
        yield self.say("why.office", office=office) + self.chosen(review.office)
        yield self.say("why.standard_days", days=days) + self.chosen(review.standard_days)

    def chosen(self, value: Derived | str | int) -> str:
        return "" if isinstance(value, str | int) else self.reason(value)

    def verdict(self, answers: Mapping[str, Any]) -> Iterator[str]:
        if self.journey.stops:
            yield self.say("why.cannot")
            return
        failures = check_submission(self.procedure, answers, self.today)
        yield self.say("why.rejected" if failures else "why.accepted")
        for failure in failures:
            yield f"  {'.'.join(map(str, failure.path))}: {failure.say(self.language)}"

    def day(self, day: date) -> str:
        return show_day(day, self.language)

    def say(self, key: str, **parameters: object) -> str:
        return say(key, self.language, **parameters)
