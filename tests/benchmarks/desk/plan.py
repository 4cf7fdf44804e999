"""What there is: offices of very different size, their people, and cases in shares as an authority has them.

Of the cases 93 % are over, as after some three years; the others were submitted within the last weeks.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from random import Random

from engine.calendar import add_business_days
from engine.lifecycle import FINAL, Event, Status
from engine.references import new_reference
from procedures.days import tokyo_day

NOW = datetime(2026, 5, 1, 1, 0, tzinfo=UTC)
YEARS = 3
OFFICES = 60
PROCEDURES = 150
CLERKS, APPROVERS = 10, 3  # of each office
_FAMILIES = """
佐藤サトウ 鈴木スズキ 高橋タカハシ 田中タナカ 伊藤イトウ 渡辺ワタナベ 山本ヤマモト
中村ナカムラ 小林コバヤシ 加藤カトウ 吉田ヨシダ 山田ヤマダ 佐々木ササキ 山口ヤマグチ
松本マツモト 井上イノウエ 木村キムラ 林ハヤシ 斎藤サイトウ 清水シミズ 髙橋タカハシ
渡邊ワタナベ 阿部アベ 森モリ 池田イケダ 橋本ハシモト 山崎ヤマザキ 石川イシカワ 前田マエダ
小川オガワ 岡田オカダ 長谷川ハセガワ 藤田フジタ 後藤ゴトウ 近藤コンドウ 村上ムラカミ
遠藤エンドウ 青木アオキ 坂本サカモト 齋藤サイトウ 福田フクダ 太田オオタ 西村ニシムラ
藤井フジイ 金子カネコ 岡本オカモト 中野ナカノ 三浦ミウラ 原田ハラダ 松田マツダ
"""
_GIVEN = """
花子ハナコ 太郎タロウ 翔ショウ 蓮レン 陽菜ヒナ 結衣ユイ 大輔ダイスケ 健太ケンタ 美咲ミサキ
愛アイ 誠マコト 直樹ナオキ 恵子ケイコ 和子カズコ 幸子サチコ 博ヒロシ 茂シゲル 明アキラ
由美子ユミコ 真由美マユミ 浩一コウイチ 隆タカシ 久美子クミコ 裕子ユウコ 達也タツヤ 拓也タクヤ
葵アオイ 悠真ユウマ 湊ミナト 凛リン
"""
FAMILIES, GIVEN = _FAMILIES.split(), _GIVEN.split()
RARE = "東西南北春夏秋冬上下大小新古高低長白黒青赤金銀鉄石岩谷川沢池沼島浜野原林森"
EVENTS = ("花まつり", "夏祭り", "盆踊り", "マラソン大会", "フリーマーケット", "音楽会", "防災訓練", "運動会")
SHARES = (
    (Status.APPROVED, 84.0), (Status.REFUSED, 3.0), (Status.WITHDRAWN, 4.0), (Status.LAPSED, 2.0),
    (Status.RECEIVED, 1.5), (Status.IN_REVIEW, 2.5), (Status.DECISION_PROPOSED, 0.7),
    (Status.CORRECTION_REQUESTED, 1.3), (Status.AWAITING_FEE, 0.8), (Status.AWAITING_ISSUE_FEE, 0.2),
)  # fmt: skip
WAY = {
    Status.RECEIVED: "submit", Status.AWAITING_FEE: "submit", Status.IN_REVIEW: "submit claim",
    Status.CORRECTION_REQUESTED: "submit claim request_correction",
    Status.DECISION_PROPOSED: "submit claim propose", Status.AWAITING_ISSUE_FEE: "submit claim propose approve",
    Status.APPROVED: "submit claim propose approve", Status.REFUSED: "submit claim propose refuse",
    Status.WITHDRAWN: "submit withdraw", Status.LAPSED: "submit claim request_correction lapse",
}  # fmt: skip
AFTER = {"submit": Status.RECEIVED, "claim": Status.IN_REVIEW, "propose": Status.DECISION_PROPOSED,
         "request_correction": Status.CORRECTION_REQUESTED}  # fmt: skip
OPEN = frozenset(status for status, _ in SHARES) - FINAL


@dataclass(frozen=True, slots=True)
class Happened:
    """One change of status."""

    event: Event
    source: Status
    target: Status
    at: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """One case with all that is written about it."""

    id: str
    reference: str
    procedure: int
    office: str
    status: Status
    name: tuple[str, str, str, str]
    phone: str
    event: str
    submitted_at: datetime
    due_on: date | None
    clerk: str
    approver: str
    story: tuple[Happened, ...]
    message: str | None = field(default=None)  # settled | waiting


def office(number: int) -> str:
    """Its id."""
    return f"office-{number:02}"


def cases(count: int, seed: int) -> Iterator[Case]:
    """So many cases, always the same for one seed."""
    chance = Random(seed)
    statuses, weights = zip(*SHARES, strict=True)
    sizes = list(accumulate(1 / (number + 2) for number in range(OFFICES)))
    seen: set[str] = set()
    for number in range(count):
        [status] = chance.choices(statuses, weights)
        at = chance.choices(range(OFFICES), cum_weights=sizes)[0]
        reference = new_reference(chance.randbytes(8))
        while reference in seen:
            reference = new_reference(chance.randbytes(8))
        seen.add(reference)
        yield _case(chance, number, status, at, reference)


def _case(chance: Random, number: int, status: Status, at: int, reference: str) -> Case:
    over = status not in OPEN
    back = chance.uniform(2, YEARS * 365) if over else chance.triangular(0, 24, 3)
    submitted = NOW - timedelta(days=back)
    steps = WAY[status].split()
    length = min(back, chance.uniform(1, 14))
    moments = [submitted + timedelta(days=length * place / len(steps)) for place in range(len(steps))]
    story, source = [], Status.DRAFT
    for place, (step, moment) in enumerate(zip(steps, moments, strict=True)):
        target = status if place == len(steps) - 1 else AFTER[step]
        story.append(Happened(Event(step), source, target, moment))
        source = target
    waits = status is Status.AWAITING_FEE
    message = None if chance.random() > 0.01 else "waiting" if not over and chance.random() < 0.5 else "settled"
    return Case(
        id=f"{chance.getrandbits(128):032x}"[:18] + f"{number:08x}",
        reference=reference,
        procedure=(at * PROCEDURES // OFFICES + int(chance.expovariate(0.5))) % PROCEDURES,
        office=office(at),
        status=status,
        name=_name(chance),
        phone=f"0{chance.choice(('90', '80', '70', '3', '42'))}{chance.randrange(10**8):08}"[:11],
        event=f"第{chance.randrange(1, 60)}回 {chance.choice(EVENTS)}",
        submitted_at=submitted,
        due_on=None if waits else _due(tokyo_day(submitted)),
        clerk=f"clerk-{at:02}-{chance.randrange(CLERKS)}",
        approver=f"approver-{at:02}-{chance.randrange(APPROVERS)}",
        story=tuple(story),
        message=message,
    )


def _name(chance: Random) -> tuple[str, str, str, str]:
    """Family and given name with their readings: of ten, seven have one of the fifty commonest family names."""
    family = chance.choices(FAMILIES, range(len(FAMILIES), 0, -1))[0] if chance.random() < 0.7 else None
    if family is None:
        family = "".join(chance.sample(RARE, 2)) + "".join(chance.sample("アイウエオカキクケコサシスセソタチツテト", 3))
    return (*_split(family), *_split(chance.choice(GIVEN)))


def _split(written: str) -> tuple[str, str]:
    kanji = next(place for place, sign in enumerate(written) if "ァ" <= sign <= "ヶ")
    return written[:kanji], written[kanji:]


_DUE: dict[date, date] = {}


def _due(day: date) -> date:
    if day not in _DUE:
        _DUE[day] = add_business_days(day, 10)
    return _DUE[day]
