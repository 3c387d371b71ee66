"""Strategies in Python for Gridtide: derive from a role, answer its question, call `gridtide.run`.

    import gridtide

    class MyNode(gridtide.ServiceNode):
        def __init__(self, setup):
            super().__init__(setup)
            self.work = gridtide.ServiceWork(setup)

        def bid(self, observation):
            return gridtide.WorkBid(self.work.lines(observation.tick))

    if __name__ == "__main__":
        gridtide.run(MyNode)
"""

from . import runs
from .answers import (
    AreaOutcome,
    BidLine,
    BusOutcome,
    BusSignal,
    CapacityOffer,
    CurtailmentRequest,
    GridDispatch,
    GridQuote,
    GridSignal,
    OfferBlock,
    OfferOutlook,
    PlacementOption,
    Source,
    TechnologyOutput,
    WorkBid,
)
from .errors import AnswerError, GridtideError, LinkError, ParameterError
from .keys import Key
from .observations import (
    DispatchObservation,
    QuoteObservation,
    RegionObservation,
    RegionResult,
    ServiceObservation,
    ServicePlacement,
    ServiceResult,
    SignalObservation,
)
from .parameters import Parameters, Series
from .process import play, run
from .random_stream import Phase, RandomStream
from .region_plant import RegionPlant
from .service_work import ServiceWork
from .setups import (
    Clock,
    ComputeRegionSetup,
    ConnectedRegion,
    DelayRule,
    DelayTerms,
    GridOperatorSetup,
    ServiceNodeSetup,
    WorkloadClass,
)
from .strategies import ComputeRegion, GridOperator, ServiceNode, Strategy

__all__ = [
    "AnswerError",
    "AreaOutcome",
    "BidLine",
    "BusOutcome",
    "BusSignal",
    "CapacityOffer",
    "Clock",
    "ComputeRegion",
    "ComputeRegionSetup",
    "ConnectedRegion",
    "CurtailmentRequest",
    "DelayRule",
    "DelayTerms",
    "DispatchObservation",
    "GridDispatch",
    "GridOperator",
    "GridOperatorSetup",
    "GridQuote",
    "GridSignal",
    "GridtideError",
    "Key",
    "LinkError",
    "OfferBlock",
    "OfferOutlook",
    "ParameterError",
    "Parameters",
    "Phase",
    "PlacementOption",
    "QuoteObservation",
    "RandomStream",
    "RegionObservation",
    "RegionPlant",
    "RegionResult",
    "Series",
    "ServiceNode",
    "ServiceNodeSetup",
    "ServiceObservation",
    "ServicePlacement",
    "ServiceResult",
    "ServiceWork",
    "SignalObservation",
    "Source",
    "Strategy",
    "TechnologyOutput",
    "WorkBid",
    "WorkloadClass",
    "play",
    "run",
    "runs",
]
