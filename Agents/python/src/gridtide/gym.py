"""Environments for reinforcement learning: one agent of a scenario is the learner. Needs the extra `gym`.

The scenario says `strategy: {external: true, parameters: ...}` for the learner. Each episode is a run of it: `reset`
starts `gridtide run`, `step` answers one tick as the agent, all others play their strategies.
"""

from __future__ import annotations

import math
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from typing import Any, Generic, SupportsFloat, TypeVar

from .errors import GridtideError, LinkError, MissingExtraError

try:
    import gymnasium
    import numpy
    from gymnasium import spaces
except ImportError as error:
    raise MissingExtraError("gym", error) from error

from . import gridtide_pb2 as pb
from .agent import Observer
from .answers import CapacityOffer, WorkBid
from .link import REPLY, AgentLink
from .observations import RegionObservation, ServiceObservation
from .process import SOFTWARE
from .region_plant import RegionPlant
from .setups import ComputeRegionSetup, ServiceNodeSetup
from .wire import decode_setup, encode

Action = TypeVar("Action")
Observation = RegionObservation | ServiceObservation
Array = numpy.ndarray[Any, numpy.dtype[numpy.float32]]


class AgentEnvironment(gymnasium.Env[Array, Action], Generic[Action]):
    """A compute region or service node as an environment.

    Derive from it: set the spaces in `__init__`, and say what the learner sees, what its action means and what it is
    rewarded with. An episode of a scenario with n ticks has n - 1 steps: what comes of an action is told with the next
    question, so that the last tick repeats the last action and is not rewarded.
    """

    metadata: dict[str, Any] = {"render_modes": []}

    def __init__(
        self, scenario: str | os.PathLike[str], agent: str, *, program: str | None = None,
        overrides: Sequence[str] = (), patience_seconds: float = 60,
    ) -> None:
        """An environment in which `agent` of `scenario` is the learner.

        `program` is the program gridtide: by default what GRIDTIDE_PROGRAM names, or `gridtide` on PATH. `overrides`
        are settings as `gridtide run --set` takes them.
        """
        self._scenario = os.fspath(scenario)
        self._agent = agent
        self._program = program or os.environ.get("GRIDTIDE_PROGRAM", "gridtide")
        self._overrides = [word for override in overrides for word in ("--set", override)]
        self._patience_seconds = patience_seconds
        self._folder: str | None = None
        self._process: subprocess.Popen[str] | None = None
        self._link: AgentLink | None = None
        self._ask: pb.Ask | None = None
        self.setup: ComputeRegionSetup | ServiceNodeSetup | None = None
        """What the agent knows; None before the first reset."""

    # ---- What a learner's author says ----

    def prepare(self) -> None:
        """Reads the settings of the agent at the start of an episode; `setup` is there."""

    def observe(self, observation: Any) -> Array:
        """What the learner sees, within the observation space."""
        raise NotImplementedError

    def answer(self, observation: Any, action: Action) -> CapacityOffer | WorkBid:
        """What an action means as an answer of the agent."""
        raise NotImplementedError

    def reward(self, observation: Any) -> float:
        """What the last action brought; `observation.last` tells."""
        raise NotImplementedError

    # ---- gymnasium ----

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Array, dict[str, Any]]:
        """Starts a run with a seed, or with one drawn from the environment's generator."""
        super().reset(seed=seed)
        self.close()
        run_seed = seed if seed is not None else int(self.np_random.integers(2**31))
        self._folder = tempfile.mkdtemp(prefix="gridtide-gym-")
        endpoint = f"ipc://{self._folder}/hub"
        command = [self._program, "run", self._scenario, "--endpoint", endpoint, "--runs", f"{self._folder}/runs",
                   "--no-baseline", "--quiet", "--seed", str(run_seed), *self._overrides]
        try:
            self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        except OSError as error:
            raise GridtideError("no-program", f"{self._program} cannot be started: {error}. Name it in GRIDTIDE_PROGRAM") from error
        self._link = AgentLink(self._agent, endpoint)
        welcome = self._greet()
        setup = decode_setup(welcome.setup)
        if not isinstance(setup, (ComputeRegionSetup, ServiceNodeSetup)):
            raise GridtideError("wrong-role", f"{self._agent} is a grid operator; regions and service nodes can learn")
        self.setup = setup
        self._observer = Observer(welcome.agent, welcome.seed)
        self.prepare()
        setup.parameters.check_all_read()
        self._ask = self._next_ask()
        return self.observe(self._observation()), {"tick": 0, "seed": run_seed}

    def step(self, action: Action) -> tuple[Array, SupportsFloat, bool, bool, dict[str, Any]]:
        """Answers a tick, and returns what came of it with what is seen in the next."""
        if self._ask is None or self.setup is None:
            raise gymnasium.error.ResetNeeded("the episode is over: reset the environment")
        self._reply(action)
        self._ask = self._next_ask()
        observation = self._observation()
        tick = observation.tick
        is_last = tick == self.setup.clock.tick_count - 1
        if is_last:
            self._reply(action)
            self._end()
        return self.observe(observation), self.reward(observation), is_last, False, {"tick": tick}

    def close(self) -> None:
        """Ends the run under way, if there is one, and removes its folder."""
        self._ask = None
        if self._link is not None:
            self._link.close()
            self._link = None
        if self._process is not None:
            self._end_process()
            self._process = None
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    # ---- The run beneath ----

    def _greet(self) -> pb.Welcome:
        """Waits for the coordinator, and for the end of a program that cannot run the scenario."""
        assert self._link is not None and self._process is not None
        waited_seconds = 0.0
        while not os.path.exists(f"{self._folder}/hub"):
            try:
                self._process.wait(0.01)
            except subprocess.TimeoutExpired:
                waited_seconds += 0.01
            if self._process.poll() is not None or waited_seconds > self._patience_seconds:
                raise self._failure()
        return self._link.greet(SOFTWARE, self._patience_seconds)

    def _next_ask(self) -> pb.Ask:
        assert self._link is not None
        ask = self._link.next_ask()
        if ask is None:
            raise self._failure()
        return ask

    def _observation(self) -> Observation:
        assert self._ask is not None
        is_region = isinstance(self.setup, ComputeRegionSetup)
        return self._observer.region(self._ask) if is_region else self._observer.service(self._ask)

    def _reply(self, action: Action) -> None:
        assert self._ask is not None and self._link is not None
        reply = pb.Reply(tick=self._ask.tick, phase=self._ask.phase, round=self._ask.round)
        value = self.answer(self._observation(), action)
        encode(value, reply.offer if isinstance(value, CapacityOffer) else reply.bid)
        self._link.send(REPLY, reply)

    def _end(self) -> None:
        """Waits for the end of the run."""
        assert self._link is not None and self._process is not None
        if self._link.next_ask() is not None:
            raise LinkError("protocol-broken", "the coordinator asks on after the last tick")
        self._ask = None
        if self._process.wait(self._patience_seconds) != 0:
            raise self._failure()

    def _failure(self) -> GridtideError:
        """What the program said."""
        said = self._end_process().strip()
        return GridtideError("run-failed", said or f"the run of {self._scenario} ended before the episode")

    def _end_process(self) -> str:
        """Ends the program, and returns what it said."""
        assert self._process is not None and self._process.stderr is not None
        if self._process.poll() is None:
            self._process.terminate()
        if self._process.stderr.closed:
            return ""
        return self._process.communicate()[1]


class MarkUpEnvironment(AgentEnvironment[numpy.int64]):
    """A compute region that chooses its mark-up: one of a few, by number; rewarded with its profit, $ per tick.

    It sees price (100 $/MWh) and marginal emissions (t/MWh) at its bus, what share of its connection it sold last, and
    the hour of the day as sine and cosine.
    """

    def __init__(
        self, scenario: str | os.PathLike[str], agent: str,
        mark_ups_usd_per_mwh: Sequence[float] = (0, 5, 10, 20, 40), **options: Any,
    ) -> None:
        super().__init__(scenario, agent, **options)
        self.mark_ups_usd_per_mwh = tuple(mark_ups_usd_per_mwh)
        self.action_space = spaces.Discrete(len(self.mark_ups_usd_per_mwh))
        # Prices and emissions of 1e9 are the most a run takes.
        high = numpy.array([1e7, 1e6, 10, 1, 1], dtype=numpy.float32)
        self.observation_space = spaces.Box(high * numpy.array([-1, -1, 0, -1, -1], dtype=numpy.float32), high)

    def prepare(self) -> None:
        assert isinstance(self.setup, ComputeRegionSetup)
        self._plant = RegionPlant(self.setup)

    def observe(self, observation: RegionObservation) -> Array:
        assert self.setup is not None
        time = self.setup.clock.utc(observation.tick)
        angle = 2 * math.pi * (time.hour + time.minute / 60) / 24
        connection_mwh = self._plant.offer(observation.tick, 0).connection_mw * self.setup.clock.tick_hours
        sold = observation.last.grid_mwh / connection_mwh if observation.last and connection_mwh > 0 else 0
        signal = observation.signal
        return numpy.array(
            [signal.price_usd_per_mwh / 100, signal.marginal_emissions_kg_per_mwh / 1000, sold, math.sin(angle),
             math.cos(angle)],
            dtype=numpy.float32,
        )

    def answer(self, observation: RegionObservation, action: numpy.int64) -> CapacityOffer:
        return self._plant.offer(observation.tick, self.mark_ups_usd_per_mwh[int(action)])

    def reward(self, observation: RegionObservation) -> float:
        return observation.last.revenue_usd - observation.last.cost_usd if observation.last is not None else 0.0
