"""A wording that repeats another answer is another wording, though it says the same without any."""

from engine.versions.comparing import compare
from engine.versions.rendering import render_text
from tests.engine.language.specs import procedure

FIELDS = ("name: {type: text, title: 名前}", "nick: {type: text, title: 呼び名}")


def test_what_it_repeats_is_told_as_it_is_written() -> None:
    old = procedure(*FIELDS, "age: {type: integer, title: '{name|この方}の年齢'}")
    new = procedure(*FIELDS, "age: {type: integer, title: '{nick|この方}の年齢'}")
    told = render_text(compare(old, new), "ja")
    assert "{name|この方}の年齢" in told
    assert "{nick|この方}の年齢" in told
