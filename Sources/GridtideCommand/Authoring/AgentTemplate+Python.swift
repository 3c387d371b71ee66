internal import CoSimulation

extension AgentTemplate {
    /// The files of an agent in Python, by path.
    ///
    /// Where no `python3` has the package, a script makes an environment that has it before the program is started.
    func python(needsEnvironment: Bool) -> [String: String] {
        let interpreter = needsEnvironment ? ".venv/bin/python3" : "python3"
        var files = [
            "agent.json": manifest(
                exec: [interpreter, "agent.py"], build: needsEnvironment ? ["sh", "setup.sh"] : nil),
            "agent.py": pythonStrategy,
            "test_agent.py": pythonTest,
            "README.md": readme(
                strategyFile: "agent.py",
                test: needsEnvironment
                    ? "sh setup.sh\n.venv/bin/python3 test_agent.py"
                    : """
                    pip install '\(clone)/Agents/python'       # once, into the environment whose python3 you use
                    python3 test_agent.py
                    """),
        ]
        if needsEnvironment {
            files["setup.sh"] = pythonSetup
            files[".gitignore"] = ".venv/\n__pycache__/\n"
        }
        return files
    }

    private var pythonSetup: String {
        """
        # Makes a Python environment with the package gridtide in .venv unless it is there; agent.json names it as build.
        set -e
        .venv/bin/python3 -c 'from gridtide import run' 2>/dev/null && exit
        python3 -m venv .venv
        .venv/bin/pip install --quiet --disable-pip-version-check --editable '\(clone)/Agents/python'

        """
    }

    private var pythonStrategy: String {
        let body =
            switch role {
            case .gridOperator: Self.pythonOperator
            case .computeRegion: Self.pythonRegion
            case .serviceNode: Self.pythonNode
            }
        return body.replacing("TYPE", with: typeName).replacing("SUMMARY", with: summary)
    }

    private var pythonTest: String {
        let body =
            switch role {
            case .gridOperator: Self.pythonOperatorTest
            case .computeRegion: Self.pythonRegionTest
            case .serviceNode: Self.pythonNodeTest
            }
        return body.replacing("TYPE", with: typeName)
    }

    private static let pythonNode = #"""
        """SUMMARY"""

        from dataclasses import replace

        import gridtide


        class TYPE(gridtide.ServiceNode):
            """SUMMARY"""

            def __init__(self, setup: gridtide.ServiceNodeSetup) -> None:
                super().__init__(setup)
                self.work = gridtide.ServiceWork(setup)  # reads the setting `demand`
                self.tolerance = setup.parameters.number("toleranceKgPerMWh", 0, at_least=0)

            def bid(self, observation: gridtide.ServiceObservation) -> gridtide.WorkBid:
                emissions = [signal.marginal_emissions_kg_per_mwh for signal in observation.signals]
                limit = emissions[self.setup.home] + self.tolerance
                return gridtide.WorkBid([
                    replace(line, options=[option for option in line.options if emissions[option.region] <= limit])
                    for line in self.work.lines(observation.tick)
                ])


        if __name__ == "__main__":
            gridtide.run(TYPE)

        """#

    private static let pythonRegion = #"""
        """SUMMARY"""

        import gridtide


        class TYPE(gridtide.ComputeRegion):
            """SUMMARY"""

            def __init__(self, setup: gridtide.ComputeRegionSetup) -> None:
                super().__init__(setup)
                self.plant = gridtide.RegionPlant(setup)  # reads accelerators, connectionMW, pue, onSiteRenewableMW
                self.mark_up = setup.parameters.number("scarcityMarkUpUSDPerMWh", 5, at_least=0)
                self.scarce_mw = setup.parameters.number("scarceHeadroomMW", 100, at_least=0)

            def offer(self, observation: gridtide.RegionObservation) -> gridtide.CapacityOffer:
                is_scarce = observation.signal.headroom_mw < self.scarce_mw
                return self.plant.offer(observation.tick, self.mark_up if is_scarce else 0)


        if __name__ == "__main__":
            gridtide.run(TYPE)

        """#

    private static let pythonOperator = #"""
        """SUMMARY"""

        import gridtide

        PRICE_OF_UNSERVED_USD_PER_MWH = 10_000


        class TYPE(gridtide.GridOperator):
            """SUMMARY"""

            def __init__(self, setup: gridtide.GridOperatorSetup) -> None:
                super().__init__(setup)
                settings = setup.parameters
                self.demand = settings.series("demandMW", at_least=0)
                self.expected_mw = settings.series("expectedComputeLoadMW", 0, at_least=0)
                self.fleet = sorted(
                    (
                        (
                            unit.number("costUSDPerMWh"), unit.number("emissionsKgPerMWh"),
                            unit.number("capacityMW", at_least=0), unit.text("technology"),
                        )
                        for unit in settings.sections("fleet")
                        if unit.text("name")
                    ),
                )

            def signal(self, observation: gridtide.SignalObservation) -> gridtide.GridSignal:
                tick = observation.tick
                bus, _ = self.solve(self.demand[tick], self.expected_mw[tick])
                signal = gridtide.BusSignal(
                    bus.price_usd_per_mwh, bus.marginal_emissions_kg_per_mwh, bus.average_emissions_kg_per_mwh
                )
                return gridtide.GridSignal([signal] * len(self.setup.regions))

            def dispatch(self, observation: gridtide.DispatchObservation) -> gridtide.GridDispatch:
                bus, area = self.solve(self.demand[observation.tick], sum(observation.load_mw))
                return gridtide.GridDispatch([bus] * len(self.setup.regions), [area])

            def solve(self, demand_mw: float, compute_mw: float) -> tuple[gridtide.BusOutcome, gridtide.AreaOutcome]:
                """Cheapest first; the last generator that runs sets price and marginal emissions."""
                left_mw = demand_mw + compute_mw
                price, marginal, cost, emissions = PRICE_OF_UNSERVED_USD_PER_MWH, 0.0, 0.0, 0.0
                outputs: dict[str, float] = {}
                for unit_cost, unit_emissions, capacity_mw, technology in self.fleet:
                    output_mw = min(left_mw, capacity_mw)
                    left_mw -= output_mw
                    cost += output_mw * unit_cost
                    emissions += output_mw * unit_emissions
                    outputs[technology] = outputs.get(technology, 0.0) + output_mw
                    if output_mw < capacity_mw:
                        price, marginal = unit_cost, unit_emissions
                        break
                generation_mw = sum(outputs.values())
                hours = self.setup.clock.tick_hours
                area = gridtide.AreaOutcome(
                    name=self.setup.name, demand_mw=demand_mw, compute_load_mw=compute_mw, generation_mw=generation_mw,
                    unserved_mw=left_mw, emissions_kg=emissions * hours,
                    cost_usd=(cost + left_mw * PRICE_OF_UNSERVED_USD_PER_MWH) * hours,
                    technologies=[gridtide.TechnologyOutput(name, mw) for name, mw in sorted(outputs.items())],
                )
                average = emissions / generation_mw if generation_mw else 0.0
                return gridtide.BusOutcome(price, marginal, average), area


        if __name__ == "__main__":
            gridtide.run(TYPE)

        """#
}

// Tests: a strategy is a plain object, made from a setup and asked.
extension AgentTemplate {
    fileprivate static let pythonNodeTest = #"""
        """Tests of the strategy; run them with `python3 test_agent.py` or pytest."""

        import gridtide
        from agent import TYPE


        def node(**settings: object) -> TYPE:
            batch = gridtide.WorkloadClass(
                name="batch", latency_budget_milliseconds=1e6, client_leg_milliseconds=0, processing_milliseconds=0,
                queueing_milliseconds=0, energy_kwh_per_request=0.01, work_accelerator_seconds_per_request=(36.0,),
                movable_share=1, value_usd_per_request=0.05, switching_usd_per_request=0, deadline_hours=0,
                payload_gb_per_request=0.001, session_state_gb=0, requests_per_session=1, cold_start_usd=0,
                reliability_usd_per_request=0, surcharge_usd_per_mwh=0,
            )
            demand = gridtide.Parameters({"batch": 1000.0}, "demand")
            return TYPE(gridtide.ServiceNodeSetup(
                name="berlin", clock=gridtide.Clock(0, 3600, 24), parameters=gridtide.Parameters({"demand": demand, **settings}),
                classes=(batch,), regions=("north-1", "south-1"), home=1, round_trip_milliseconds=(30.0, 5.0),
                egress_usd_per_gb=(0.05, 0.0), allowed=((True, True),),
            ))


        def regions(node: TYPE, emissions: tuple[float, float]) -> list[int]:
            signals = [gridtide.BusSignal(40, kg_per_mwh, kg_per_mwh) for kg_per_mwh in emissions]
            random = gridtide.RandomStream(1, 0, 0, gridtide.Phase.BIDDING)
            bid = node.bid(gridtide.ServiceObservation(0, random, signals, None))
            assert bid.lines[0].requests == 1000
            return [option.region for option in bid.lines[0].options]


        def test_work_may_go_where_it_is_cleaner() -> None:
            assert regions(node(), (100, 400)) == [0, 1]


        def test_work_stays_where_it_would_be_dirtier() -> None:
            assert regions(node(), (400, 100)) == [1]
            assert regions(node(toleranceKgPerMWh=300.0), (400, 100)) == [0, 1]


        if __name__ == "__main__":
            test_work_may_go_where_it_is_cleaner()
            test_work_stays_where_it_would_be_dirtier()
            print("2 tests passed")

        """#

    fileprivate static let pythonRegionTest = #"""
        """Tests of the strategy; run them with `python3 test_agent.py` or pytest."""

        import gridtide
        from agent import TYPE


        def mark_up(headroom_mw: float) -> float:
            settings = gridtide.Parameters({"accelerators": 1000.0, "connectionMW": 10.0})
            region = TYPE(gridtide.ComputeRegionSetup("north-1", gridtide.Clock(0, 3600, 24), settings, ("accelerator",)))
            random = gridtide.RandomStream(1, 0, 0, gridtide.Phase.BIDDING)
            signal = gridtide.BusSignal(40, 100, 100, headroom_mw=headroom_mw)
            offer = region.offer(gridtide.RegionObservation(0, random, signal, None))
            assert offer.connection_mw == 10
            return offer.blocks[0].mark_up_usd_per_mwh


        def test_scarce_power_is_dearer() -> None:
            assert mark_up(headroom_mw=500) == 0
            assert mark_up(headroom_mw=50) == 5


        if __name__ == "__main__":
            test_scarce_power_is_dearer()
            print("1 test passed")

        """#

    fileprivate static let pythonOperatorTest = #"""
        """Tests of the strategy; run them with `python3 test_agent.py` or pytest."""

        import gridtide
        from agent import TYPE


        def test_the_last_generator_sets_the_price() -> None:
            units = [
                {"name": "gas", "technology": "gas", "capacityMW": 50.0, "costUSDPerMWh": 70.0, "emissionsKgPerMWh": 400.0},
                {"name": "hydro", "technology": "hydro", "capacityMW": 100.0, "costUSDPerMWh": 20.0, "emissionsKgPerMWh": 0.0},
            ]
            settings = gridtide.Parameters({"demandMW": 90.0, "fleet": [gridtide.Parameters(unit) for unit in units]})
            regions = (gridtide.ConnectedRegion("north-1", ""),)
            grid = TYPE(gridtide.GridOperatorSetup("north", gridtide.Clock(0, 3600, 24), settings, regions))
            random = gridtide.RandomStream(1, 0, 0, gridtide.Phase.DISPATCHING)
            outcome = grid.dispatch(gridtide.DispatchObservation(0, random, [30.0]))
            assert outcome.buses[0].price_usd_per_mwh == 70
            assert outcome.areas[0].generation_mw == 120
            assert outcome.areas[0].cost_usd == 100 * 20 + 20 * 70
            signal = grid.signal(gridtide.SignalObservation(0, random))
            assert signal.buses[0].price_usd_per_mwh == 20


        if __name__ == "__main__":
            test_the_last_generator_sets_the_price()
            print("1 test passed")

        """#
}
