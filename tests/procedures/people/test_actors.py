"""What somebody is in one office says nothing of another."""

from hypothesis import given
from hypothesis import strategies as st

from procedures.actors import EVERYWHERE, SYSTEM, Actor, posts

ROLES = ("clerk", "approver", "cashier", "manager")
OFFICES = ("hokenjo", "shuzei", "koen")
SOME_POSTS = st.frozensets(st.tuples(st.sampled_from(ROLES), st.sampled_from((*OFFICES, EVERYWHERE))))


@given(SOME_POSTS, st.sampled_from(ROLES), st.sampled_from(OFFICES))
def test_a_role_counts_where_it_was_given_and_nowhere_else(
    held: frozenset[tuple[str, str]], role: str, office: str
) -> None:
    actor = Actor("staff", "sato", "佐藤", held)
    assert actor.serves(role, office) is ((role, office) in held or (role, EVERYWHERE) in held)
    assert (office in actor.offices_as(role)) is ((role, office) in held)
    assert (role in actor.roles) is any(one == role for one, _ in held)


def test_a_clerk_here_who_is_cashier_there_is_no_clerk_there() -> None:
    sato = Actor("staff", "sato", "佐藤", frozenset({("clerk", "hokenjo"), ("cashier", "shuzei")}))
    assert sato.serves("clerk", "hokenjo")
    assert not sato.serves("clerk", "shuzei")
    assert not sato.serves("cashier", "hokenjo")
    assert sato.offices_as("clerk", "cashier") == {"hokenjo", "shuzei"}


def test_a_draft_concerns_no_staff_and_posts_make_nobody_staff() -> None:
    everywhere = posts(ROLES, {EVERYWHERE})
    assert not Actor("staff", "sato", "佐藤", everywhere).serves("clerk", None)
    assert not Actor("resident", "hanako", "花子", everywhere).serves("clerk", "hokenjo")
    assert not SYSTEM.serves("clerk", "hokenjo")
