"""Whose turn it is, as a rule of its own: least for their share, then longest without a case."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from procedures.assigning.choosing import IN_HAND, Candidate, choose

people = st.lists(
    st.builds(
        Candidate,
        person_id=st.sampled_from("abcdefgh"),
        load=st.integers(0, 12),
        percent=st.sampled_from([0, 25, 50, 75, 100]),
        last=st.integers(0, 9),
    ),
    unique_by=lambda one: one.person_id,
)


@given(people, st.randoms(use_true_random=False))
def test_the_order_in_which_they_are_named_decides_nothing(candidates: list[Candidate], random: object) -> None:
    shuffled = list(candidates)
    random.shuffle(shuffled)
    assert choose(candidates) == choose(shuffled)


@given(people)
def test_whoever_gets_it_has_no_more_than_anybody_else_would(candidates: list[Candidate]) -> None:
    chosen = choose(candidates)
    if chosen is None:
        assert all(one.percent == 0 for one in candidates)
        return
    afterwards = Fraction(chosen.load + IN_HAND, chosen.percent)
    assert all(afterwards <= Fraction(one.load + IN_HAND, one.percent) for one in candidates if one.percent)


@given(st.integers(1, 6), st.integers(0, 60))
def test_equal_shares_never_differ_by_more_than_one_case(count: int, cases: int) -> None:
    loads = _deal([Candidate(f"p{number}") for number in range(count)], cases)
    assert sum(loads.values()) == cases * IN_HAND
    assert max(loads.values()) - min(loads.values()) <= IN_HAND


@given(st.integers(1, 40))
def test_half_a_share_gets_half_as_much(rounds: int) -> None:
    loads = _deal([Candidate("whole"), Candidate("half", percent=50)], rounds * 3)
    assert loads == {"whole": rounds * 2 * IN_HAND, "half": rounds * IN_HAND}


def test_of_two_alike_the_one_who_waited_longer() -> None:
    assert choose([Candidate("a", last=7), Candidate("b", last=3)]).person_id == "b"
    assert choose([Candidate("a", last=7), Candidate("b")]).person_id == "b"


def test_a_case_with_its_applicant_weighs_half() -> None:
    assert choose([Candidate("a", load=3), Candidate("b", load=2)]).person_id == "b"


def _deal(candidates: list[Candidate], cases: int) -> dict[str, int]:
    hands = {one.person_id: one for one in candidates}
    for number in range(1, cases + 1):
        chosen = choose(hands.values())
        hands[chosen.person_id] = chosen.with_one_more(number)
    return {person_id: one.load for person_id, one in hands.items()}
