import LinearProgram
import PowerGrid
import Testing

@Suite("Published optima", .enabled(if: SharedData.isPresent, "\(SharedData.reason)"))
struct PublishedOptimaTests {
    static let hasHighs = (try? HighsLibrary.load()) != nil

    @Test("Linear costs", arguments: PublishedCase.linear)
    func linear(published: PublishedCase) throws {
        var powerFlow = try published.powerFlow()
        guard let dispatch = try powerFlow.solve().dispatch else { throw Missing.dispatch }
        let error = dispatch.objectiveUSDPerHour / published.objectiveUSDPerHour - 1
        #expect(abs(error) < 1e-6, "\(published) is \(dispatch.objectiveUSDPerHour)")
    }

    @Test("Quadratic costs", .enabled(if: hasHighs, "HiGHS not found"), arguments: PublishedCase.quadratic)
    func quadratic(published: PublishedCase) throws {
        var powerFlow = try published.powerFlow()
        guard let dispatch = try powerFlow.solve().dispatch else { throw Missing.dispatch }
        let error = dispatch.objectiveUSDPerHour / published.objectiveUSDPerHour - 1
        #expect(abs(error) < 1e-6, "\(published) is \(dispatch.objectiveUSDPerHour)")
    }

    @Test("Tight angle limits leave case14_ieee__sad without a dispatch, and are named")
    func infeasible() throws {
        let network = try PublishedCase.network("pglib-opf/pglib_opf_case14_ieee__sad.m")
        var powerFlow = try DCOptimalPowerFlow(network, convention: .pglib)
        guard case .infeasible(let conflict) = try powerFlow.solve() else { throw Missing.dispatch }
        #expect(conflict.limits.contains { if case .branchAngle = $0 { true } else { false } })
        #expect(!conflict.limits.contains { if case .branchFlow = $0 { true } else { false } })
        #expect(conflict.description.contains("angle limits of branch"))
        #expect(conflict.missingMW.reduce(0, +) > 0)
        var free = try DCOptimalPowerFlow(
            network, convention: .pglib, options: PowerFlowOptions(enforcesAngleLimits: false))
        #expect(try free.solve().status == "optimal")
    }

    @Test("RTS-GMLC: 34.01 $/MWh at every bus and 8,550 MW, with no branch at its limit")
    func reliabilityTestSystem() throws {
        let network = try PublishedCase.network("rts-gmlc/RTS_GMLC.m")
        var powerFlow = try DCOptimalPowerFlow(network, convention: .matpower)
        guard let dispatch = try powerFlow.solve().dispatch else { throw Missing.dispatch }
        #expect(dispatch.lmpUSDPerMWh.allSatisfy { abs($0 - 34.01) < 0.005 })
        #expect(abs(dispatch.generationMW.reduce(0, +) - 8_550) < 1e-6)
        #expect(dispatch.bindingBranches.isEmpty)
    }

    @Test("case30pwl: the greatest price is 44 $/MWh")
    func piecewiseLinear() throws {
        var powerFlow = try DCOptimalPowerFlow(
            try PublishedCase.network("matpower/case30pwl.m"), convention: .matpower)
        guard let dispatch = try powerFlow.solve().dispatch else { throw Missing.dispatch }
        #expect(agree(dispatch.lmpUSDPerMWh.reduce(0, max), 44, 1e-9))
    }

    @Test("Another convention gives another optimum: a negative control")
    func conventionsDiffer() throws {
        let network = try PublishedCase.network("pglib-opf/pglib_opf_case30_ieee.m")
        let costs = try NetworkConvention.allCases.map { convention in
            var powerFlow = try DCOptimalPowerFlow(network, convention: convention)
            return try powerFlow.solve().dispatch?.objectiveUSDPerHour ?? 0
        }
        #expect(abs(costs[0] - costs[1]) > 1 && abs(costs[1] - costs[2]) > 1e-3)
    }

    @Test("Signals of published cases hold their identities", arguments: PublishedCase.linear)
    func signals(published: PublishedCase) throws {
        var powerFlow = try published.powerFlow()
        for generator in powerFlow.network.generators.indices {
            powerFlow.setEmissions(Double((generator * 137) % 1_000), generator: generator)
        }
        guard let dispatch = try powerFlow.solve().dispatch, let signals = try powerFlow.emissionSignals() else {
            throw Missing.signals
        }
        #expect(signals.accountingError < 1e-9)
        #expect(signals.marginal.identityErrorUSDPerMWh.map { $0 < 1e-6 } == true)
        #expect(dispatch.check.passes)
    }
}
