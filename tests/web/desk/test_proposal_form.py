"""A proposal is checked before the service is asked: a refusal needs lawful reasons and an explanation."""

from types import SimpleNamespace

import pytest
from werkzeug.datastructures import MultiDict

from engine.model import RefusalReason, Text
from web.desk.forms.proposal import LONGEST_TEXT, ProposalForm, read_proposal
from web.forms.plain_text import plain_lines

PROCEDURE = SimpleNamespace(
    review=SimpleNamespace(
        refusal_reasons=(RefusalReason("R1", Text("管轄外"), "法4条"), RefusalReason("R2", Text("登録済み"), "法4条"))
    )
)


def hrefs(form: ProposalForm) -> list[str]:
    return [href for href, _ in form.problems(PROCEDURE, "ja")]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (ProposalForm("approve"), []),
        (ProposalForm("approve", (), "どうぞ"), []),
        (ProposalForm("refuse", ("R1",), "区外です"), []),
        (ProposalForm(), ["#outcome-approve"]),
        (ProposalForm("burn"), ["#outcome-approve"]),
        (ProposalForm("refuse", (), "区外です"), ["#reason-R1"]),
        (ProposalForm("refuse", ("R1",)), ["#text"]),
        (ProposalForm("refuse"), ["#reason-R1", "#text"]),
        (ProposalForm("refuse", ("R9",), "区外です"), ["#reason-R1"]),
        (ProposalForm("approve", ("R1",)), ["#reason-R1"]),
        (ProposalForm("approve", (), "長" * (LONGEST_TEXT + 1)), ["#text"]),
    ],
)
def test_each_problem_leads_to_its_question(form: ProposalForm, expected: list[str]) -> None:
    assert hrefs(form) == expected


@pytest.mark.parametrize("language", ["ja", "easy", "en"])
def test_the_length_is_told_in_figures(language: str) -> None:
    form = ProposalForm("approve", (), "長" * 2345)
    assert "2,345" in form.problems(PROCEDURE, language)[0][1]


def test_a_procedure_without_reasons_still_points_somewhere() -> None:
    nothing = SimpleNamespace(review=SimpleNamespace(refusal_reasons=()))
    assert ProposalForm("refuse", (), "a").problems(nothing, "ja")[0][0] == "#outcome-refuse"


def test_what_a_browser_sends_is_read() -> None:
    sent = MultiDict(
        [("outcome", "refuse"), ("reason", "R2"), ("reason", "R1"), ("reason", "R2"), ("text", "  一\r\n二\r三 ")]
    )
    assert read_proposal(sent) == ProposalForm("refuse", ("R2", "R1"), "一\n二\n三")


def test_an_empty_form_is_read() -> None:
    assert read_proposal(MultiDict()) == ProposalForm()


@pytest.mark.parametrize(
    ("typed", "kept"), [("\x00a\x07b\x1b", "ab"), ("一\t二", "一\t二"), ("\x00", ""), ("髙𠮷葛󠄀", "髙𠮷葛󠄀")]
)
def test_only_what_can_be_typed_is_kept(typed: str, kept: str) -> None:
    assert plain_lines(typed) == kept
