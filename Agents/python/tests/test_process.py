"""An agent in conversation with a coordinator: greeting, questions, failures, broken bytes, time."""

import statistics
import threading
import time

import pytest
from conftest import service_ask, service_welcome

import gridtide
from gridtide import gridtide_pb2 as pb
from gridtide.agent import Agent, StrategyFailure
from gridtide.link import ASK, FAILURE, REFUSAL, REPLY, WELCOME, Frame


class Node(gridtide.ServiceNode):
    """Bids what its setting says."""

    def __init__(self, setup):
        super().__init__(setup)
        self.requests = setup.parameters.number("requests", at_least=0)

    def bid(self, observation):
        if observation.tick == 13:
            raise ZeroDivisionError("unlucky")
        if observation.tick == 14:
            return [1]
        return gridtide.WorkBid([self.setup.line(0, self.requests + observation.random.uniform())])


def playing(coordinator, strategy=Node, **options):
    """Plays a strategy on a thread; the list it returns with it gets what went wrong."""
    errors: list[BaseException | None] = []

    def play():
        try:
            gridtide.play(strategy, "berlin", coordinator.endpoint, insecure=True, **options)
            errors.append(None)
        except gridtide.GridtideError as error:
            errors.append(error)

    thread = threading.Thread(target=play)
    thread.start()
    return thread, errors


def test_a_run(coordinator):
    thread, errors = playing(coordinator, scenario_digest="ab" * 32)
    hello = coordinator.hello()
    assert (hello.name, hello.scenario_digest) == ("berlin", "ab" * 32)
    coordinator.send(WELCOME, service_welcome(requests=5))
    bids = []
    for tick in (0, 1, 0):
        coordinator.send(ASK, service_ask(tick))
        frame = coordinator.receive()
        assert frame.kind == REPLY
        reply = pb.Reply.FromString(frame.body)
        assert (reply.tick, reply.phase, reply.round) == (tick, 2, 0)
        assert not reply.HasField("effort")
        bids.append(reply.bid.lines[0].requests)
    assert bids[0] == bids[2] == 5 + gridtide.RandomStream(7, 4, 0, gridtide.Phase.BIDDING).uniform()
    assert bids[0] != bids[1]
    coordinator.stop()
    thread.join(5)
    assert errors == [None]


@pytest.mark.parametrize("says_stop", [False, True])
def test_a_coordinator_that_is_gone_is_noticed(coordinator, says_stop):
    thread, errors = playing(coordinator, watches_coordinator=True)
    coordinator.welcome(service_welcome(requests=5))
    coordinator.send(ASK, service_ask(0))
    assert coordinator.receive().kind == REPLY
    if says_stop:
        coordinator.stop()
    else:
        coordinator.close()
    thread.join(5)
    assert not thread.is_alive()
    assert [error and error.code for error in errors] == [None if says_stop else "coordinator-lost"]


class SlowNode(Node):
    """Takes its time."""

    def bid(self, observation):
        time.sleep(0.02)
        return super().bid(observation)


def test_an_answer_says_what_it_took_if_that_is_wanted(coordinator):
    thread, errors = playing(coordinator, SlowNode)
    coordinator.hello()
    coordinator.send(WELCOME, service_welcome(requests=5))
    ask = service_ask(0)
    ask.wants_effort = True
    coordinator.send(ASK, ask)
    effort = pb.Reply.FromString(coordinator.receive().body).effort
    assert 20_000 <= effort.computing_microseconds < 10_000_000
    assert effort.coding_microseconds < 10_000_000
    coordinator.stop()
    thread.join(5)
    assert errors == [None]


@pytest.mark.parametrize(
    ("parameters", "setting", "problem"),
    [
        ({}, "requests", "it is missing"),
        ({"requests": -1}, "requests", "-1 is not accepted"),
        ({"requests": 1, "reqests": 2}, "reqests", "the strategy has no such setting"),
    ],
)
def test_refused_settings_are_told(coordinator, parameters, setting, problem):
    thread, errors = playing(coordinator)
    coordinator.welcome(service_welcome(**parameters))
    frame = coordinator.receive()
    assert frame.kind == FAILURE
    failure = pb.Failure.FromString(frame.body)
    assert (failure.setting, failure.problem) == (setting, problem)
    assert failure.remedy and setting in failure.text
    coordinator.stop()
    thread.join(5)
    assert isinstance(errors[0], gridtide.ParameterError)


@pytest.mark.parametrize(
    ("tick", "text"),
    [
        (13, "tick 13, bidding: ZeroDivisionError: unlucky (test_process.py:25, in bid)"),
        (14, "tick 14, bidding: AnswerError: a WorkBid belongs where [1] stands"),
    ],
)
def test_an_exception_is_told_with_its_line(coordinator, tick, text):
    thread, errors = playing(coordinator)
    coordinator.welcome(service_welcome(requests=5))
    coordinator.send(ASK, service_ask(tick))
    frame = coordinator.receive()
    assert frame.kind == FAILURE
    assert pb.Failure.FromString(frame.body).text == text
    coordinator.stop()
    thread.join(5)
    assert isinstance(errors[0], StrategyFailure)


def test_another_role_is_told(coordinator):
    class Region(gridtide.ComputeRegion):
        pass

    thread, _ = playing(coordinator, Region)
    coordinator.welcome(service_welcome())
    text = pb.Failure.FromString(coordinator.receive().body).text
    assert text == "Region is a ComputeRegion, and the scenario wants a ServiceNode here"
    coordinator.stop()
    thread.join(5)


def test_refusal_and_silence_are_named(coordinator):
    thread, errors = playing(coordinator)
    coordinator.hello()
    coordinator.send(REFUSAL, pb.Refusal(code="name-taken", text="'berlin' is already here"))
    thread.join(5)
    assert str(errors[0]) == "berlin was refused (name-taken): 'berlin' is already here"
    thread, errors = playing(coordinator, patience_seconds=0.1)
    thread.join(5)
    assert errors[0].code == "no-coordinator"


@pytest.mark.parametrize(
    ("message", "text"),
    [
        (b"", "no frame"), (b"XX" + Frame(4, b"").encoded()[2:], "does not begin with 'GT'"),
        (b"GT\x02\x04\x00\x00\x00\x00", "protocol version 2"), (b"GT\x01\x04\x05\x00\x00\x00a", "announces 5 bytes and has 1"),
        (Frame(4, b"\xff\xff").encoded(), "cannot be read"), (Frame(9, b"").encoded(), "kind 9 in the middle of a run"),
    ],
)
def test_broken_bytes_are_an_error(coordinator, message, text):
    thread, errors = playing(coordinator)
    coordinator.welcome(service_welcome(requests=5))
    coordinator.send_bytes(message)
    thread.join(5)
    assert errors[0].code == "protocol-broken"
    assert text in str(errors[0])


def test_an_answer_takes_little_time():
    """Of a node with 13 regions: the limit is 1 ms over Swift, on a machine that may be busy."""
    welcome = service_welcome(requests=5)
    agent = Agent(Node, welcome)
    ask = service_ask(1)
    for _ in range(11):
        ask.service.signals.add().CopyFrom(ask.service.signals[0])
    body = ask.SerializeToString()
    times = []
    for _ in range(200):
        start = time.perf_counter()
        agent.answer(pb.Ask.FromString(body)).SerializeToString()
        times.append(time.perf_counter() - start)
    print(f"an answer takes {statistics.median(times) * 1e6:.0f} microseconds")
    assert statistics.median(times) < 0.001
