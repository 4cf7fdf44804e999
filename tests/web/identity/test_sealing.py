"""A text that only the browser's own secret opens."""

from hypothesis import given
from hypothesis import strategies as st

from web.identity.sealing import seal, unseal


@given(st.text(), st.text(min_size=1), st.text(min_size=1))
def test_only_the_same_secret_opens_it(text: str, token: str, other: str) -> None:
    sealed = seal(token, text)
    assert unseal(token, sealed) == text
    assert other == token or unseal(other, sealed) is None
    assert seal(token, text) != sealed
