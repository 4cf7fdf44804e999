"""`python -m tests.faults.paused URL MINUTES FILE`: a worker whose clock is ahead does one job slowly."""

import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from procedures.actors import SYSTEM
from procedures.audit import record
from procedures.database import Database, open_database
from procedures.jobs import ClaimedJob, Finish, run_one


def main() -> None:
    """Claims, says so in the file, waits there for the word to go on, and writes."""
    url, minutes, file = sys.argv[1], float(sys.argv[2]), Path(sys.argv[3])

    def clock() -> datetime:
        return datetime.now(UTC) + timedelta(minutes=minutes)

    def slowly(_database: Database, job: ClaimedJob, now: datetime) -> Finish:
        file.write_text("claimed")
        while file.read_text() == "claimed":
            time.sleep(0.01)

        def finish(session: Session) -> None:
            record(session, SYSTEM, now, "slow.done", job.id)

        return finish

    run_one(open_database(url, 2), clock, f"worker+{minutes:g}", {"slow": slowly})
    file.write_text("ended")


if __name__ == "__main__":
    main()
