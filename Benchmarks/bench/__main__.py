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

from . import check, document, exchange, figure, kernels, machine, page, programs, runs, tables
from .programs import Unavailable
from .samples import Series

MEASURES = ("exchange", "allocations", "clearing", "opf", "recorder", "start-up", "year")


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(prog="./gridtide bench", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--short", action="store_true", help="fewer sizes and repeats: some minutes")
    parser.add_argument("--only", help=f"measures, with commas between: {', '.join(MEASURES)}")
    parser.add_argument("--repeats", type=int, help="repeats of each sample (10, 3 with --short)")
    parser.add_argument(
        "--output", type=Path, default=programs.STATE, help="folder of bench.json and bench.svg (.gridtide/bench)")
    parser.add_argument(
        "--publish", action="store_true",
        help="also bring docs/performance.* up to what was measured; with --only, the rest stays")
    parser.add_argument(
        "--check", action="store_true", help="only the exchange at 8 agents: fails when it got slower by a fifth")
    parser.add_argument("--against", type=float, help="with --check: the ratio to compare with, instead of the committed one")
    parser.add_argument(
        "--page", choices=("write", "check"), help="only docs/performance.md and its figure: write from their data, or compare")
    parsed = parser.parse_args()
    wanted = parsed.only.split(",") if parsed.only else list(MEASURES)
    if unknown := [name for name in wanted if name not in MEASURES]:
        parser.error(f"{unknown[0]} is no measure; there are {', '.join(MEASURES)}")
    if parsed.publish and parsed.short:
        parser.error("--publish goes with all sizes: leave out --short")
    parsed.wanted = wanted
    return parsed


def ways(repeats: int, is_short: bool, skip: programs.Skip) -> dict[str, Callable[[], list[Series]]]:
    """How each measure is made, by its name."""
    folder = programs.build()
    gridtide = folder / "gridtide"
    return {
        "exchange": lambda: exchange.measure(folder, repeats, is_short, skip),
        "allocations": lambda: kernels.allocations(folder),
        "clearing": lambda: kernels.clearing(folder, 20 if is_short else 50, is_short, skip) + kernels.horizon(folder),
        "opf": lambda: kernels.power_flow(folder, repeats, is_short),
        "recorder": lambda: kernels.recorder(folder, repeats, 1_000 if is_short else 5_000),
        "start-up": lambda: runs.start_up(gridtide, repeats, 60),
        "year": lambda: runs.year(gridtide, 1 if is_short else repeats, 840 if is_short else 8_760),
    }


def measure(said: argparse.Namespace) -> document.Document:
    """Makes every measure that is wanted and can be had; the file has what is finished."""
    started = time.time()
    skipped: list[dict[str, str]] = []

    def skip(what: str, because: str) -> None:
        programs.say(f"{what}: skipped, because {because}")
        skipped.append({"measure": name, "what": what, "because": because})

    found: list[Series] = []
    result: document.Document = {}
    versions = machine.versions(programs.ROOT)
    name = ""
    by_name = ways(said.repeats or (3 if said.short else 10), said.short, skip)
    for name in said.wanted:
        try:
            found += by_name[name]()
        except Unavailable as error:
            skip(name, str(error))
        result = document.build(found, said.wanted, skipped, said.short, started, versions | machine.peers(programs.VENV))
        write(result, said.output / "bench.json")
    return result


def main() -> int:
    """Does what the command line says. Returns the exit status."""
    said = arguments()
    if said.check:
        return check.check(said.against)
    if said.page:
        return keep_page(said.page == "write")
    result = measure(said)
    print("\n\n".join(table.text() for table in tables.tables(result)))
    for line in tables.failures(result):
        print(f"\n{line}")
    for one in result["skipped"]:
        print(f"\n{one['what']}: skipped, because {one['because']}")
    draw(said.output / "bench.json", said.output / "bench.svg")
    if said.publish:
        old = json.loads(page.DATA.read_text(encoding="utf-8")) if said.only else {}
        write(document.with_rest(result, old) if old else result, page.DATA)
        return keep_page(is_written=True)
    return 0


def keep_page(is_written: bool) -> int:
    """Writes docs/performance.* from its data, or says what is not of them. Returns the exit status."""
    if is_written:
        figure.draw(page.DATA, page.FIGURE)
        page.write()
    for fault in (found := page.faults()):
        print(fault)
    return 1 if found else 0


def write(result: document.Document, data: Path) -> None:
    """Writes the JSON, a line for each series."""
    data.parent.mkdir(parents=True, exist_ok=True)
    data.write_text(document.text(result), encoding="utf-8")


def draw(data: Path, picture: Path) -> None:
    """Draws the picture, where there is something to draw and something to draw it with."""
    programs.say(f"figures are in {data}")
    if document.find(json.loads(data.read_text(encoding="utf-8")), "exchange"):
        try:
            figure.draw(data, picture)
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
