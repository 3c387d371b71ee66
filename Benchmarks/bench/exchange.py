"""Ticks per second by agents, size of messages, transport and grouping: all contenders in turn, repeat by repeat."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from . import load, programs
from .contenders import Cell, Contender, Exchange, Helics, Mosaik
from .programs import Skip, Unavailable
from .samples import Series

CORES = ("zmq", "zmq_ss", "tcp_ss", "ipc", "inproc")
TRANSPORTS = ("ipc", "tcp", "inproc")

# A core of HELICS that came to less than half of the best one in so many repeats is not the best: it is not asked further.
ENOUGH = 3

# The most leaves that HELICS is asked for, in whatever processes.
MOST_SHARED_LEAVES = 128


def contenders(bin_folder: Path, folder: Path, skip: Skip) -> list[Contender]:
    """All that can be had here; `skip` hears of the others."""
    found: list[Contender] = []
    for transport in TRANSPORTS:
        found.append(Exchange("c libzmq", transport, bin_folder / "exchange-reference", folder))
        found.append(Exchange("gridtide", transport, bin_folder / "exchange", folder))
    try:
        prefix = programs.compile_helics()
        found += [Helics(core, prefix) for core in CORES]
    except Unavailable as error:
        skip("HELICS", str(error))
    try:
        found.append(Mosaik(programs.install_peers(programs.MOSAIK)))
    except Unavailable as error:
        skip("mosaik", str(error))
    return found


def by_agents(is_short: bool) -> list[Cell]:
    """Every contender meets these: 256 bytes, an agent in a process or thread of its own."""
    agents = (8, 64) if is_short else (2, 8, 32, 64, 128)
    return [Cell(count, 256, count, seconds=1) for count in agents]


def by_bytes(is_short: bool) -> list[Cell]:
    """8 agents and messages of other sizes."""
    return [] if is_short else [Cell(8, size, 8, seconds=1) for size in (64, 1_024, 4_096)]


def grouped(is_short: bool) -> list[Cell]:
    """Agents that share 2 processes."""
    return [Cell(count, 256, 2, seconds=1) for count in ((64, 1_000) if is_short else (64, 128, 1_000, 10_000))]


def measure(bin_folder: Path, repeats: int, is_short: bool, skip: Skip) -> list[Series]:
    """All series. In each repeat all contenders of a size come one after the other, so that drift hits all alike."""
    with tempfile.TemporaryDirectory(prefix="bench-", dir="/tmp") as name:
        everybody = contenders(bin_folder, Path(name), skip)
        rounds = [(cell, everybody) for cell in by_agents(is_short)]
        rounds += [(cell, [one for one in everybody if one.transport != "inproc"]) for cell in by_bytes(is_short)]
        rounds += [(cell, _sharing(everybody, cell)) for cell in grouped(is_short)]
        return alternate(rounds, repeats)


def _sharing(everybody: list[Contender], cell: Cell) -> list[Contender]:
    """Those whose agents can share a process, at sizes that they manage; C and mosaik have a process for each."""
    helics = MOST_SHARED_LEAVES >= cell.agents
    return [
        one for one in everybody
        if one.transport != "inproc" and (one.name == "gridtide" or (one.name == "helics" and helics))
    ]


def alternate(rounds: list[tuple[Cell, list[Contender]]], repeats: int) -> list[Series]:
    """A series for each contender of each round. Whoever fails twice at a size is asked no more."""
    series = {
        (place, number): Series("exchange", one.name, "ticks/s", cell.facts(one.transport))
        for place, (cell, those) in enumerate(rounds) for number, one in enumerate(those)
    }
    settled: set[tuple[int, int]] = set()
    for repeat in range(repeats):
        for place, (cell, those) in enumerate(rounds):
            programs.say(
                f"exchange, repeat {repeat + 1} of {repeats}: {cell.agents} agents in {cell.processes} processes, "
                f"{cell.message_bytes} bytes")
            found = [series[place, number] for number in range(len(those))]
            settled |= {(place, number) for number, its in enumerate(found) if is_settled(its, found)}
            for number, one in enumerate(those):
                # Once left out, for good: samples of one place in their lists are of one repeat.
                if (place, number) not in settled:
                    sample(found[number], one, cell)
    return list(series.values())


def is_settled(series: Series, found: list[Series]) -> bool:
    """Whether a series is that of a core of HELICS which is surely not its best one at this size."""
    done = len(series.samples) >= ENOUGH and not any(sample is None for sample in series.samples)
    if not _is_core(series) or not done:
        return False
    return statistics.median(series.samples) < 0.5 * max(
        statistics.median(samples) for one in found
        if _is_core(one) and (samples := [sample for sample in one.samples if sample is not None]))


def _is_core(series: Series) -> bool:
    """Whether it is one of the cores between processes that HELICS is judged by."""
    return series.contender == "helics" and series.facts.get("transport") != "inproc"


def sample(series: Series, contender: Contender, cell: Cell) -> None:
    """One more sample."""
    if len(series.failures) >= 2:
        series.fail("not tried again")
        return
    load.wait_for_quiet(1)
    try:
        with load.Meter() as meter:
            rate = contender.rate(cell)
        series.add(rate, meter.other_cores)
    except Unavailable as error:
        series.fail(str(error))
