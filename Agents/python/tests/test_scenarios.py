"""Python agents in real runs: same digest again, same results as the strategies in Swift, faults in words."""

import shutil
import statistics
from pathlib import Path

import pytest
from conftest import EXAMPLES, Workshop

import gridtide

pandas = pytest.importorskip("pandas")
runs = pytest.importorskip("gridtide.runs")

DEMAND = "{demand: {interactive: 80000000, batch: 6000000}}"
KEYS = "home: south-1, location: {latitude: 50.1, longitude: 8.7},"


def use(workshop: Workshop, *names: str) -> None:
    """Copies examples beside the scenario."""
    for name in names:
        shutil.copy(EXAMPLES / name, workshop.scenario)


def test_price_taker_is_the_honest_node(workshop):
    use(workshop, "price_taking_node.py")
    workshop.run("--in-process")
    workshop.run(*workshop.replace("services.frankfurt", "price_taking_node.py", DEMAND, KEYS))
    ours, theirs = runs.open(workshop.folder / "runs/two-region-2"), runs.open(workshop.folder / "runs/two-region-1")
    for table in ("award", "bid", "bid_option", "area_outcome", "payment", "region_outcome"):
        pandas.testing.assert_frame_equal(ours.frame(table), theirs.frame(table))
        assert len(ours.frame(table)) > 0
    assert list(ours.agent.strategy)[-1] == "price_taking_node"


def test_carbon_aware_node_is_the_reference_one(workshop):
    use(workshop, "carbon_aware_node.py")
    native = "services.frankfurt={name: frankfurt, %s strategy: carbon-aware, %s}" % (KEYS, DEMAND[1:-1])
    workshop.run("--in-process", "--set", native, "--set", "mechanism={objective: least-cost}")
    workshop.run(*workshop.replace("services.frankfurt", "carbon_aware_node.py", DEMAND, KEYS),
                 "--set", "mechanism={objective: least-cost}")
    ours, theirs = runs.open(workshop.folder / "runs/two-region-2"), runs.open(workshop.folder / "runs/two-region-1")
    pandas.testing.assert_frame_equal(ours.frame("bid_option"), theirs.frame("bid_option"), check_exact=False, rtol=1e-12)
    pandas.testing.assert_frame_equal(ours.frame("award"), theirs.frame("award"), check_exact=False, rtol=1e-9)


def test_nodes_example_repeats_itself_and_learns(tmp_path, program):
    workshop = Workshop(tmp_path, program)
    digests = {
        workshop.gridtide("run", str(EXAMPLES / "nodes.yaml"), "-q", *options).stdout.split()[-1]
        for options in ([], ["--transport", "tcp"], ["--no-baseline"])
    }
    assert len(digests) == 1
    workshop.gridtide("run", str(EXAMPLES / "nodes.yaml"), "-q", "--seed", "2")
    mark_ups = []
    for number in (1, 4):
        offers = runs.open(tmp_path / f"runs/python-nodes-{number}").offer_block
        mark_ups.append(list(offers[offers.region == offers.region.min()].mark_up_usd_per_mwh))
    assert mark_ups[0][:4] == [0, 10, 30, 100], "every mark-up is tried once"
    # Work that must stay at home pays any mark-up below its value.
    assert mark_ups[0].count(100) > 10, "then the one that pays"
    assert mark_ups[0] != mark_ups[1], "what it tries comes from the seed"


def test_wrong_settings_come_back_through_validate(workshop):
    use(workshop, "carbon_aware_node.py")
    for parameters, text in [
        (DEMAND[:-1] + ", internalCarbonPriceUSDPerTonne: -1}", "internalCarbonPriceUSDPerTonne: -1 is not accepted"),
        (DEMAND[:-1] + ", internalCarbonPrice: 1}", "internalCarbonPrice: the strategy has no such setting"),
        ("{demand: {interactive: 1, chat: 2}}", "demand.chat: there is no workload class of that name"),
    ]:
        result = workshop.gridtide(
            "validate", "two-region", *workshop.replace("services.frankfurt", "carbon_aware_node.py", parameters, KEYS),
            status=2)
        assert f"services[1].strategy.parameters.{text}" in result.stderr


BROKEN = """
import math, os, time
from dataclasses import replace
import gridtide
from gridtide.link import AgentLink

send = AgentLink.send

def answer(field, value):
    def spoilt(link, kind, message=None):
        setattr(message, field, value)
        send(link, kind, message)
    AgentLink.send = spoilt

class Node(gridtide.ServiceNode):
    def __init__(self, setup):
        super().__init__(setup)
        self.work = gridtide.ServiceWork(setup)

    def bid(self, observation):
        lines = self.work.lines(observation.tick)
        if observation.tick == 2:
            {deed}
        return gridtide.WorkBid(lines)

gridtide.run(Node)
"""


@pytest.mark.parametrize(
    ("deed", "text"),
    [
        ("lines[0] = replace(lines[0], requests=-1)", "its bid for class interactive has a quantity that is negative"),
        ("lines[0] = replace(lines[0], value_usd_per_request=math.nan)", "negative or no finite number"),
        ("lines[0] = replace(lines[0], options=[gridtide.PlacementOption(9, 0)])", "region 9 out of order or past the last"),
        (
            "lines[0] = replace(lines[0], options=[gridtide.PlacementOption(0, 0)])",
            "its bid for class interactive names regions outside its masks, which are struck out: north-1",
        ),
        ("lines.reverse()", "class 0 out of order"),
        ("raise ValueError('no idea')", "tick 2, bidding: ValueError: no idea (broken.py:23, in bid)"),
        ("return None", "tick 2, bidding: AnswerError: a WorkBid belongs where None stands"),
        ("os._exit(3)", "service-node frankfurt exited with status 3"),
        ("time.sleep(60)", "no answer from service-node frankfurt within 2 s"),
        (
            "answer('tick', 3)",
            "no answer from service-node frankfurt (it answered tick 3, bidding, and was asked tick 2, bidding) within 2 s",
        ),
    ],
)
def test_a_broken_agent_is_named_and_harms_nobody(workshop, deed, text):
    (workshop.scenario / "broken.py").write_text(BROKEN.format(deed=deed))
    result = workshop.run(
        *workshop.replace("services.frankfurt", "broken.py", DEMAND, KEYS), "--no-baseline",
        "--set", "run={tickDeadlineSeconds: 2}", status=4)
    assert "tick 2" in result.stderr and text in result.stderr, result.stderr
    assert result.stderr.count("\n") == 1, "one line says it"
    logs = {path.name: path.read_text() for path in (workshop.folder / "runs/two-region-1/logs").iterdir()}
    del logs["frankfurt.log"], logs["coordinator.log"]
    assert len(logs) == 6 and not any(logs.values()), "the others have nothing to say"
    assert "2 ticks" in workshop.gridtide("verify", "runs/two-region-1").stdout, "what was finished stands"


LYING_REGION = """
import math
from dataclasses import replace
import gridtide

class Region(gridtide.ComputeRegion):
    def __init__(self, setup):
        super().__init__(setup)
        self.plant = gridtide.RegionPlant(setup)

    def offer(self, observation):
        offer = self.plant.offer(observation.tick, 0)
        return replace(offer, {deed}) if observation.tick == 2 else offer

gridtide.run(Region)
"""


@pytest.mark.parametrize(
    ("deed", "text"),
    [
        ("connection_mw=-1", "its offer has a negative capacity or connection"),
        ("capacity_accelerator_seconds=(math.nan,)", "its offer has a negative capacity or connection"),
        ("pue=0.5", "its PUE is 0.5; it must be at least 1"),
        ("blocks=[gridtide.OfferBlock(200, math.nan)]", "block 0 of its offer has a negative limit or a mark-up that is no number"),
    ],
)
def test_a_lying_region_is_named(workshop, deed, text):
    (workshop.scenario / "lying.py").write_text(LYING_REGION.format(deed=deed))
    program = str(workshop.scenario / "lying.py")
    result = workshop.run("--replace", f"south-1={program}", "--no-baseline", status=4)
    assert f"tick 2, bidding: compute-region south-1: {text}" in result.stderr, result.stderr


LYING_OPERATOR = """
import math
import gridtide

class Grid(gridtide.GridOperator):
    def signal(self, observation):
        return gridtide.GridSignal([gridtide.BusSignal({price}, 0, 0)])

    def dispatch(self, observation):
        area = gridtide.AreaOutcome(name="south", demand_mw=100, generation_mw=50, compute_load_mw=sum(observation.load_mw))
        return gridtide.GridDispatch([gridtide.BusOutcome(40, 0, 0)], [area])

gridtide.run(Grid)
"""


@pytest.mark.parametrize(
    ("price", "text"),
    [
        ("math.nan", "tick 0, signalling: grid-operator south: its signal for bus 0 has a price or emissions that are no number"),
        ("40", "tick 0, dispatching: grid-operator south: area south does not balance: 50.0 MW of supply"),
    ],
)
def test_a_lying_operator_is_named(workshop, price, text):
    (workshop.scenario / "lying.py").write_text(LYING_OPERATOR.format(price=price))
    result = workshop.run(*workshop.replace("gridOperators.south", "lying.py"), "--no-baseline", status=4)
    assert text in result.stderr, result.stderr


def test_a_slow_agent_only_takes_its_time(workshop):
    digests = []
    for pause in ("pass", "time.sleep(1)"):
        (workshop.scenario / "broken.py").write_text(BROKEN.format(deed=pause))
        result = workshop.run(
            *workshop.replace("services.frankfurt", "broken.py", DEMAND, KEYS), "--no-baseline",
            "--set", "run={tickDeadlineSeconds: 20}")
        digests.append(result.stdout.split()[-1])
    assert digests[0] == digests[1]


def test_a_tick_costs_less_than_a_millisecond_more(workshop):
    """A run of 8 processes: the wait for the node in Python against that for the one in Swift, by the run's timings."""
    use(workshop, "price_taking_node.py")
    workshop.run(*workshop.replace("services.frankfurt", "price_taking_node.py", DEMAND, KEYS), "--no-baseline")
    run = runs.open(workshop.folder / "runs/two-region-1")
    waits = run.query("SELECT agent.name, wait.* FROM wait JOIN agent USING (agent) WHERE tick >= 2")
    by_agent = {name: statistics.median(frame.wait_microseconds) for name, frame in waits.groupby("name")}
    print(f"median waits, microseconds: {by_agent}")
    assert by_agent["frankfurt"] - by_agent["stockholm"] < 1000


def test_twenty_agents_at_once(tmp_path, program):
    """Ten regions and ten nodes, all in Python, under two operators."""
    workshop = Workshop(tmp_path, program)
    use(workshop, "price_taking_node.py", "learning_region.py")
    text = (workshop.scenario / "scenario.yaml").read_text()
    head, _ = text.split("\nregions:\n")
    regions = "".join(
        f"  - {{name: r{i}, grid: {'north' if i % 2 else 'south'}, location: {{latitude: {50 + i}, longitude: 9}}, strategy: "
        "{exec: [python3, learning_region.py], parameters: {accelerators: 30000, connectionMW: 40, pue: 1.1}}}\n"
        for i in range(10))
    services = "".join(
        f"  - {{name: s{i}, home: r{i}, location: {{latitude: {50 + i}, longitude: 9}}, strategy: "
        "{exec: [python3, price_taking_node.py], parameters: {demand: {batch: 500000}}}}\n" for i in range(10))
    (workshop.scenario / "scenario.yaml").write_text(
        f"{head}\nregions:\n{regions}services:\n{services}run: {{arrivalDeadlineSeconds: 120}}\n")
    digests = [workshop.run("--no-baseline").stdout.split()[-1] for _ in range(2)]
    assert digests[0] == digests[1]


def test_frames_have_units(workshop):
    workshop.run("--in-process")
    with runs.open(workshop.folder / "runs/two-region-1") as run:
        load = run.load_by_area
        assert len(load) == 48 and str(load.utc.dtype).startswith("datetime64")
        assert load.attrs["units"]["load_mw"] == "MW" and "tick" in load.attrs["descriptions"]
        for table in run.tables:
            frame = run.frame(table)
            assert set(frame.attrs["units"]) <= set(frame.columns), table
            assert set(frame.attrs["descriptions"]) == set(frame.columns), table
        peak = run.query("SELECT area, max(load_mw) AS load_mw, 2 AS x FROM load_by_area WHERE tick < ? GROUP BY area", (5,))
        assert peak.attrs["units"] == {"load_mw": "MW"}
        assert run.baseline.run.mechanism[0] == "home"
        with pytest.raises(AttributeError, match="no table 'lode'"):
            run.lode
        with pytest.raises(gridtide.GridtideError, match="There are: absence"):
            run.frame("lode")
    assert runs.open(str(workshop.folder / "runs/two-region-1/run.sqlite")).tables == run.tables


@pytest.mark.parametrize("name", ["nothing", "text"])
def test_what_is_no_run_is_named(tmp_path: Path, name):
    (tmp_path / "text").write_text("this is no database, however long it may be")
    with pytest.raises(gridtide.GridtideError, match=r"holds no run|no database of a run"):
        runs.open(tmp_path / name)
