"""CPU time and instructions of a process with all its children."""

import os
import shutil
import subprocess
import time
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def tree(pid: int) -> list[int]:
    """The process and all its living descendants."""
    found, waiting = [], [pid]
    while waiting:
        current = waiting.pop()
        found.append(current)
        for task in Path(f"/proc/{current}/task").glob("*/children"):
            waiting += [int(child) for child in task.read_text(encoding="ascii").split()]
    return found


def seconds(pid: int) -> float:
    """CPU seconds of the whole tree since it began; children that have ended count through their parents."""
    ticks = 0
    for process in tree(pid):
        fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks += sum(int(value) for value in fields[11:15])
    return ticks / TICKS


def instructions(pid: int, during: float) -> int | None:
    """Instructions of the whole tree in the next `during` seconds; None where the machine does not count them."""
    if not (perf := shutil.which("perf")):
        time.sleep(during)
        return None
    pids = ",".join(str(process) for process in tree(pid))
    command = [perf, "stat", "-x", ";", "-e", "instructions:u", "-p", pids, "--", "sleep", str(during)]
    counted = subprocess.run(command, capture_output=True, text=True, check=False).stderr.split(";", 1)[0]
    return int(counted) if counted.strip().isdigit() else None
