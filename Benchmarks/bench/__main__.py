"""Measures how fast Gridtide is, beside plain C libzmq, HELICS and mosaik, on this machine.

Prints tables, and writes figures as JSON and as a picture. What cannot be measured here is told, with the reason.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from . import check, document, exchange, figure, kernels, page, programs, runs, tables
from .programs import Unavailable
from .samples import Series

MEASURES = ("exchange", "clearing", "opf", "recorder", "start-up", "year")


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(prog="./gridtide bench", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--short", action="store_true", help="fewer sizes and repeats: some minutes")
    parser.add_argument("--only", help=f"measures, with commas between: {', '.join(MEASURES)}")
    parser.add_argument("--repeats", type=int, help="repeats of each sample (10, 3 with --short)")
    parser.add_argument("--output", type=Path, default=programs.STATE, help="folder of bench.json and bench.svg (.gridtide/bench)")
    parser.add_argument("--publish", action="store_true", help="also bring docs/performance.* up to what was measured")
    parser.add_argument("--check", action="store_true", help="only the exchange at 8 agents: fails when it got slower by a fifth")
    parser.add_argument("--against", type=float, help="with --check: the ratio to compare with, instead of the committed one")
    parser.add_argument("--page", choices=("write", "check"), help="only the tables of docs/performance.md: write or compare them")
    parsed = parser.parse_args()
    wanted = parsed.only.split(",") if parsed.only else list(MEASURES)
    if unknown := [name for name in wanted if name not in MEASURES]:
        parser.error(f"{unknown[0]} is no measure; there are {', '.join(MEASURES)}")
    if parsed.publish and (parsed.short or parsed.only):
        parser.error("--publish goes with everything: leave out --short and --only")
    parsed.wanted = wanted
    return parsed


def measure(wanted: list[str], repeats: int, is_short: bool, skipped: list[dict[str, str]]) -> list[Series]:
    """Every series of the measures that are wanted and can be had."""

    def skip(what: str, because: str) -> None:
        programs.say(f"{what}: skipped, because {because}")
        skipped.append({"what": what, "because": because})

    folder = programs.build()
    gridtide = folder / "gridtide"
    ways: dict[str, Callable[[], list[Series]]] = {
        "exchange": lambda: exchange.measure(folder, repeats, is_short, skip),
        "clearing": lambda: kernels.clearing(folder, 20 if is_short else 100, is_short) + kernels.horizon(folder),
        "opf": lambda: kernels.power_flow(folder, repeats, is_short),
        "recorder": lambda: kernels.recorder(folder, repeats, 1_000 if is_short else 5_000),
        "start-up": lambda: runs.start_up(gridtide, repeats, 60),
        "year": lambda: runs.year(gridtide, 1 if is_short else repeats, 840 if is_short else 8_760),
    }
    found: list[Series] = []
    for name in wanted:
        try:
            found += ways[name]()
        except Unavailable as error:
            skip(name, str(error))
    return found


def main() -> int:
    """Does what the command line says. Returns the exit status."""
    said = arguments()
    if said.check:
        return check.check(said.against)
    if said.page == "check":
        return 0 if page.is_current() else 1
    if said.page == "write":
        page.write()
        return 0
    started = time.time()
    skipped: list[dict[str, str]] = []
    series = measure(said.wanted, said.repeats or (3 if said.short else 10), said.short, skipped)
    result = document.build(series, skipped, said.short, started)
    print("\n\n".join(table.text() for table in tables.tables(result)))
    for one in skipped:
        print(f"\n{one['what']}: skipped, because {one['because']}")
    write(result, said.output / "bench.json", said.output / "bench.svg")
    if said.publish:
        write(result, page.DATA, page.FIGURE)
        page.write()
    return 0


def write(result: document.Document, data: Path, picture: Path) -> None:
    """Writes the JSON and the figure."""
    data.parent.mkdir(parents=True, exist_ok=True)
    data.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    programs.say(f"figures are in {data}")
    if document.find(result, "exchange"):
        try:
            figure.draw(result, picture)
            programs.say(f"the picture is {picture}")
        except Unavailable as error:
            programs.say(str(error))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Unavailable as error:
        sys.exit(f"bench: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
