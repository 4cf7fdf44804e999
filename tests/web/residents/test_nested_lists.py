"""Lists inside items of lists and inside objects, with files: asked page by page, kept, shown, sent."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from procedures import library
from procedures.actors import SYSTEM
from procedures.database import Database
from tests.web.casework import photo
from tests.web.conftest import Clock
from tests.web.residents.applicant import Applicant

SPEC = Path(__file__).parents[2] / "specs/features/lists-inside-items.yaml"
pytestmark = pytest.mark.sqlite_only
FIRM = {"firm.name": "見本運送", "firm.kind": "kk"}
PLATE = {"plate.place": "品川", "plate.class": "100", "plate.sign": "あ", "plate.serial": "・・・1"}


@pytest.fixture
def carrier(applicant: Callable[..., Applicant], database: Database, now: datetime, clock: Clock) -> Applicant:
    """Hanako before the first question of the carrier's permit."""
    clock.moment = datetime(2026, 5, 1, 3, tzinfo=UTC)
    with database.write() as session:
        library.publish(session, SYSTEM, now, SPEC.read_text(encoding="utf-8"), SPEC.name, "")
    person = applicant("hanako")
    person.start("lists-inside-items")
    return person


def page(person: Applicant) -> str:
    """Where we are, below the application."""
    return "/".join(person.at.split("/")[3:])


def to_offices(person: Applicant) -> None:
    """Answer what comes before the offices."""
    person.send(FIRM)
    person.send({"who.family": "髙橋", "who.given": "花子"})
    person.send()
    person.send()


def test_a_list_inside_an_object_has_a_page_of_its_own(carrier: Applicant) -> None:
    assert "この後の画面で" in carrier.main
    carrier.send(FIRM)
    assert page(carrier) == "steps/firm/firm.officers/1"
    assert carrier.heading == "役員 1"
    carrier.send({"who.family": "髙橋", "who.given": ""})
    assert carrier.problems == ["名を入力してください。"]
    carrier.send({"who.given": "花子"})
    assert page(carrier) == "steps/firm/firm.officers"
    assert "髙橋 花子" in carrier.main
    carrier.send()
    assert page(carrier) == "steps/firm/partners"


def test_who_asks_for_no_list_sees_no_page_of_it(carrier: Applicant) -> None:
    carrier.send({"firm.name": "山田", "firm.kind": "one"})
    assert page(carrier) == "steps/firm/partners"


def test_sending_the_object_again_keeps_its_list(carrier: Applicant) -> None:
    to_offices(carrier)
    id = carrier.at.split("/")[2]
    carrier.open(f"/applications/{id}/steps/firm")
    carrier.send({"firm.name": "別の名前"})
    assert page(carrier) == "steps/firm/firm.officers"
    assert "髙橋 花子" in carrier.main


def test_items_that_are_one_question_each(carrier: Applicant) -> None:
    carrier.send({"firm.name": "山田", "firm.kind": "one"})
    carrier.press("追加")
    assert carrier.heading == "共同で申請する人 1"
    carrier.send({"partners.family": "", "partners.given": ""})
    assert carrier.problems == ["「共同で申請する人」を入力してください。"]
    carrier.send({"partners.family": "鈴木"})
    assert carrier.problems == ["名を入力してください。"]
    carrier.send({"partners.given": "一郎"})
    assert "鈴木 一郎" in carrier.main
    carrier.press("追加")
    carrier.send({"partners.family": "佐藤", "partners.given": "次郎"})
    assert "佐藤 次郎" in carrier.main
    carrier.press("変更")
    assert carrier.typed("partners.family") == ["鈴木"]
    carrier.send({"partners.given": "三郎"})
    carrier.press("削除")
    carrier.send(form="/remove")
    assert page(carrier) == "steps/firm/partners"
    assert "鈴木" not in carrier.main
    assert "佐藤 次郎" in carrier.main


def test_a_list_inside_an_item_with_files_inside_its_items(carrier: Applicant) -> None:
    to_offices(carrier)
    assert page(carrier) == "steps/offices/offices/1"
    carrier.send({"town": "西新宿", "has_cars": "yes"})
    assert page(carrier) == "steps/offices/offices/1/cars/1"
    carrier.send({**PLATE, "old": "yes"})
    assert len(carrier.problems) == 1, carrier.problems
    carrier.send({**PLATE, "old": "yes"}, files=[("check.new", "車検証.jpg", photo())])
    assert page(carrier) == "steps/offices/offices/1/cars"
    assert "車検証.jpg" in carrier.main
    assert "品川 100 あ ・・・1" in carrier.main
    carrier.press("追加")
    carrier.send({**PLATE, "plate.serial": "2", "old": "no"})
    assert "2件までです" in carrier.main or not [link for link in carrier.tree.all("a") if "追加" in link.said]
    carrier.send()
    assert page(carrier) == "steps/offices/offices"
    assert "品川 100 あ ・・・2" in carrier.main
    carrier.send()
    assert page(carrier) == "steps/old_cars"
    carrier.send({"promise": "yes"})
    assert carrier.heading == "入力内容の確認"
    assert "まだ入力していない" not in carrier.main
    carrier.send(form="/check")
    assert page(carrier) == "submitted", carrier.main


def test_what_is_missing_deep_inside_is_led_to(carrier: Applicant) -> None:
    to_offices(carrier)
    carrier.send({"town": "西新宿", "has_cars": "yes"})
    id = carrier.at.split("/")[2]
    carrier.open(f"/applications/{id}/steps/offices/offices")
    carrier.send()
    assert carrier.page is not None
    assert carrier.page.status_code == 422
    box = next(node for node in carrier.tree.all("div") if node.attributes.get("id") == "problems")
    link = box.all("a")[0]
    assert link.attributes["href"] == f"/applications/{id}/steps/offices/offices/1/cars"
    carrier.open(link.attributes["href"])
    carrier.send(PLATE | {"old": "no"})
    carrier.send()
    assert page(carrier) == "steps/offices/offices"
    carrier.send()
    assert carrier.heading == "入力内容の確認"


def test_changing_an_item_keeps_the_list_inside_it(carrier: Applicant, database: Database) -> None:
    to_offices(carrier)
    carrier.send({"town": "西新宿", "has_cars": "yes"})
    carrier.send(PLATE | {"old": "no"})
    carrier.send()
    carrier.press("変更")
    carrier.send({"town": "立川"})
    assert page(carrier) == "steps/offices/offices/1/cars"
    assert "品川 100 あ ・・・1" in carrier.main
    carrier.send()
    assert "立川" in carrier.main
    carrier.press("変更")
    carrier.send({"has_cars": "no"})
    assert page(carrier) == "steps/offices/offices"
    assert "品川" not in carrier.main


def test_from_the_check_page_into_a_nested_list_and_back(carrier: Applicant) -> None:
    to_offices(carrier)
    carrier.send({"town": "西新宿", "has_cars": "no"})
    carrier.send()
    id = carrier.at.split("/")[2]
    assert carrier.heading == "入力内容の確認"
    carrier.open(f"/applications/{id}/steps/offices/offices/1?return=check")
    carrier.send({"has_cars": "yes"})
    assert page(carrier) == "steps/offices/offices/1/cars/1"
    carrier.send(PLATE | {"old": "no"})
    assert carrier.heading == "入力内容の確認"
    assert "品川 100 あ ・・・1" in carrier.main


@pytest.mark.parametrize(
    "place",
    [
        "offices/offices/2/cars",
        "offices/offices/1/cars/3",
        "offices/offices/1/none",
        "offices/offices.town/1",
        "offices/cars",
        "firm/firm.name",
        "firm/offices",
        "offices/offices/1/cars/1/plate",
    ],
)
def test_places_that_are_none(carrier: Applicant, place: str) -> None:
    to_offices(carrier)
    carrier.send({"town": "西新宿", "has_cars": "yes"})
    id = carrier.at.split("/")[2]
    carrier.get(f"/applications/{id}/steps/{place}")
    assert carrier.page is not None
    assert carrier.page.status_code in {404, 303}


def test_a_file_inside_an_object(carrier: Applicant) -> None:
    carrier.send({**FIRM, "upload": "firm.paper"}, files=[("firm.paper.new", "定款.jpg", photo())])
    assert "定款.jpg" in carrier.main
    assert page(carrier) == "steps/firm"
    carrier.send()
    assert page(carrier) == "steps/firm/firm.officers/1"
    id = carrier.at.split("/")[2]
    carrier.open(f"/applications/{id}/steps/firm")
    assert carrier.typed("firm.paper") != []
    carrier.send({"remove_file": f"firm.paper:{carrier.typed('firm.paper')[0]}"})
    assert "定款.jpg" not in carrier.main
    assert carrier.typed("firm.name") == ["見本運送"]
