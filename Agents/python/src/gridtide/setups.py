"""What an agent knows at the start of a run. Units stand last in a name."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from .answers import BidLine, PlacementOption
from .parameters import Parameters


@dataclass(frozen=True, slots=True)
class Clock:
    """The time of a run: ticks of equal length from a start in UTC."""

    start_seconds: int
    """Start of tick 0, seconds since 1970-01-01T00:00Z."""
    tick_seconds: int
    """Length of a tick, s."""
    tick_count: int
    """Ticks of the run."""

    @property
    def tick_hours(self) -> float:
        """Length of a tick, h."""
        return self.tick_seconds / 3600

    def utc(self, tick: int) -> datetime:
        """Start of a tick."""
        return datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=self.start_seconds + tick * self.tick_seconds)


@dataclass(frozen=True, slots=True)
class WorkloadClass:
    """A kind of inference work."""

    name: str
    latency_budget_milliseconds: float
    """Longest acceptable latency, ms."""
    client_leg_milliseconds: float
    """Between client and service node, ms."""
    processing_milliseconds: float
    """Processing, ms."""
    queueing_milliseconds: float
    """Queueing, ms."""
    energy_kwh_per_request: float
    """IT energy of a request, kWh."""
    work_accelerator_seconds_per_request: tuple[float, ...]
    """Work of a request by resource, accelerator-seconds."""
    movable_share: float
    """Share that may leave home, 0 to 1."""
    value_usd_per_request: float
    """Value lost when a request is not served, $."""
    switching_usd_per_request: float
    """Cost of changing a request's place, $."""
    deadline_hours: float
    """How long a request may be held, h."""
    payload_gb_per_request: float
    """Payload of a request, GB."""
    session_state_gb: float
    """State that moves once per session, GB."""
    requests_per_session: float
    """Requests of a session."""
    cold_start_usd: float
    """Cold start of a session elsewhere, $."""
    reliability_usd_per_request: float
    """Reliability premium, $."""
    surcharge_usd_per_mwh: float
    """Surcharge on relocated IT energy, $/MWh."""

    def friction_usd_per_request(self, egress_usd_per_gb: float, energy_kwh_per_request: float) -> float:
        """Cost of running a request away from home (MODEL 1.5), $."""
        return (
            egress_usd_per_gb * self.payload_gb_per_request
            + (egress_usd_per_gb * self.session_state_gb + self.cold_start_usd) / self.requests_per_session
            + self.reliability_usd_per_request
            + self.surcharge_usd_per_mwh * energy_kwh_per_request / 1000
        )


@dataclass(frozen=True, slots=True)
class ConnectedRegion:
    """A compute region as its grid operator knows it."""

    name: str
    bus: str
    """Bus it is connected to; empty where the grid has one."""


@dataclass(frozen=True, slots=True)
class GridOperatorSetup:
    """What a grid operator knows at the start of a run."""

    name: str
    clock: Clock
    parameters: Parameters
    regions: tuple[ConnectedRegion, ...]
    """Connected compute regions, in the order its answers follow."""


@dataclass(frozen=True, slots=True)
class ComputeRegionSetup:
    """What a compute region knows at the start of a run."""

    name: str
    clock: Clock
    parameters: Parameters
    resources: tuple[str, ...]
    """Names of the compute resources, in the order offers follow."""


@dataclass(frozen=True, slots=True)
class ServiceNodeSetup:
    """What a service node knows at the start of a run."""

    name: str
    clock: Clock
    parameters: Parameters
    classes: tuple[WorkloadClass, ...]
    """Workload classes, in the order bids follow."""
    regions: tuple[str, ...]
    """Names of the compute regions, in the order bids follow."""
    home: int
    """Index of the home region."""
    round_trip_milliseconds: tuple[float, ...]
    """Round trip to each region, ms."""
    egress_usd_per_gb: tuple[float, ...]
    """Price of data leaving for each region, $/GB."""
    allowed: tuple[tuple[bool, ...], ...] = field(default=())
    """Whether a class may run in a region, [class][region]."""

    def line(self, workload_class: int, requests: float) -> BidLine:
        """The honest line for so many requests of a class that arrive now: true friction for every allowed region."""
        kind = self.classes[workload_class]
        options = tuple(
            PlacementOption(
                region,
                0.0
                if region == self.home
                else kind.friction_usd_per_request(self.egress_usd_per_gb[region], kind.energy_kwh_per_request),
            )
            for region, is_allowed in enumerate(self.allowed[workload_class])
            if is_allowed
        )
        return BidLine(
            workload_class=workload_class, requests=requests, arrived_requests=requests,
            energy_kwh_per_request=kind.energy_kwh_per_request,
            work_accelerator_seconds_per_request=kind.work_accelerator_seconds_per_request,
            movable_share=kind.movable_share, value_usd_per_request=kind.value_usd_per_request,
            switching_usd_per_request=kind.switching_usd_per_request, options=options,
        )
