"""Pages that run: examples are found with their comments, and put where these say."""

from pathlib import Path

import pytest

from tests.docs.pages import Said, console, examples, with_changes, with_parts, within
from tests.docs.test_writing import Example, is_whole_part, problems

PAGE = """\
# Page

<!-- into a/b.yaml -->
```yaml
steps: {}
```

<!-- within
steps:
  when: a > 3
  \N{HORIZONTAL ELLIPSIS}
-->
```yaml
checks: []
```

```console
$ tetsuzuki check   # all
fine
$ tetsuzuki test
```
"""


def test_examples_are_found_with_what_is_said_of_them(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE, encoding="utf-8")
    first, second, third = examples(page)
    assert (str(first), first.verb, first.about.strip(), first.text) == ("page.md:5", "into", "a/b.yaml", "steps: {}\n")
    assert (second.verb, within(second.about, second.text)) == ("within", "steps:\n  when: a > 3\n  checks: []\n")
    assert list(console(third.text)) == [Said("tetsuzuki check", "fine\n"), Said("tetsuzuki test", "")]


def test_parts_are_replaced_or_added() -> None:
    assert (
        with_parts("id: a\nsteps:\n  one: 1\n", "steps:\n  two: 2\nfees: 3\n") == "id: a\nsteps:\n  two: 2\nfees: 3\n"
    )


def test_lines_are_changed_where_they_stand_once() -> None:
    assert with_changes("a: 1\nb: 2\nc: 3\n", "-a: 1\n\n b: 2\n+d: 4\n") == "b: 2\nd: 4\nc: 3\n"
    for changes in ("-e: 1\n", " 1\n+c\n"):
        with pytest.raises(ValueError, match="times"):
            with_changes("a\n1\nb\n1\n", changes)


def test_a_skeleton_without_a_place_is_refused() -> None:
    with pytest.raises(ValueError, match="skeleton"):
        within("steps:\n  one: 1\n", "a: 1\n")


def test_what_an_example_begins_with() -> None:
    assert is_whole_part("# a remark\nfees: {}\n")
    assert not is_whole_part("plan: {type: text}\n")


@pytest.mark.parametrize(
    ("verb", "text", "code"),
    [
        ("", "plan: {type: text, titel: 計画}\n", "unknown-key"),
        ("", "draft: {day: 3}\n", "unknown-key"),
        ("concepts", "new.one: {type: text, titel: 計画}\n", "unknown-key"),
        ("tariff", "title: 料金\n", "missing-key"),
    ],
)
def test_a_wrong_example_is_found(verb: str, text: str, code: str) -> None:
    found = problems(Example("page.md", 1, "yaml", text, verb))
    assert code in {problem.code for problem in found}
