"""The link of an agent to the coordinator: frames over ZeroMQ, and the greeting. docs/protocol.md is the contract."""

from __future__ import annotations

import struct
import time
from dataclasses import dataclass
from typing import TypeVar

import google.protobuf.message
import zmq
import zmq.utils.monitor

from . import gridtide_pb2 as pb
from .errors import LinkError
from .keys import Key

PROTOCOL_VERSION = 1
_HEADER = struct.Struct("<2sBBI")
_LONGEST_MESSAGE_BYTES = 64 << 20

_WATCHED_EVENTS = zmq.EVENT_DISCONNECTED | zmq.EVENT_HANDSHAKE_SUCCEEDED

Message = TypeVar("Message", bound=google.protobuf.message.Message)

HELLO, WELCOME, REFUSAL, ASK, REPLY, STOP, FAILURE = range(1, 8)


@dataclass(frozen=True)
class Frame:
    """A message: its kind and the bytes of its body."""

    kind: int
    body: bytes

    def encoded(self) -> bytes:
        """The frame as it travels."""
        return _HEADER.pack(b"GT", PROTOCOL_VERSION, self.kind, len(self.body)) + self.body

    @staticmethod
    def decode(message: bytes) -> Frame:
        """A frame from a message. Raises `LinkError` for anything that is none."""
        if len(message) < _HEADER.size:
            raise LinkError("protocol-broken", f"a message of {len(message)} bytes is no frame")
        magic, version, kind, length = _HEADER.unpack_from(message)
        if magic != b"GT":
            raise LinkError("protocol-broken", "a message does not begin with 'GT'")
        if version != PROTOCOL_VERSION:
            text = f"the coordinator speaks protocol version {version} and this package {PROTOCOL_VERSION}"
            raise LinkError("protocol-broken", text)
        if length != len(message) - _HEADER.size:
            raise LinkError("protocol-broken", f"a frame announces {length} bytes and has {len(message) - _HEADER.size}")
        return Frame(kind, message[_HEADER.size :])


class AgentLink:
    """Joins a run under a name and exchanges messages with its coordinator. Use it from one thread.

    Over tcp it needs its key, unless it is to be insecure. Where it watches the coordinator, waiting for the next question
    ends with an error when the connection does: a process that no launcher watches would wait for ever.
    """

    def __init__(
        self, name: str, endpoint: str, scenario_digest: str = "", key: Key | None = None, insecure: bool = False,
        watches_coordinator: bool = False,
    ) -> None:
        if endpoint.startswith("tcp:") and key is None and not insecure:
            text = f"{name} needs a key over tcp: give its key file (GRIDTIDE_KEY_FILE), or say that the network is trusted"
            raise LinkError("wrong-key", text)
        self.name = name
        self.endpoint = endpoint
        self.reading_seconds = 0.0
        """What it took to read the question that came last."""
        self._scenario_digest = scenario_digest
        self._context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self._socket = self._context.socket(zmq.DEALER)
        self._monitor = self._socket.get_monitor_socket(_WATCHED_EVENTS) if watches_coordinator else None
        self._has_heard = False
        self._is_cut = False
        """Whether the connection is gone that messages came by; before the first, whether there is none just now."""
        options = [
            (zmq.LINGER, 2000), (zmq.RECONNECT_IVL, 20), (zmq.RECONNECT_IVL_MAX, 1000),
            (zmq.MAXMSGSIZE, _LONGEST_MESSAGE_BYTES), (zmq.IPV6, int("[" in endpoint)),
        ]
        if endpoint.startswith("tcp:"):
            options += [(zmq.HEARTBEAT_IVL, 5000), (zmq.HEARTBEAT_TIMEOUT, 15000), (zmq.HEARTBEAT_TTL, 15000)]
        for option, value in options:
            self._socket.setsockopt(option, value)
        try:
            self._socket.setsockopt(zmq.ROUTING_ID, name.encode())
            if key is not None:
                self._socket.setsockopt(zmq.CURVE_SERVERKEY, key.coordinator)
                self._socket.setsockopt(zmq.CURVE_PUBLICKEY, key.public)
                self._socket.setsockopt(zmq.CURVE_SECRETKEY, key.secret)
                # A message is 33 bytes longer on its way then, and these are counted.
                self._socket.setsockopt(zmq.MAXMSGSIZE, _LONGEST_MESSAGE_BYTES + 33)
            self._socket.connect(endpoint)
        except zmq.ZMQError as error:
            self.close()
            raise LinkError("transport", f"{name} cannot connect to {endpoint}: {error}") from error

    def greet(self, software: str, patience_seconds: float) -> pb.Welcome:
        """Says hello and waits to be welcomed. Raises `LinkError`, also when refused."""
        self.send(HELLO, pb.Hello(name=self.name, scenario_digest=self._scenario_digest, software=software))
        frame = self.receive(patience_seconds)
        if frame is None:
            text = f"no coordinator answered {self.name} at {self.endpoint} within {patience_seconds:g} s"
            if self.endpoint.startswith("tcp:"):
                text += "; it may not run, or the key may be of another run"
            raise LinkError("no-coordinator", text)
        if self._monitor is not None:
            self._note_connections(self._monitor)
        self._has_heard = True
        self._raise_refusal(frame)
        if frame.kind == STOP:
            raise LinkError("refused", f"the run ended before {self.name} was welcomed")
        if frame.kind != WELCOME:
            raise LinkError("protocol-broken", f"{self.name} was answered with a message of kind {frame.kind}")
        return self.parse(pb.Welcome(), frame)

    def next_ask(self) -> pb.Ask | None:
        """The next question; None when the run is over."""
        if self._monitor is not None:
            self._await_message(self._monitor)
        frame = self.receive(None)
        if frame is None or frame.kind == STOP:
            return None
        self._raise_refusal(frame)
        if frame.kind != ASK:
            raise LinkError("protocol-broken", f"{self.name} got a message of kind {frame.kind} in the middle of a run")
        start = time.perf_counter()
        ask = self.parse(pb.Ask(), frame)
        self.reading_seconds = time.perf_counter() - start
        return ask

    def _raise_refusal(self, frame: Frame) -> None:
        """Raises `LinkError` with the reason, where a frame is a refusal."""
        if frame.kind == REFUSAL:
            refusal = self.parse(pb.Refusal(), frame)
            raise LinkError("refused", f"{self.name} was refused ({refusal.code}): {refusal.text}")

    def send(self, kind: int, message: google.protobuf.message.Message) -> None:
        """Sends a message."""
        self._socket.send(Frame(kind, message.SerializeToString()).encoded())

    def receive(self, patience_seconds: float | None) -> Frame | None:
        """The next message; None when none came in time."""
        if patience_seconds is not None and not self._socket.poll(int(patience_seconds * 1000)):
            return None
        parts = self._socket.recv_multipart()
        if len(parts) != 1:
            raise LinkError("protocol-broken", f"{self.name} got a message of {len(parts)} parts")
        return Frame.decode(parts[0])

    def _await_message(self, monitor: zmq.Socket[bytes]) -> None:
        """Waits until there is a message. Raises `LinkError` when the connection ends first."""
        poller = zmq.Poller()
        poller.register(self._socket, zmq.POLLIN)
        poller.register(monitor, zmq.POLLIN)
        # What came before the end is taken before that is told.
        while not self._socket.poll(0):
            if self._is_cut:
                text = f"the connection of {self.name} to the coordinator at {self.endpoint} ended before the run did"
                raise LinkError("coordinator-lost", text)
            poller.poll()
            self._note_connections(monitor)

    def _note_connections(self, monitor: zmq.Socket[bytes]) -> None:
        """Takes what is told of connections. libzmq makes new ones by itself, by which the coordinator does not know the agent."""
        while monitor.poll(0):
            if zmq.utils.monitor.recv_monitor_message(monitor)["event"] == zmq.EVENT_DISCONNECTED:
                self._is_cut = True
            elif not self._has_heard:
                self._is_cut = False

    def parse(self, message: Message, frame: Frame) -> Message:
        """Reads the body of a frame into a message and returns it."""
        try:
            message.ParseFromString(frame.body)
        except Exception as error:
            raise LinkError("protocol-broken", f"{self.name} got a message that cannot be read: {error}") from error
        return message

    def close(self) -> None:
        """Sends what is under way and closes the link."""
        if not self._context.closed:
            self._context.destroy()
