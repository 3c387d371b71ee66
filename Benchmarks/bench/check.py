"""The short form for CI: the exchange at 8 agents against plain C libzmq, beside the ratio that is committed."""

from __future__ import annotations

import json
import statistics
import tempfile
from pathlib import Path

from . import programs
from .contenders import Cell, Exchange
from .document import find_ratio
from .samples import paired_ratios

COMMITTED = programs.ROOT / "docs/performance.json"
# How far below the committed ratio is too far.
LOSS = 0.2
CELL = Cell(agents=8, message_bytes=256, processes=8, seconds=0.7)


def committed_ratio() -> float:
    """Gridtide over C libzmq at 8 agents, as committed, and at most 1: beyond is the noise of the machine it was made on."""
    document = json.loads(COMMITTED.read_text(encoding="utf-8"))
    ratio = find_ratio(document, agents=8, processes=8, bytes=256, transport="ipc", over="c libzmq")
    if ratio is None:
        raise programs.Unavailable(f"{COMMITTED} has no ratio over C libzmq at 8 agents")
    return min(1.0, float(ratio["median"]))


def is_regression(ratios: list[float], committed: float) -> bool:
    """Whether the median of paired ratios lies a fifth below the committed one."""
    return statistics.median(ratios) < (1 - LOSS) * committed


def measure(folder: Path, pairs: int) -> list[float]:
    """Ratios of so many pairs."""
    with tempfile.TemporaryDirectory(prefix="bench-", dir="/tmp") as name:
        ours = Exchange("gridtide", "ipc", folder / "exchange", Path(name))
        plain = Exchange("c libzmq", "ipc", folder / "exchange-reference", Path(name))
        both = [(ours.rate(CELL), plain.rate(CELL)) for _ in range(pairs)]
    return paired_ratios([one for one, _ in both], [other for _, other in both])


def check(committed: float | None = None) -> int:
    """Measures, and once more before it says that something got slower. Returns the exit status."""
    limit = committed_ratio() if committed is None else committed
    folder = programs.build_exchange_alone()
    for attempt, pairs in enumerate((5, 11)):
        ratios = measure(folder, pairs)
        print(
            f"exchange, 8 agents, ipc: {statistics.median(ratios):.3f} of plain C libzmq (median of {pairs} pairs, "
            f"{min(ratios):.3f} to {max(ratios):.3f}); committed {limit:.3f}, fails below {(1 - LOSS) * limit:.3f}",
            flush=True)
        if not is_regression(ratios, limit):
            return 0
        if attempt == 0:
            print("that is too slow; measuring once more, with more pairs", flush=True)
    print("bench: the exchange got slower by a fifth or more: find out why, or commit new figures with a reason")
    return 1
