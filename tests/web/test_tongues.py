"""The reader that finds letters of another language finds them."""

import pytest

from tests.web.client import Node
from tests.web.tongues import strays


@pytest.mark.parametrize(
    ("page", "own", "found"),
    [
        ("zh-Hans", "犬只登记", 0),
        ("zh-Hans", "犬のとうろく", 1),
        ("ko", "개 등록", 0),
        ("ko", "개 登録", 1),
        ("en", "Dog 犬", 1),
        ("ja", "犬の登録", 0),
        ("ja", "개", 1),
    ],
)
def test_letters_of_another_language_are_found(page: str, own: str, found: int) -> None:
    inner = [Node("p", {}, pieces=[own]), Node("b", {"lang": "ja"}, pieces=["ポチ"])]
    assert len(list(strays(Node("html", {"lang": page}, pieces=inner)))) == found


def test_what_is_read_out_is_looked_at_too() -> None:
    node = Node("html", {"lang": "ko"}, pieces=[Node("nav", {"aria-label": "メニュー"})])
    assert len(list(strays(node))) == 1
