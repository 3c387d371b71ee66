"""Values and messages: every field of the schema has its place in a class, and comes back as it went."""

import dataclasses
import math

import pytest
from conftest import service_ask, service_welcome

import gridtide
from gridtide import gridtide_pb2 as pb
from gridtide.wire import decode, decode_setup, encode

PAIRS = [
    (gridtide.BusSignal, pb.BusSignal), (gridtide.CurtailmentRequest, pb.CurtailmentRequest),
    (gridtide.GridSignal, pb.GridSignal), (gridtide.BusOutcome, pb.BusOutcome), (gridtide.AreaOutcome, pb.AreaOutcome),
    (gridtide.TechnologyOutput, pb.TechnologyOutput), (gridtide.GridDispatch, pb.GridDispatch),
    (gridtide.GridQuote, pb.GridQuote), (gridtide.CapacityOffer, pb.CapacityOffer), (gridtide.OfferBlock, pb.OfferBlock),
    (gridtide.WorkBid, pb.WorkBid), (gridtide.BidLine, pb.BidLine), (gridtide.RegionResult, pb.RegionResult),
    (gridtide.ServiceResult, pb.ServiceResult), (gridtide.ServicePlacement, pb.ServicePlacement),
    (gridtide.RegionObservation, pb.RegionQuestion), (gridtide.ServiceObservation, pb.ServiceQuestion),
    (gridtide.DispatchObservation, pb.DispatchQuestion), (gridtide.Clock, pb.Clock),
    (gridtide.WorkloadClass, pb.WorkloadClass), (gridtide.DelayTerms, pb.DelayTerms),
    (gridtide.DelayRule, pb.DelayRule), (gridtide.ConnectedRegion, pb.ConnectedRegion),
    (gridtide.ServiceNodeSetup, pb.ServiceNodeSetup), (gridtide.ComputeRegionSetup, pb.ComputeRegionSetup),
    (gridtide.GridOperatorSetup, pb.GridOperatorSetup),
]


@pytest.mark.parametrize(("kind", "message"), PAIRS, ids=lambda value: value.__name__)
def test_every_field_of_the_schema_has_its_place(kind, message):
    ours = {entry.name for entry in dataclasses.fields(kind)} - {"tick", "random", "name", "clock", "parameters"}
    schema = {entry.name for entry in message.DESCRIPTOR.fields} - {"name"}
    if kind is gridtide.BidLine:
        options = {f"option_{entry.name}" for entry in dataclasses.fields(gridtide.PlacementOption)}
        assert {name for name in schema if name.startswith("option_")} == options
        schema = schema - options | {"options"}
    if kind is gridtide.ServiceObservation:
        # Of batches, which a link that plays one agent is never sent.
        schema = schema - {"same_signals"}
    assert schema - ours == set(), "the schema has a field that the class lacks: add it, with its unit in the docstring"
    assert ours - schema == set()


def test_signal_comes_back():
    signal = gridtide.BusSignal(
        -3.5, 400, 210, cap_mw=80, forecast_price_usd_per_mwh=(1, 2), forecast_marginal_emissions_kg_per_mwh=(3, 4),
        request=gridtide.CurtailmentRequest(event=3, reduction_mw=5, price_usd_per_mwh=200, remaining_ticks=2),
    )
    message = pb.BusSignal()
    encode(signal, message)
    assert decode(gridtide.BusSignal, message) == signal
    assert message.headroom_mw == math.inf, "what is not stated is infinite, never zero"
    again = pb.BusSignal()
    encode(dataclasses.replace(signal, request=None), again)
    assert not again.HasField("request")
    assert decode(gridtide.BusSignal, again).request is None


def test_bid_keeps_its_options():
    setup = decode_setup(service_welcome().setup)
    line = setup.line(1, 500)
    assert [option.region for option in line.options] == [0, 1]
    assert line.options[0].friction_usd_per_request == pytest.approx(0.05 * 0.001)
    assert line.options[1].friction_usd_per_request == 0
    message = pb.WorkBid()
    encode(gridtide.WorkBid([line]), message)
    assert list(message.lines[0].option_region) == [0, 1]
    assert message.lines[0].arrived_requests == 500
    assert [option.region for option in setup.line(0, 1).options] == [1], "what is not allowed is no option"


def test_delay_is_stated_where_it_matters():
    welcome = service_welcome()
    node = welcome.setup.service_node
    assert decode_setup(welcome.setup).line(1, 500).options[0].delay_seconds == 0, "nobody limits or prices it"
    terms = node.classes[1].delay
    terms.price_usd_per_second, terms.tokens_per_request, terms.payload_kb_per_token = 0.5, 1000, 4
    terms.processing_seconds_per_token.extend([0.002, 0.003])
    node.bandwidth_mbit_per_second.extend([100, 200])
    line = decode_setup(welcome.setup).line(1, 500)
    # Half of 80 ms, 4 KB or 0.032 Mbit a token at 100 Mbit/s, 2 ms a token: of a thousand tokens.
    assert line.options[0].delay_seconds == pytest.approx(0.04 + 1000 * (0.00032 + 0.002))
    assert line.options[1].delay_seconds == pytest.approx(0.005 + 1000 * (0.00016 + 0.003))
    assert (line.delay_limit_seconds, line.delay_usd_per_second) == (math.inf, 0.5)
    node.delay_rule.by_slot = node.delay_rule.published_units = True
    node.propagation_seconds.extend([0.1, 0])
    option = decode_setup(welcome.setup).line(1, 500).options[0]
    assert option.delay_seconds == 0.1
    assert option.delay_seconds_per_request == pytest.approx(1000 * (4 / 100 + 0.002))


def test_zero_on_the_wire_is_no_limit_of_delay():
    line = decode_setup(service_welcome().setup).line(1, 500)
    message = pb.WorkBid()
    encode(gridtide.WorkBid([line, dataclasses.replace(line, delay_limit_seconds=3)]), message)
    assert [entry.delay_limit_seconds for entry in message.lines] == [0, 3]
    assert not message.lines[0].option_delay_seconds, "without delays there is no list of them"
    welcome = service_welcome()
    welcome.setup.service_node.classes[0].delay.limit_seconds = 2
    setup = decode_setup(welcome.setup)
    assert [kind.delay.limit_seconds for kind in setup.classes] == [2, math.inf]
    assert setup.horizon_ticks == 1, "a coordinator that says nothing clears tick by tick"


def test_a_horizon_is_told_what_comes():
    welcome = service_welcome()
    demand = welcome.setup.parameters.entries.add(name="demand").value.section
    demand.entries.add(name="batch").value.series.values.extend(range(24))
    welcome.setup.service_node.horizon_ticks = 4
    work = gridtide.ServiceWork(decode_setup(welcome.setup))
    assert work.lines(3)[0].forecast_requests == [4, 5, 6]
    assert work.lines(22)[0].forecast_requests == [23], "nothing arrives past the end of the run"


def test_numbers_of_numpy_fit():
    numpy = pytest.importorskip("numpy")
    message = pb.CapacityOffer()
    offer = gridtide.CapacityOffer(
        capacity_accelerator_seconds=numpy.array([5.0]), connection_mw=numpy.float32(2), pue=numpy.int64(1),
        blocks=[gridtide.OfferBlock(numpy.float64(3), source=gridtide.Source.ON_SITE)],
    )
    encode(offer, message)
    assert (message.capacity_accelerator_seconds[0], message.connection_mw, message.pue) == (5, 2, 1)
    assert message.blocks[0].source == pb.OfferBlock.SOURCE_ON_SITE


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (gridtide.CapacityOffer((1,), "much", 1, ()), "CapacityOffer.connection_mw is 'much', which does not fit"),
        (gridtide.CapacityOffer((1,), None, 1, ()), "CapacityOffer.connection_mw is None"),
        (gridtide.CapacityOffer(5, 1, 1, ()), "CapacityOffer.capacity_accelerator_seconds is 5"),
        (gridtide.CapacityOffer((1,), 1, 1, (7,)), "a OfferBlock belongs where 7 stands"),
    ],
)
def test_what_does_not_fit_is_named(value, text):
    with pytest.raises(gridtide.AnswerError) as caught:
        encode(value, pb.CapacityOffer())
    assert text in str(caught.value)


def test_setups_are_frozen():
    setup = decode_setup(service_welcome(x=1).setup)
    with pytest.raises(dataclasses.FrozenInstanceError):
        setup.home = 0  # type: ignore[misc]
    assert setup.allowed == ((False, True), (True, True))
    assert setup.clock.utc(25).isoformat() == "1970-01-02T01:00:00+00:00"
    assert service_ask(3).service.signals[1].price_usd_per_mwh == 45
