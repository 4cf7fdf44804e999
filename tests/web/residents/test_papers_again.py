"""A paper that was sent before is used again at the press of a button, and only by whose it is."""

from collections.abc import Callable

import pytest

from tests.web.casework import photo
from tests.web.residents.applicant import DOG, OWNER, Applicant

AGAIN = "前に送った書類を使う"


def before_the_proof(person: Applicant) -> None:
    """At the page that wants a photo."""
    person.start("dog-registration")
    person.send(OWNER)
    person.send({**DOG, "vaccinated": "yes"})
    person.send()


@pytest.fixture
def sent(hana: Applicant) -> Applicant:
    """Hanako has sent a photo, and stands before the same question again."""
    before_the_proof(hana)
    hana.send(files=[("proof.new", "注射済証.jpg", photo())])
    hana.send(form="/check")
    before_the_proof(hana)
    return hana


def offered(person: Applicant) -> list[str]:
    return [
        node.attributes["value"] for node in person.tree.all("button") if node.attributes.get("name") == "use_paper"
    ]


def test_it_is_offered_with_its_day_and_a_way_to_look_at_it(sent: Applicant) -> None:
    assert AGAIN in sent.main
    assert "2026年5月1日（金）の申請で送ったもの" in sent.main
    link = next(node.attributes["href"] for node in sent.tree.all("a") if "注射済証.jpg" in node.said)
    with sent.client.get(link) as picture:
        assert picture.mimetype == "image/jpeg"


def test_it_is_used_and_sent(sent: Applicant) -> None:
    [button] = offered(sent)
    sent.send({"use_paper": button})
    assert sent.at.endswith("/steps/certificate_photo")
    assert "注射済証.jpg" in sent.main
    sent.send()
    assert sent.heading == "入力内容の確認"
    assert "注射済証.jpg" in sent.main
    sent.send(form="/check")
    assert sent.at.endswith("/pay")


def test_one_that_is_not_there_any_more_is_said_to_be_gone(sent: Applicant) -> None:
    sent.send({"use_paper": "proof:aaaaaaaaaaaaaaaaaaaaaaaaaa"})
    assert "この書類は、もう使えません" in sent.main


@pytest.mark.parametrize("who", ["taro", "sato"])
def test_nobody_uses_anothers(sent: Applicant, applicant: Callable[..., Applicant], who: str) -> None:
    [button] = offered(sent)
    stranger = applicant(who)
    before_the_proof(stranger)
    assert AGAIN not in stranger.main
    stranger.send({"use_paper": button})
    assert "この書類は、もう使えません" in stranger.main
    assert "注射済証.jpg" not in stranger.main
