"""What an agent knows at the start of a run. Units stand last in a name."""

from __future__ import annotations

import math
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
class DelayTerms:
    """What delay a class takes and costs (MODEL 2.7, 2.8)."""

    limit_seconds: float = math.inf
    """Most delay of a service node's work of the class in a tick, s; infinite where there is no limit."""
    price_usd_per_second: float = 0
    """Price of that delay, $/s."""
    tokens_per_request: float = 0
    """Tokens of a request, in and out."""
    payload_kb_per_token: float = 0
    """Data of a token, KB."""
    processing_seconds_per_token: tuple[float, ...] = ()
    """Processing of a token by region, s; empty where it takes no time."""

    @property
    def matters(self) -> bool:
        """Whether delay is limited or priced, so that bids must state it."""
        return math.isfinite(self.limit_seconds) or self.price_usd_per_second > 0


@dataclass(frozen=True, slots=True)
class DelayRule:
    """How delay is reckoned (MODEL 2.7, traps)."""

    by_slot: bool = False
    """Whether transmission and processing are those of all requests of a slot together, propagation that of one."""
    published_units: bool = False
    """Whether KB over Mbit/s counts as seconds without conversion."""

    def delay(
        self, terms: DelayTerms, processing_seconds_per_token: float, propagation_seconds: float,
        bandwidth_mbit_per_second: float,
    ) -> tuple[float, float]:
        """Delay of work at a region: what does not depend on the number of requests, and what each adds, s."""
        megabits_per_kb = 1 if self.published_units else 0.008
        transmission_seconds = terms.payload_kb_per_token * megabits_per_kb / bandwidth_mbit_per_second
        request = terms.tokens_per_request * (transmission_seconds + processing_seconds_per_token)
        return (propagation_seconds, request) if self.by_slot else (propagation_seconds + request, 0.0)


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
    delay: DelayTerms = DelayTerms()
    """What delay it takes and costs."""

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
    horizon_ticks: int = 1
    """Ticks that are cleared together; above 1 an offer may say what it expects."""


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
    bandwidth_mbit_per_second: tuple[float, ...] = ()
    """Bandwidth to each region, Mbit/s; empty where it is not limited."""
    propagation_seconds: tuple[float, ...] = ()
    """Propagation to each region, s; empty where it is half the round trip."""
    delay_rule: DelayRule = DelayRule()
    """How delay is reckoned."""
    horizon_ticks: int = 1
    """Ticks that are cleared together; above 1 work may wait in the market's hands."""

    def line(self, workload_class: int, requests: float) -> BidLine:
        """The honest line for so many requests of a class that arrive now: true friction and delay by allowed region."""
        kind = self.classes[workload_class]
        options = tuple(
            self._option(kind, region) for region, is_allowed in enumerate(self.allowed[workload_class]) if is_allowed
        )
        return BidLine(
            workload_class=workload_class, requests=requests, arrived_requests=requests,
            energy_kwh_per_request=kind.energy_kwh_per_request,
            work_accelerator_seconds_per_request=kind.work_accelerator_seconds_per_request,
            movable_share=kind.movable_share, value_usd_per_request=kind.value_usd_per_request,
            switching_usd_per_request=kind.switching_usd_per_request, options=options,
            delay_limit_seconds=kind.delay.limit_seconds, delay_usd_per_second=kind.delay.price_usd_per_second,
        )

    def _option(self, kind: WorkloadClass, region: int) -> PlacementOption:
        friction_usd = 0.0
        if region != self.home:
            friction_usd = kind.friction_usd_per_request(self.egress_usd_per_gb[region], kind.energy_kwh_per_request)
        terms = kind.delay
        if not terms.matters:
            return PlacementOption(region, friction_usd)
        fixed_seconds, seconds_per_request = self.delay_rule.delay(
            terms,
            processing_seconds_per_token=_at(terms.processing_seconds_per_token, region, 0),
            propagation_seconds=_at(self.propagation_seconds, region, self.round_trip_milliseconds[region] / 2000),
            bandwidth_mbit_per_second=_at(self.bandwidth_mbit_per_second, region, math.inf),
        )
        return PlacementOption(region, friction_usd, fixed_seconds, seconds_per_request)


def _at(values: tuple[float, ...], region: int, otherwise: float) -> float:
    """The value of a region where there are values by region."""
    return values[region] if values else otherwise
