"""A grid operator with AC power flow by pandapower: prices with marginal losses, and voltages, losses and overloads.

Units run in merit order; the power flow says what is lost on the way. What the wire has no field for is printed as CSV,
so that it is in logs/NAME.log of the run: pandas.read_csv("runs/ac-grid-1/logs/valley.log").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandapower
import pandapower.networks

import gridtide

OVERLOAD_PERCENT = 100.0


@dataclass
class Unit:
    """A generator of the case: the first is its external grid, the others its generators in order."""

    technology: str
    capacity_mw: float
    cost_usd_per_mwh: float
    emissions_kg_per_mwh: float


@dataclass
class Flow:
    """A solved state of the network."""

    output_mw: list[float]
    """By unit."""
    marginal: Unit
    unserved_mw: float
    losses_mw: float
    lowest_voltage_pu: float
    highest_voltage_pu: float
    overloaded_count: int

    @property
    def generation_mw(self) -> float:
        return sum(self.output_mw)


class PandapowerOperator(gridtide.GridOperator):
    """Settings: `case` of pandapower, `demandMW`, `expectedComputeLoadMW` (0), and `fleet`, one entry per unit."""

    def __init__(self, setup: gridtide.GridOperatorSetup) -> None:
        super().__init__(setup)
        settings = setup.parameters
        case = settings.text("case", choices=["case9", "case14", "case30", "case39", "case57", "case118"])
        self.net: Any = getattr(pandapower.networks, case)()
        self.demand_mw = settings.series("demandMW", at_least=0)
        self.units = [
            Unit(
                unit.text("technology"), unit.number("capacityMW", at_least=0), unit.number("costUSDPerMWh"),
                unit.number("emissionsKgPerMWh", at_least=0),
            )
            for unit in settings.sections("fleet")
        ]
        if len(self.units) != 1 + len(self.net.gen):
            text = f"it has {len(self.units)} units, {case} has {1 + len(self.net.gen)}"
            raise settings.error("fleet", text, "State the external grid's unit, then one for each generator.")
        self.base_mw = self.net.load.p_mw.sum()
        self.base_load = self.net.load[["p_mw", "q_mvar"]].copy()
        self.region_loads = [pandapower.create_load(self.net, self.bus(region), p_mw=0) for region in setup.regions]
        expected = settings.number("expectedComputeLoadMW", 0, at_least=0)
        self.load_mw = [expected / max(1, len(setup.regions))] * len(setup.regions)
        self.losses_mw = 0.0
        print("tick,lowest_voltage_pu,highest_voltage_pu,losses_mw,overloaded_lines", flush=True)

    def bus(self, region: gridtide.ConnectedRegion) -> int:
        """The bus of the case that a region is connected to, by its number."""
        if not region.bus.isdigit() or int(region.bus) not in self.net.bus.index:
            text = f"region {region.name} is on bus '{region.bus}', the case has {list(self.net.bus.index)}"
            raise self.setup.parameters.error("case", text, "Give the region one of them as its `bus`.")
        return int(region.bus)

    def signal(self, observation: gridtide.SignalObservation) -> gridtide.GridSignal:
        flow = self.solve(observation.tick, self.load_mw)
        headroom_mw = max(0.0, sum(unit.capacity_mw for unit in self.units) - flow.generation_mw)
        buses = [
            gridtide.BusSignal(bus.price_usd_per_mwh, bus.marginal_emissions_kg_per_mwh,
                               bus.average_emissions_kg_per_mwh, headroom_mw=headroom_mw)
            for bus in self.outcomes(observation.tick, self.load_mw, flow)
        ]
        return gridtide.GridSignal(buses)

    def dispatch(self, observation: gridtide.DispatchObservation) -> gridtide.GridDispatch:
        tick, hours = observation.tick, self.setup.clock.tick_hours
        self.load_mw = list(observation.load_mw)
        flow = self.solve(tick, self.load_mw)
        print(f"{tick},{flow.lowest_voltage_pu:.5f},{flow.highest_voltage_pu:.5f},{flow.losses_mw:.4f},"
              f"{flow.overloaded_count}", flush=True)
        by_technology: dict[str, float] = {}
        for unit, output in zip(self.units, flow.output_mw):
            by_technology[unit.technology] = by_technology.get(unit.technology, 0) + output
        compute_mw = sum(self.load_mw)
        area = gridtide.AreaOutcome(
            name=self.setup.name,
            # What is lost on the lines is demand of the area, served and unserved together.
            demand_mw=max(0.0, flow.generation_mw + flow.unserved_mw - compute_mw), compute_load_mw=compute_mw,
            generation_mw=flow.generation_mw, unserved_mw=flow.unserved_mw,
            cost_usd=hours * sum(u.cost_usd_per_mwh * p for u, p in zip(self.units, flow.output_mw)),
            emissions_kg=hours * sum(u.emissions_kg_per_mwh * p for u, p in zip(self.units, flow.output_mw)),
            congested_line_count=flow.overloaded_count,
            technologies=[gridtide.TechnologyOutput(*item) for item in sorted(by_technology.items())],
        )
        return gridtide.GridDispatch(self.outcomes(tick, self.load_mw, flow), [area])

    def outcomes(self, tick: int, load_mw: list[float], flow: Flow) -> list[gridtide.BusOutcome]:
        """Price and emissions at each region: those of the marginal unit, times what one more MW there takes."""
        emitted = sum(unit.emissions_kg_per_mwh * output for unit, output in zip(self.units, flow.output_mw))
        average = emitted / max(flow.generation_mw, 1e-9)
        outcomes = []
        for index, load in enumerate(self.region_loads):
            self.net.load.loc[load, "p_mw"] += 1
            pandapower.runpp(self.net, init="results")
            factor = self.generation_mw() - flow.generation_mw
            self.net.load.loc[load, "p_mw"] -= 1
            outcomes.append(gridtide.BusOutcome(
                flow.marginal.cost_usd_per_mwh * factor, flow.marginal.emissions_kg_per_mwh * factor, average))
        return outcomes

    def solve(self, tick: int, load_mw: list[float]) -> Flow:
        """Merit order and power flow in turn, until the losses the one assumes are those of the other."""
        net, capacity_mw = self.net, sum(unit.capacity_mw for unit in self.units)
        # Each question starts from the same state, so that the answer does not depend on what was asked before.
        losses_mw = 0.0
        for trial in range(20):
            wanted_mw = self.demand_mw[tick] + sum(load_mw) + losses_mw
            unserved_mw = max(0.0, wanted_mw - capacity_mw)
            share = max(0.0, self.demand_mw[tick] - unserved_mw) / self.base_mw
            net.load.loc[self.base_load.index, ["p_mw", "q_mvar"]] = self.base_load * share
            for load, draw_mw in zip(self.region_loads, load_mw):
                net.load.loc[load, "p_mw"] = draw_mw
            planned, marginal = self.merit_order(wanted_mw - unserved_mw)
            net.gen["p_mw"] = planned[1:]
            pandapower.runpp(net, init="dc" if trial == 0 else "results")
            found_mw = self.generation_mw() - net.load.p_mw.sum()
            if abs(found_mw - losses_mw) < 1e-6:
                break
            losses_mw = found_mw
        loading = [*net.res_line.loading_percent, *net.res_trafo.loading_percent]
        return Flow(
            [max(0.0, float(net.res_ext_grid.p_mw.sum())), *map(float, net.res_gen.p_mw)], marginal, unserved_mw,
            float(found_mw), float(net.res_bus.vm_pu.min()), float(net.res_bus.vm_pu.max()),
            sum(percent > OVERLOAD_PERCENT for percent in loading),
        )

    def generation_mw(self) -> float:
        """Of the last power flow."""
        return float(self.net.res_ext_grid.p_mw.sum() + self.net.res_gen.p_mw.sum())

    def merit_order(self, wanted_mw: float) -> tuple[list[float], Unit]:
        """Output by unit, cheapest first, and the unit that runs last."""
        output = [0.0] * len(self.units)
        marginal = self.units[0]
        for index in sorted(range(len(self.units)), key=lambda i: (self.units[i].cost_usd_per_mwh, i)):
            if wanted_mw <= 0:
                break
            output[index] = min(wanted_mw, self.units[index].capacity_mw)
            wanted_mw -= output[index]
            marginal = self.units[index]
        return output, marginal


if __name__ == "__main__":
    gridtide.run(PandapowerOperator)
