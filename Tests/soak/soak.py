#!/usr/bin/env python3
"""Runs a scenario of 20 agents for very long and watches the memory of every process.

    Tests/soak/soak.py                          # 100,000 ticks: some minutes
    Tests/soak/soak.py --ticks 2000 --program .build/debug/gridtide

Every process of the run is asked for its private memory several times a second. What it grows by from the first third of
the run on is reported as a slope per 1,000 ticks, and must be nothing a longer run would feel. Afterwards the rows of the
database are counted: one tick, offer, bid and dispatch for each tick and agent.

Exit status: 0 all is well, 1 memory grows or rows are missing, 2 the run failed.
"""

from __future__ import annotations

import argparse
import csv
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OPERATORS, REGIONS, SERVICES = 3, 6, 11
AGENTS = OPERATORS + REGIONS + SERVICES
CLASSES = 2


def scenario(
    folder: Path, ticks: int, operators: int = OPERATORS, regions: int = REGIONS, services: int = SERVICES
) -> None:
    """Writes a scenario: demand that turns with the hour, so that placements change all the time."""
    with open(folder / "demand.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["tick"] + [f"grid_{index}_mw" for index in range(operators)])
        for tick in range(ticks):
            writer.writerow(
                [tick] + [round(800 + 300 * ((tick * (3 + index) + index * 7) % 24) / 23) for index in range(operators)]
            )
    lines = [
        "gridtide: 1", "name: soak", f"clock: {{start: 2024-01-01T00:00Z, tickMinutes: 60, ticks: {ticks}}}",
        "mechanism: {objective: carbon-priced, carbonPriceUSDPerTonne: 50}", "egress: {defaultUSDPerGB: 0.05}",
        "classes:",
        "  - {name: interactive, latencyBudgetMilliseconds: 300, clientLegMilliseconds: 3, processingMilliseconds: 230,"
        " energyWhPerRequest: 0.5, acceleratorSecondsPerRequest: 1.8, valueUSDPerRequest: 0.01}",
        "  - {name: batch, latencyBudgetMilliseconds: 3600000, clientLegMilliseconds: 3, processingMilliseconds: 60000,"
        " energyWhPerRequest: 10, acceleratorSecondsPerRequest: 36, valueUSDPerRequest: 0.05,"
        " payloadGBPerRequest: 0.001, switchingUSDPerRequest: 0.0001}",
        "gridOperators:",
    ]
    for index in range(operators):
        lines += [
            f"  - name: grid-{index}", "    strategy: merit-order",
            f"    location: {{latitude: {45 + 5 * index}, longitude: {5 * index}}}",
            f"    demandMW: {{file: demand.csv, column: grid_{index}_mw}}",
            f"    expectedComputeLoadMW: {60 + 10 * index}", "    fleet:",
            f"      - {{name: hydro, technology: hydro, capacityMW: 700, costUSDPerMWh: {18 + index}, emissionsKgPerMWh: 0}}",
            f"      - {{name: coal, technology: coal, capacityMW: 400, costUSDPerMWh: {44 + 2 * index}, emissionsKgPerMWh: 900}}",
            f"      - {{name: gas, technology: gas, capacityMW: 600, costUSDPerMWh: {72 + index}, emissionsKgPerMWh: 400}}",
        ]
    lines.append("regions:")
    for index in range(regions):
        lines += [
            f"  - {{name: region-{index}, grid: grid-{index % operators}, strategy: honest, accelerators: 60000,"
            f" location: {{latitude: {45 + 2 * (index % 20)}, longitude: {3 * index}}}, connectionMW: 90, pue: {1.1 + 0.02 * index:.2f}}}"
        ]
    lines.append("services:")
    for index in range(services):
        lines += [
            f"  - {{name: service-{index}, home: region-{index % regions}, strategy: honest,"
            f" location: {{latitude: {44 + index % 40}, longitude: {2 * index}}},"
            f" demand: {{interactive: {2000000 + 300000 * index}, batch: {400000 + 50000 * index}}}}}"
        ]
    (folder / "scenario.yaml").write_text("\n".join(lines) + "\n")


@dataclass
class Process:
    """A process of the run, and how much private memory it had at which tick."""

    name: str
    samples: list[tuple[float, float]] = field(default_factory=list)

    def slope(self, after: float) -> float:
        """kB per 1,000 ticks, by least squares over the samples after a tick."""
        points = [(tick / 1000, memory) for tick, memory in self.samples if tick >= after]
        if len(points) < 3:
            return 0.0
        mean_tick = sum(tick for tick, _ in points) / len(points)
        mean_memory = sum(memory for _, memory in points) / len(points)
        spread = sum((tick - mean_tick) ** 2 for tick, _ in points)
        return sum((t - mean_tick) * (m - mean_memory) for t, m in points) / spread if spread else 0.0


def private_kilobytes(pid: int) -> float | None:
    """Memory that is the process's own, kB; nil when it is gone."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return None
    return float(sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Private_")))


def children(pid: int) -> list[int]:
    """Processes that a process has started, from whichever of its threads."""
    found = []
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(word) for word in thread.read_text().split()]
        except OSError:
            continue
    return found


def title(pid: int) -> str:
    """What a process of a run is: coordinator, recorder, or the agent's name."""
    words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    return words[3] if words[1:3] == ["agent", "play"] else words[1]


def ticks_done(database: Path) -> int:
    """Ticks in the database, which the recorder writes while the run goes on."""
    try:
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=1) as db:
            return int(db.execute("SELECT coalesce(max(tick) + 1, 0) FROM tick").fetchone()[0])
    except sqlite3.Error:
        return 0


def watch(run: subprocess.Popen[bytes], database: Path, ticks: int, interval: float) -> dict[int, Process]:
    """Samples all processes until the last tick is stored; what the launcher reads for its report is no part of it."""
    found: dict[int, Process] = {run.pid: Process("launcher")}
    while run.poll() is None:
        tick = ticks_done(database)
        for pid in [run.pid, *children(run.pid)]:
            memory = private_kilobytes(pid)
            if memory is None or tick >= ticks:
                continue
            try:
                found.setdefault(pid, Process(title(pid))).samples.append((tick, memory))
            except (OSError, IndexError):
                continue
        time.sleep(interval)
    return found


def missing_rows(database: Path, ticks: int) -> list[str]:
    """Tables whose rows are not as many as ticks and agents say."""
    wanted = {
        "tick": ticks, "signal": ticks * REGIONS, "offer": ticks * REGIONS, "bid": ticks * SERVICES * CLASSES,
        "region_outcome": ticks * REGIONS, "area_outcome": ticks * OPERATORS, "tick_timing": ticks,
        "wait": ticks * AGENTS,
    }
    wrong = []
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as db:
        for table, count in wanted.items():
            (rows,) = db.execute(f"SELECT count(*) FROM {table}").fetchone()
            if rows != count:
                wrong.append(f"{table} has {rows} rows, {count} were expected")
        (served,) = db.execute("SELECT count(DISTINCT tick) FROM award").fetchone()
        if served != ticks:
            wrong.append(f"awards of {served} ticks of {ticks}")
    return wrong


def main() -> int:
    """Runs, watches and judges."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--ticks", type=int, default=100_000, help="ticks to run (100,000)")
    parser.add_argument("--program", default=str(ROOT / ".build/release/gridtide"), help="the program to run")
    parser.add_argument("--slope", type=float, default=20.0, help="most kB per 1,000 ticks that a process may grow by (20)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gridtide-soak-") as name:
        folder = Path(name)
        (folder / "soak").mkdir()
        scenario(folder / "soak", arguments.ticks)
        words = [os.path.abspath(arguments.program), "run", "soak", "--no-baseline", "--quiet"]
        started = time.monotonic()
        database = folder / "runs/soak-1/run.sqlite"
        with subprocess.Popen(words, cwd=folder, stdout=subprocess.DEVNULL) as run:
            processes = watch(run, database, arguments.ticks, interval=0.25)
        seconds = time.monotonic() - started
        if run.returncode != 0:
            print(f"soak: the run ended with status {run.returncode}", file=sys.stderr)
            return 2
        return judge(processes, database, arguments.ticks, seconds, arguments.slope)


def judge(processes: dict[int, Process], database: Path, ticks: int, seconds: float, limit: float) -> int:
    """Prints what was seen. Returns the exit status."""
    print(f"{ticks} ticks, {AGENTS} agents, {ticks / seconds:.0f} ticks/s, database {database.stat().st_size / 2**20:.0f} MB")
    print(f"{'process':<14}{'samples':>8}{'first MB':>10}{'last MB':>10}{'kB per 1,000 ticks':>20}")
    grown = []
    for process in processes.values():
        if not process.samples:
            continue
        slope = process.slope(after=ticks / 3)
        first, last = process.samples[0][1] / 1024, process.samples[-1][1] / 1024
        print(f"{process.name:<14}{len(process.samples):>8}{first:>10.1f}{last:>10.1f}{slope:>20.2f}")
        if slope > limit:
            grown.append(f"{process.name} grows by {slope:.1f} kB per 1,000 ticks")
    wrong = grown + missing_rows(database, ticks)
    for line in wrong:
        print(f"soak: {line}")
    print("failed" if wrong else "memory is flat and no row is missing")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
