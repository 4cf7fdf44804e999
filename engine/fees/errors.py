"""Why there is no price: a stop, never 0 yen."""

from datetime import date


class NoRate(Exception):
    """No rate is in force on the day; the procedure needs one before anybody can be charged."""

    def __init__(self, line: str, day: date) -> None:
        self.line, self.day = line, day
        super().__init__(
            f"fee line {line} has no rate in force on {day.isoformat()}: add one under fees.lines.{line}.yen"
        )


class UnknownFee(Exception):
    """The answers do not say yet how much is to be paid."""

    def __init__(self, line: str) -> None:
        self.line = line
        super().__init__(f"fee line {line} cannot be counted from these answers")
