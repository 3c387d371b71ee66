"""The linear program of a window, MODEL 1.1 to 1.6 and 2.1 to 2.8 over its ticks, and its solution by SciPy."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array

from recorded_run import Block, Mechanism, Order, Supply, Window, committed

Vector = npt.NDArray[np.float64]

PLAIN = ("home", "nearest", "least-cost", "least-carbon", "carbon-priced")
CRITERIA = ("energy", "carbon", "emissions", "delay", "water", "friction", "round-trip", "cost")
# Of the largest order: what a recorded amount may be off by, being rounded.
ROUNDING = 1e-9
# Of an order: what is not served and no more than that counts as served.
SETTLED = 1e-7
# Of the largest cost of a variable: what an optimum of zero is measured by.
FLOOR = 1e-5


class Infeasible(Exception):
    """A program without solution."""


@dataclass(frozen=True)
class Objective:
    """What the parts of a placement count; what is not served counts `service` per MWh of IT, beside its value."""

    energy: float = 0.0
    carbon: float = 0.0
    emissions: float = 0.0
    delay: float = 0.0
    water: float = 0.0
    friction: float = 0.0
    switching: float = 0.0
    round_trip: float = 0.0
    value: float = 0.0
    service: float = 0.0

    @staticmethod
    def of_criterion(criterion: str) -> Objective:
        """A criterion of a lexicographic order alone, work not served left out unless it is cost."""
        if criterion == "cost":
            return Objective(energy=1, friction=1, switching=1, value=1)
        return replace(Objective(), **{criterion.replace("-", "_"): 1.0})

    @staticmethod
    def of(mechanism: Mechanism, window: Window) -> Objective:
        """The objective of a mechanism; of a lexicographic one the last criterion.

        Of nearest and least-carbon, what is not served costs 1,000 times the largest rate of the first tick.
        """
        name = mechanism.objective
        if name in ("home", "least-cost", "carbon-priced"):
            cost = Objective.of_criterion("cost")
            return replace(cost, emissions=mechanism.kappa) if name == "carbon-priced" else cost
        if name == "weighted":
            return Objective(friction=1, switching=1, value=1, **mechanism.weights)
        if name == "lexicographic":
            return Objective.of_criterion(mechanism.priorities[-1])
        objective = Objective.of_criterion({"nearest": "round-trip", "least-carbon": "emissions"}[name])
        rates = [objective.option(order, region) for order in window.orders for region in order.options]
        rates += [s.pue * objective.block(block) for s in window.supplies[0].values() for block in s.blocks]
        return replace(objective, service=1000 * max([1.0, *(abs(rate) for rate in rates)]))

    def block(self, block: Block) -> float:
        """Of a MWh of facility energy."""
        return (
            self.energy * block.price
            + (self.emissions + self.carbon * block.tax) * block.emissions
            + self.water * block.water
        )

    def option(self, order: Order, region: int, tick: int = 0) -> float:
        """Of a MWh of IT energy of an order in a region; its delay is shared by all that comes in in the tick (2.8)."""
        option = order.options[region]
        cost = self.friction * option.friction
        requests = order.arrivals[tick]
        if requests > 0:
            cost += self.delay * order.delay_price * order.delay(region, requests) / requests
        return cost / order.energy + (self.round_trip * option.round_trip if self.round_trip else 0.0)

    def unserved(self, order: Order) -> float:
        """Of a MWh of IT energy not served."""
        return self.value * order.value / order.energy + self.service

    def moved(self, order: Order) -> float:
        """Of a MWh of IT energy moved since the tick before (1.6)."""
        return self.switching * order.switching / order.energy


class Program:
    """A linear program with non-negative variables, minimised for one objective after another."""

    def __init__(self) -> None:
        self.uppers: list[float] = []
        self.rows: dict[str, list[tuple[dict[int, float], float]]] = {"most": [], "equal": []}
        self.fixed: dict[int, tuple[float, float]] = {}

    def variable(self, upper: float = math.inf) -> int:
        """A new variable."""
        self.uppers.append(upper)
        return len(self.uppers) - 1

    def row(self, kind: str, entries: dict[int, float], value: float) -> None:
        """A row, scaled to entries of at most one; a limit of infinity is none."""
        if entries and math.isfinite(value):
            size = max(abs(entry) for entry in entries.values()) or 1
            self.rows[kind].append(({column: entry / size for column, entry in entries.items()}, value / size))

    def solve(self, costs: Vector) -> float:
        """The optimum."""
        if not self.uppers:
            return 0.0
        matrices = {kind: self.matrix(kind) for kind in self.rows}
        size = float(np.abs(costs).max()) or 1.0
        result = linprog(
            costs / size, A_ub=matrices["most"][0], b_ub=matrices["most"][1],
            A_eq=matrices["equal"][0], b_eq=matrices["equal"][1],
            bounds=[self.fixed.get(column, (0, upper)) for column, upper in enumerate(self.uppers)], method="highs",
            options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
        )
        if result.status == 2:
            raise Infeasible(result.message)
        if result.status != 0:
            raise RuntimeError(result.message)
        return float(result.fun) * size

    def matrix(self, kind: str) -> tuple[csr_array | None, Vector | None]:
        """The rows of a kind as a sparse matrix, with their right-hand sides."""
        rows = self.rows[kind]
        if not rows:
            return None, None
        places = [(number, column, value) for number, (row, _) in enumerate(rows) for column, value in row.items()]
        numbers, columns, values = zip(*places)
        shape = (len(rows), len(self.uppers))
        return coo_array((values, (numbers, columns)), shape=shape).tocsr(), np.array([value for _, value in rows])


class WindowProgram(Program):
    """The program of a window: work in shares of the most that comes in of an order, blocks in facility MWh."""

    def __init__(self, window: Window, objective: str):
        super().__init__()
        self.window = window
        self.is_home = objective == "home"
        self.ticks = range(len(window.supplies))
        self.orders = [order for order in window.orders if max(order.arrivals) > 0]
        self.energy: list[dict[int, dict[int, float]]] = [{} for _ in self.ticks]
        self.work: list[dict[tuple[int, int], dict[int, float]]] = [{} for _ in self.ticks]
        # Columns by order, then tick; of what runs and moved in by region too.
        self.runs: list[list[dict[int, int]]] = []
        self.moves: list[list[dict[int, int]]] = []
        self.unserved: list[list[int]] = []
        self.blocks: list[tuple[Block, int]] = []
        for order in self.orders:
            self.add_order(order)
        for tick in self.ticks:
            for region, supply in window.supplies[tick].items():
                self.add_region(tick, region, supply)
        self.row("most", {column: block.water for block, column in self.blocks if block.water}, window.water)

    def add_order(self, order: Order) -> None:
        """Demand (1.2, 2.6), locality (1.4), delay (2.7) and switching (1.6) of an order, tick by tick."""
        unit = max(order.arrivals)
        limits = order.waiting_limits()
        waiting: int | None = None
        before: dict[int, int] = {}
        self.runs.append([])
        self.moves.append([])
        self.unserved.append([])
        for tick in self.ticks:
            arrived = order.arrivals[tick] / unit
            open_regions = [region for region in order.options if region == order.home or not self.is_home]
            runs = {region: self.variable() for region in open_regions}
            moves: dict[int, int] = {}
            unserved = self.variable()
            balance = {column: 1.0 for column in [unserved, *runs.values()]}
            if waiting is not None:
                balance[waiting] = -1.0
            waiting = self.variable(limits[tick] / unit)
            balance[waiting] = 1.0
            self.row("equal", balance, arrived)
            # Of what does not wait on, a share may be away.
            if order.movable < 1:
                free = {column: 1.0 - order.movable for region, column in runs.items() if region != order.home}
                pinned = {column: -order.movable for region, column in runs.items() if region == order.home}
                self.row("most", {**free, **pinned, unserved: -order.movable}, 0.0)
            if order.arrivals[tick] > 0 and math.isfinite(order.delay_limit):
                late = {c: order.delay(region, order.arrivals[tick]) - order.delay_limit for region, c in runs.items()}
                self.row("most", late, 0.0)
            if order.switching > 0:
                for region, column in runs.items():
                    moves[region] = self.variable()
                    entries = {column: 1.0, moves[region]: -1.0}
                    if tick > 0:
                        entries[before[region]] = -1.0
                    self.row("most", entries, 0.0 if tick > 0 else order.last.get(region, 0.0) / unit)
            before = runs
            for region, column in runs.items():
                pue = self.window.supplies[tick][region].pue
                self.energy[tick].setdefault(region, {})[column] = pue * order.energy * unit
                for resource, amount in order.work.items():
                    self.work[tick].setdefault((region, resource), {})[column] = amount * unit
            self.runs[-1].append(runs)
            self.moves[-1].append(moves)
            self.unserved[-1].append(unserved)

    def add_region(self, tick: int, region: int, supply: Supply) -> None:
        """Energy from blocks (2.1 to 2.3), connection and capacity (1.4, 2.5) of a region in a tick."""
        balance = dict(self.energy[tick].get(region, {}))
        grid: dict[int, float] = {}
        for block in supply.blocks:
            taken = self.variable(block.limit)
            self.blocks.append((block, taken))
            balance[taken] = -1.0
            if block.is_grid:
                grid[taken] = 1.0
        self.row("equal", balance, 0.0)
        self.row("most", grid, supply.connection)
        for (place, resource), entries in self.work[tick].items():
            if place == region:
                self.row("most", entries, supply.capacity.get(resource, 0.0))

    def costs(self, objective: Objective) -> Vector:
        """The costs an objective gives to the variables."""
        costs = np.zeros(len(self.uppers))
        for place, order in enumerate(self.orders):
            unit = max(order.arrivals) * order.energy
            for tick in self.ticks:
                costs[self.unserved[place][tick]] = objective.unserved(order) * unit
                for region, column in self.runs[place][tick].items():
                    costs[column] = objective.option(order, region, tick) * unit
                for column in self.moves[place][tick].values():
                    costs[column] = objective.moved(order) * unit
        for block, column in self.blocks:
            costs[column] = objective.block(block)
        return costs

    def keep(self, costs: Vector, value: float) -> None:
        """Keeps costs within a value."""
        self.row("most", {int(column): float(costs[column]) for column in np.flatnonzero(costs)}, value)

    def fix(self) -> None:
        """Fixes the first tick at what the run recorded, as near as amounts are rounded; ahead all stays open."""
        largest = max((max(order.arrivals) * order.energy for order in self.orders), default=0.0)
        for place, order in enumerate(self.orders):
            unit = max(order.arrivals)
            rounding = SETTLED + ROUNDING * largest / (unit * order.energy)
            amounts = {column: order.ran.get(region, 0.0) for region, column in self.runs[place][0].items()}
            amounts[self.unserved[place][0]] = order.unserved
            for column, requests in amounts.items():
                share = requests / unit
                self.fixed[column] = (max(0.0, share - rounding), share + rounding)


@dataclass(frozen=True)
class Stage:
    """Something that is made least, and may then give way by a share of its optimum to what is made least after it."""

    name: str
    objective: Objective
    slack: float


def stages(mechanism: Mechanism, window: Window) -> list[Stage]:
    """What is made least: one objective, or first the energy not served and then one criterion after another."""
    if mechanism.objective != "lexicographic":
        return [Stage(mechanism.objective, Objective.of(mechanism, window), 0.0)]
    criteria = [Stage(name, Objective.of_criterion(name), mechanism.slack) for name in mechanism.priorities]
    return [Stage("energy not served", Objective(service=1), 0.0), *criteria]


@dataclass(frozen=True)
class Comparison:
    """What was made least: the best that goes with what ran, and the optimum, or the limit where others follow."""

    name: str
    best: float
    allowed: float
    size: float

    def difference(self) -> float:
        """How far what ran is from an optimal plan, relative; fixing it can only cost, so that less is rounding."""
        return max(0.0, self.best - self.allowed) / self.size


def size_of(value: float, costs: Vector) -> float:
    """What a difference from a value is measured by; one of zero, or near it, by the costs of its variables."""
    return abs(value) + FLOOR * float(np.abs(costs).max(initial=0.0)) + 1e-12


def compare_plans(window: Window, mechanism: Mechanism) -> list[Comparison]:
    """Solves a window as it was posed and with its first tick fixed as recorded, stage by stage.

    Where both have one optimum, the recorded tick is part of an optimal plan. A criterion that others come after must
    lie within its slack. Raises `Infeasible` where what was recorded breaks a limit, or leaves no plan for the ticks
    ahead.
    """
    free = WindowProgram(window, mechanism.objective)
    fixed = WindowProgram(window, mechanism.objective)
    fixed.fix()
    comparisons = []
    order = stages(mechanism, window)
    for place, stage in enumerate(order):
        costs = free.costs(stage.objective)
        least = free.solve(costs)
        best = fixed.solve(costs)
        limit = least + stage.slack * abs(least)
        size = size_of(least, costs)
        comparisons.append(Comparison(stage.name, best, limit if place < len(order) - 1 else least, size))
        free.keep(costs, limit + ROUNDING * size)
        fixed.keep(costs, max(limit, best) + 10 * ROUNDING * size)
    return comparisons


def recorded_objective(window: Window, mechanism: Mechanism) -> tuple[float, float]:
    """The mechanism's objective of what a tick recorded, and what differences from it are measured by.

    It is that of what ran and was not served, without what waits, with energy drawn from the blocks in merit order.
    """
    orders = [committed(order) for order in window.orders]
    objective = Objective.of(mechanism, replace(window, orders=orders))
    energy: dict[int, float] = {}
    costs = [0.0]
    value = 0.0
    for order in orders:
        asked = order.arrivals[0] * order.energy
        costs.append(objective.unserved(order) * asked)
        value += order.unserved * order.energy * objective.unserved(order)
        for region, requests in order.ran.items():
            energy[region] = energy.get(region, 0.0) + requests * order.energy
            value += requests * order.energy * objective.option(order, region)
            value += max(0.0, requests - order.last.get(region, 0.0)) * order.energy * objective.moved(order)
    for region, supply in window.supplies[0].items():
        missing = energy.get(region, 0.0) * supply.pue
        connection = supply.connection
        for block in sorted(supply.blocks, key=objective.block):
            taken = min(missing, block.limit, connection if block.is_grid else math.inf)
            missing -= taken
            connection -= taken if block.is_grid else 0.0
            value += taken * objective.block(block)
    return value, size_of(value, np.array(costs))
