"""Who takes part in the exchange: lock-step ticks between one hub and N agents, and how each is asked for its rate."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from . import programs
from .programs import Unavailable

# After which a run of the exchange counts as failed, s; HELICS in one process sometimes hangs while it starts.
PATIENCE = 120
INPROC_PATIENCE = 20


@dataclass(frozen=True)
class Cell:
    """One size of the exchange."""

    agents: int
    message_bytes: int
    # Processes the agents are spread over; as many as agents unless they share some.
    processes: int
    seconds: float

    def facts(self, transport: str) -> dict[str, Any]:
        """What the JSON says of a series of this size."""
        return {"transport": transport, "agents": self.agents, "processes": self.processes, "bytes": self.message_bytes}


class Contender(Protocol):
    """Somebody who can exchange ticks."""

    name: str
    transport: str

    def rate(self, cell: Cell) -> float:
        """Ticks per second. Raises `Unavailable`."""


@dataclass
class Exchange:
    """`exchange` (Hub and Link) or `exchange-reference` (C over libzmq): two messages each way in a tick."""

    name: str
    transport: str
    program: Path
    folder: Path

    def rate(self, cell: Cell) -> float:
        """Ticks per second; agents in C are forks, which is the harder comparison."""
        words = [str(self.program), self.transport, str(cell.agents), str(cell.message_bytes), str(cell.seconds)]
        words += [str(self.folder)]
        if self.program.name == "exchange-reference":
            words.append("fork")
        elif cell.processes != cell.agents:
            words.append(str(cell.processes))
        return float(programs.run(words, timeout=PATIENCE))


class Helics:
    """HELICS over one of its cores: one message each way in a step. Leaves that share a process share its core."""

    def __init__(self, core: str, prefix: Path) -> None:
        self.name, self.transport = "helics", core
        self.prefix = prefix
        self.program = str(programs.STATE / "helics_federate")
        # Ports of one run must not meet those of the last, and stay below those the system gives out.
        self.port = 24_000 + os.getpid() % 4_000

    def rate(self, cell: Cell) -> float:
        """Steps per second."""
        doubles = str(max(2, cell.message_bytes // 8))
        if self.transport == "inproc":
            words = [self.program, "all", "0", str(cell.agents), "inproc", "0", str(cell.seconds), doubles]
            return float(programs.run(words, timeout=INPROC_PATIENCE).splitlines()[-1])
        self.port = self.port + 300 if self.port < 31_000 else 24_000
        rest = [str(cell.agents), self.transport, str(self.port), str(cell.seconds), doubles]
        with Family() as family:
            family.start(self._broker(cell.agents))
            time.sleep(0.3)
            hub = family.start([self.program, "hub", "0", *rest], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            self._start_leaves(family, cell, rest)
            try:
                printed, complaint = hub.communicate(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                raise Unavailable(f"HELICS {self.transport} did not end within {PATIENCE} s") from None
            if hub.returncode != 0:
                reason = (complaint.strip() or "no word").splitlines()[-1]
                raise Unavailable(f"the hub of HELICS {self.transport} ended with status {hub.returncode}: {reason}")
            family.wait(10)
            return float(printed)

    def _start_leaves(self, family: Family, cell: Cell, rest: list[str]) -> None:
        if cell.processes == cell.agents:
            for index in range(cell.agents):
                family.start([self.program, "leaf", str(index), *rest])
            return
        for process in range(cell.processes):
            first, end = (place * cell.agents // cell.processes for place in (process, process + 1))
            family.start([self.program, "group", str(first), *rest, str(end - first)])

    def _broker(self, agents: int) -> list[str]:
        words = [str(self.prefix / "bin/helics_broker"), f"--federates={agents + 1}", f"--coretype={self.transport}"]
        words += [f"--name=broker{self.port}", "--loglevel=error", "--timeout=120s"]
        # Core ipc listens at one place of the machine.
        return words if self.transport == "ipc" else [*words, f"--port={self.port}", "--localinterface=127.0.0.1"]


class Mosaik:
    """mosaik with a simulator process for each agent and the hub: one message each way in a step."""

    name, transport = "mosaik", "tcp"

    def __init__(self, python: Path) -> None:
        self.python = python

    def rate(self, cell: Cell) -> float:
        """Steps per second; the number of steps is set beforehand, here so that they take about as long as is wanted."""
        steps = max(10, int(cell.seconds * 1_000 / cell.agents))
        words = [str(self.python), str(programs.PACKAGE / "peers/mosaik_world.py"), str(cell.agents), str(steps)]
        words.append(str(max(1, cell.message_bytes // 8)))
        # Its simulators hold its output open, so that it goes to a file.
        with tempfile.TemporaryFile("w+") as output, Family() as family:
            world = family.start(words, stdout=output)
            try:
                world.wait(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                raise Unavailable(f"mosaik did not end within {PATIENCE} s") from None
            if world.returncode != 0:
                raise Unavailable(f"mosaik ended with status {world.returncode}")
            output.seek(0)
            return float(output.read().split()[-1])


class Family:
    """Processes started together; none outlives the context."""

    def __init__(self) -> None:
        self.processes: list[subprocess.Popen[str]] = []

    def __enter__(self) -> Family:
        self.shared = set(os.listdir("/dev/shm"))
        return self

    def start(
        self, words: list[str], stdout: Any = subprocess.DEVNULL, stderr: Any = subprocess.DEVNULL
    ) -> subprocess.Popen[str]:
        """Starts a process in a group of its own."""
        process = subprocess.Popen(words, stdout=stdout, stderr=stderr, text=True, start_new_session=True)
        self.processes.append(process)
        return process

    def wait(self, seconds: float) -> None:
        """Waits for all to end by themselves, at most for a time."""
        end = time.monotonic() + seconds
        for process in self.processes:
            try:
                process.wait(timeout=max(0.05, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                return

    def __exit__(self, *_: object) -> None:
        killed = False
        for process in self.processes:
            killed |= process.poll() is None
            # Those a process has started may outlive it.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        # Queues of boost that killed federates leave would stop the next run of core ipc.
        for name in set(os.listdir("/dev/shm")) - self.shared if killed else ():
            if name.startswith("_ipc_broker") or "_core_" in name or name.startswith(("leaf", "hub")):
                os.unlink(f"/dev/shm/{name}")
