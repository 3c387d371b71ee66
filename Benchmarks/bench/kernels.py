"""Clearing, optimal power flow, horizons, messages and the recorder: programs of this package that print samples."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from pathlib import Path

from . import load, programs
from .samples import Series

MARKETS = ("50 x 10", "500 x 20", "5000 x 50", "20000 x 100")


# After which the markets of one size count as too large for this machine, s.
PATIENCE = 1_200


def lines(words: list[str], patience: float | None = None) -> list[dict[str, list[float]]]:
    """What a program prints, a line of JSON each."""
    return [json.loads(line) for line in programs.run(words, timeout=patience).splitlines()]


def clearing(bin_folder: Path, ticks: int, is_short: bool, skip: programs.Skip) -> list[Series]:
    """The market's clearing beside Clp's dual simplex, by size; processor time."""
    found = []
    for market in MARKETS[: 2 if is_short else None]:
        programs.say(f"clearing, {market}")
        try:
            results = lines([str(bin_folder / "clearing"), str(ticks), market], PATIENCE)
        except programs.Unavailable as error:
            skip(f"clearing, {market}", str(error))
            continue
        for line in results:
            for who, key in (("gridtide", "warm"), ("clp", "clp"), ("gridtide, from nothing", "cold")):
                if line[key]:
                    found.append(Series("clearing", who, "ms", {"market": line["name"]}, list(line[key])))
    return found


def horizon(bin_folder: Path) -> list[Series]:
    """A day of Green-LLM's size as one program; processor time."""
    programs.say("horizon")
    return [
        Series("horizon", "gridtide", "ms", {"mechanism": line["name"]}, list(line["day"]))
        for line in lines([str(bin_folder / "horizon")])
    ]


def power_flow(bin_folder: Path, repeats: int, is_short: bool) -> list[Series]:
    """DC optimal power flow by size; processor time."""
    cases = programs.fetch_cases()
    programs.say("DC optimal power flow")
    found = []
    for line in lines([str(bin_folder / "opf"), str(repeats), *map(str, cases[: 4 if is_short else None])]):
        for step in ("read", "cold", "warm"):
            found.append(Series("opf", "gridtide", "ms", {"case": line["name"], "step": step}, list(line[step])))
    return found


def allocations(bin_folder: Path) -> list[Series]:
    """How often a message has memory asked for by what is done with it, and of how many blocks of memory it is: all questions
    and answers of world-week, over ipc."""
    programs.say("allocations")
    with tempfile.TemporaryDirectory(prefix="bench-", dir="/tmp") as name:
        words = [str(bin_folder / "allocations"), str(programs.ROOT / "Scenarios/world-week"), f"ipc://{name}/hub"]
        (line,) = lines(words)
    return [
        Series("allocations", "gridtide", "per message", {"step": step}, list(line[step]))
        for step in ("writing", "sending", "receiving", "reading", "holding")
    ]


def recorder(bin_folder: Path, repeats: int, ticks: int) -> list[Series]:
    """Rows per second of the recorder, on the records of world-week; the rows are counted in the database."""
    series = Series("recorder", "gridtide", "rows/s", {"ticks": ticks})
    for repeat in range(repeats):
        programs.say(f"recorder, repeat {repeat + 1} of {repeats}")
        with tempfile.TemporaryDirectory(prefix="bench-") as name:
            database = Path(name) / "run.sqlite"
            words = [str(bin_folder / "recorder"), str(programs.ROOT / "Scenarios/world-week"), str(ticks), str(database)]
            load.wait_for_quiet(2)
            try:
                with load.Meter() as meter:
                    (line,) = lines(words)
                series.facts["rows"] = count_rows(database)
                series.add(series.facts["rows"] / line["seconds"][0], meter.other_cores)
            except programs.Unavailable as error:
                series.fail(str(error))
    return [series]


def count_rows(database: Path) -> int:
    """Rows of all tables."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return sum(int(db.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]) for table in tables)
