from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor
PHASE_BIDDING: Phase
PHASE_DISPATCHING: Phase
PHASE_QUOTING: Phase
PHASE_SIGNALLING: Phase
PHASE_UNSPECIFIED: Phase

class Absence(_message.Message):
    __slots__ = ["agent", "phase"]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    PHASE_FIELD_NUMBER: _ClassVar[int]
    agent: int
    phase: Phase
    def __init__(self, agent: _Optional[int] = ..., phase: _Optional[_Union[Phase, str]] = ...) -> None: ...

class AgentFault(_message.Message):
    __slots__ = ["agents", "from_tick", "lost_bids_probability", "lost_signals_probability", "name", "outage", "signal_delay_ticks", "to_tick"]
    AGENTS_FIELD_NUMBER: _ClassVar[int]
    FROM_TICK_FIELD_NUMBER: _ClassVar[int]
    LOST_BIDS_PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    LOST_SIGNALS_PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    OUTAGE_FIELD_NUMBER: _ClassVar[int]
    SIGNAL_DELAY_TICKS_FIELD_NUMBER: _ClassVar[int]
    TO_TICK_FIELD_NUMBER: _ClassVar[int]
    agents: _containers.RepeatedScalarFieldContainer[int]
    from_tick: int
    lost_bids_probability: float
    lost_signals_probability: float
    name: str
    outage: bool
    signal_delay_ticks: int
    to_tick: int
    def __init__(self, name: _Optional[str] = ..., agents: _Optional[_Iterable[int]] = ..., from_tick: _Optional[int] = ..., to_tick: _Optional[int] = ..., outage: bool = ..., signal_delay_ticks: _Optional[int] = ..., lost_signals_probability: _Optional[float] = ..., lost_bids_probability: _Optional[float] = ...) -> None: ...

class AgentSetup(_message.Message):
    __slots__ = ["clock", "compute_region", "grid_operator", "name", "parameters", "service_node"]
    CLOCK_FIELD_NUMBER: _ClassVar[int]
    COMPUTE_REGION_FIELD_NUMBER: _ClassVar[int]
    GRID_OPERATOR_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    PARAMETERS_FIELD_NUMBER: _ClassVar[int]
    SERVICE_NODE_FIELD_NUMBER: _ClassVar[int]
    clock: Clock
    compute_region: ComputeRegionSetup
    grid_operator: GridOperatorSetup
    name: str
    parameters: Parameters
    service_node: ServiceNodeSetup
    def __init__(self, name: _Optional[str] = ..., clock: _Optional[_Union[Clock, _Mapping]] = ..., parameters: _Optional[_Union[Parameters, _Mapping]] = ..., grid_operator: _Optional[_Union[GridOperatorSetup, _Mapping]] = ..., compute_region: _Optional[_Union[ComputeRegionSetup, _Mapping]] = ..., service_node: _Optional[_Union[ServiceNodeSetup, _Mapping]] = ...) -> None: ...

class AgentSite(_message.Message):
    __slots__ = ["is_foreign", "name", "parameters", "strategy"]
    IS_FOREIGN_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    PARAMETERS_FIELD_NUMBER: _ClassVar[int]
    STRATEGY_FIELD_NUMBER: _ClassVar[int]
    is_foreign: bool
    name: str
    parameters: Parameters
    strategy: str
    def __init__(self, name: _Optional[str] = ..., strategy: _Optional[str] = ..., parameters: _Optional[_Union[Parameters, _Mapping]] = ..., is_foreign: bool = ...) -> None: ...

class AreaOutcome(_message.Message):
    __slots__ = ["compute_load_mw", "congested_line_count", "congestion_rent_usd", "cost_usd", "curtailed_mw", "demand_mw", "emissions_kg", "generation_mw", "import_mw", "name", "technologies", "unserved_mw"]
    COMPUTE_LOAD_MW_FIELD_NUMBER: _ClassVar[int]
    CONGESTED_LINE_COUNT_FIELD_NUMBER: _ClassVar[int]
    CONGESTION_RENT_USD_FIELD_NUMBER: _ClassVar[int]
    COST_USD_FIELD_NUMBER: _ClassVar[int]
    CURTAILED_MW_FIELD_NUMBER: _ClassVar[int]
    DEMAND_MW_FIELD_NUMBER: _ClassVar[int]
    EMISSIONS_KG_FIELD_NUMBER: _ClassVar[int]
    GENERATION_MW_FIELD_NUMBER: _ClassVar[int]
    IMPORT_MW_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    TECHNOLOGIES_FIELD_NUMBER: _ClassVar[int]
    UNSERVED_MW_FIELD_NUMBER: _ClassVar[int]
    compute_load_mw: float
    congested_line_count: int
    congestion_rent_usd: float
    cost_usd: float
    curtailed_mw: float
    demand_mw: float
    emissions_kg: float
    generation_mw: float
    import_mw: float
    name: str
    technologies: _containers.RepeatedCompositeFieldContainer[TechnologyOutput]
    unserved_mw: float
    def __init__(self, name: _Optional[str] = ..., demand_mw: _Optional[float] = ..., compute_load_mw: _Optional[float] = ..., generation_mw: _Optional[float] = ..., import_mw: _Optional[float] = ..., curtailed_mw: _Optional[float] = ..., unserved_mw: _Optional[float] = ..., cost_usd: _Optional[float] = ..., emissions_kg: _Optional[float] = ..., technologies: _Optional[_Iterable[_Union[TechnologyOutput, _Mapping]]] = ..., congestion_rent_usd: _Optional[float] = ..., congested_line_count: _Optional[int] = ...) -> None: ...

class Ask(_message.Message):
    __slots__ = ["grid", "phase", "quote", "region", "round", "service", "tick", "wants_effort"]
    GRID_FIELD_NUMBER: _ClassVar[int]
    PHASE_FIELD_NUMBER: _ClassVar[int]
    QUOTE_FIELD_NUMBER: _ClassVar[int]
    REGION_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    SERVICE_FIELD_NUMBER: _ClassVar[int]
    TICK_FIELD_NUMBER: _ClassVar[int]
    WANTS_EFFORT_FIELD_NUMBER: _ClassVar[int]
    grid: GridQuestion
    phase: Phase
    quote: QuoteQuestion
    region: RegionQuestion
    round: int
    service: ServiceQuestion
    tick: int
    wants_effort: bool
    def __init__(self, tick: _Optional[int] = ..., phase: _Optional[_Union[Phase, str]] = ..., grid: _Optional[_Union[GridQuestion, _Mapping]] = ..., region: _Optional[_Union[RegionQuestion, _Mapping]] = ..., service: _Optional[_Union[ServiceQuestion, _Mapping]] = ..., quote: _Optional[_Union[QuoteQuestion, _Mapping]] = ..., round: _Optional[int] = ..., wants_effort: bool = ...) -> None: ...

class BidLine(_message.Message):
    __slots__ = ["arrived_requests", "deferred_requests", "delay_limit_seconds", "delay_usd_per_second", "due_requests", "energy_kwh_per_request", "forecast_requests", "movable_share", "option_delay_seconds", "option_delay_seconds_per_request", "option_friction_usd_per_request", "option_region", "requests", "switching_usd_per_request", "value_usd_per_request", "work_accelerator_seconds_per_request", "workload_class"]
    ARRIVED_REQUESTS_FIELD_NUMBER: _ClassVar[int]
    DEFERRED_REQUESTS_FIELD_NUMBER: _ClassVar[int]
    DELAY_LIMIT_SECONDS_FIELD_NUMBER: _ClassVar[int]
    DELAY_USD_PER_SECOND_FIELD_NUMBER: _ClassVar[int]
    DUE_REQUESTS_FIELD_NUMBER: _ClassVar[int]
    ENERGY_KWH_PER_REQUEST_FIELD_NUMBER: _ClassVar[int]
    FORECAST_REQUESTS_FIELD_NUMBER: _ClassVar[int]
    MOVABLE_SHARE_FIELD_NUMBER: _ClassVar[int]
    OPTION_DELAY_SECONDS_FIELD_NUMBER: _ClassVar[int]
    OPTION_DELAY_SECONDS_PER_REQUEST_FIELD_NUMBER: _ClassVar[int]
    OPTION_FRICTION_USD_PER_REQUEST_FIELD_NUMBER: _ClassVar[int]
    OPTION_REGION_FIELD_NUMBER: _ClassVar[int]
    REQUESTS_FIELD_NUMBER: _ClassVar[int]
    SWITCHING_USD_PER_REQUEST_FIELD_NUMBER: _ClassVar[int]
    VALUE_USD_PER_REQUEST_FIELD_NUMBER: _ClassVar[int]
    WORKLOAD_CLASS_FIELD_NUMBER: _ClassVar[int]
    WORK_ACCELERATOR_SECONDS_PER_REQUEST_FIELD_NUMBER: _ClassVar[int]
    arrived_requests: float
    deferred_requests: float
    delay_limit_seconds: float
    delay_usd_per_second: float
    due_requests: _containers.RepeatedScalarFieldContainer[float]
    energy_kwh_per_request: float
    forecast_requests: _containers.RepeatedScalarFieldContainer[float]
    movable_share: float
    option_delay_seconds: _containers.RepeatedScalarFieldContainer[float]
    option_delay_seconds_per_request: _containers.RepeatedScalarFieldContainer[float]
    option_friction_usd_per_request: _containers.RepeatedScalarFieldContainer[float]
    option_region: _containers.RepeatedScalarFieldContainer[int]
    requests: float
    switching_usd_per_request: float
    value_usd_per_request: float
    work_accelerator_seconds_per_request: _containers.RepeatedScalarFieldContainer[float]
    workload_class: int
    def __init__(self, workload_class: _Optional[int] = ..., requests: _Optional[float] = ..., arrived_requests: _Optional[float] = ..., deferred_requests: _Optional[float] = ..., energy_kwh_per_request: _Optional[float] = ..., work_accelerator_seconds_per_request: _Optional[_Iterable[float]] = ..., movable_share: _Optional[float] = ..., value_usd_per_request: _Optional[float] = ..., switching_usd_per_request: _Optional[float] = ..., option_region: _Optional[_Iterable[int]] = ..., option_friction_usd_per_request: _Optional[_Iterable[float]] = ..., option_delay_seconds: _Optional[_Iterable[float]] = ..., option_delay_seconds_per_request: _Optional[_Iterable[float]] = ..., delay_limit_seconds: _Optional[float] = ..., delay_usd_per_second: _Optional[float] = ..., due_requests: _Optional[_Iterable[float]] = ..., forecast_requests: _Optional[_Iterable[float]] = ...) -> None: ...

class BidSlot(_message.Message):
    __slots__ = ["bid", "service"]
    BID_FIELD_NUMBER: _ClassVar[int]
    SERVICE_FIELD_NUMBER: _ClassVar[int]
    bid: WorkBid
    service: int
    def __init__(self, service: _Optional[int] = ..., bid: _Optional[_Union[WorkBid, _Mapping]] = ...) -> None: ...

class Branch(_message.Message):
    __slots__ = ["digest", "parent", "tick"]
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    PARENT_FIELD_NUMBER: _ClassVar[int]
    TICK_FIELD_NUMBER: _ClassVar[int]
    digest: bytes
    parent: Experiment
    tick: int
    def __init__(self, tick: _Optional[int] = ..., digest: _Optional[bytes] = ..., parent: _Optional[_Union[Experiment, _Mapping]] = ...) -> None: ...

class BusOutcome(_message.Message):
    __slots__ = ["area", "average_emissions_kg_per_mwh", "marginal_emissions_kg_per_mwh", "price_usd_per_mwh"]
    AREA_FIELD_NUMBER: _ClassVar[int]
    AVERAGE_EMISSIONS_KG_PER_MWH_FIELD_NUMBER: _ClassVar[int]
    MARGINAL_EMISSIONS_KG_PER_MWH_FIELD_NUMBER: _ClassVar[int]
    PRICE_USD_PER_MWH_FIELD_NUMBER: _ClassVar[int]
    area: int
    average_emissions_kg_per_mwh: float
    marginal_emissions_kg_per_mwh: float
    price_usd_per_mwh: float
    def __init__(self, price_usd_per_mwh: _Optional[float] = ..., marginal_emissions_kg_per_mwh: _Optional[float] = ..., average_emissions_kg_per_mwh: _Optional[float] = ..., area: _Optional[int] = ...) -> None: ...

class BusSignal(_message.Message):
    __slots__ = ["average_emissions_kg_per_mwh", "cap_mw", "forecast_marginal_emissions_kg_per_mwh", "forecast_price_usd_per_mwh", "headroom_mw", "marginal_emissions_kg_per_mwh", "price_usd_per_mwh", "request"]
    AVERAGE_EMISSIONS_KG_PER_MWH_FIELD_NUMBER: _ClassVar[int]
    CAP_MW_FIELD_NUMBER: _ClassVar[int]
    FORECAST_MARGINAL_EMISSIONS_KG_PER_MWH_FIELD_NUMBER: _ClassVar[int]
    FORECAST_PRICE_USD_PER_MWH_FIELD_NUMBER: _ClassVar[int]
    HEADROOM_MW_FIELD_NUMBER: _ClassVar[int]
    MARGINAL_EMISSIONS_KG_PER_MWH_FIELD_NUMBER: _ClassVar[int]
    PRICE_USD_PER_MWH_FIELD_NUMBER: _ClassVar[int]
    REQUEST_FIELD_NUMBER: _ClassVar[int]
    average_emissions_kg_per_mwh: float
    cap_mw: float
    forecast_marginal_emissions_kg_per_mwh: _containers.RepeatedScalarFieldContainer[float]
    forecast_price_usd_per_mwh: _containers.RepeatedScalarFieldContainer[float]
    headroom_mw: float
    marginal_emissions_kg_per_mwh: float
    price_usd_per_mwh: float
    request: CurtailmentRequest
    def __init__(self, price_usd_per_mwh: _Optional[float] = ..., marginal_emissions_kg_per_mwh: _Optional[float] = ..., average_emissions_kg_per_mwh: _Optional[float] = ..., headroom_mw: _Optional[float] = ..., cap_mw: _Optional[float] = ..., forecast_price_usd_per_mwh: _Optional[_Iterable[float]] = ..., forecast_marginal_emissions_kg_per_mwh: _Optional[_Iterable[float]] = ..., request: _Optional[_Union[CurtailmentRequest, _Mapping]] = ...) -> None: ...

class CapacityOffer(_message.Message):
    __slots__ = ["blocks", "capacity_accelerator_seconds", "carbon_tax_usd_per_kg", "charge_mw", "connection_mw", "outlook", "pue", "water_litres_per_mwh"]
    BLOCKS_FIELD_NUMBER: _ClassVar[int]
    CAPACITY_ACCELERATOR_SECONDS_FIELD_NUMBER: _ClassVar[int]
    CARBON_TAX_USD_PER_KG_FIELD_NUMBER: _ClassVar[int]
    CHARGE_MW_FIELD_NUMBER: _ClassVar[int]
    CONNECTION_MW_FIELD_NUMBER: _ClassVar[int]
    OUTLOOK_FIELD_NUMBER: _ClassVar[int]
    PUE_FIELD_NUMBER: _ClassVar[int]
    WATER_LITRES_PER_MWH_FIELD_NUMBER: _ClassVar[int]
    blocks: _containers.RepeatedCompositeFieldContainer[OfferBlock]
    capacity_accelerator_seconds: _containers.RepeatedScalarFieldContainer[float]
    carbon_tax_usd_per_kg: float
    charge_mw: float
    connection_mw: float
    outlook: _containers.RepeatedCompositeFieldContainer[OfferOutlook]
    pue: float
    water_litres_per_mwh: float
    def __init__(self, capacity_accelerator_seconds: _Optional[_Iterable[float]] = ..., connection_mw: _Optional[float] = ..., pue: _Optional[float] = ..., blocks: _Optional[_Iterable[_Union[OfferBlock, _Mapping]]] = ..., charge_mw: _Optional[float] = ..., water_litres_per_mwh: _Optional[float] = ..., carbon_tax_usd_per_kg: _Optional[float] = ..., outlook: _Optional[_Iterable[_Union[OfferOutlook, _Mapping]]] = ...) -> None: ...

class Clearing(_message.Message):
    __slots__ = ["award_energy_mwh", "award_region", "award_requests", "award_service", "award_workload_class", "cost_usd", "coupling_gap", "emissions_kg", "energy_usd", "friction_usd", "has_converged", "objective", "regions", "relative_gap", "rounds", "switching_usd", "unserved", "unserved_usd", "waiting"]
    AWARD_ENERGY_MWH_FIELD_NUMBER: _ClassVar[int]
    AWARD_REGION_FIELD_NUMBER: _ClassVar[int]
    AWARD_REQUESTS_FIELD_NUMBER: _ClassVar[int]
    AWARD_SERVICE_FIELD_NUMBER: _ClassVar[int]
    AWARD_WORKLOAD_CLASS_FIELD_NUMBER: _ClassVar[int]
    COST_USD_FIELD_NUMBER: _ClassVar[int]
    COUPLING_GAP_FIELD_NUMBER: _ClassVar[int]
    EMISSIONS_KG_FIELD_NUMBER: _ClassVar[int]
    ENERGY_USD_FIELD_NUMBER: _ClassVar[int]
    FRICTION_USD_FIELD_NUMBER: _ClassVar[int]
    HAS_CONVERGED_FIELD_NUMBER: _ClassVar[int]
    OBJECTIVE_FIELD_NUMBER: _ClassVar[int]
    REGIONS_FIELD_NUMBER: _ClassVar[int]
    RELATIVE_GAP_FIELD_NUMBER: _ClassVar[int]
    ROUNDS_FIELD_NUMBER: _ClassVar[int]
    SWITCHING_USD_FIELD_NUMBER: _ClassVar[int]
    UNSERVED_FIELD_NUMBER: _ClassVar[int]
    UNSERVED_USD_FIELD_NUMBER: _ClassVar[int]
    WAITING_FIELD_NUMBER: _ClassVar[int]
    award_energy_mwh: _containers.RepeatedScalarFieldContainer[float]
    award_region: _containers.RepeatedScalarFieldContainer[int]
    award_requests: _containers.RepeatedScalarFieldContainer[float]
    award_service: _containers.RepeatedScalarFieldContainer[int]
    award_workload_class: _containers.RepeatedScalarFieldContainer[int]
    cost_usd: float
    coupling_gap: float
    emissions_kg: float
    energy_usd: float
    friction_usd: float
    has_converged: bool
    objective: float
    regions: _containers.RepeatedCompositeFieldContainer[RegionClearing]
    relative_gap: float
    rounds: int
    switching_usd: float
    unserved: _containers.RepeatedCompositeFieldContainer[Unserved]
    unserved_usd: float
    waiting: _containers.RepeatedCompositeFieldContainer[Unserved]
    def __init__(self, objective: _Optional[float] = ..., relative_gap: _Optional[float] = ..., cost_usd: _Optional[float] = ..., energy_usd: _Optional[float] = ..., friction_usd: _Optional[float] = ..., switching_usd: _Optional[float] = ..., unserved_usd: _Optional[float] = ..., emissions_kg: _Optional[float] = ..., award_service: _Optional[_Iterable[int]] = ..., award_workload_class: _Optional[_Iterable[int]] = ..., award_region: _Optional[_Iterable[int]] = ..., award_requests: _Optional[_Iterable[float]] = ..., award_energy_mwh: _Optional[_Iterable[float]] = ..., unserved: _Optional[_Iterable[_Union[Unserved, _Mapping]]] = ..., regions: _Optional[_Iterable[_Union[RegionClearing, _Mapping]]] = ..., rounds: _Optional[int] = ..., has_converged: bool = ..., coupling_gap: _Optional[float] = ..., waiting: _Optional[_Iterable[_Union[Unserved, _Mapping]]] = ...) -> None: ...

class Clock(_message.Message):
    __slots__ = ["start_seconds", "tick_count", "tick_seconds"]
    START_SECONDS_FIELD_NUMBER: _ClassVar[int]
    TICK_COUNT_FIELD_NUMBER: _ClassVar[int]
    TICK_SECONDS_FIELD_NUMBER: _ClassVar[int]
    start_seconds: int
    tick_count: int
    tick_seconds: int
    def __init__(self, start_seconds: _Optional[int] = ..., tick_seconds: _Optional[int] = ..., tick_count: _Optional[int] = ...) -> None: ...

class ComputeRegionSetup(_message.Message):
    __slots__ = ["horizon_ticks", "resources"]
    HORIZON_TICKS_FIELD_NUMBER: _ClassVar[int]
    RESOURCES_FIELD_NUMBER: _ClassVar[int]
    horizon_ticks: int
    resources: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, resources: _Optional[_Iterable[str]] = ..., horizon_ticks: _Optional[int] = ...) -> None: ...

class ComputeRegionSite(_message.Message):
    __slots__ = ["agent", "bus", "grid_operator", "location"]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    BUS_FIELD_NUMBER: _ClassVar[int]
    GRID_OPERATOR_FIELD_NUMBER: _ClassVar[int]
    LOCATION_FIELD_NUMBER: _ClassVar[int]
    agent: AgentSite
    bus: str
    grid_operator: int
    location: Location
    def __init__(self, agent: _Optional[_Union[AgentSite, _Mapping]] = ..., grid_operator: _Optional[int] = ..., bus: _Optional[str] = ..., location: _Optional[_Union[Location, _Mapping]] = ...) -> None: ...

class ConnectedRegion(_message.Message):
    __slots__ = ["bus", "name"]
    BUS_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    bus: str
    name: str
    def __init__(self, name: _Optional[str] = ..., bus: _Optional[str] = ...) -> None: ...

class Coupling(_message.Message):
    __slots__ = ["damping", "gap", "kind", "round_limit", "tolerance_mw"]
    DAMPING_FIELD_NUMBER: _ClassVar[int]
    GAP_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    ROUND_LIMIT_FIELD_NUMBER: _ClassVar[int]
    TOLERANCE_MW_FIELD_NUMBER: _ClassVar[int]
    damping: float
    gap: float
    kind: str
    round_limit: int
    tolerance_mw: float
    def __init__(self, kind: _Optional[str] = ..., damping: _Optional[float] = ..., tolerance_mw: _Optional[float] = ..., round_limit: _Optional[int] = ..., gap: _Optional[float] = ...) -> None: ...

class CurtailmentRequest(_message.Message):
    __slots__ = ["event", "price_usd_per_mwh", "reduction_mw", "remaining_ticks"]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    PRICE_USD_PER_MWH_FIELD_NUMBER: _ClassVar[int]
    REDUCTION_MW_FIELD_NUMBER: _ClassVar[int]
    REMAINING_TICKS_FIELD_NUMBER: _ClassVar[int]
    event: int
    price_usd_per_mwh: float
    reduction_mw: float
    remaining_ticks: int
    def __init__(self, event: _Optional[int] = ..., reduction_mw: _Optional[float] = ..., price_usd_per_mwh: _Optional[float] = ..., remaining_ticks: _Optional[int] = ...) -> None: ...

class DelayRule(_message.Message):
    __slots__ = ["by_slot", "published_units"]
    BY_SLOT_FIELD_NUMBER: _ClassVar[int]
    PUBLISHED_UNITS_FIELD_NUMBER: _ClassVar[int]
    by_slot: bool
    published_units: bool
    def __init__(self, by_slot: bool = ..., published_units: bool = ...) -> None: ...

class DelayTerms(_message.Message):
    __slots__ = ["limit_seconds", "payload_kb_per_token", "price_usd_per_second", "processing_seconds_per_token", "tokens_per_request"]
    LIMIT_SECONDS_FIELD_NUMBER: _ClassVar[int]
    PAYLOAD_KB_PER_TOKEN_FIELD_NUMBER: _ClassVar[int]
    PRICE_USD_PER_SECOND_FIELD_NUMBER: _ClassVar[int]
    PROCESSING_SECONDS_PER_TOKEN_FIELD_NUMBER: _ClassVar[int]
    TOKENS_PER_REQUEST_FIELD_NUMBER: _ClassVar[int]
    limit_seconds: float
    payload_kb_per_token: float
    price_usd_per_second: float
    processing_seconds_per_token: _containers.RepeatedScalarFieldContainer[float]
    tokens_per_request: float
    def __init__(self, limit_seconds: _Optional[float] = ..., price_usd_per_second: _Optional[float] = ..., tokens_per_request: _Optional[float] = ..., payload_kb_per_token: _Optional[float] = ..., processing_seconds_per_token: _Optional[_Iterable[float]] = ...) -> None: ...

class DispatchQuestion(_message.Message):
    __slots__ = ["load_mw"]
    LOAD_MW_FIELD_NUMBER: _ClassVar[int]
    load_mw: _containers.RepeatedScalarFieldContainer[float]
    def __init__(self, load_mw: _Optional[_Iterable[float]] = ...) -> None: ...

class DispatchSlot(_message.Message):
    __slots__ = ["dispatch", "grid_operator"]
    DISPATCH_FIELD_NUMBER: _ClassVar[int]
    GRID_OPERATOR_FIELD_NUMBER: _ClassVar[int]
    dispatch: GridDispatch
    grid_operator: int
    def __init__(self, grid_operator: _Optional[int] = ..., dispatch: _Optional[_Union[GridDispatch, _Mapping]] = ...) -> None: ...

class Effort(_message.Message):
    __slots__ = ["coding_microseconds", "computing_microseconds"]
    CODING_MICROSECONDS_FIELD_NUMBER: _ClassVar[int]
    COMPUTING_MICROSECONDS_FIELD_NUMBER: _ClassVar[int]
    coding_microseconds: int
    computing_microseconds: int
    def __init__(self, computing_microseconds: _Optional[int] = ..., coding_microseconds: _Optional[int] = ...) -> None: ...

class ExchangeTiming(_message.Message):
    __slots__ = ["agent", "asked_microseconds", "effort", "phase", "round", "wait_microseconds"]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    ASKED_MICROSECONDS_FIELD_NUMBER: _ClassVar[int]
    EFFORT_FIELD_NUMBER: _ClassVar[int]
    PHASE_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    WAIT_MICROSECONDS_FIELD_NUMBER: _ClassVar[int]
    agent: int
    asked_microseconds: int
    effort: Effort
    phase: Phase
    round: int
    wait_microseconds: int
    def __init__(self, agent: _Optional[int] = ..., phase: _Optional[_Union[Phase, str]] = ..., round: _Optional[int] = ..., asked_microseconds: _Optional[int] = ..., wait_microseconds: _Optional[int] = ..., effort: _Optional[_Union[Effort, _Mapping]] = ...) -> None: ...

class Experiment(_message.Message):
    __slots__ = ["branch", "classes", "clock", "coupling", "delay_rule", "events", "faults", "grid_operators", "local_limit_milliseconds", "mechanism", "name", "regional_limit_milliseconds", "regions", "resources", "seed", "services", "withholds_requests"]
    BRANCH_FIELD_NUMBER: _ClassVar[int]
    CLASSES_FIELD_NUMBER: _ClassVar[int]
    CLOCK_FIELD_NUMBER: _ClassVar[int]
    COUPLING_FIELD_NUMBER: _ClassVar[int]
    DELAY_RULE_FIELD_NUMBER: _ClassVar[int]
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    FAULTS_FIELD_NUMBER: _ClassVar[int]
    GRID_OPERATORS_FIELD_NUMBER: _ClassVar[int]
    LOCAL_LIMIT_MILLISECONDS_FIELD_NUMBER: _ClassVar[int]
    MECHANISM_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    REGIONAL_LIMIT_MILLISECONDS_FIELD_NUMBER: _ClassVar[int]
    REGIONS_FIELD_NUMBER: _ClassVar[int]
    RESOURCES_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    SERVICES_FIELD_NUMBER: _ClassVar[int]
    WITHHOLDS_REQUESTS_FIELD_NUMBER: _ClassVar[int]
    branch: Branch
    classes: _containers.RepeatedCompositeFieldContainer[WorkloadClass]
    clock: Clock
    coupling: Coupling
    delay_rule: DelayRule
    events: _containers.RepeatedCompositeFieldContainer[GridEvent]
    faults: _containers.RepeatedCompositeFieldContainer[AgentFault]
    grid_operators: _containers.RepeatedCompositeFieldContainer[GridOperatorSite]
    local_limit_milliseconds: float
    mechanism: Mechanism
    name: str
    regional_limit_milliseconds: float
    regions: _containers.RepeatedCompositeFieldContainer[ComputeRegionSite]
    resources: _containers.RepeatedScalarFieldContainer[str]
    seed: int
    services: _containers.RepeatedCompositeFieldContainer[ServiceNodeSite]
    withholds_requests: bool
    def __init__(self, name: _Optional[str] = ..., seed: _Optional[int] = ..., clock: _Optional[_Union[Clock, _Mapping]] = ..., resources: _Optional[_Iterable[str]] = ..., classes: _Optional[_Iterable[_Union[WorkloadClass, _Mapping]]] = ..., grid_operators: _Optional[_Iterable[_Union[GridOperatorSite, _Mapping]]] = ..., regions: _Optional[_Iterable[_Union[ComputeRegionSite, _Mapping]]] = ..., services: _Optional[_Iterable[_Union[ServiceNodeSite, _Mapping]]] = ..., mechanism: _Optional[_Union[Mechanism, _Mapping]] = ..., local_limit_milliseconds: _Optional[float] = ..., regional_limit_milliseconds: _Optional[float] = ..., coupling: _Optional[_Union[Coupling, _Mapping]] = ..., events: _Optional[_Iterable[_Union[GridEvent, _Mapping]]] = ..., withholds_requests: bool = ..., delay_rule: _Optional[_Union[DelayRule, _Mapping]] = ..., branch: _Optional[_Union[Branch, _Mapping]] = ..., faults: _Optional[_Iterable[_Union[AgentFault, _Mapping]]] = ...) -> None: ...

class Failure(_message.Message):
    __slots__ = ["problem", "remedy", "setting", "text"]
    PROBLEM_FIELD_NUMBER: _ClassVar[int]
    REMEDY_FIELD_NUMBER: _ClassVar[int]
    SETTING_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    problem: str
    remedy: str
    setting: str
    text: str
    def __init__(self, text: _Optional[str] = ..., setting: _Optional[str] = ..., problem: _Optional[str] = ..., remedy: _Optional[str] = ...) -> None: ...

class FaultRecord(_message.Message):
    __slots__ = ["agent", "lost_bid", "outage", "stale_signals_tick"]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    LOST_BID_FIELD_NUMBER: _ClassVar[int]
    OUTAGE_FIELD_NUMBER: _ClassVar[int]
    STALE_SIGNALS_TICK_FIELD_NUMBER: _ClassVar[int]
    agent: int
    lost_bid: bool
    outage: bool
    stale_signals_tick: int
    def __init__(self, agent: _Optional[int] = ..., outage: bool = ..., stale_signals_tick: _Optional[int] = ..., lost_bid: bool = ...) -> None: ...

class GridAnswer(_message.Message):
    __slots__ = ["dispatch", "signal"]
    DISPATCH_FIELD_NUMBER: _ClassVar[int]
    SIGNAL_FIELD_NUMBER: _ClassVar[int]
    dispatch: GridDispatch
    signal: GridSignal
    def __init__(self, dispatch: _Optional[_Union[GridDispatch, _Mapping]] = ..., signal: _Optional[_Union[GridSignal, _Mapping]] = ...) -> None: ...

class GridDispatch(_message.Message):
    __slots__ = ["areas", "buses"]
    AREAS_FIELD_NUMBER: _ClassVar[int]
    BUSES_FIELD_NUMBER: _ClassVar[int]
    areas: _containers.RepeatedCompositeFieldContainer[AreaOutcome]
    buses: _containers.RepeatedCompositeFieldContainer[BusOutcome]
    def __init__(self, buses: _Optional[_Iterable[_Union[BusOutcome, _Mapping]]] = ..., areas: _Optional[_Iterable[_Union[AreaOutcome, _Mapping]]] = ...) -> None: ...

class GridEvent(_message.Message):
    __slots__ = ["cap_mw", "curtailment", "from_tick", "name", "price_adder_usd_per_mwh", "region", "to_tick"]
    class Curtailment(_message.Message):
        __slots__ = ["price_usd_per_mwh", "reduction_mw"]
        PRICE_USD_PER_MWH_FIELD_NUMBER: _ClassVar[int]
        REDUCTION_MW_FIELD_NUMBER: _ClassVar[int]
        price_usd_per_mwh: float
        reduction_mw: float
        def __init__(self, reduction_mw: _Optional[float] = ..., price_usd_per_mwh: _Optional[float] = ...) -> None: ...
    CAP_MW_FIELD_NUMBER: _ClassVar[int]
    CURTAILMENT_FIELD_NUMBER: _ClassVar[int]
    FROM_TICK_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    PRICE_ADDER_USD_PER_MWH_FIELD_NUMBER: _ClassVar[int]
    REGION_FIELD_NUMBER: _ClassVar[int]
    TO_TICK_FIELD_NUMBER: _ClassVar[int]
    cap_mw: float
    curtailment: GridEvent.Curtailment
    from_tick: int
    name: str
    price_adder_usd_per_mwh: float
    region: int
    to_tick: int
    def __init__(self, name: _Optional[str] = ..., region: _Optional[int] = ..., from_tick: _Optional[int] = ..., to_tick: _Optional[int] = ..., curtailment: _Optional[_Union[GridEvent.Curtailment, _Mapping]] = ..., cap_mw: _Optional[float] = ..., price_adder_usd_per_mwh: _Optional[float] = ...) -> None: ...

class GridOperatorSetup(_message.Message):
    __slots__ = ["regions"]
    REGIONS_FIELD_NUMBER: _ClassVar[int]
    regions: _containers.RepeatedCompositeFieldContainer[ConnectedRegion]
    def __init__(self, regions: _Optional[_Iterable[_Union[ConnectedRegion, _Mapping]]] = ...) -> None: ...

class GridOperatorSite(_message.Message):
    __slots__ = ["agent", "location"]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    LOCATION_FIELD_NUMBER: _ClassVar[int]
    agent: AgentSite
    location: Location
    def __init__(self, agent: _Optional[_Union[AgentSite, _Mapping]] = ..., location: _Optional[_Union[Location, _Mapping]] = ...) -> None: ...

class GridQuestion(_message.Message):
    __slots__ = ["dispatch", "signal"]
    DISPATCH_FIELD_NUMBER: _ClassVar[int]
    SIGNAL_FIELD_NUMBER: _ClassVar[int]
    dispatch: DispatchQuestion
    signal: SignalQuestion
    def __init__(self, dispatch: _Optional[_Union[DispatchQuestion, _Mapping]] = ..., signal: _Optional[_Union[SignalQuestion, _Mapping]] = ...) -> None: ...

class GridQuote(_message.Message):
    __slots__ = ["buses", "cost_usd_per_hour", "emissions_kg_per_hour"]
    BUSES_FIELD_NUMBER: _ClassVar[int]
    COST_USD_PER_HOUR_FIELD_NUMBER: _ClassVar[int]
    EMISSIONS_KG_PER_HOUR_FIELD_NUMBER: _ClassVar[int]
    buses: _containers.RepeatedCompositeFieldContainer[BusOutcome]
    cost_usd_per_hour: float
    emissions_kg_per_hour: float
    def __init__(self, buses: _Optional[_Iterable[_Union[BusOutcome, _Mapping]]] = ..., cost_usd_per_hour: _Optional[float] = ..., emissions_kg_per_hour: _Optional[float] = ...) -> None: ...

class GridSignal(_message.Message):
    __slots__ = ["buses"]
    BUSES_FIELD_NUMBER: _ClassVar[int]
    buses: _containers.RepeatedCompositeFieldContainer[BusSignal]
    def __init__(self, buses: _Optional[_Iterable[_Union[BusSignal, _Mapping]]] = ...) -> None: ...

class Hello(_message.Message):
    __slots__ = ["name", "next_tick", "others", "scenario_digest", "software"]
    NAME_FIELD_NUMBER: _ClassVar[int]
    NEXT_TICK_FIELD_NUMBER: _ClassVar[int]
    OTHERS_FIELD_NUMBER: _ClassVar[int]
    SCENARIO_DIGEST_FIELD_NUMBER: _ClassVar[int]
    SOFTWARE_FIELD_NUMBER: _ClassVar[int]
    name: str
    next_tick: int
    others: _containers.RepeatedScalarFieldContainer[str]
    scenario_digest: str
    software: str
    def __init__(self, name: _Optional[str] = ..., scenario_digest: _Optional[str] = ..., software: _Optional[str] = ..., next_tick: _Optional[int] = ..., others: _Optional[_Iterable[str]] = ...) -> None: ...

class Location(_message.Message):
    __slots__ = ["latitude_degrees", "longitude_degrees"]
    LATITUDE_DEGREES_FIELD_NUMBER: _ClassVar[int]
    LONGITUDE_DEGREES_FIELD_NUMBER: _ClassVar[int]
    latitude_degrees: float
    longitude_degrees: float
    def __init__(self, latitude_degrees: _Optional[float] = ..., longitude_degrees: _Optional[float] = ...) -> None: ...

class Mechanism(_message.Message):
    __slots__ = ["carbon_price_usd_per_kg", "horizon_ticks", "objective", "priorities", "priority_slack", "water_limit_litres", "weight_carbon", "weight_delay", "weight_energy", "weight_water_usd_per_litre"]
    CARBON_PRICE_USD_PER_KG_FIELD_NUMBER: _ClassVar[int]
    HORIZON_TICKS_FIELD_NUMBER: _ClassVar[int]
    OBJECTIVE_FIELD_NUMBER: _ClassVar[int]
    PRIORITIES_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_SLACK_FIELD_NUMBER: _ClassVar[int]
    WATER_LIMIT_LITRES_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_CARBON_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_DELAY_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_ENERGY_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_WATER_USD_PER_LITRE_FIELD_NUMBER: _ClassVar[int]
    carbon_price_usd_per_kg: float
    horizon_ticks: int
    objective: str
    priorities: _containers.RepeatedScalarFieldContainer[str]
    priority_slack: float
    water_limit_litres: float
    weight_carbon: float
    weight_delay: float
    weight_energy: float
    weight_water_usd_per_litre: float
    def __init__(self, objective: _Optional[str] = ..., carbon_price_usd_per_kg: _Optional[float] = ..., weight_energy: _Optional[float] = ..., weight_carbon: _Optional[float] = ..., weight_delay: _Optional[float] = ..., weight_water_usd_per_litre: _Optional[float] = ..., priorities: _Optional[_Iterable[str]] = ..., priority_slack: _Optional[float] = ..., horizon_ticks: _Optional[int] = ..., water_limit_litres: _Optional[float] = ...) -> None: ...

class OfferBlock(_message.Message):
    __slots__ = ["limit_mw", "mark_up_usd_per_mwh", "source"]
    class Source(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = []
    LIMIT_MW_FIELD_NUMBER: _ClassVar[int]
    MARK_UP_USD_PER_MWH_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_GRID: OfferBlock.Source
    SOURCE_ON_SITE: OfferBlock.Source
    limit_mw: float
    mark_up_usd_per_mwh: float
    source: OfferBlock.Source
    def __init__(self, source: _Optional[_Union[OfferBlock.Source, str]] = ..., limit_mw: _Optional[float] = ..., mark_up_usd_per_mwh: _Optional[float] = ...) -> None: ...

class OfferOutlook(_message.Message):
    __slots__ = ["carbon_tax_usd_per_kg", "connection_mw", "on_site_mw", "pue", "water_litres_per_mwh"]
    CARBON_TAX_USD_PER_KG_FIELD_NUMBER: _ClassVar[int]
    CONNECTION_MW_FIELD_NUMBER: _ClassVar[int]
    ON_SITE_MW_FIELD_NUMBER: _ClassVar[int]
    PUE_FIELD_NUMBER: _ClassVar[int]
    WATER_LITRES_PER_MWH_FIELD_NUMBER: _ClassVar[int]
    carbon_tax_usd_per_kg: float
    connection_mw: float
    on_site_mw: float
    pue: float
    water_litres_per_mwh: float
    def __init__(self, connection_mw: _Optional[float] = ..., pue: _Optional[float] = ..., on_site_mw: _Optional[float] = ..., water_litres_per_mwh: _Optional[float] = ..., carbon_tax_usd_per_kg: _Optional[float] = ...) -> None: ...

class OfferSlot(_message.Message):
    __slots__ = ["offer", "region"]
    OFFER_FIELD_NUMBER: _ClassVar[int]
    REGION_FIELD_NUMBER: _ClassVar[int]
    offer: CapacityOffer
    region: int
    def __init__(self, region: _Optional[int] = ..., offer: _Optional[_Union[CapacityOffer, _Mapping]] = ...) -> None: ...

class Parameter(_message.Message):
    __slots__ = ["name", "value"]
    NAME_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    name: str
    value: ParameterValue
    def __init__(self, name: _Optional[str] = ..., value: _Optional[_Union[ParameterValue, _Mapping]] = ...) -> None: ...

class ParameterList(_message.Message):
    __slots__ = ["values"]
    VALUES_FIELD_NUMBER: _ClassVar[int]
    values: _containers.RepeatedCompositeFieldContainer[ParameterValue]
    def __init__(self, values: _Optional[_Iterable[_Union[ParameterValue, _Mapping]]] = ...) -> None: ...

class ParameterValue(_message.Message):
    __slots__ = ["boolean", "list", "number", "section", "series", "text"]
    BOOLEAN_FIELD_NUMBER: _ClassVar[int]
    LIST_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    SECTION_FIELD_NUMBER: _ClassVar[int]
    SERIES_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    boolean: bool
    list: ParameterList
    number: float
    section: Parameters
    series: Series
    text: str
    def __init__(self, boolean: bool = ..., number: _Optional[float] = ..., text: _Optional[str] = ..., series: _Optional[_Union[Series, _Mapping]] = ..., list: _Optional[_Union[ParameterList, _Mapping]] = ..., section: _Optional[_Union[Parameters, _Mapping]] = ...) -> None: ...

class Parameters(_message.Message):
    __slots__ = ["entries"]
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    entries: _containers.RepeatedCompositeFieldContainer[Parameter]
    def __init__(self, entries: _Optional[_Iterable[_Union[Parameter, _Mapping]]] = ...) -> None: ...

class Party(_message.Message):
    __slots__ = ["agent", "carbon_fund", "transport"]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    CARBON_FUND_FIELD_NUMBER: _ClassVar[int]
    TRANSPORT_FIELD_NUMBER: _ClassVar[int]
    agent: int
    carbon_fund: bool
    transport: bool
    def __init__(self, agent: _Optional[int] = ..., transport: bool = ..., carbon_fund: bool = ...) -> None: ...

class Payment(_message.Message):
    __slots__ = ["amount_usd", "payee", "payer", "purpose"]
    class Purpose(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = []
    AMOUNT_USD_FIELD_NUMBER: _ClassVar[int]
    PAYEE_FIELD_NUMBER: _ClassVar[int]
    PAYER_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_CARBON: Payment.Purpose
    PURPOSE_COMPUTE: Payment.Purpose
    PURPOSE_CURTAILMENT: Payment.Purpose
    PURPOSE_ENERGY: Payment.Purpose
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_RELOCATION: Payment.Purpose
    PURPOSE_UNSPECIFIED: Payment.Purpose
    amount_usd: float
    payee: Party
    payer: Party
    purpose: Payment.Purpose
    def __init__(self, payer: _Optional[_Union[Party, _Mapping]] = ..., payee: _Optional[_Union[Party, _Mapping]] = ..., purpose: _Optional[_Union[Payment.Purpose, str]] = ..., amount_usd: _Optional[float] = ...) -> None: ...

class QuoteAnswer(_message.Message):
    __slots__ = ["quote"]
    QUOTE_FIELD_NUMBER: _ClassVar[int]
    quote: GridQuote
    def __init__(self, quote: _Optional[_Union[GridQuote, _Mapping]] = ...) -> None: ...

class QuoteQuestion(_message.Message):
    __slots__ = ["load_mw"]
    LOAD_MW_FIELD_NUMBER: _ClassVar[int]
    load_mw: _containers.RepeatedScalarFieldContainer[float]
    def __init__(self, load_mw: _Optional[_Iterable[float]] = ...) -> None: ...

class QuoteRound(_message.Message):
    __slots__ = ["quotes"]
    QUOTES_FIELD_NUMBER: _ClassVar[int]
    quotes: _containers.RepeatedCompositeFieldContainer[QuoteSlot]
    def __init__(self, quotes: _Optional[_Iterable[_Union[QuoteSlot, _Mapping]]] = ...) -> None: ...

class QuoteSlot(_message.Message):
    __slots__ = ["grid_operator", "quote"]
    GRID_OPERATOR_FIELD_NUMBER: _ClassVar[int]
    QUOTE_FIELD_NUMBER: _ClassVar[int]
    grid_operator: int
    quote: GridQuote
    def __init__(self, grid_operator: _Optional[int] = ..., quote: _Optional[_Union[GridQuote, _Mapping]] = ...) -> None: ...

class Receipt(_message.Message):
    __slots__ = ["next_tick"]
    NEXT_TICK_FIELD_NUMBER: _ClassVar[int]
    next_tick: int
    def __init__(self, next_tick: _Optional[int] = ...) -> None: ...

class Record(_message.Message):
    __slots__ = ["digest", "record", "telemetry"]
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    RECORD_FIELD_NUMBER: _ClassVar[int]
    TELEMETRY_FIELD_NUMBER: _ClassVar[int]
    digest: bytes
    record: bytes
    telemetry: Telemetry
    def __init__(self, record: _Optional[bytes] = ..., digest: _Optional[bytes] = ..., telemetry: _Optional[_Union[Telemetry, _Mapping]] = ...) -> None: ...

class Refusal(_message.Message):
    __slots__ = ["code", "text"]
    CODE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    code: str
    text: str
    def __init__(self, code: _Optional[str] = ..., text: _Optional[str] = ...) -> None: ...

class RegionClearing(_message.Message):
    __slots__ = ["capacity_price_usd", "energy_mwh", "energy_price_usd_per_mwh", "facility_mwh", "grid_mwh"]
    CAPACITY_PRICE_USD_FIELD_NUMBER: _ClassVar[int]
    ENERGY_MWH_FIELD_NUMBER: _ClassVar[int]
    ENERGY_PRICE_USD_PER_MWH_FIELD_NUMBER: _ClassVar[int]
    FACILITY_MWH_FIELD_NUMBER: _ClassVar[int]
    GRID_MWH_FIELD_NUMBER: _ClassVar[int]
    capacity_price_usd: _containers.RepeatedScalarFieldContainer[float]
    energy_mwh: float
    energy_price_usd_per_mwh: float
    facility_mwh: float
    grid_mwh: float
    def __init__(self, energy_mwh: _Optional[float] = ..., facility_mwh: _Optional[float] = ..., grid_mwh: _Optional[float] = ..., energy_price_usd_per_mwh: _Optional[float] = ..., capacity_price_usd: _Optional[_Iterable[float]] = ...) -> None: ...

class RegionQuestion(_message.Message):
    __slots__ = ["customer_baseline_mw", "last", "signal"]
    CUSTOMER_BASELINE_MW_FIELD_NUMBER: _ClassVar[int]
    LAST_FIELD_NUMBER: _ClassVar[int]
    SIGNAL_FIELD_NUMBER: _ClassVar[int]
    customer_baseline_mw: float
    last: RegionResult
    signal: BusSignal
    def __init__(self, signal: _Optional[_Union[BusSignal, _Mapping]] = ..., last: _Optional[_Union[RegionResult, _Mapping]] = ..., customer_baseline_mw: _Optional[float] = ...) -> None: ...

class RegionResult(_message.Message):
    __slots__ = ["cost_usd", "facility_mwh", "grid_mwh", "realised_price_usd_per_mwh", "revenue_usd"]
    COST_USD_FIELD_NUMBER: _ClassVar[int]
    FACILITY_MWH_FIELD_NUMBER: _ClassVar[int]
    GRID_MWH_FIELD_NUMBER: _ClassVar[int]
    REALISED_PRICE_USD_PER_MWH_FIELD_NUMBER: _ClassVar[int]
    REVENUE_USD_FIELD_NUMBER: _ClassVar[int]
    cost_usd: float
    facility_mwh: float
    grid_mwh: float
    realised_price_usd_per_mwh: float
    revenue_usd: float
    def __init__(self, facility_mwh: _Optional[float] = ..., grid_mwh: _Optional[float] = ..., revenue_usd: _Optional[float] = ..., cost_usd: _Optional[float] = ..., realised_price_usd_per_mwh: _Optional[float] = ...) -> None: ...

class Reply(_message.Message):
    __slots__ = ["bid", "effort", "grid", "offer", "phase", "quote", "round", "tick"]
    BID_FIELD_NUMBER: _ClassVar[int]
    EFFORT_FIELD_NUMBER: _ClassVar[int]
    GRID_FIELD_NUMBER: _ClassVar[int]
    OFFER_FIELD_NUMBER: _ClassVar[int]
    PHASE_FIELD_NUMBER: _ClassVar[int]
    QUOTE_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    TICK_FIELD_NUMBER: _ClassVar[int]
    bid: WorkBid
    effort: Effort
    grid: GridAnswer
    offer: CapacityOffer
    phase: Phase
    quote: QuoteAnswer
    round: int
    tick: int
    def __init__(self, tick: _Optional[int] = ..., phase: _Optional[_Union[Phase, str]] = ..., grid: _Optional[_Union[GridAnswer, _Mapping]] = ..., offer: _Optional[_Union[CapacityOffer, _Mapping]] = ..., bid: _Optional[_Union[WorkBid, _Mapping]] = ..., quote: _Optional[_Union[QuoteAnswer, _Mapping]] = ..., round: _Optional[int] = ..., effort: _Optional[_Union[Effort, _Mapping]] = ...) -> None: ...

class Series(_message.Message):
    __slots__ = ["values"]
    VALUES_FIELD_NUMBER: _ClassVar[int]
    values: _containers.RepeatedScalarFieldContainer[float]
    def __init__(self, values: _Optional[_Iterable[float]] = ...) -> None: ...

class ServiceNodeSetup(_message.Message):
    __slots__ = ["allowed", "bandwidth_mbit_per_second", "classes", "delay_rule", "egress_usd_per_gb", "home", "horizon_ticks", "propagation_seconds", "regions", "round_trip_milliseconds"]
    ALLOWED_FIELD_NUMBER: _ClassVar[int]
    BANDWIDTH_MBIT_PER_SECOND_FIELD_NUMBER: _ClassVar[int]
    CLASSES_FIELD_NUMBER: _ClassVar[int]
    DELAY_RULE_FIELD_NUMBER: _ClassVar[int]
    EGRESS_USD_PER_GB_FIELD_NUMBER: _ClassVar[int]
    HOME_FIELD_NUMBER: _ClassVar[int]
    HORIZON_TICKS_FIELD_NUMBER: _ClassVar[int]
    PROPAGATION_SECONDS_FIELD_NUMBER: _ClassVar[int]
    REGIONS_FIELD_NUMBER: _ClassVar[int]
    ROUND_TRIP_MILLISECONDS_FIELD_NUMBER: _ClassVar[int]
    allowed: _containers.RepeatedScalarFieldContainer[bool]
    bandwidth_mbit_per_second: _containers.RepeatedScalarFieldContainer[float]
    classes: _containers.RepeatedCompositeFieldContainer[WorkloadClass]
    delay_rule: DelayRule
    egress_usd_per_gb: _containers.RepeatedScalarFieldContainer[float]
    home: int
    horizon_ticks: int
    propagation_seconds: _containers.RepeatedScalarFieldContainer[float]
    regions: _containers.RepeatedScalarFieldContainer[str]
    round_trip_milliseconds: _containers.RepeatedScalarFieldContainer[float]
    def __init__(self, classes: _Optional[_Iterable[_Union[WorkloadClass, _Mapping]]] = ..., regions: _Optional[_Iterable[str]] = ..., home: _Optional[int] = ..., round_trip_milliseconds: _Optional[_Iterable[float]] = ..., egress_usd_per_gb: _Optional[_Iterable[float]] = ..., allowed: _Optional[_Iterable[bool]] = ..., bandwidth_mbit_per_second: _Optional[_Iterable[float]] = ..., propagation_seconds: _Optional[_Iterable[float]] = ..., delay_rule: _Optional[_Union[DelayRule, _Mapping]] = ..., horizon_ticks: _Optional[int] = ...) -> None: ...

class ServiceNodeSite(_message.Message):
    __slots__ = ["agent", "bandwidth_mbit_per_second", "egress_usd_per_gb", "home", "location", "permitted", "propagation_seconds", "round_trip_milliseconds"]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    BANDWIDTH_MBIT_PER_SECOND_FIELD_NUMBER: _ClassVar[int]
    EGRESS_USD_PER_GB_FIELD_NUMBER: _ClassVar[int]
    HOME_FIELD_NUMBER: _ClassVar[int]
    LOCATION_FIELD_NUMBER: _ClassVar[int]
    PERMITTED_FIELD_NUMBER: _ClassVar[int]
    PROPAGATION_SECONDS_FIELD_NUMBER: _ClassVar[int]
    ROUND_TRIP_MILLISECONDS_FIELD_NUMBER: _ClassVar[int]
    agent: AgentSite
    bandwidth_mbit_per_second: _containers.RepeatedScalarFieldContainer[float]
    egress_usd_per_gb: _containers.RepeatedScalarFieldContainer[float]
    home: int
    location: Location
    permitted: _containers.RepeatedScalarFieldContainer[bool]
    propagation_seconds: _containers.RepeatedScalarFieldContainer[float]
    round_trip_milliseconds: _containers.RepeatedScalarFieldContainer[float]
    def __init__(self, agent: _Optional[_Union[AgentSite, _Mapping]] = ..., home: _Optional[int] = ..., location: _Optional[_Union[Location, _Mapping]] = ..., round_trip_milliseconds: _Optional[_Iterable[float]] = ..., egress_usd_per_gb: _Optional[_Iterable[float]] = ..., permitted: _Optional[_Iterable[bool]] = ..., bandwidth_mbit_per_second: _Optional[_Iterable[float]] = ..., propagation_seconds: _Optional[_Iterable[float]] = ...) -> None: ...

class ServicePlacement(_message.Message):
    __slots__ = ["region", "requests", "workload_class"]
    REGION_FIELD_NUMBER: _ClassVar[int]
    REQUESTS_FIELD_NUMBER: _ClassVar[int]
    WORKLOAD_CLASS_FIELD_NUMBER: _ClassVar[int]
    region: int
    requests: float
    workload_class: int
    def __init__(self, workload_class: _Optional[int] = ..., region: _Optional[int] = ..., requests: _Optional[float] = ...) -> None: ...

class ServiceQuestion(_message.Message):
    __slots__ = ["last", "same_signals", "signals"]
    LAST_FIELD_NUMBER: _ClassVar[int]
    SAME_SIGNALS_FIELD_NUMBER: _ClassVar[int]
    SIGNALS_FIELD_NUMBER: _ClassVar[int]
    last: ServiceResult
    same_signals: bool
    signals: _containers.RepeatedCompositeFieldContainer[BusSignal]
    def __init__(self, signals: _Optional[_Iterable[_Union[BusSignal, _Mapping]]] = ..., last: _Optional[_Union[ServiceResult, _Mapping]] = ..., same_signals: bool = ...) -> None: ...

class ServiceResult(_message.Message):
    __slots__ = ["paid_usd", "placements", "unserved_requests", "waiting_requests"]
    PAID_USD_FIELD_NUMBER: _ClassVar[int]
    PLACEMENTS_FIELD_NUMBER: _ClassVar[int]
    UNSERVED_REQUESTS_FIELD_NUMBER: _ClassVar[int]
    WAITING_REQUESTS_FIELD_NUMBER: _ClassVar[int]
    paid_usd: float
    placements: _containers.RepeatedCompositeFieldContainer[ServicePlacement]
    unserved_requests: _containers.RepeatedScalarFieldContainer[float]
    waiting_requests: _containers.RepeatedScalarFieldContainer[float]
    def __init__(self, placements: _Optional[_Iterable[_Union[ServicePlacement, _Mapping]]] = ..., unserved_requests: _Optional[_Iterable[float]] = ..., paid_usd: _Optional[float] = ..., waiting_requests: _Optional[_Iterable[float]] = ...) -> None: ...

class SignalQuestion(_message.Message):
    __slots__ = ["tick"]
    TICK_FIELD_NUMBER: _ClassVar[int]
    tick: int
    def __init__(self, tick: _Optional[int] = ...) -> None: ...

class SignalSlot(_message.Message):
    __slots__ = ["grid_operator", "signal"]
    GRID_OPERATOR_FIELD_NUMBER: _ClassVar[int]
    SIGNAL_FIELD_NUMBER: _ClassVar[int]
    grid_operator: int
    signal: GridSignal
    def __init__(self, grid_operator: _Optional[int] = ..., signal: _Optional[_Union[GridSignal, _Mapping]] = ...) -> None: ...

class TechnologyOutput(_message.Message):
    __slots__ = ["output_mw", "technology"]
    OUTPUT_MW_FIELD_NUMBER: _ClassVar[int]
    TECHNOLOGY_FIELD_NUMBER: _ClassVar[int]
    output_mw: float
    technology: str
    def __init__(self, technology: _Optional[str] = ..., output_mw: _Optional[float] = ...) -> None: ...

class Telemetry(_message.Message):
    __slots__ = ["clearing_microseconds", "profile", "tick", "tick_microseconds", "wait_microseconds"]
    CLEARING_MICROSECONDS_FIELD_NUMBER: _ClassVar[int]
    PROFILE_FIELD_NUMBER: _ClassVar[int]
    TICK_FIELD_NUMBER: _ClassVar[int]
    TICK_MICROSECONDS_FIELD_NUMBER: _ClassVar[int]
    WAIT_MICROSECONDS_FIELD_NUMBER: _ClassVar[int]
    clearing_microseconds: int
    profile: TickProfile
    tick: int
    tick_microseconds: int
    wait_microseconds: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, tick: _Optional[int] = ..., wait_microseconds: _Optional[_Iterable[int]] = ..., clearing_microseconds: _Optional[int] = ..., tick_microseconds: _Optional[int] = ..., profile: _Optional[_Union[TickProfile, _Mapping]] = ...) -> None: ...

class TickProfile(_message.Message):
    __slots__ = ["coding_microseconds", "exchanges", "journal_microseconds", "solving_microseconds", "start_microseconds", "waiting_microseconds"]
    CODING_MICROSECONDS_FIELD_NUMBER: _ClassVar[int]
    EXCHANGES_FIELD_NUMBER: _ClassVar[int]
    JOURNAL_MICROSECONDS_FIELD_NUMBER: _ClassVar[int]
    SOLVING_MICROSECONDS_FIELD_NUMBER: _ClassVar[int]
    START_MICROSECONDS_FIELD_NUMBER: _ClassVar[int]
    WAITING_MICROSECONDS_FIELD_NUMBER: _ClassVar[int]
    coding_microseconds: int
    exchanges: _containers.RepeatedCompositeFieldContainer[ExchangeTiming]
    journal_microseconds: int
    solving_microseconds: int
    start_microseconds: int
    waiting_microseconds: int
    def __init__(self, start_microseconds: _Optional[int] = ..., solving_microseconds: _Optional[int] = ..., coding_microseconds: _Optional[int] = ..., journal_microseconds: _Optional[int] = ..., waiting_microseconds: _Optional[int] = ..., exchanges: _Optional[_Iterable[_Union[ExchangeTiming, _Mapping]]] = ...) -> None: ...

class TickRecord(_message.Message):
    __slots__ = ["absences", "bids", "clearing", "dispatches", "faults", "offers", "quote_rounds", "settlement", "signals", "tick", "violations"]
    ABSENCES_FIELD_NUMBER: _ClassVar[int]
    BIDS_FIELD_NUMBER: _ClassVar[int]
    CLEARING_FIELD_NUMBER: _ClassVar[int]
    DISPATCHES_FIELD_NUMBER: _ClassVar[int]
    FAULTS_FIELD_NUMBER: _ClassVar[int]
    OFFERS_FIELD_NUMBER: _ClassVar[int]
    QUOTE_ROUNDS_FIELD_NUMBER: _ClassVar[int]
    SETTLEMENT_FIELD_NUMBER: _ClassVar[int]
    SIGNALS_FIELD_NUMBER: _ClassVar[int]
    TICK_FIELD_NUMBER: _ClassVar[int]
    VIOLATIONS_FIELD_NUMBER: _ClassVar[int]
    absences: _containers.RepeatedCompositeFieldContainer[Absence]
    bids: _containers.RepeatedCompositeFieldContainer[BidSlot]
    clearing: Clearing
    dispatches: _containers.RepeatedCompositeFieldContainer[DispatchSlot]
    faults: _containers.RepeatedCompositeFieldContainer[FaultRecord]
    offers: _containers.RepeatedCompositeFieldContainer[OfferSlot]
    quote_rounds: _containers.RepeatedCompositeFieldContainer[QuoteRound]
    settlement: _containers.RepeatedCompositeFieldContainer[Payment]
    signals: _containers.RepeatedCompositeFieldContainer[SignalSlot]
    tick: int
    violations: _containers.RepeatedCompositeFieldContainer[Violation]
    def __init__(self, tick: _Optional[int] = ..., signals: _Optional[_Iterable[_Union[SignalSlot, _Mapping]]] = ..., offers: _Optional[_Iterable[_Union[OfferSlot, _Mapping]]] = ..., bids: _Optional[_Iterable[_Union[BidSlot, _Mapping]]] = ..., clearing: _Optional[_Union[Clearing, _Mapping]] = ..., dispatches: _Optional[_Iterable[_Union[DispatchSlot, _Mapping]]] = ..., settlement: _Optional[_Iterable[_Union[Payment, _Mapping]]] = ..., absences: _Optional[_Iterable[_Union[Absence, _Mapping]]] = ..., violations: _Optional[_Iterable[_Union[Violation, _Mapping]]] = ..., quote_rounds: _Optional[_Iterable[_Union[QuoteRound, _Mapping]]] = ..., faults: _Optional[_Iterable[_Union[FaultRecord, _Mapping]]] = ...) -> None: ...

class Unserved(_message.Message):
    __slots__ = ["requests", "service", "workload_class"]
    REQUESTS_FIELD_NUMBER: _ClassVar[int]
    SERVICE_FIELD_NUMBER: _ClassVar[int]
    WORKLOAD_CLASS_FIELD_NUMBER: _ClassVar[int]
    requests: float
    service: int
    workload_class: int
    def __init__(self, service: _Optional[int] = ..., workload_class: _Optional[int] = ..., requests: _Optional[float] = ...) -> None: ...

class Violation(_message.Message):
    __slots__ = ["agent", "phase", "text"]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    PHASE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    agent: int
    phase: Phase
    text: str
    def __init__(self, agent: _Optional[int] = ..., phase: _Optional[_Union[Phase, str]] = ..., text: _Optional[str] = ...) -> None: ...

class Welcome(_message.Message):
    __slots__ = ["agent", "experiment", "seed", "setup", "strategy"]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    EXPERIMENT_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    SETUP_FIELD_NUMBER: _ClassVar[int]
    STRATEGY_FIELD_NUMBER: _ClassVar[int]
    agent: int
    experiment: Experiment
    seed: int
    setup: AgentSetup
    strategy: str
    def __init__(self, agent: _Optional[int] = ..., seed: _Optional[int] = ..., strategy: _Optional[str] = ..., setup: _Optional[_Union[AgentSetup, _Mapping]] = ..., experiment: _Optional[_Union[Experiment, _Mapping]] = ...) -> None: ...

class WorkBid(_message.Message):
    __slots__ = ["lines"]
    LINES_FIELD_NUMBER: _ClassVar[int]
    lines: _containers.RepeatedCompositeFieldContainer[BidLine]
    def __init__(self, lines: _Optional[_Iterable[_Union[BidLine, _Mapping]]] = ...) -> None: ...

class WorkloadClass(_message.Message):
    __slots__ = ["client_leg_milliseconds", "cold_start_usd", "deadline_hours", "delay", "energy_kwh_per_request", "latency_budget_milliseconds", "movable_share", "name", "payload_gb_per_request", "processing_milliseconds", "queueing_milliseconds", "reliability_usd_per_request", "requests_per_session", "session_state_gb", "surcharge_usd_per_mwh", "switching_usd_per_request", "value_usd_per_request", "work_accelerator_seconds_per_request"]
    CLIENT_LEG_MILLISECONDS_FIELD_NUMBER: _ClassVar[int]
    COLD_START_USD_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_HOURS_FIELD_NUMBER: _ClassVar[int]
    DELAY_FIELD_NUMBER: _ClassVar[int]
    ENERGY_KWH_PER_REQUEST_FIELD_NUMBER: _ClassVar[int]
    LATENCY_BUDGET_MILLISECONDS_FIELD_NUMBER: _ClassVar[int]
    MOVABLE_SHARE_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    PAYLOAD_GB_PER_REQUEST_FIELD_NUMBER: _ClassVar[int]
    PROCESSING_MILLISECONDS_FIELD_NUMBER: _ClassVar[int]
    QUEUEING_MILLISECONDS_FIELD_NUMBER: _ClassVar[int]
    RELIABILITY_USD_PER_REQUEST_FIELD_NUMBER: _ClassVar[int]
    REQUESTS_PER_SESSION_FIELD_NUMBER: _ClassVar[int]
    SESSION_STATE_GB_FIELD_NUMBER: _ClassVar[int]
    SURCHARGE_USD_PER_MWH_FIELD_NUMBER: _ClassVar[int]
    SWITCHING_USD_PER_REQUEST_FIELD_NUMBER: _ClassVar[int]
    VALUE_USD_PER_REQUEST_FIELD_NUMBER: _ClassVar[int]
    WORK_ACCELERATOR_SECONDS_PER_REQUEST_FIELD_NUMBER: _ClassVar[int]
    client_leg_milliseconds: float
    cold_start_usd: float
    deadline_hours: float
    delay: DelayTerms
    energy_kwh_per_request: float
    latency_budget_milliseconds: float
    movable_share: float
    name: str
    payload_gb_per_request: float
    processing_milliseconds: float
    queueing_milliseconds: float
    reliability_usd_per_request: float
    requests_per_session: float
    session_state_gb: float
    surcharge_usd_per_mwh: float
    switching_usd_per_request: float
    value_usd_per_request: float
    work_accelerator_seconds_per_request: _containers.RepeatedScalarFieldContainer[float]
    def __init__(self, name: _Optional[str] = ..., latency_budget_milliseconds: _Optional[float] = ..., client_leg_milliseconds: _Optional[float] = ..., processing_milliseconds: _Optional[float] = ..., queueing_milliseconds: _Optional[float] = ..., energy_kwh_per_request: _Optional[float] = ..., work_accelerator_seconds_per_request: _Optional[_Iterable[float]] = ..., movable_share: _Optional[float] = ..., value_usd_per_request: _Optional[float] = ..., switching_usd_per_request: _Optional[float] = ..., deadline_hours: _Optional[float] = ..., payload_gb_per_request: _Optional[float] = ..., session_state_gb: _Optional[float] = ..., requests_per_session: _Optional[float] = ..., cold_start_usd: _Optional[float] = ..., reliability_usd_per_request: _Optional[float] = ..., surcharge_usd_per_mwh: _Optional[float] = ..., delay: _Optional[_Union[DelayTerms, _Mapping]] = ...) -> None: ...

class Phase(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []
