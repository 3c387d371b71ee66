"""Whole runs of the program: start-up and memory of a hundred processes, and a year of hours."""

from __future__ import annotations

import contextlib
import csv
import importlib
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType

from . import kernels, load, programs
from .programs import Unavailable
from .samples import Series

# 98 agents make 100 processes with coordinator and recorder; the launcher is one more.
OPERATORS, REGIONS, SERVICES = 8, 30, 60


def _soak() -> ModuleType:
    """The soak test, which makes scenarios of any size and knows the processes of a run."""
    sys.path.insert(0, str(programs.ROOT / "Tests/soak"))
    return importlib.import_module("soak")


def start_up(gridtide: Path, repeats: int, ticks: int) -> list[Series]:
    """From the launch to the first finished tick, and what each process of an agent holds while ticks go on."""
    soak = _soak()
    facts = {"processes": OPERATORS + REGIONS + SERVICES + 2}
    seconds = Series("start-up", "gridtide", "s", dict(facts))
    memory = Series("memory", "gridtide", "MB per agent", dict(facts))
    for repeat in range(repeats):
        programs.say(f"start-up, repeat {repeat + 1} of {repeats}")
        with tempfile.TemporaryDirectory(prefix="bench-") as name:
            folder = Path(name)
            (folder / "soak").mkdir()
            soak.scenario(folder / "soak", ticks, OPERATORS, REGIONS, SERVICES)
            load.wait_for_quiet(2)
            try:
                with load.Meter() as meter:
                    first, held = _watch(soak, gridtide, folder)
                seconds.add(first, meter.other_cores)
                memory.add(held, meter.other_cores)
            except Unavailable as error:
                for series in (seconds, memory):
                    series.fail(str(error))
    return [seconds, memory]


def _watch(soak: ModuleType, gridtide: Path, folder: Path) -> tuple[float, float]:
    """Seconds until the journal holds a tick, and the mean PSS of agents then, MB."""
    words = [str(gridtide), "run", "soak", "--no-baseline", "--quiet"]
    start = time.monotonic()
    with subprocess.Popen(words, cwd=folder, stdout=subprocess.DEVNULL) as run:
        journal = folder / "runs/soak-1/journal"
        while run.poll() is None and not _has_tick(journal):
            time.sleep(0.001)
        first = time.monotonic() - start
        agents = [pid for pid in soak.children(run.pid) if soak.title(pid) not in ("coordinator", "recorder")]
        held = [_pss_kilobytes(pid) for pid in agents]
        run.wait()
    if run.returncode != 0 or not held:
        raise Unavailable(f"the run of {len(held)} agents ended with status {run.returncode}")
    return first, sum(held) / len(held) / 1024


def _has_tick(journal: Path) -> bool:
    """Whether there is more than the head, which is the first frame (docs/architecture.md)."""
    try:
        with open(journal, "rb") as file:
            head = file.read(24)
        return len(head) == 24 and journal.stat().st_size > 56 + struct.unpack_from("<I", head, 16)[0]
    except OSError:
        return False


def _pss_kilobytes(pid: int) -> int:
    """Memory of a process, with its share of what it shares."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    raise Unavailable(f"the system does not tell the memory of process {pid}")


def year(gridtide: Path, repeats: int, ticks: int) -> list[Series]:
    """Hours of world-week's agents, its week over and over, with everything recorded: seconds of the whole command."""
    layouts = {
        "in-process": ["--in-process"], "grouped": ["--processes", "2"], "separate": ["--processes", "per-agent"],
    }
    series = {name: Series("year", "gridtide", "s", {"ticks": ticks, "layout": name}) for name in layouts}
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        repeat_week(folder / "year", ticks)
        for repeat in range(repeats):
            for layout, options in layouts.items():
                programs.say(f"a year of hours, {layout}, repeat {repeat + 1} of {repeats}")
                words = [str(gridtide), "run", "year", "--no-baseline", "--quiet", *options]
                load.wait_for_quiet(2)
                try:
                    with load.Meter() as meter:
                        start = time.monotonic()
                        programs.run(words, cwd=folder)
                        seconds = time.monotonic() - start
                    series[layout].facts["rows"] = kernels.count_rows(folder / "runs/world-week-1/run.sqlite")
                    series[layout].add(seconds, meter.other_cores)
                except Unavailable as error:
                    series[layout].fail(str(error))
                shutil.rmtree(folder / "runs", ignore_errors=True)
    return list(series.values())


def repeat_week(folder: Path, ticks: int) -> None:
    """A copy of world-week with that many ticks: every series again from its start, with later times."""
    shutil.copytree(programs.ROOT / "Scenarios/world-week", folder)
    for path in folder.glob("*.csv"):
        with open(path, newline="", encoding="utf-8") as file:
            head, *rows = list(csv.reader(file))
        if head[0] not in ("utc", "tick"):
            continue
        with open(path, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(head)
            for tick in range(ticks):
                row = rows[tick % len(rows)]
                writer.writerow([_time(head[0], rows[0][0], tick), *row[1:]])
    scenario = folder / "scenario.yaml"
    text = scenario.read_text(encoding="utf-8")
    changed = text.replace("ticks: 168}", f"ticks: {ticks}}}")
    if changed == text:
        raise Unavailable("the clock of Scenarios/world-week is not what it was")
    scenario.write_text(changed, encoding="utf-8")


def _time(column: str, first: str, tick: int) -> str:
    if column == "tick":
        return str(tick)
    return (datetime.strptime(first, "%Y-%m-%dT%H:%MZ") + timedelta(hours=tick)).strftime("%Y-%m-%dT%H:%MZ")
