"""The grid operators with pandapower and PyPSA against independent results. Extras: heavy packages, a minute each."""

import shutil

import pytest
from conftest import EXAMPLES, Workshop

pytestmark = pytest.mark.extras

pandas = pytest.importorskip("pandas")
runs = pytest.importorskip("gridtide.runs")


@pytest.fixture
def bench(tmp_path, program):
    """A place to run examples in."""
    workshop = Workshop(tmp_path, program)
    for file in EXAMPLES.iterdir():
        if file.suffix in (".py", ".yaml", ".csv"):
            shutil.copy(file, workshop.scenario)
    return workshop


def run(bench, *arguments):
    """Runs, and opens the run."""
    output = bench.gridtide("run", *arguments, "-q", "--no-baseline", "--set", "run.arrivalDeadlineSeconds=120").stdout
    return runs.open(bench.folder / output.split("run ")[-1].split("\n")[0].strip())


def test_ac_power_flow(bench):
    pandapower = pytest.importorskip("pandapower")
    import pandapower.networks

    ticks = 10
    run_ = run(bench, "two-region/ac_grid.yaml", "--set", f"clock.ticks={ticks}")
    area = run_.load_by_area.query("area == 'valley'").reset_index()
    log = pandas.read_csv(run_.path.parent / "logs/valley.log")
    demand = pandas.read_csv(EXAMPLES / "ac_grid.csv").valley_mw
    generation = run_.generation_by_technology.query("area == 'valley'").pivot(
        index="tick", columns="technology", values="output_mw")
    outcome = run_.region_outcome
    price = outcome[outcome.region == outcome.region.min()].set_index("tick").realised_price_usd_per_mwh
    seen = set()
    assert len(log) == ticks
    # The same state by pandapower alone, from what the run recorded.
    for tick in range(ticks):
        net = pandapower.networks.case9()
        net.load[["p_mw", "q_mvar"]] *= demand[tick] / net.load.p_mw.sum()
        pandapower.create_load(net, 4, p_mw=area.compute_load_mw[tick])
        net.gen["p_mw"] = [generation.hydro[tick], generation.coal[tick]]
        pandapower.runpp(net)
        assert net.res_ext_grid.p_mw.sum() == pytest.approx(generation.gas[tick], abs=1e-3)
        assert net.res_bus.vm_pu.min() == pytest.approx(log.lowest_voltage_pu[tick], abs=1e-4)
        losses = net.res_line.pl_mw.sum() + net.res_trafo.pl_mw.sum()
        assert losses == pytest.approx(log.losses_mw[tick], abs=1e-3)
        assert area.demand_mw[tick] == pytest.approx(demand[tick] + losses, abs=1e-3)
        # One more MW at the bus, by the cost of the unit that runs last.
        before = net.res_ext_grid.p_mw.sum()
        net.load.loc[net.load.index[-1], "p_mw"] += 1
        pandapower.runpp(net)
        cost = 60 if generation.gas[tick] > 0.01 else 35
        assert price[tick] == pytest.approx(cost * (net.res_ext_grid.p_mw.sum() - before), abs=1e-3)
        seen.add(cost)
    assert seen == {35, 60}


def test_overload_and_shortage_are_reported(bench):
    pytest.importorskip("pandapower")
    run_ = run(bench, "two-region/ac_grid.yaml", "--set", "clock.ticks=2",
               "--set", "gridOperators.valley.strategy.parameters.demandMW=600")
    area = run_.load_by_area.query("area == 'valley'").reset_index()
    assert (area.unserved_mw > 30).all() and (area.generation_mw <= 563 + 1e-6).all()
    log = pandas.read_csv(run_.path.parent / "logs/valley.log")
    assert list(log.overloaded_lines) == list(area.congested_lines)


def test_wrong_fleet_is_refused(bench):
    pytest.importorskip("pandapower")
    result = bench.gridtide(
        "validate", "two-region/ac_grid.yaml", "--set", "gridOperators.valley.strategy.parameters.case=case14", status=2)
    assert "gridOperators[0].strategy.parameters.fleet: it has 3 units, case14 has 5" in result.stderr


def test_pypsa_on_one_bus_is_the_merit_order(bench):
    """The same fleet in Swift's merit order and in PyPSA: same prices, emissions, cost and placement."""
    pytest.importorskip("pypsa")
    network = """{buses: [{name: b1, demandMW: {file: demand.csv, column: north_mw}}], expectedComputeLoadMW: 55,
      fleet: [{name: hydro, bus: b1, technology: hydro, capacityMW: 1000, costUSDPerMWh: 20, emissionsKgPerMWh: 0},
              {name: gas, bus: b1, technology: gas, capacityMW: 600, costUSDPerMWh: 75, emissionsKgPerMWh: 400}]}"""
    ticks = ["--set", "clock.ticks=14", "--set", "run={tickDeadlineSeconds: 120}"]
    reference = run(bench, "two-region", *ticks, "--set", "regions.north-1.bus=b1")
    ours = run(bench, "two-region", *ticks, "--set", "regions.north-1.bus=b1",
               *bench.replace("gridOperators.north", "pypsa_operator.py", " ".join(network.split()),
                              "location: {latitude: 65.6, longitude: 22.1},"))
    for table, keys in [("area_outcome", "tick, area"), ("region_outcome", "tick, region"), ("award", "tick"),
                        ("technology_output", "tick, technology")]:
        frames = [r.query(f"SELECT * FROM {table} ORDER BY {keys}") for r in (ours, reference)]
        pandas.testing.assert_frame_equal(*frames, check_exact=False, rtol=1e-6, atol=1e-6, obj=table)


def test_pypsa_network_repeats_itself(bench):
    pytest.importorskip("pypsa")
    digests = {run(bench, "two-region/dispatch.yaml", "--set", "clock.ticks=4").run.final_digest[0] for _ in range(2)}
    assert len(digests) == 1
    area = runs.open(bench.folder / "runs/pypsa-dispatch-1").load_by_area.query("area == 'land'")
    assert (area.congested_lines > 0).any() and area.unserved_mw.max() == 0
