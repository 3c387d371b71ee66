"""What agents see. Each observation has the tick and the agent's own random numbers for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .answers import BusSignal
from .random_stream import RandomStream


@dataclass(frozen=True, slots=True)
class SignalObservation:
    """What a grid operator sees when it signals."""

    tick: int
    """The tick the signals are for, from 0."""
    random: RandomStream


@dataclass(frozen=True, slots=True)
class DispatchObservation:
    """What a grid operator sees when it dispatches."""

    tick: int
    random: RandomStream
    load_mw: Sequence[float]
    """Draw of each connected region, MW, in the order of the setup."""


@dataclass(frozen=True, slots=True)
class QuoteObservation:
    """What a grid operator sees when it quotes."""

    tick: int
    load_mw: Sequence[float]
    """Trial draw of each connected region, MW, in the order of the setup."""


@dataclass(frozen=True, slots=True)
class RegionResult:
    """What came of a region's last offer."""

    facility_mwh: float
    """Facility energy placed in the region, MWh."""
    grid_mwh: float
    """Facility energy drawn from the grid, MWh."""
    revenue_usd: float
    """What the region was paid, $."""
    cost_usd: float
    """What it paid for energy and carbon, $."""
    realised_price_usd_per_mwh: float
    """Realised price at its bus, $/MWh."""


@dataclass(frozen=True, slots=True)
class RegionObservation:
    """What a compute region sees when it offers."""

    tick: int
    random: RandomStream
    signal: BusSignal
    """The grid operator's signal at its bus."""
    last: RegionResult | None
    """What came of its last offer; None in the first tick and after an absence."""
    customer_baseline_mw: float = 0
    """What the answer to a request is counted from, MW: its draw in the last tick without a request or cap."""


@dataclass(frozen=True, slots=True)
class ServicePlacement:
    """Requests of one class that ran in one region."""

    workload_class: int
    """Index of the class."""
    region: int
    """Index of the region."""
    requests: float


@dataclass(frozen=True, slots=True)
class ServiceResult:
    """What came of a service node's last bid."""

    placements: Sequence[ServicePlacement]
    """Where requests ran, ascending by class, then region."""
    unserved_requests: Sequence[float]
    """Requests not served, by line of the bid."""
    paid_usd: float
    """What the node paid for compute and friction, $."""
    waiting_requests: Sequence[float] = ()
    """Requests that wait on, by line of the bid: the node bids them again. Empty where nothing can wait."""


@dataclass(frozen=True, slots=True)
class ServiceObservation:
    """What a service node sees when it bids."""

    tick: int
    random: RandomStream
    signals: Sequence[BusSignal]
    """The signals posted for each compute region, in the order of the setup."""
    last: ServiceResult | None
    """What came of its last bid; None in the first tick and after an absence."""
