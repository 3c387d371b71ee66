"""The roles: derive from one, answer its questions, and hand the class to `gridtide.run`."""

from __future__ import annotations

from .answers import CapacityOffer, GridDispatch, GridQuote, GridSignal, WorkBid
from .observations import (
    DispatchObservation,
    QuoteObservation,
    RegionObservation,
    ServiceObservation,
    SignalObservation,
)
from .setups import ComputeRegionSetup, GridOperatorSetup, ServiceNodeSetup


class GridOperator:
    """Answers with prices and emissions, and dispatches what was placed.

    State lives in attributes and may depend on the setup and on observations only: it is rebuilt by asking again.
    """

    setup: GridOperatorSetup

    def __init__(self, setup: GridOperatorSetup) -> None:
        """Reads the settings; raises `ParameterError` for what is wrong with them."""
        self.setup = setup

    def signal(self, observation: SignalObservation) -> GridSignal:
        """Signals for a tick, before work is placed: one per connected region."""
        raise NotImplementedError

    def dispatch(self, observation: DispatchObservation) -> GridDispatch:
        """Dispatches the load that was really placed and reports what happened."""
        raise NotImplementedError

    def quote(self, observation: QuoteObservation) -> GridQuote | None:
        """What trial loads would cost, without leaving a trace; None from an operator that cannot say.

        Iterated and co-optimised coupling need it.
        """
        return None


class ComputeRegion:
    """Offers what it can run."""

    setup: ComputeRegionSetup

    def __init__(self, setup: ComputeRegionSetup) -> None:
        """Reads the settings; raises `ParameterError` for what is wrong with them."""
        self.setup = setup

    def offer(self, observation: RegionObservation) -> CapacityOffer:
        """The offer for a tick."""
        raise NotImplementedError


class ServiceNode:
    """Bids for the placement of its clients' work."""

    setup: ServiceNodeSetup

    def __init__(self, setup: ServiceNodeSetup) -> None:
        """Reads the settings; raises `ParameterError` for what is wrong with them."""
        self.setup = setup

    def bid(self, observation: ServiceObservation) -> WorkBid:
        """The bid for a tick."""
        raise NotImplementedError


Strategy = GridOperator | ComputeRegion | ServiceNode
