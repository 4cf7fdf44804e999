"""Runs each example: whether it takes the path, costs the fee and meets the errors that its author promised."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.explain import stopped
from engine.fees import Days, FeeQuote, NoRate, UnknownFee, pay_by, quote
from engine.journey import Journey, walk
from engine.model import Procedure, Scenario
from engine.problems import Code, Problem, Report, Spot, has_errors
from engine.routing import NoOffice, office_of, standard_days
from engine.scenarios import codes
from engine.scenarios.coverage import Coverage, Path
from engine.source import MappingNode
from engine.source.nodes import find
from engine.validation import Failure, check_submission
from engine.validation.failures import STOP

NOTHING = {"ja": "（なし）", "en": "(none)"}
UNVISITED = {
    "step": {"ja": "この画面を通る例", "en": "visits this step"},
    "shown": {"ja": "この条件が成り立つ例", "en": "makes this condition hold"},
    "hidden": {"ja": "この条件が成り立たない例", "en": "makes this condition fail"},
    "kept": {"ja": "この確認を満たす例", "en": "keeps this check"},
    "broken": {"ja": "この確認に反する例", "en": "breaks this check"},
    "fee_line": {"ja": "この手数料がかかる例", "en": "is charged this fee"},
    "table_row": {"ja": "表のこの行に当てはまる例", "en": "hits this row of the table"},
}


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """How one example went."""

    name: str
    line: int
    problems: tuple[Problem, ...]

    @property
    def passed(self) -> bool:
        """Whether everything came true."""
        return not has_errors(self.problems)


@dataclass(frozen=True, slots=True)
class ScenarioReport:
    """How all examples went, and what they visit together."""

    results: tuple[ScenarioResult, ...]
    coverage: Coverage
    problems: tuple[Problem, ...]


def run(procedure: Procedure, file: str = "", root: MappingNode | None = None) -> ScenarioReport:
    """Run every scenario. `root` is the source, where it is at hand: what is not visited is shown at its place."""
    coverage = Coverage.of(procedure)
    results = []
    for index, scenario in enumerate(procedure.scenarios):
        report = Report(file)
        _Trial(procedure, scenario, ("scenarios", index, "expect"), report, root).run(coverage)
        results.append(ScenarioResult(scenario.name, scenario.line, report.problems))
    whole = Report(file)
    for result in results:
        whole.include(result.problems)
    for what, path in coverage.missing():
        place = Spot(1, 1) if root is None else find(root, _where(what, path))
        whole.add(codes.UNVISITED, place, ".".join(map(str, path)), what=UNVISITED[what])
    return ScenarioReport(tuple(results), coverage, whole.problems)


@dataclass(frozen=True, slots=True)
class _Trial:
    """One example being run."""

    procedure: Procedure
    scenario: Scenario
    path: Path
    report: Report
    root: MappingNode | None

    def run(self, coverage: Coverage) -> None:
        journey = walk(self.procedure, self.scenario.answers, self.scenario.on)
        failures = check_submission(self.procedure, self.scenario.answers, self.scenario.on)
        bill = self.price(journey, failures)
        self.compare_steps(journey)
        self.compare_office(journey, failures)
        self.compare_rules(journey)
        self.compare_failures(failures)
        coverage.visit(self.procedure, journey, bill)

    def price(self, journey: Journey, failures: tuple[Failure, ...]) -> FeeQuote | None:
        """The fee, compared with what was promised."""
        expected = self.scenario.expect.fee
        try:
            bill = quote(self.procedure, journey, self.days, self.scenario.granted)
            self.compare_pay_by(journey)
        except (NoRate, UnknownFee) as stop:
            if expected is not None or not failures:
                reason = {language: stopped(stop, self.procedure, language) for language in ("ja", "en")}
                self.wrong(codes.NO_FEE, "fee", reason=reason)
            return None
        total = 0 if bill is None else bill.total
        if expected is not None and total != expected:
            self.wrong(codes.WRONG_FEE, "fee", expected=f"{expected:,}", found=f"{total:,}")
        self.compare_lines(bill)
        self.compare_asked(bill)
        return bill

    @property
    def days(self) -> Days:
        """The days that select the rates."""
        return Days(self.scenario.on, self.scenario.paid_on, self.scenario.issued_on)

    def compare_lines(self, bill: FeeQuote | None) -> None:
        """A line that is not charged costs 0."""
        lines = bill.lines if bill else ()
        for name, expected in self.scenario.expect.lines.items():
            found = sum(line.yen for line in lines if line.id == name)
            if found != expected:
                told = {"expected": f"{expected:,}", "found": f"{found:,}"}
                self.wrong(codes.WRONG_FEE_LINE, "lines", name, line=name, **told)

    def compare_asked(self, bill: FeeQuote | None) -> None:
        """What waits for a decision, and the fee if all of it is granted."""
        expected, found = self.scenario.expect, bill.asked if bill else ()
        names = tuple(one.id for one in found)
        if expected.asked is not None and sorted(expected.asked) != sorted(names):
            self.wrong(codes.WRONG_ASKED, "asked", expected=_list(expected.asked), found=_list(names))
        if expected.fee_if_granted is not None and bill is not None:
            total = bill.total if bill.if_granted is None else bill.if_granted
            if total != expected.fee_if_granted:
                told = {"expected": f"{expected.fee_if_granted:,}", "found": f"{total:,}"}
                self.wrong(codes.WRONG_IF_GRANTED, "fee_if_granted", **told)

    def compare_pay_by(self, journey: Journey) -> None:
        expected = self.scenario.expect.pay_by
        if expected is None:
            return
        found = pay_by(self.procedure, journey, self.scenario.on) if self.procedure.fees else None
        if found != expected:
            self.wrong(codes.WRONG_PAY_BY, "pay_by", expected=expected, found=found or NOTHING)

    def compare_steps(self, journey: Journey) -> None:
        expected = self.scenario.expect.steps
        found = tuple(step.id for step in journey.steps)
        if expected is not None and found != expected:
            self.wrong(codes.WRONG_PATH, "steps", expected=_list(expected), found=_list(found))

    def compare_office(self, journey: Journey, failures: tuple[Failure, ...]) -> None:
        """Whatever can be submitted must lead to an office, and to the one that was promised."""
        expected = self.scenario.expect.office
        try:
            found = office_of(self.procedure, journey)
            standard_days(self.procedure, journey)
        except NoOffice as stop:
            if expected is not None or not (failures or journey.stops):
                self.wrong(codes.NO_OFFICE, "office", missing=f"review.{stop.key}")
            return
        if expected is not None and found != expected:
            self.wrong(codes.WRONG_OFFICE, "office", expected=expected, found=found or NOTHING)

    def compare_rules(self, journey: Journey) -> None:
        """A stop that nobody expects is a surprise; warnings are compared where the author lists them."""
        expected, stops = self.scenario.expect.stop, [stop.id for stop in journey.stops]
        if (expected not in stops) if expected else stops:
            self.wrong(codes.WRONG_STOP, "stop", expected=expected or NOTHING, found=", ".join(stops) or NOTHING)
        listed, found = self.scenario.expect.warnings, [warned.caution.id for warned in journey.warnings]
        if listed is not None and sorted(listed) != sorted(found):
            self.wrong(codes.WRONG_WARNINGS, "warnings", expected=_list(listed), found=_list(found))

    def compare_failures(self, failures: tuple[Failure, ...]) -> None:
        """An error is expected at a field or inside it; every other one is a surprise."""
        expected = self.scenario.expect.errors
        found = {".".join(map(str, failure.path)): failure for failure in failures if failure.key != STOP}
        for place in expected:
            if not any(_within(path, place) for path in found):
                self.wrong(codes.NOT_REJECTED, "errors", field=place)
        for path, failure in found.items():
            if not any(_within(path, place) for place in expected):
                says = {language: failure.say(language) for language in ("ja", "en")}
                self.wrong(codes.REJECTED, "errors", path, field=path, says=says)

    def wrong(self, code: Code, key: str, *inside: str, **parameters: object) -> None:
        path = (*self.path, key, *inside)
        place = Spot(self.scenario.line, 1) if self.root is None else find(self.root, path)
        self.report.add(code, place, ".".join(map(str, path)), name=self.scenario.name, **parameters)


def _within(path: str, place: str) -> bool:
    return path == place or path.startswith(f"{place}.")


def _list(names: Sequence[str]) -> str:
    return "[" + ", ".join(names) + "]"


def _where(what: str, path: Path) -> Path:
    key = {"shown": "when", "hidden": "when", "kept": "that", "broken": "that"}.get(what)
    return (*path, key) if key else path
