"""Cases counted by hand: when they arrived, when they were with their applicant, and the last day, with the reasoning.

Moments are of Tokyo. "2: 26 Dec, 5 Jan" reads: the two days of the period are these.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")


@dataclass(frozen=True, slots=True)
class Counted:
    """One case: received, its standard days, from and until when it was with its applicant, the last day, and why."""

    received: str
    days: int
    due: str
    why: str
    pauses: tuple[tuple[str, str], ...] = ()

    @property
    def received_at(self) -> datetime:
        return moment(self.received)

    @property
    def due_on(self) -> date:
        return date.fromisoformat(self.due)

    @property
    def moments(self) -> list[tuple[datetime, datetime]]:
        return [(moment(asked), moment(answered)) for asked, answered in self.pauses]


def moment(text: str) -> datetime:
    """`2026-06-01` is ten in the morning of that day in Tokyo."""
    return datetime.fromisoformat(text if "T" in text else f"{text}T10:00").replace(tzinfo=TOKYO)


C = Counted
CALENDAR = (
    # New Year: 29 December to 3 January the offices are closed (条例第1条).
    C("2025-12-26", 3, "2026-01-07", "Fri 26 Dec; 29-31 and 1-2 closed, 3-4 weekend. 3: Mon 5, Tue 6, Wed 7 Jan"),
    C("2025-12-25", 2, "2026-01-05", "2: Fri 26 Dec, Mon 5 Jan"),
    C("2025-12-29", 1, "2026-01-05", "arrives while the offices are closed. 1: Mon 5 Jan"),
    C("2026-01-01T00:00", 1, "2026-01-05", "the first second of the year. 1: Mon 5 Jan"),
    C("2026-12-28", 1, "2027-01-04", "Mon 28 Dec, the last day of work; 29-31, 1 Jan (Fri), weekend. 1: Mon 4 Jan"),
    C("2022-12-28", 2, "2023-01-05", "1 Jan is a Sunday, its substitute Mon 2 and Tue 3 closed anyway. 2: 4, 5 Jan"),
    C("2026-01-05", 5, "2026-01-13", "5: 6, 7, 8, 9 Jan; Mon 12 成人の日; Tue 13"),
    # Golden Week.
    C(
        "2026-04-28",
        3,
        "2026-05-07",
        "Wed 29 昭和の日; 3: 30 Apr, 1 May; 3-5 holidays, Wed 6 substitute of Sun 3; Thu 7",
    ),
    C("2026-05-01", 10, "2026-05-20", "10: 7, 8, 11-15, 18, 19, 20 May"),
    C("2025-05-01", 2, "2025-05-07", "2: Fri 2; Sun 4 みどりの日 has its substitute on Tue 6, as Mon 5 is one; Wed 7"),
    C(
        "2019-04-26",
        1,
        "2019-05-07",
        "ten days off: 30 Apr and 2 May between holidays (即位の日 1 May), Mon 6 substitute",
    ),
    # 国民の休日: a day between two holidays (祝日法第3条第3項).
    C("2026-09-18", 2, "2026-09-25", "Mon 21 敬老, Tue 22 between, Wed 23 秋分. 2: Thu 24, Fri 25"),
    C("2015-09-18", 1, "2015-09-24", "Mon 21, Tue 22 between, Wed 23. 1: Thu 24"),
    C("2032-09-17", 1, "2032-09-23", "Mon 20 敬老, Tue 21 between, Wed 22 秋分. 1: Thu 23"),
    C("2027-09-17", 3, "2027-09-24", "Mon 20 and Thu 23: two days between them are none. 3: 21, 22, 24"),
    # Substitute holidays (祝日法第3条第2項), holidays that moved, and one that is none.
    C("2024-02-09", 1, "2024-02-13", "Sun 11 建国記念の日, Mon 12 substitute. 1: Tue 13"),
    C("2020-02-21", 2, "2020-02-26", "Sun 23 天皇誕生日, Mon 24 substitute. 2: 25, 26"),
    C("2021-07-21", 1, "2021-07-26", "the year of the Games: Thu 22 海の日, Fri 23 スポーツの日. 1: Mon 26"),
    C("2021-08-06", 1, "2021-08-10", "Sun 8 山の日 in that year, Mon 9 substitute. 1: Tue 10"),
    C("2021-10-08", 1, "2021-10-11", "スポーツの日 had been in July: Mon 11 October is a day like any other"),
    C("2026-09-30", 1, "2026-10-01", "都民の日 closes schools and gardens, not the offices"),
    C("2026-03-19", 1, "2026-03-23", "Fri 20 春分の日. 1: Mon 23"),
    # Nights and weekends: it has arrived when it is recorded; that day does not count.
    C("2026-06-05T23:59:59", 5, "2026-06-12", "Friday's last second. 5: Mon 8 to Fri 12"),
    C("2026-06-06T00:00", 5, "2026-06-12", "a second later is Saturday: the same five days"),
    C("2026-06-06T15:00", 5, "2026-06-12", "Saturday afternoon: the same"),
    C("2026-06-07T23:59:59", 5, "2026-06-12", "Sunday's last second: the same"),
    C("2026-06-08T00:00", 5, "2026-06-15", "Monday's first second: Monday does not count. 5: 9-12, Mon 15"),
    C("2026-05-01T23:59:59", 1, "2026-05-07", "the last second before the holidays. 1: Thu 7 May"),
)
# Received on Monday 1 June 2026 with ten days (2-5, 8-12, 15 June) unless it says otherwise.
JUNE, TEN = "2026-06-01", 10
PAUSED = (
    C(JUNE, TEN, "2026-06-15", "never with the applicant"),
    C(JUNE, TEN, "2026-06-15", "answered the same day: nothing stood still", (("2026-06-03", "2026-06-03T17:00"),)),
    C(JUNE, TEN, "2026-06-18", "4, 5, 8 stood still: three more (16, 17, 18)", (("2026-06-03", "2026-06-08"),)),
    C(
        JUNE,
        TEN,
        "2026-06-19",
        "twice: 4, 5 and 10, 11 stood still: four more (16-19)",
        (("2026-06-03", "2026-06-05"), ("2026-06-09", "2026-06-11")),
    ),
    C(
        JUNE,
        TEN,
        "2026-06-17",
        "three times: none (the same day), none (over a weekend), then 10 and 11: two more",
        (("2026-06-03", "2026-06-03T12:00"), ("2026-06-05", "2026-06-07"), ("2026-06-09", "2026-06-11")),
    ),
    C(JUNE, TEN, "2026-06-15", "from Friday to Sunday: no business day", (("2026-06-05", "2026-06-07"),)),
    C(JUNE, TEN, "2026-06-17", "back on a Saturday: 4, 5 stood still", (("2026-06-03", "2026-06-06"),)),
    C(JUNE, TEN, "2026-06-17", "asked on a Saturday: 8, 9 stood still", (("2026-06-06", "2026-06-09"),)),
    C(
        JUNE,
        TEN,
        "2026-06-17",
        "asked in the last second of the 3rd, back in the first of the 5th: 4, 5",
        (("2026-06-03T23:59:59", "2026-06-05T00:00"),),
    ),
    C(
        JUNE,
        TEN,
        "2026-06-18",
        "late already when asked (17 June): 18, 19, 22; three more",
        (("2026-06-17", "2026-06-22"),),
    ),
    C(JUNE, TEN, "2026-06-17", "asked on the last day: 16, 17 stood still", (("2026-06-15", "2026-06-17"),)),
    C(
        "2026-05-01",
        TEN,
        "2026-05-21",
        "over the holidays: 7 stood still (10: to 20 May)",
        (("2026-05-01", "2026-05-07"),),
    ),
    C("2026-05-01", TEN, "2026-05-20", "back while they were still closed", (("2026-05-01", "2026-05-06"),)),
    C(
        "2026-07-13",
        TEN,
        "2026-07-29",
        "ten: 14-17, 21-24, 27, 28 (Mon 20 海の日); of 18-21 July only Tue 21 stood still",
        (("2026-07-17", "2026-07-21"),),
    ),
    C(
        "2026-12-21",
        5,
        "2027-01-08",
        "22, 23, 24 used; 25, 28 Dec, 4, 5, 6 Jan stood still; two left: 7, 8 Jan",
        (("2026-12-24", "2027-01-06"),),
    ),
    C(
        "2026-09-14",
        5,
        "2026-09-28",
        "15, 16, 17 used; 18 and 24 stood still (21-23 closed); two left: Fri 25, Mon 28",
        (("2026-09-17", "2026-09-24"),),
    ),
)
COUNTED = CALENDAR + PAUSED
