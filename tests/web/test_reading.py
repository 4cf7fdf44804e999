"""Pages are read quickly where nothing can be wrong with their nesting, and just as thoroughly."""

import pytest

from tests.web.client import Node, quickly, thoroughly


def same(one: Node, other: Node) -> bool:
    """Whether two trees are, to the last letter."""
    if (one.tag, one.attributes, len(one.pieces)) != (other.tag, other.attributes, len(other.pieces)):
        return False
    pairs = zip(one.pieces, other.pieces, strict=True)
    return all(a == b if isinstance(a, str) or isinstance(b, str) else same(a, b) for a, b in pairs)


@pytest.mark.parametrize(
    "html",
    [
        "",
        '<!doctype html>\n<html lang="ja"><p>a &amp; b &lt;c&gt;<br>d</p></html>\n',
        '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg><!-- <p> --><input disabled value="&quot;a&quot;" />',
        '<script src="/x.js" defer></script><textarea>\n1 > 0</textarea>',
        '<a href="/?a=1&amp;b=2"\n   class="x">あ&nbsp;&copy</a>',
    ],
)
def test_what_is_plain_is_read_alike(html: str) -> None:
    quick = quickly(html)
    slow, faults = thoroughly(html)
    assert quick is not None
    assert faults == []
    assert same(quick, slow)


@pytest.mark.parametrize(
    "html",
    [
        "<p>",
        "</p>",
        "<p><b></p></b>",
        '<p id="a" id="b"></p>',
        "<p id='a'></p>",
        "<p id=a></p>",
        "a < b",
        '<p title="a</p>',
        "<script>if (a &amp;&amp; b) c()</script>",
        "<style>p {}</style>",
        "<!-- never ends",
        "<br></br>",
    ],
)
def test_whatever_may_be_wrong_is_read_thoroughly(html: str) -> None:
    assert quickly(html) is None
