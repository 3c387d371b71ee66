"""What tests share: the program, and a coordinator of a few lines that plays a conversation with an agent."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import zmq

from gridtide import gridtide_pb2 as pb
from gridtide.link import HELLO, STOP, WELCOME, Frame

REPOSITORY = Path(__file__).resolve().parents[3]
EXAMPLES = REPOSITORY / "Agents/python/examples"


@pytest.fixture(scope="session")
def program() -> str:
    """The built program; tests that run scenarios are skipped without one."""
    built = [REPOSITORY / ".build" / kind / "gridtide" for kind in ("debug", "release")]
    names = [os.environ.get("GRIDTIDE_PROGRAM"), *(str(path) for path in built)]
    found = next((name for name in names if name and os.access(name, os.X_OK)), None)
    if found is None:
        pytest.skip("there is no built program: `swift build`, or name one in GRIDTIDE_PROGRAM")
    return found


class Workshop:
    """A folder with a copy of a shipped scenario, in which the program runs."""

    def __init__(self, folder: Path, program: str, scenario: str = "two-region") -> None:
        self.folder = folder
        self.program = program
        self.scenario = folder / scenario
        shutil.copytree(REPOSITORY / "Scenarios" / scenario, self.scenario)
        # The agents a scenario starts are found as `python3`: this one, with the package.
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        self.environment = {**os.environ, "PATH": path, "GRIDTIDE_PROGRAM": program}

    def gridtide(self, *arguments: str, status: int = 0) -> subprocess.CompletedProcess[str]:
        """Runs the program and expects its status."""
        result = subprocess.run(
            [self.program, *arguments], cwd=self.folder, env=self.environment, text=True, capture_output=True, timeout=120
        )
        assert result.returncode == status, f"{arguments}: status {result.returncode}\n{result.stdout}{result.stderr}"
        return result

    def run(self, *arguments: str, status: int = 0) -> subprocess.CompletedProcess[str]:
        """Runs the scenario."""
        return self.gridtide("run", self.scenario.name, "-q", *arguments, status=status)

    def replace(self, path: str, exec_: list[str] | str, parameters: str = "{}", keep: str = "") -> list[str]:
        """Options that put a program in the place of an agent, such as services.frankfurt; `keep` is its other keys."""
        words = exec_ if isinstance(exec_, list) else ["python3", exec_]
        name = path.split(".")[1]
        strategy = f"{{exec: [{', '.join(words)}], parameters: {parameters}}}"
        return ["--set", f"{path}={{name: {name}, {keep} strategy: {strategy}}}"]


@pytest.fixture
def workshop(tmp_path: Path, program: str) -> Workshop:
    """A folder with the scenario two-region."""
    return Workshop(tmp_path, program)


class FakeCoordinator:
    """A ROUTER socket that welcomes one agent and asks it what a test wants."""

    def __init__(self) -> None:
        self._context = zmq.Context()
        self._socket = self._context.socket(zmq.ROUTER)
        self.endpoint = f"tcp://127.0.0.1:{self._socket.bind_to_random_port('tcp://127.0.0.1')}"
        self._peer = b""

    def hello(self) -> pb.Hello:
        """Waits for an agent."""
        frame = self.receive()
        assert frame.kind == HELLO
        return pb.Hello.FromString(frame.body)

    def receive(self) -> Frame:
        """The next message."""
        assert self._socket.poll(5000), "the agent sent nothing"
        self._peer, message = self._socket.recv_multipart()
        return Frame.decode(message)

    def send(self, kind: int, message: object | None = None) -> None:
        """Sends a message to the agent heard last."""
        body = message.SerializeToString() if message is not None else b""  # type: ignore[attr-defined]
        self.send_bytes(Frame(kind, body).encoded())

    def send_bytes(self, message: bytes) -> None:
        """Sends any bytes."""
        self._socket.send_multipart([self._peer, message])

    def welcome(self, welcome: pb.Welcome) -> None:
        """Waits for an agent and welcomes it."""
        self.hello()
        self.send(WELCOME, welcome)

    def stop(self) -> None:
        """Dismisses the agent."""
        self.send(STOP)

    def close(self) -> None:
        """Closes the socket."""
        self._socket.close(linger=0)
        self._context.term()


@pytest.fixture
def coordinator():
    """A fake coordinator."""
    coordinator = FakeCoordinator()
    yield coordinator
    coordinator.close()


def service_welcome(**parameters: float) -> pb.Welcome:
    """A welcome of a service node with two classes and two regions."""
    welcome = pb.Welcome(agent=4, seed=7, strategy="x")
    setup = welcome.setup
    setup.name = "berlin"
    setup.clock.tick_seconds, setup.clock.tick_count = 3600, 24
    for name, value in sorted(parameters.items()):
        setup.parameters.entries.add(name=name).value.number = value
    node = setup.service_node
    for name in ("interactive", "batch"):
        node.classes.add(
            name=name, energy_kwh_per_request=0.01, work_accelerator_seconds_per_request=[36], movable_share=1,
            value_usd_per_request=0.05, payload_gb_per_request=0.001, requests_per_session=1,
        )
    node.regions.extend(["north-1", "south-1"])
    node.home = 1
    node.round_trip_milliseconds.extend([80, 10])
    node.egress_usd_per_gb.extend([0.05, 0])
    node.allowed.extend([False, True, True, True])
    return welcome


def service_ask(tick: int) -> pb.Ask:
    """A question to a service node."""
    ask = pb.Ask(tick=tick, phase=2)
    for price in (20, 45):
        ask.service.signals.add(price_usd_per_mwh=price, marginal_emissions_kg_per_mwh=10 * price, headroom_mw=100)
    return ask
