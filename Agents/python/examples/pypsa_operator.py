"""A grid operator that dispatches with PyPSA: a network of buses and lines, solved tick by tick as a linear program.

Bus prices are the shadow prices of PyPSA; marginal emissions are those of one more MW at the bus, dispatched again.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

import pypsa

import gridtide

UNSERVED = "unserved"


@dataclass
class Result:
    """A dispatched tick."""

    price_usd_per_mwh: dict[str, float]
    """By bus."""
    output_mw: dict[str, float]
    """By generator; those that stand for unserved demand too."""
    emissions_kg_per_hour: float
    full_line_count: int
    rent_usd_per_hour: float


class PyPSAOperator(gridtide.GridOperator):
    """Settings: `buses` (name, demandMW), `lines` (from, to, limitMW, reactancePerUnit), `fleet` (name, bus, technology,
    capacityMW, costUSDPerMWh, emissionsKgPerMWh, availability), `valueOfLostLoadUSDPerMWh` (10000) and
    `expectedComputeLoadMW` (0). A region's `bus` is one of the buses."""

    def __init__(self, setup: gridtide.GridOperatorSetup) -> None:
        super().__init__(setup)
        logging.getLogger("linopy").setLevel(logging.ERROR)
        logging.getLogger("pypsa").setLevel(logging.ERROR)
        settings = setup.parameters
        self.net: Any = pypsa.Network()
        self.net.add("Carrier", "AC")
        self.demand_mw = {bus.text("name"): bus.series("demandMW", at_least=0) for bus in settings.sections("buses")}
        self.availability: dict[str, gridtide.Series] = {}
        self.technology: dict[str, str] = {}
        self.emissions_kg_per_mwh: dict[str, float] = {}
        lost_usd = settings.number("valueOfLostLoadUSDPerMWh", 10_000, more_than=0)
        for bus in self.demand_mw:
            self.net.add("Bus", bus, carrier="AC")
            self.net.add("Load", bus, bus=bus)
            self.net.add("Generator", f"{UNSERVED} {bus}", bus=bus, p_nom=1e6, marginal_cost=lost_usd)
        for line in settings.sections("lines"):
            ends = self.known_bus(line, "from"), self.known_bus(line, "to")
            self.net.add("Line", f"{ends[0]}-{ends[1]}", bus0=ends[0], bus1=ends[1],
                         x=line.number("reactancePerUnit", 0.1, more_than=0), s_nom=line.number("limitMW", at_least=0))
        for unit in settings.sections("fleet"):
            name = unit.text("name")
            self.technology[name] = unit.text("technology")
            self.availability[name] = unit.series("availability", 1, at_least=0, at_most=1)
            self.emissions_kg_per_mwh[name] = unit.number("emissionsKgPerMWh", at_least=0)
            self.net.add("Generator", name, bus=self.known_bus(unit, "bus"),
                         p_nom=unit.number("capacityMW", at_least=0), marginal_cost=unit.number("costUSDPerMWh"))
        for region in setup.regions:
            if region.bus not in self.demand_mw:
                text = f"region {region.name} is on bus '{region.bus}', which is none of {', '.join(self.demand_mw)}"
                raise settings.error("buses", text, "Give the region one of them as its `bus`.")
        expected = settings.number("expectedComputeLoadMW", 0, at_least=0)
        self.load_mw = [expected / max(1, len(setup.regions))] * len(setup.regions)

    def known_bus(self, section: gridtide.Parameters, name: str) -> str:
        """A setting that names a bus."""
        bus: str = section.text(name, choices=list(self.demand_mw))
        return bus

    def signal(self, observation: gridtide.SignalObservation) -> gridtide.GridSignal:
        trials = self.solve(observation.tick, self.load_mw)
        return gridtide.GridSignal([
            gridtide.BusSignal(bus.price_usd_per_mwh, bus.marginal_emissions_kg_per_mwh, bus.average_emissions_kg_per_mwh)
            for bus in self.outcomes(trials)
        ])

    def dispatch(self, observation: gridtide.DispatchObservation) -> gridtide.GridDispatch:
        tick, hours = observation.tick, self.setup.clock.tick_hours
        self.load_mw = list(observation.load_mw)
        trials = self.solve(tick, self.load_mw)
        result = trials[0]
        by_technology: dict[str, float] = {}
        for name, technology in self.technology.items():
            by_technology[technology] = by_technology.get(technology, 0) + result.output_mw[name]
        compute_mw, generation_mw = sum(self.load_mw), sum(by_technology.values())
        wanted_mw = compute_mw + sum(series[tick] for series in self.demand_mw.values())
        free = [name for name in self.technology if self.emissions_kg_per_mwh[name] == 0 and len(self.availability[name]) > 1]
        area = gridtide.AreaOutcome(
            name=self.setup.name, demand_mw=wanted_mw - compute_mw, compute_load_mw=compute_mw,
            generation_mw=generation_mw,
            # What the solver leaves open within its tolerance is nobody's.
            unserved_mw=max(0.0, wanted_mw - generation_mw), import_mw=min(0.0, wanted_mw - generation_mw),
            curtailed_mw=sum(max(0.0, self.available_mw(name, tick) - result.output_mw[name]) for name in free),
            cost_usd=hours * sum(self.cost_usd_per_mwh(name) * output for name, output in result.output_mw.items()),
            emissions_kg=hours * result.emissions_kg_per_hour, congestion_rent_usd=hours * result.rent_usd_per_hour,
            congested_line_count=result.full_line_count,
            technologies=[gridtide.TechnologyOutput(*item) for item in sorted(by_technology.items())],
        )
        return gridtide.GridDispatch(self.outcomes(trials), [area])

    def outcomes(self, trials: list[Result]) -> list[gridtide.BusOutcome]:
        """Price and emissions at each region's bus."""
        result = trials[0]
        generation_mw = sum(result.output_mw[name] for name in self.technology)
        average = result.emissions_kg_per_hour / max(generation_mw, 1e-9)
        return [
            gridtide.BusOutcome(result.price_usd_per_mwh[region.bus],
                                more.emissions_kg_per_hour - result.emissions_kg_per_hour, average)
            for region, more in zip(self.setup.regions, trials[1:])
        ]

    def solve(self, tick: int, load_mw: list[float]) -> list[Result]:
        """The cheapest dispatch of a tick, then that with one more MW at each region.

        PyPSA solves them at once: to it they are snapshots, which nothing ties together.
        """
        net, regions = self.net, self.setup.regions
        net.set_snapshots(range(1 + len(regions)))
        for bus, series in self.demand_mw.items():
            drawn = sum(draw for region, draw in zip(regions, load_mw) if region.bus == bus)
            more = [0.0] + [float(region.bus == bus) for region in regions]
            net.loads_t.p_set[bus] = [series[tick] + drawn + one for one in more]
        for name, series in self.availability.items():
            net.generators.loc[name, "p_max_pu"] = series[tick]
        status, condition = net.optimize(
            solver_name="highs", solver_options={"threads": 1, "output_flag": False}, log_to_console=False,
            include_objective_constant=False,
        )
        if status != "ok":
            raise RuntimeError(f"PyPSA finds no dispatch: {status}, {condition}")
        return [self.result(snapshot) for snapshot in net.snapshots]

    def result(self, snapshot: Any) -> Result:
        """What the last solve found for a snapshot."""
        net = self.net
        output = {name: max(0.0, float(value)) for name, value in net.generators_t.p.loc[snapshot].items()}
        prices = {bus: float(value) for bus, value in net.buses_t.marginal_price.loc[snapshot].items()}
        flows = {line: float(net.lines_t.p0.loc[snapshot, line]) for line in net.lines.index}
        rent = sum((prices[net.lines.bus1[line]] - prices[net.lines.bus0[line]]) * flow for line, flow in flows.items())
        full = sum(abs(flow) >= net.lines.s_nom[line] * (1 - 1e-6) for line, flow in flows.items())
        emitted = sum(output[name] * kg for name, kg in self.emissions_kg_per_mwh.items())
        return Result(prices, output, emitted, int(full), rent)

    def available_mw(self, name: str, tick: int) -> float:
        """What a generator could give."""
        return float(self.net.generators.p_nom[name]) * self.availability[name][tick]

    def cost_usd_per_mwh(self, name: str) -> float:
        """What a generator costs."""
        return float(self.net.generators.marginal_cost[name])


if __name__ == "__main__":
    gridtide.run(PyPSAOperator)
