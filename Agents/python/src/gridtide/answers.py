"""What agents say: bids, offers, signals and dispatches. Units stand last in a name; quantities are never negative."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum


@dataclass(frozen=True, slots=True)
class PlacementOption:
    """A region a bid line accepts."""

    region: int
    """Index of the region in the setup."""
    friction_usd_per_request: float
    """Cost of running a request there rather than at home, $; 0 at home, never negative."""
    delay_seconds: float = 0
    """Delay of the line if all of it ran there, the part that the number of requests does not change, s."""
    delay_seconds_per_request: float = 0
    """What each request of the line adds to that delay, s."""


@dataclass(frozen=True, slots=True)
class BidLine:
    """The work of one class a service node wants placed in a tick. `dataclasses.replace` changes a line."""

    workload_class: int
    """Index of the class in the setup."""
    requests: float
    """Requests to place now."""
    arrived_requests: float
    """Requests that arrived in this tick."""
    energy_kwh_per_request: float
    """IT energy of a request, kWh."""
    work_accelerator_seconds_per_request: Sequence[float]
    """Work of a request by resource, accelerator-seconds."""
    value_usd_per_request: float
    """Value lost when a request is not served, $."""
    options: Sequence[PlacementOption]
    """Regions the node accepts, ascending by region; home needs no option."""
    deferred_requests: float = 0
    """Requests held for a later tick: held before, plus arrived, less requests."""
    movable_share: float = 1
    """Share that may leave home, 0 to 1."""
    switching_usd_per_request: float = 0
    """Cost of changing a request's place since the last tick, $."""
    delay_limit_seconds: float = math.inf
    """Most delay of the whole line in the tick, s; infinite where there is no limit."""
    delay_usd_per_second: float = 0
    """Price of its delay, $/s."""
    due_requests: Sequence[float] = ()
    """Requests by the ticks they may still wait, this tick (0) first; they add up to `requests`. Empty: all run now.

    Only a horizon lets requests wait; those it leaves go back to the node, as `waiting_requests` of its result.
    """
    forecast_requests: Sequence[float] = ()
    """Requests expected to arrive in the ticks after this one, next tick first; empty: as many as now."""


@dataclass(frozen=True, slots=True)
class WorkBid:
    """What a service node asks for in a tick: at most one line per class, ascending by class."""

    lines: Sequence[BidLine]


class Source(IntEnum):
    """Where the energy of an offer block comes from."""

    GRID = 0
    """Bought at the region's bus."""
    ON_SITE = 1
    """Made on site; costs and emits nothing."""


@dataclass(frozen=True, slots=True)
class OfferBlock:
    """A block of facility energy in an offer."""

    limit_mw: float
    """Greatest facility power in the block, MW."""
    mark_up_usd_per_mwh: float = 0
    """What the region adds to the cost of the energy, $/MWh of facility energy."""
    source: Source = Source.GRID


@dataclass(frozen=True, slots=True)
class OfferOutlook:
    """What a region expects to offer in a tick ahead."""

    connection_mw: float
    """Greatest draw from the grid, MW."""
    pue: float
    """Facility power over IT power, at least 1."""
    on_site_mw: float = 0
    """On-site power, MW."""
    water_litres_per_mwh: float = 0
    """Water of a MWh of facility energy, litres."""
    carbon_tax_usd_per_kg: float = 0
    """Carbon tax of the site, $/kg of CO2."""


@dataclass(frozen=True, slots=True)
class CapacityOffer:
    """What a compute region sells in a tick."""

    capacity_accelerator_seconds: Sequence[float]
    """Work on offer by resource, accelerator-seconds per tick."""
    connection_mw: float
    """Greatest draw from the grid, MW."""
    pue: float
    """Facility power over IT power, at least 1."""
    blocks: Sequence[OfferBlock]
    """Facility energy, cheapest first by custom."""
    charge_mw: float = 0
    """Draw of the region's battery, which is charged whatever is placed, MW; part of the connection."""
    water_litres_per_mwh: float = 0
    """Water of a MWh of facility energy, litres."""
    carbon_tax_usd_per_kg: float = 0
    """Carbon tax of the site, $/kg of CO2."""
    outlook: Sequence[OfferOutlook] = ()
    """What is expected of the ticks after this one, next tick first; the last goes on. Empty: all as now."""


@dataclass(frozen=True, slots=True)
class CurtailmentRequest:
    """A grid operator's request to a region to draw less than it would."""

    event: int
    """Number of the event it belongs to."""
    reduction_mw: float
    """How much less, MW below the region's customer baseline."""
    price_usd_per_mwh: float
    """What a delivered MWh is paid, $/MWh."""
    remaining_ticks: int = 1
    """Ticks it still lasts, this one included."""


@dataclass(frozen=True, slots=True)
class BusSignal:
    """Price and emissions a grid operator posts for a bus. Prices and emissions may be negative."""

    price_usd_per_mwh: float
    """Price of one more MWh (LMP), $/MWh."""
    marginal_emissions_kg_per_mwh: float
    """Emissions of one more MWh (LME), kgCO2/MWh."""
    average_emissions_kg_per_mwh: float
    """Average emissions of generation, kgCO2/MWh."""
    headroom_mw: float = math.inf
    """Load that can still be added before supply runs out, MW; infinite where the operator does not say."""
    cap_mw: float = math.inf
    """Cap of a demand-response event on the region's draw, MW; infinite when there is none."""
    forecast_price_usd_per_mwh: Sequence[float] = ()
    """Expected price of the next ticks, this tick first, $/MWh; empty without a forecast."""
    forecast_marginal_emissions_kg_per_mwh: Sequence[float] = ()
    """Expected marginal emissions of the same ticks, kgCO2/MWh."""
    request: CurtailmentRequest | None = None
    """A request to draw less; None when there is none."""


@dataclass(frozen=True, slots=True)
class GridSignal:
    """What a grid operator posts before a tick: one signal per connected region, in the order of its setup."""

    buses: Sequence[BusSignal]


@dataclass(frozen=True, slots=True)
class BusOutcome:
    """Realised price and emissions at a bus."""

    price_usd_per_mwh: float
    """Realised price (LMP), $/MWh."""
    marginal_emissions_kg_per_mwh: float
    """Realised emissions of one more MWh (LME), kgCO2/MWh."""
    average_emissions_kg_per_mwh: float
    """Realised average emissions, kgCO2/MWh."""
    area: int = 0
    """Index of the bus's area in the dispatch."""


@dataclass(frozen=True, slots=True)
class TechnologyOutput:
    """Generation of one technology."""

    technology: str
    """Name, such as wind."""
    output_mw: float
    """Output, MW."""


@dataclass(frozen=True, slots=True)
class AreaOutcome:
    """What happened in a balancing area. Generation, imports and unserved energy equal demand and compute load."""

    name: str
    """Name, unique within its operator."""
    demand_mw: float = 0
    """Demand other than compute regions, losses included, MW."""
    compute_load_mw: float = 0
    """Draw of the connected compute regions, MW."""
    generation_mw: float = 0
    """Generation, MW."""
    import_mw: float = 0
    """Net imports, MW; may be negative."""
    curtailed_mw: float = 0
    """Renewable output turned away, MW."""
    unserved_mw: float = 0
    """Demand not served, MW."""
    cost_usd: float = 0
    """Cost of generation and unserved energy, $ per tick."""
    emissions_kg: float = 0
    """Emissions, kgCO2 per tick."""
    congestion_rent_usd: float = 0
    """What loads paid more than generators were paid because lines were full, $ per tick."""
    congested_line_count: int = 0
    """Lines that were full."""
    technologies: Sequence[TechnologyOutput] = ()
    """Generation by technology, ascending by name."""


@dataclass(frozen=True, slots=True)
class GridDispatch:
    """What a grid operator reports after a tick: outcomes by connected region, and its areas."""

    buses: Sequence[BusOutcome]
    areas: Sequence[AreaOutcome]


@dataclass(frozen=True, slots=True)
class GridQuote:
    """What trial loads would cost."""

    buses: Sequence[BusOutcome]
    """By connected region, at the trial loads."""
    cost_usd_per_hour: float
    """Cost of serving everybody, $/h; convex in the loads, with the buses' prices as its slope."""
    emissions_kg_per_hour: float
    """Emissions, kgCO2/h."""
