"""Which values may stand where."""

from engine.expressions import ANYTHING, BOOLEAN, DATE, NUMBER, TEXT, list_of, one_of, record


def test_options_tell_the_type() -> None:
    assert one_of(["a", "b"]).kind == "text"
    assert one_of([1, 2]).kind == "number"
    assert one_of([True, False]).kind == "boolean"
    assert one_of([1, True]).kind == "anything"
    assert one_of([1, "a"]).kind == "anything"
    assert one_of([]) == ANYTHING


def test_a_choice_is_a_text_like_any_other() -> None:
    assert one_of(["a"]).fits(TEXT)
    assert TEXT.fits(one_of(["a"]))
    assert not one_of([1]).fits(TEXT)


def test_everything_fits_anything_but_anything_fits_nothing_else() -> None:
    for one in (BOOLEAN, NUMBER, TEXT, DATE, list_of(NUMBER), record({"a": TEXT}), ANYTHING):
        assert one.fits(ANYTHING)
        assert ANYTHING.fits(one) is (one == ANYTHING)


def test_lists_fit_by_their_items() -> None:
    assert list_of(NUMBER).fits(list_of(ANYTHING))
    assert list_of(list_of(TEXT)).fits(list_of(list_of(one_of(["a"]))))
    assert not list_of(NUMBER).fits(list_of(TEXT))
    assert not list_of(NUMBER).fits(NUMBER)
    assert NUMBER.element == ANYTHING
