#!/usr/bin/env python3
"""Clears every tick of a recorded run again, with SciPy, and compares the objectives.

The linear program of MODEL 1.1 to 1.6 is built anew from the inputs in the run's database: signals and events, offers,
bids with their options, and what ran where in the tick before. It shares no code with the program. Runs under
sequential or price-taker coupling whose ticks were cleared one by one can be checked: home, nearest, least-cost,
least-carbon and carbon-priced.

    python3 Tests/python/check_clearing.py runs/two-region-1/run.sqlite

Exit status: 0 all ticks agree, 1 some do not, 2 the run cannot be checked.
"""

from __future__ import annotations

import argparse
import math
import sqlite3
import sys
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

MONEY = ("home", "least-cost", "carbon-priced")
OBJECTIVES = (*MONEY, "nearest", "least-carbon")


class Unsuitable(Exception):
    """Why a run cannot be checked."""


@dataclass
class Block:
    """A block of facility energy: limit in MWh, price in $/MWh, emissions in kg/MWh."""

    limit: float
    price: float
    emissions: float
    is_grid: bool


@dataclass
class Supply:
    """What a region can run in a tick."""

    connection: float = 0.0
    pue: float = 1.0
    capacity: dict[int, float] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)


@dataclass
class Order:
    """Work of one class from one service node, with the friction of each region it accepts."""

    home: int
    requests: float
    energy: float
    movable: float
    value: float
    switching: float
    work: dict[int, float]
    friction: dict[int, float]
    round_trip: dict[int, float]
    last: dict[int, float]


class Run:
    """The database of a run, read tick by tick."""

    def __init__(self, path: str):
        self.db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self.db.row_factory = sqlite3.Row
        run = self.db.execute("SELECT * FROM run").fetchone()
        self.objective: str = run["mechanism"]
        self.kappa: float = run["carbon_price_usd_per_kg"]
        self.hours: float = run["tick_seconds"] / 3600
        if run["coupling"] not in ("sequential", "price-taker"):
            raise Unsuitable(f"it was cleared more than once a tick ({run['coupling']} coupling)")
        if self.objective not in OBJECTIVES:
            raise Unsuitable(f"the objective {self.objective} is none of {', '.join(OBJECTIVES)}")
        if self.db.execute("SELECT count(*) FROM violation").fetchone()[0]:
            raise Unsuitable("it has violations, whose bids the coordinator mended")
        looking_ahead = "SELECT (SELECT count(*) FROM bid_outlook) + (SELECT count(delay_limit_seconds) FROM bid)"
        if self.db.execute(looking_ahead).fetchone()[0]:
            raise Unsuitable("its bids look ahead or limit delay, which 1.1 to 1.6 do not")
        self.regions = {row["agent"]: row for row in self.all("SELECT * FROM agent WHERE role = 'compute-region'")}
        self.home = {row["agent"]: row["home_region"] for row in self.all("SELECT * FROM agent")}
        self.classes = {row["workload_class"]: row for row in self.all("SELECT * FROM workload_class")}
        self.routes = {(row["service"], row["region"]): row["round_trip_ms"] for row in self.all("SELECT * FROM route")}
        self.events = self.all("SELECT * FROM grid_event")
        self.options: dict[int, dict[int, float]] = {}
        for row in self.all("SELECT * FROM bid_option"):
            self.options.setdefault(row["option_set"], {})[row["region"]] = row["friction_usd_per_request"]
        self.signals: dict[int, sqlite3.Row] = {}
        self.bids: dict[int, list[sqlite3.Row]] = {}
        self.placed: dict[tuple[int, int], dict[int, float]] = {}

    def all(self, query: str, *values: int) -> list[sqlite3.Row]:
        """All rows of a query."""
        return self.db.execute(query, values).fetchall()

    def supplies(self, tick: int) -> dict[int, Supply]:
        """What each region sells: offers at the last signal, with the scenario's caps and price spikes."""
        for row in self.all("SELECT * FROM signal WHERE tick = ?", tick):
            self.signals[row["region"]] = row
        supplies = {region: Supply() for region in self.regions}
        for row in self.all("SELECT * FROM offer WHERE tick = ?", tick):
            region = row["region"]
            signal = self.signals.get(region)
            cap = 0.0 if signal is None else limit(signal["cap_mw"])
            for event in self.events_at(region, tick, "cap"):
                cap = min(cap, event["amount_mw"])
            supplies[region].pue = row["pue"]
            supplies[region].connection = max(0, min(limit(row["connection_mw"]), cap) - row["charge_mw"]) * self.hours
        for row in self.all("SELECT * FROM offer_capacity WHERE tick = ?", tick):
            supplies[row["region"]].capacity[row["resource"]] = limit(row["capacity_accelerator_seconds"])
        for row in self.all("SELECT * FROM offer_block WHERE tick = ? ORDER BY region, block", tick):
            region = row["region"]
            signal = self.signals.get(region)
            is_grid = row["source"] == "grid"
            price = row["mark_up_usd_per_mwh"]
            emissions = 0.0
            if is_grid:
                price += 0 if signal is None else signal["price_usd_per_mwh"]
                price += sum(event["price_usd_per_mwh"] for event in self.events_at(region, tick, "price-spike"))
                emissions = 0 if signal is None else signal["marginal_emissions_kg_per_mwh"]
            supplies[region].blocks.append(Block(limit(row["limit_mw"]) * self.hours, price, emissions, is_grid))
        return supplies

    def events_at(self, region: int, tick: int, kind: str) -> list[sqlite3.Row]:
        """The scenario's events of a kind at a region in a tick."""
        return [
            event
            for event in self.events
            if event["region"] == region and event["kind"] == kind and event["from_tick"] <= tick < event["to_tick"]
        ]

    def orders(self, tick: int) -> list[Order]:
        """What each service node wants; an absent one wants what it wanted last, at home."""
        rows: dict[int, list[sqlite3.Row]] = {}
        for row in self.all("SELECT * FROM bid WHERE tick = ? ORDER BY service, workload_class", tick):
            rows.setdefault(row["service"], []).append(row)
        absent = {
            row["agent"]
            for row in self.all("SELECT * FROM missing_answer WHERE tick = ? AND phase = 'bidding'", tick)
            if self.home[row["agent"]] is not None
        }
        orders = []
        for service, home in self.home.items():
            if home is None:
                continue
            if service not in absent:
                self.bids[service] = rows.get(service, [])
            for row in self.bids.get(service, []):
                friction = {home: 0.0} if service in absent else self.options[row["option_set"]]
                orders.append(self.order(row, service, home, friction))
        return orders

    def order(self, row: sqlite3.Row, service: int, home: int, friction: dict[int, float]) -> Order:
        """An order of a bid, whose options are checked against the latency mask (1.3)."""
        kind = self.classes[row["workload_class"]]
        fixed = kind["client_leg_ms"] + kind["processing_ms"] + kind["queueing_ms"]
        for region in friction:
            far = fixed + limit(self.routes[service, region]) > limit(kind["latency_budget_ms"])
            if region != home and far:
                raise Unsuitable(f"tick {row['tick']}: region {region} is too far for class {kind['name']}")
        work = {
            w["resource"]: w["work_accelerator_seconds_per_request"]
            for w in self.all(
                "SELECT * FROM bid_work WHERE tick = ? AND service = ? AND workload_class = ?",
                row["tick"], service, row["workload_class"],
            )
        }
        key = (service, row["workload_class"])
        return Order(
            home=home, requests=row["requests"], energy=row["energy_kwh_per_request"] / 1000,
            movable=min(row["movable_share"], kind["movable_share"]), value=row["value_usd_per_request"],
            switching=row["switching_usd_per_request"], work=work, friction=friction,
            round_trip={region: limit(self.routes[service, region]) for region in friction},
            last=self.placed.get(key, {home: row["requests"]}),
        )

    def remember(self, tick: int) -> None:
        """Notes where work ran, which the switching cost (1.6) of the next tick is counted from."""
        for key in self.placed:
            self.placed[key] = {}
        for service, rows in self.bids.items():
            for row in rows:
                self.placed[service, row["workload_class"]] = {}
        for row in self.all("SELECT * FROM award WHERE tick = ?", tick):
            self.placed[row["service"], row["workload_class"]][row["region"]] = row["requests"]


def limit(value: float | None) -> float:
    """A limit; none is infinite."""
    return math.inf if value is None else value


class Program:
    """A linear program with non-negative variables."""

    def __init__(self) -> None:
        self.costs: list[float] = []
        self.uppers: list[float] = []
        self.rows: dict[str, list[tuple[dict[int, float], float]]] = {"most": [], "equal": []}

    def variable(self, cost: float, upper: float = math.inf) -> int:
        """A new variable."""
        self.costs.append(cost)
        self.uppers.append(upper)
        return len(self.costs) - 1

    def row(self, kind: str, entries: dict[int, float], value: float) -> None:
        """A row, scaled to entries of at most one; a limit of infinity is none."""
        if entries and math.isfinite(value):
            size = max(abs(entry) for entry in entries.values()) or 1
            self.rows[kind].append(({column: entry / size for column, entry in entries.items()}, value / size))

    def solve(self) -> float:
        """The optimum."""
        matrices = {kind: self.matrix(kind) for kind in self.rows}
        size = max(abs(cost) for cost in self.costs) or 1
        result = linprog(
            np.array(self.costs) / size, A_ub=matrices["most"][0], b_ub=matrices["most"][1],
            A_eq=matrices["equal"][0], b_eq=matrices["equal"][1],
            bounds=[(0, upper) for upper in self.uppers], method="highs",
            options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
        )
        if result.status != 0:
            raise RuntimeError(result.message)
        return float(result.fun) * size

    def matrix(self, kind: str) -> tuple[coo_array | None, np.ndarray | None]:
        """The rows of a kind as a sparse matrix, with their right-hand sides."""
        rows = self.rows[kind]
        if not rows:
            return None, None
        places = [(number, column, value) for number, (row, _) in enumerate(rows) for column, value in row.items()]
        numbers, columns, values = zip(*places)
        shape = (len(rows), len(self.costs))
        return coo_array((values, (numbers, columns)), shape=shape).tocsr(), np.array([value for _, value in rows])


def optimum(objective: str, kappa: float, supplies: dict[int, Supply], orders: list[Order]) -> float:
    """The optimum of a tick in the unit of its objective; x is the share of an order, y MWh of facility energy."""
    program = Program()
    is_money = objective in MONEY
    largest = 1.0
    if objective == "nearest":
        largest = max([largest, *(trip for order in orders for trip in order.round_trip.values())])
    if objective == "least-carbon":
        largest = max([largest, *(abs(b.emissions) * s.pue for s in supplies.values() for b in s.blocks)])
    energy: dict[int, dict[int, float]] = {region: {} for region in supplies}
    work: dict[tuple[int, int], dict[int, float]] = {(r, q): {} for r, s in supplies.items() for q in s.capacity}
    for order in orders:
        if order.requests <= 0:
            continue
        total = order.energy * order.requests
        not_served = order.value * order.requests if is_money else 1000 * largest * total
        served = {program.variable(not_served): 1.0}
        away: dict[int, float] = {}
        for region, friction in order.friction.items():
            if objective == "home" and region != order.home:
                continue
            cost = friction * order.requests if is_money else 0.0
            if objective == "nearest":
                cost = order.round_trip[region] * total
            share = program.variable(cost)
            served[share] = 1.0
            energy[region][share] = supplies[region].pue * total
            for resource, amount in order.work.items():
                work.setdefault((region, resource), {})[share] = amount * order.requests
            if region != order.home:
                away[share] = 1.0
            if is_money and order.switching > 0:
                moved = program.variable(order.switching * order.requests)
                program.row("most", {share: 1.0, moved: -1.0}, order.last.get(region, 0.0) / order.requests)
        program.row("equal", served, 1.0)
        program.row("most", away, order.movable)
    for region, supply in supplies.items():
        balance = dict(energy[region])
        grid: dict[int, float] = {}
        for block in supply.blocks:
            cost = {"nearest": 0.0, "least-carbon": block.emissions}.get(objective, block.price)
            if objective == "carbon-priced":
                cost += kappa * block.emissions
            taken = program.variable(cost, block.limit)
            balance[taken] = -1.0
            if block.is_grid:
                grid[taken] = 1.0
        program.row("equal", balance, 0.0)
        program.row("most", grid, supply.connection)
    for (region, resource), entries in work.items():
        program.row("most", entries, supplies[region].capacity.get(resource, 0.0))
    return program.solve() if program.costs else 0.0


def check(path: str, tolerance: float) -> int:
    """Compares every tick of a run, prints what differs, and returns how many do."""
    run = Run(path)
    count = wrong = 0
    worst = 0.0
    for row in run.all("SELECT tick, objective FROM tick ORDER BY tick"):
        tick, recorded = row["tick"], row["objective"]
        found = optimum(run.objective, run.kappa, run.supplies(tick), run.orders(tick))
        run.remember(tick)
        difference = abs(found - recorded) / (1 + abs(recorded))
        worst = max(worst, difference)
        count += 1
        if difference > tolerance:
            wrong += 1
            print(f"tick {tick}: the objective is {found:.9g}, recorded is {recorded:.9g}")
    print(f"{path}: {run.objective}, {count} ticks, {wrong} differ, largest relative difference {worst:.1e}")
    return wrong


def main() -> int:
    """Checks the runs named on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("databases", nargs="+", metavar="run.sqlite")
    parser.add_argument("--tolerance", type=float, default=1e-6, help="largest relative difference (1e-6)")
    arguments = parser.parse_args()
    try:
        return 1 if sum(check(path, arguments.tolerance) for path in arguments.databases) else 0
    except Unsuitable as reason:
        print(f"the run cannot be checked: {reason}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
