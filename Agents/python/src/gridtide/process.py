"""An agent as a process: joins a run, answers until it is told to stop."""

from __future__ import annotations

import argparse
import os
import sys
import threading
import time
import traceback
from typing import NoReturn

from . import gridtide_pb2 as pb
from .agent import Agent
from .errors import GridtideError, LinkError, ParameterError
from .keys import Key
from .link import FAILURE, REPLY, AgentLink
from .strategies import Strategy

SOFTWARE = "gridtide-python 0.1.0"
_LAUNCHER_GONE = 70
_COORDINATOR_LOST = 4


def run(strategy: type[Strategy], arguments: list[str] | None = None) -> NoReturn:
    """Plays an agent of a run with a strategy, and ends the process: with 0 when the run is over, 1 when it failed, 4 when
    the coordinator was lost.

    Which agent and where come from the environment, as `gridtide run` sets it, or from the command line: --name,
    --endpoint, --key.
    """
    options = _options(strategy, arguments)
    has_launcher = os.environ.get("GRIDTIDE_LIFELINE") == "1"
    if has_launcher:
        threading.Thread(target=_follow_launcher, daemon=True).start()
    try:
        key = Key.read(options.key) if options.key else None
        play(
            strategy, options.name, options.endpoint, options.scenario, options.patience, key=key,
            insecure=options.insecure, watches_coordinator=not has_launcher,
        )
    except GridtideError as error:
        if error.__cause__ is not None:
            traceback.print_exception(error.__cause__)
        # Last, since the launcher quotes the last line of what a process said.
        print(f"{options.name}: {error}", file=sys.stderr, flush=True)
        sys.exit(_COORDINATOR_LOST if error.code == "coordinator-lost" else 1)
    sys.exit(0)


def play(
    strategy: type[Strategy], name: str, endpoint: str, scenario_digest: str = "", patience_seconds: float = 30,
    *, key: Key | None = None, insecure: bool = False, watches_coordinator: bool = False,
) -> None:
    """Plays an agent to the end of the run, over tcp with its key, unless it is to be insecure.

    One that watches the coordinator ends with an error when the connection is gone. Raises `LinkError`, `ParameterError`
    and `StrategyFailure`; of the last two the coordinator is told first.
    """
    link = AgentLink(name, endpoint, scenario_digest, key, insecure, watches_coordinator)
    try:
        welcome = link.greet(SOFTWARE, patience_seconds)
        try:
            agent = Agent(strategy, welcome)
            # A question that comes again gets the same answer, and the strategy does not hear of it.
            last = None
            while (ask := link.next_ask()) is not None:
                if last is None or ask != last[0]:
                    start = time.perf_counter()
                    last = (ask, agent.answer(ask))
                    if ask.wants_effort:
                        _tell_effort(last[1], time.perf_counter() - start, link.reading_seconds)
                link.send(REPLY, last[1])
        except LinkError:
            raise
        except GridtideError as error:
            link.send(FAILURE, _failure(error))
            # The coordinator says what it makes of it; without a wait this exit would be the news.
            link.receive(2)
            raise
    finally:
        link.close()


def _tell_effort(reply: pb.Reply, computing_seconds: float, coding_seconds: float) -> None:
    """Says what an answer took, for a run that is profiled; of no influence on anything."""
    reply.effort.computing_microseconds = min(round(computing_seconds * 1e6), 0xFFFFFFFF)
    reply.effort.coding_microseconds = min(round(coding_seconds * 1e6), 0xFFFFFFFF)


def _failure(error: GridtideError) -> pb.Failure:
    failure = pb.Failure(text=error.text)
    if isinstance(error, ParameterError):
        failure.setting = error.path
        failure.problem = error.problem
        failure.remedy = error.remedy
    return failure


def _options(strategy: type[Strategy], arguments: list[str] | None) -> argparse.Namespace:
    environment = os.environ
    parser = argparse.ArgumentParser(description=strategy.__doc__)
    parser.add_argument("--name", default=environment.get("GRIDTIDE_NAME"), help="name of the agent in the scenario")
    parser.add_argument(
        "--endpoint", default=environment.get("GRIDTIDE_ENDPOINT"),
        help="endpoint of the coordinator, such as ipc:///tmp/run/hub or tcp://10.0.0.1:7000",
    )
    parser.add_argument(
        "--scenario", default=environment.get("GRIDTIDE_SCENARIO", ""),
        help="digest of the scenario it must be; without it, whatever runs",
    )
    parser.add_argument(
        "--key", default=environment.get("GRIDTIDE_KEY_FILE", ""), help="its key file, as a run over tcp needs it"
    )
    parser.add_argument(
        "--insecure", action="store_true", default=environment.get("GRIDTIDE_INSECURE") == "1",
        help="talk over tcp without a key: anybody can listen in and join",
    )
    parser.add_argument("--patience", type=float, default=30, help="seconds to wait for the coordinator")
    options = parser.parse_args(arguments)
    if not options.name or not options.endpoint:
        parser.error("which agent, and where? Give --name and --endpoint, or name this program in a scenario: "
                     "strategy: {exec: [python3, my_agent.py]}")
    return options


def _follow_launcher() -> None:
    """Ends the process when its standard input ends: it is the launcher's, even when that is killed."""
    while os.read(0, 1):
        pass
    os._exit(_LAUNCHER_GONE)
