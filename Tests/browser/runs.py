"""Runs, dashboards of them, and what their databases say: the other side of what the page shows."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, TypeVar

Value = TypeVar("Value")


class RunError(Exception):
    """A run or a dashboard does not do what it is there for."""


def wait_for(what: str, ask: Callable[[], Value | None], seconds: float = 60) -> Value:
    """The first answer that is not nil or false."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := ask():
            return value
        time.sleep(0.02)
    raise RunError(f"{what}: not within {seconds:.0f} s")


class Run:
    """A run that was started, in a folder of its own."""

    def __init__(self, program: str, scenario: Path, runs: Path, *options: str) -> None:
        words = [program, "run", str(scenario), "--runs", str(runs), "--no-baseline", "--quiet", *options]
        self.log = open(runs.with_name(runs.name + ".log"), "wb")
        self.process = subprocess.Popen(words, stdout=self.log, stderr=self.log, stdin=subprocess.DEVNULL)
        self.folder = wait_for(f"the folder of {scenario.name}", lambda: self._begun(runs))
        self.database = self.folder / "run.sqlite"

    def _begun(self, runs: Path) -> Path | None:
        if self.process.poll() not in (None, 0):
            raise RunError(f"the run ended with status {self.process.returncode}: see {self.log.name}")
        return next((path.parent for path in runs.glob("*/live.json")), None)

    def state(self) -> dict[str, object]:
        """What the launcher says of it."""
        return dict(json.loads((self.folder / "live.json").read_text()))

    def pid(self, name: str) -> int:
        """The process of an agent."""
        processes: list[dict[str, int]] = self.state()["processes"]  # type: ignore[assignment]
        return next(each["pid"] for each in processes if each["name"] == name)

    def hold(self, ticks: int) -> None:
        """Lets it stand once so many ticks are finished, as a shell would."""
        file = self.folder / "hold"
        file.with_suffix(".new").write_text(str(ticks))
        file.with_suffix(".new").replace(file)

    def ask(self, sql: str, *values: object) -> list[tuple[float, ...]]:
        """Rows of its database."""
        database = sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=5)
        try:
            return database.execute(sql, values).fetchall()
        finally:
            database.close()

    def ticks(self) -> int:
        """Ticks that are stored."""
        try:
            return int(self.ask("SELECT coalesce(max(tick) + 1, 0) FROM tick")[0][0])
        except sqlite3.Error:
            return 0

    def figures(self, tick: int) -> dict[str, float]:
        """What the charts show of a tick, computed here from the tables."""
        (hours,), = self.ask("SELECT tick_seconds / 3600.0 FROM run")
        (load, emissions), = self.ask("SELECT sum(compute_load_mw), sum(emissions_kg) FROM area_outcome WHERE tick = ?", tick)
        (moved,), = self.ask(
            "SELECT coalesce(sum(it_energy_mwh), 0) FROM award JOIN agent ON agent.agent = award.service"
            " WHERE tick = ? AND region <> home_region", tick)
        prices = self.ask(
            "SELECT avg(realised_price_usd_per_mwh) FROM region_outcome WHERE tick = ? AND area IS NOT NULL GROUP BY area", tick)
        price = sum(each for each, in prices) / len(prices)
        return {"load": load, "emissions": emissions / 1000 / hours, "relocated": moved / hours, "price": price}

    def waits(self) -> dict[str, float]:
        """Mean wait for each agent, milliseconds."""
        rows = self.ask("SELECT agent, mean_microseconds FROM wait_by_agent WHERE waited_ticks > 0")
        return {str(name): mean / 1000 for name, mean in rows}

    def kill(self) -> None:
        """Kills every process of it at once."""
        pids = [each["pid"] for each in self.state()["processes"]]  # type: ignore[attr-defined]
        for pid in [self.process.pid, *filter(None, pids)]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait()

    def end(self) -> None:
        """Ends it if it goes on."""
        if self.process.poll() is None:
            self.kill()
        self.log.close()


@dataclass
class Dashboard:
    """`gridtide watch` of some runs."""

    program: str
    runs: list[Run]
    port: int = 0

    def __enter__(self) -> Dashboard:
        words = [self.program, "watch", "--port", str(self.port), *(str(run.folder) for run in self.runs)]
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip()
        if not self.address.startswith("http://"):
            raise RunError(f"gridtide watch says '{self.address}'")
        self.port = int(self.address.rsplit(":", 1)[1].strip("/"))
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()
