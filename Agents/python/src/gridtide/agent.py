"""An agent at work: a strategy made from its setup, which answers one question after the other."""

from __future__ import annotations

import sys
import traceback
from typing import Any

from . import gridtide_pb2 as pb
from .answers import BusSignal, CapacityOffer, GridDispatch, GridQuote, GridSignal, WorkBid
from .errors import AnswerError, GridtideError
from .observations import (
    DispatchObservation,
    QuoteObservation,
    RegionObservation,
    RegionResult,
    ServiceObservation,
    ServiceResult,
    SignalObservation,
)
from .random_stream import Phase, RandomStream
from .setups import ComputeRegionSetup, GridOperatorSetup, ServiceNodeSetup
from .strategies import ComputeRegion, GridOperator, ServiceNode, Strategy
from .wire import decode, decode_setup, encode, expect

_SETUPS: dict[type, type] = {
    GridOperator: GridOperatorSetup, ComputeRegion: ComputeRegionSetup, ServiceNode: ServiceNodeSetup,
}


class StrategyFailure(GridtideError):
    """A strategy raised; the text says in which tick and phase, what, and on which line."""

    def __init__(self, where: str, strategy: type, error: BaseException) -> None:
        super().__init__("strategy-failed", f"{where}: {type(error).__name__}: {error} {_line(strategy, error)}".strip())


class Observer:
    """Turns questions into observations, with the random numbers of one agent."""

    def __init__(self, number: int, seed: int) -> None:
        self._number = number
        self._seed = seed

    def random(self, tick: int, phase: Phase) -> RandomStream:
        """The agent's random numbers in a tick and phase."""
        return RandomStream(self._seed, self._number, tick, phase)

    def service(self, ask: pb.Ask) -> ServiceObservation:
        """What a service node sees."""
        question = ask.service
        last = decode(ServiceResult, question.last) if question.HasField("last") else None
        signals = tuple([decode(BusSignal, signal) for signal in question.signals])
        return ServiceObservation(ask.tick, self.random(ask.tick, Phase.BIDDING), signals, last)

    def region(self, ask: pb.Ask) -> RegionObservation:
        """What a compute region sees."""
        question = ask.region
        last = decode(RegionResult, question.last) if question.HasField("last") else None
        signal = decode(BusSignal, question.signal)
        random = self.random(ask.tick, Phase.BIDDING)
        return RegionObservation(ask.tick, random, signal, last, question.customer_baseline_mw)


class Agent:
    """Makes a strategy from a welcome, and answers asks with it."""

    def __init__(self, strategy: type[Strategy], welcome: pb.Welcome) -> None:
        """Raises `ParameterError` for settings the strategy refuses, `StrategyFailure` for anything else it raises."""
        self._observer = Observer(welcome.agent, welcome.seed)
        setup = decode_setup(welcome.setup)
        wanted = next((kind for role, kind in _SETUPS.items() if issubclass(strategy, role)), None)
        if wanted is None:
            raise TypeError(f"{strategy.__name__} derives from none of GridOperator, ComputeRegion, ServiceNode")
        if not isinstance(setup, wanted):
            played, meant = (kind.__name__.removesuffix("Setup") for kind in (wanted, type(setup)))
            raise AnswerError(f"{strategy.__name__} is a {played}, and the scenario wants a {meant} here")
        self._strategy_type = strategy
        try:
            self.strategy: Any = strategy(setup)  # type: ignore[arg-type]
        except GridtideError:
            raise
        except Exception as error:
            raise StrategyFailure("setup", strategy, error) from error
        setup.parameters.check_all_read()

    def answer(self, ask: pb.Ask) -> pb.Reply:
        """The answer to an ask. Raises `StrategyFailure`."""
        try:
            return self._answer(ask)
        except Exception as error:
            where = f"tick {ask.tick}, {Phase(ask.phase).name.lower()}"
            raise StrategyFailure(where, self._strategy_type, error) from error

    def _answer(self, ask: pb.Ask) -> pb.Reply:
        reply = pb.Reply(tick=ask.tick, phase=ask.phase, round=ask.round)
        question = ask.WhichOneof("question")
        if question == "service":
            bid = self.strategy.bid(self._observer.service(ask))
            expect(bid, WorkBid)
            encode(bid, reply.bid)
            reply.bid.SetInParent()
        elif question == "region":
            offer = self.strategy.offer(self._observer.region(ask))
            expect(offer, CapacityOffer)
            encode(offer, reply.offer)
        elif question == "grid":
            self._answer_grid(ask, reply)
        elif question == "quote":
            reply.quote.SetInParent()
            quote = self.strategy.quote(QuoteObservation(ask.tick, tuple(ask.quote.load_mw)))
            if quote is not None:
                expect(quote, GridQuote)
                reply.quote.quote.SetInParent()
                encode(quote, reply.quote.quote)
        else:
            raise AnswerError("the coordinator asks what this package does not know; install its newer version")
        return reply

    def _answer_grid(self, ask: pb.Ask, reply: pb.Reply) -> None:
        reply.grid.SetInParent()
        if ask.grid.HasField("dispatch"):
            load_mw = tuple(ask.grid.dispatch.load_mw)
            random = self._observer.random(ask.tick, Phase.DISPATCHING)
            dispatch = self.strategy.dispatch(DispatchObservation(ask.tick, random, load_mw))
            expect(dispatch, GridDispatch)
            reply.grid.dispatch.SetInParent()
            encode(dispatch, reply.grid.dispatch)
        if ask.grid.HasField("signal"):
            tick = ask.grid.signal.tick
            signal = self.strategy.signal(SignalObservation(tick, self._observer.random(tick, Phase.SIGNALLING)))
            expect(signal, GridSignal)
            reply.grid.signal.SetInParent()
            encode(signal, reply.grid.signal)


def _line(strategy: type, error: BaseException) -> str:
    """The last line of the strategy's own file that the error went through, such as `(my_agent.py:12, in bid)`."""
    frames = traceback.extract_tb(error.__traceback__)
    home = getattr(sys.modules.get(strategy.__module__), "__file__", None)
    own = [frame for frame in frames if home is not None and frame.filename == home]
    if not own:
        return ""
    frame = own[-1]
    return f"({frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}, in {frame.name})"
