"""Reads the windows a run cleared from its database: what was offered, bid, expected and placed, tick by tick."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field, replace


class Unsuitable(Exception):
    """Why a run cannot be checked."""


@dataclass(frozen=True)
class Mechanism:
    """What a run minimises. Its database holds the objective and kappa alone; the rest is stated by who checks it."""

    objective: str
    kappa: float = 0.0
    weights: Mapping[str, float] = field(default_factory=dict)
    priorities: tuple[str, ...] = ()
    slack: float = 0.001
    horizon: int = 1
    water: float = math.inf


@dataclass(frozen=True)
class Block:
    """A block of facility energy: limit in MWh, price in $/MWh, emissions in kg/MWh, tax in $/kg, water in l/MWh."""

    limit: float
    price: float
    emissions: float
    tax: float
    water: float
    is_grid: bool


@dataclass
class Supply:
    """What a region can run in a tick."""

    connection: float = 0.0
    pue: float = 1.0
    capacity: dict[int, float] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True)
class Option:
    """A region an order accepts: friction in $/request, round trip in ms, delay in seconds, fixed and per request."""

    friction: float
    round_trip: float
    delay: float = 0.0
    delay_per_request: float = 0.0


@dataclass
class Order:
    """Work of one class from one service node; energy in MWh and work per request, the rest in requests.

    What a window leaves to decide is given as the run recorded it: what ran where, was not served, or waits.
    """

    name: str
    home: int
    arrivals: list[float]
    due: list[float]
    energy: float
    movable: float
    value: float
    switching: float
    delay_limit: float
    delay_price: float
    work: dict[int, float]
    options: dict[int, Option]
    last: dict[int, float]
    ran: dict[int, float]
    unserved: float
    waits: float

    def waiting_limits(self) -> list[float]:
        """What may wait after each tick of the window: what came in by then less what was due by then.

        What comes in later may wait as long as the longest wait of what is there. All work of a window is done in it.
        """
        longest = len(self.due) - 1
        limits = []
        for tick in range(len(self.arrivals)):
            due = sum(self.due[: tick + 1]) + sum(self.arrivals[1 : max(1, tick - longest + 1)])
            limits.append(max(0.0, sum(self.arrivals[: tick + 1]) - due))
        if longest < 1:
            return [0.0] * len(limits)
        limits[-1] = 0.0
        return limits

    def delay(self, region: int, requests: float) -> float:
        """Seconds of so many requests of the order if all ran in a region (bracket of 2.7)."""
        option = self.options[region]
        return option.delay + option.delay_per_request * requests


@dataclass
class Window:
    """The ticks that are cleared together: supply by tick and region, orders, and the water they may use in litres."""

    tick: int
    supplies: list[dict[int, Supply]]
    orders: list[Order]
    water: float


class Run:
    """The database of a run, read tick by tick."""

    def __init__(self, path: str):
        self.db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self.db.row_factory = sqlite3.Row
        run = self.db.execute("SELECT * FROM run").fetchone()
        self.objective: str = run["mechanism"]
        self.kappa: float = run["carbon_price_usd_per_kg"]
        self.hours: float = run["tick_seconds"] / 3600
        self.tick_count: int = run["planned_ticks"]
        if run["coupling"] not in ("sequential", "price-taker"):
            raise Unsuitable(f"it was cleared more than once a tick ({run['coupling']} coupling)")
        if not self.db.execute("SELECT count(*) FROM tick").fetchone()[0]:
            raise Unsuitable("it has no ticks")
        if self.db.execute("SELECT count(*) FROM violation").fetchone()[0]:
            raise Unsuitable("it has violations, whose bids the coordinator mended")
        if self.db.execute("SELECT count(*) FROM bid WHERE option_set IS NULL").fetchone()[0]:
            raise Unsuitable("it was recorded without the regions that bids accept")
        self.regions = [row["agent"] for row in self.all("SELECT agent FROM agent WHERE role = 'compute-region'")]
        self.home: dict[int, int | None] = {row["agent"]: row["home_region"] for row in self.all("SELECT * FROM agent")}
        self.names: dict[int, str] = {row["agent"]: row["name"] for row in self.all("SELECT agent, name FROM agent")}
        self.classes = {row["workload_class"]: row for row in self.all("SELECT * FROM workload_class")}
        self.routes = {(row["service"], row["region"]): row["round_trip_ms"] for row in self.all("SELECT * FROM route")}
        self.events = self.all("SELECT * FROM grid_event")
        self.options: dict[int, list[sqlite3.Row]] = {}
        for row in self.all("SELECT * FROM bid_option"):
            self.options.setdefault(row["option_set"], []).append(row)
        self.signals: dict[int, sqlite3.Row] = {}
        self.forecasts: dict[int, list[sqlite3.Row]] = {}
        self.posted: dict[tuple[int, int], tuple[sqlite3.Row | None, list[sqlite3.Row]]] = {}
        self.heard: dict[int, int] = {}
        self.bids: dict[int, list[sqlite3.Row]] = {}
        self.placed: dict[tuple[int, int], dict[int, float]] = {}
        self.used_litres = 0.0

    def all(self, query: str, *values: int) -> list[sqlite3.Row]:
        """All rows of a query."""
        return self.db.execute(query, values).fetchall()

    def looks_ahead(self) -> bool:
        """Whether nodes told what they expect or how long work may wait, or work was let wait."""
        counts = "SELECT (SELECT count(*) FROM bid_outlook) + (SELECT count(*) FROM waiting)"
        return bool(self.db.execute(counts).fetchone()[0])

    def window(self, tick: int, mechanism: Mechanism) -> Window:
        """What is cleared in a tick; windows must be read in their order, and each remembered before the next."""
        count = min(mechanism.horizon, self.tick_count - tick)
        # The water of a run is due tick by tick: a window may use what is allowed up to its end (2.4).
        water = max(0.0, mechanism.water * (tick + count) / self.tick_count - self.used_litres)
        return Window(tick, self.supplies(tick, count), self.orders(tick, count), water)

    # Supply

    def supplies(self, tick: int, count: int) -> list[dict[int, Supply]]:
        """What each region sells in a tick and, as it is expected, in those after it."""
        for row in self.all("SELECT * FROM signal WHERE tick = ?", tick):
            region = row["region"]
            self.signals[region] = row
            query = "SELECT * FROM forecast WHERE tick = ? AND region = ? ORDER BY ahead_ticks"
            self.forecasts[region] = self.all(query, tick, region)
        for region in self.regions:
            self.posted[tick, region] = (self.signals.get(region), self.forecasts.get(region, []))
        stale = "SELECT agent, signal_tick FROM agent_fault WHERE tick = ? AND kind = 'stale-signals'"
        self.heard = {row["agent"]: row["signal_tick"] for row in self.all(stale, tick)}
        window: list[dict[int, Supply]] = [{region: Supply() for region in self.regions} for _ in range(count)]
        blocks = self.all("SELECT * FROM offer_block WHERE tick = ? ORDER BY region, block", tick)
        capacities = self.all("SELECT * FROM offer_capacity WHERE tick = ?", tick)
        outlooks = self.all("SELECT * FROM offer_outlook WHERE tick = ? ORDER BY region, ahead_ticks", tick)
        for offer in self.all("SELECT * FROM offer WHERE tick = ?", tick):
            region = offer["region"]
            own = [row for row in blocks if row["region"] == region]
            capacity = {
                row["resource"]: limit(row["capacity_accelerator_seconds"])
                for row in capacities
                if row["region"] == region
            }
            outlook = [row for row in outlooks if row["region"] == region]
            for ahead in range(count):
                expected = outlook[min(ahead, len(outlook)) - 1] if ahead > 0 and outlook else None
                supply = self.supply(offer, own, tick, ahead, expected)
                supply.capacity = capacity
                window[ahead][region] = supply
        return window

    def supply(
        self, offer: sqlite3.Row, blocks: list[sqlite3.Row], tick: int, ahead: int, expected: sqlite3.Row | None
    ) -> Supply:
        """What a region sells in a tick, or is expected to so many ticks ahead: mark-ups as now, no cap or charging."""
        region = offer["region"]
        known = offer if expected is None else expected
        connection = limit(known["connection_mw"])
        if ahead == 0:
            connection = max(0.0, min(connection, self.cap(region, tick)) - offer["charge_mw"])
        price, emissions = self.grid_power(region, tick, ahead)
        supply = Supply(connection=connection * self.hours, pue=known["pue"])
        is_first_on_site = True
        for row in blocks:
            is_grid = row["source"] == "grid"
            most = limit(row["limit_mw"])
            if not is_grid:
                if expected is not None and is_first_on_site:
                    most = expected["on_site_mw"]
                is_first_on_site = False
            supply.blocks.append(
                Block(
                    limit=most * self.hours, price=row["mark_up_usd_per_mwh"] + (price if is_grid else 0.0),
                    emissions=emissions if is_grid else 0.0, tax=known["carbon_tax_usd_per_kg"],
                    water=known["water_litres_per_mwh"], is_grid=is_grid,
                )
            )
        return supply

    def cap(self, region: int, tick: int) -> float:
        """The most a region may draw, MW: the cap of its operator and those of the scenario."""
        signal = self.signals.get(region)
        caps = [event["amount_mw"] for event in self.events_at(region, tick, "cap")]
        return float(min([0.0 if signal is None else limit(signal["cap_mw"]), *caps]))

    def grid_power(self, region: int, tick: int, ahead: int) -> tuple[float, float]:
        """Price and emissions of grid power: those of the last signal heard, or those it foretold so many ticks ahead.

        The last value of a forecast goes on. A price spike counts in it for as long as it lasts.
        """
        heard = self.heard.get(region, tick)
        signal, forecasts = self.posted[heard, region]
        if signal is None:
            return 0.0, 0.0
        forecast = forecasts if ahead > 0 else []
        place = min(ahead, len(forecast) - 1) if forecast else 0
        source = forecast[place] if forecast else signal
        spikes = self.events_at(region, heard, "price-spike")
        adder = sum(event["price_usd_per_mwh"] for event in spikes if heard + place < event["to_tick"])
        return source["price_usd_per_mwh"] + adder, source["marginal_emissions_kg_per_mwh"]

    def events_at(self, region: int, tick: int, kind: str) -> list[sqlite3.Row]:
        """The scenario's events of a kind at a region in a tick."""
        return [
            event
            for event in self.events
            if event["region"] == region and event["kind"] == kind and event["from_tick"] <= tick < event["to_tick"]
        ]

    # Demand

    def orders(self, tick: int, count: int) -> list[Order]:
        """What each service node wants; an absent one wants what it wanted last, at home and now."""
        rows: dict[int, list[sqlite3.Row]] = {}
        for row in self.all("SELECT * FROM bid WHERE tick = ? ORDER BY service, workload_class", tick):
            rows.setdefault(row["service"], []).append(row)
        missing = self.all("SELECT agent FROM missing_answer WHERE tick = ? AND phase = 'bidding'", tick)
        absent = {row["agent"] for row in missing}
        orders = []
        for service, home in self.home.items():
            if home is None:
                continue
            if service not in absent:
                self.bids[service] = rows.get(service, [])
            for row in self.bids.get(service, []):
                order = self.order(row, service, home, count)
                if service in absent:
                    order.options = {home: Option(0.0, order.options[home].round_trip)}
                    order.due = []
                self.add_outcome(order, tick, service, row["workload_class"])
                orders.append(order)
        return orders

    def order(self, row: sqlite3.Row, service: int, home: int, count: int) -> Order:
        """An order of a bid, whose options are checked against the latency mask (1.3)."""
        kind = self.classes[row["workload_class"]]
        fixed = kind["client_leg_ms"] + kind["processing_ms"] + kind["queueing_ms"]
        options: dict[int, Option] = {}
        for option in self.options[row["option_set"]]:
            region = option["region"]
            trip = limit(self.routes[service, region])
            if region != home and fixed + trip > limit(kind["latency_budget_ms"]):
                raise Unsuitable(f"tick {row['tick']}: region {region} is too far for class {kind['name']}")
            options[region] = Option(
                friction=option["friction_usd_per_request"], round_trip=trip, delay=option["delay_seconds"],
                delay_per_request=option["delay_seconds_per_request"],
            )
        of_bid = "WHERE tick = ? AND service = ? AND workload_class = ?"
        key = (row["tick"], service, row["workload_class"])
        work = {
            w["resource"]: w["work_accelerator_seconds_per_request"]
            for w in self.all(f"SELECT * FROM bid_work {of_bid}", *key)
        }
        outlook = self.all(f"SELECT * FROM bid_outlook {of_bid} ORDER BY ahead_ticks", *key)
        arrivals: list[float] = [row["requests"]] * count
        for ahead in outlook:
            if ahead["expected_requests"] is not None and ahead["ahead_ticks"] < count:
                arrivals[ahead["ahead_ticks"]] = ahead["expected_requests"]
        return Order(
            name=f"{self.names[service]}, {kind['name']}", home=home, arrivals=arrivals,
            due=[ahead["due_requests"] for ahead in outlook if ahead["due_requests"] is not None],
            energy=row["energy_kwh_per_request"] / 1000, movable=min(row["movable_share"], kind["movable_share"]),
            value=row["value_usd_per_request"], switching=row["switching_usd_per_request"],
            delay_limit=limit(row["delay_limit_seconds"]), delay_price=row["delay_price_usd_per_second"],
            work=work, options=options,
            last=self.placed.get((service, row["workload_class"]), {home: row["requests"]}),
            ran={}, unserved=0.0, waits=0.0,
        )

    # Outcome

    def add_outcome(self, order: Order, tick: int, service: int, kind: int) -> None:
        """Adds what became of an order in a tick."""
        of_order = "WHERE tick = ? AND service = ? AND workload_class = ?"
        for row in self.all(f"SELECT * FROM award {of_order}", tick, service, kind):
            order.ran[row["region"]] = row["requests"]
        for row in self.all(f"SELECT * FROM unserved {of_order}", tick, service, kind):
            order.unserved = row["requests"]
        for row in self.all(f"SELECT * FROM waiting {of_order}", tick, service, kind):
            order.waits = row["requests"]

    def remember(self, window: Window) -> int:
        """Notes where work ran, which the switching cost (1.6) of the next tick is counted from, and the water used.

        Returns the number of awards of the tick.
        """
        self.placed = {key: {} for key in self.placed}
        for service, rows in self.bids.items():
            for row in rows:
                self.placed[service, row["workload_class"]] = {}
        awards = self.all("SELECT * FROM award WHERE tick = ?", window.tick)
        for row in awards:
            self.placed.setdefault((row["service"], row["workload_class"]), {})[row["region"]] = row["requests"]
        for order in window.orders:
            for region, requests in order.ran.items():
                supply = window.supplies[0][region]
                litres = supply.blocks[0].water if supply.blocks else 0.0
                self.used_litres += requests * order.energy * supply.pue * litres
        return len(awards)


def committed(order: Order) -> Order:
    """An order without what waits: what a tick was cleared for once its window has let the rest wait."""
    return replace(order, arrivals=[sum(order.ran.values()) + order.unserved], due=[], waits=0.0)


def limit(value: float | None) -> float:
    """A limit; none is infinite."""
    return math.inf if value is None else value
