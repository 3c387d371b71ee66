"""What else the machine did while something was measured, so that a disturbed sample can be told."""

from __future__ import annotations

import os
import resource
import time

# Cores that others used meanwhile, beyond which a sample counts as disturbed.
DISTURBED = 0.25


def _busy_seconds() -> float:
    """Seconds that all cores together were busy since the system started."""
    with open("/proc/stat", encoding="ascii") as file:
        user, nice, system, _, _, interrupt, soft, steal = (int(word) for word in file.readline().split()[1:9])
    return (user + nice + system + interrupt + soft + steal) / os.sysconf("SC_CLK_TCK")


def _own_seconds() -> float:
    """Processor seconds of this process and of all that it started and that has ended."""
    total = 0.0
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        usage = resource.getrusage(who)
        total += usage.ru_utime + usage.ru_stime
    return total


class Meter:
    """A context; afterwards `other_cores` says how many cores others used on average. What it encloses must have ended."""

    other_cores = 0.0

    def __enter__(self) -> Meter:
        self._busy, self._own, self._start = _busy_seconds(), _own_seconds(), time.monotonic()
        return self

    def __exit__(self, *_: object) -> None:
        wall = max(time.monotonic() - self._start, 1e-3)
        self.other_cores = max(0.0, (_busy_seconds() - self._busy) - (_own_seconds() - self._own)) / wall


def wait_for_quiet(limit_seconds: float) -> None:
    """Waits until the machine has nothing else to do, at most for a time."""
    end = time.monotonic() + limit_seconds
    while time.monotonic() < end:
        with Meter() as meter:
            time.sleep(0.25)
        if meter.other_cores < DISTURBED:
            return
