internal import CoSimulation
internal import ReferenceAgents
internal import Scenarios

/// A scenario of six ticks with two agents of each role, in which a program is checked where its author names none.
enum PracticeScenario {
    /// The agent of a role that the program takes the place of.
    static func place(of role: AgentRole) -> String {
        switch role {
        case .gridOperator: "south"
        case .computeRegion: "south-1"
        case .serviceNode: "frankfurt"
        }
    }

    /// The scenario with a program in place. Throws `ScenarioError`.
    static func load(_ replacement: Replacement) throws -> Scenario {
        try Scenario.load(
            .memory(["scenario.yaml": text, "demand.csv": demand]), catalogue: ReferenceAgents.catalogue,
            replacements: [replacement])
    }

    private static let demand = """
        utc,north_mw,south_mw
        2024-07-08T00:00Z,500,900
        2024-07-08T01:00Z,1000,900
        2024-07-08T02:00Z,940,1150
        2024-07-08T03:00Z,0,1300
        2024-07-08T04:00Z,950,1100
        2024-07-08T05:00Z,500,900
        """

    private static let text = """
        gridtide: 1
        name: practice
        clock: {start: 2024-07-08T00:00Z, tickMinutes: 60, ticks: 6}
        seed: 5
        mechanism: {objective: carbon-priced, carbonPriceUSDPerTonne: 50}
        egress: {defaultUSDPerGB: 0.05}
        classes:
          - {name: interactive, latencyBudgetMilliseconds: 300, clientLegMilliseconds: 3, processingMilliseconds: 230,
             energyWhPerRequest: 0.5, acceleratorSecondsPerRequest: 1.8, valueUSDPerRequest: 0.01}
          - {name: batch, latencyBudgetMilliseconds: 3600000, clientLegMilliseconds: 3, processingMilliseconds: 60000,
             energyWhPerRequest: 10, acceleratorSecondsPerRequest: 36, valueUSDPerRequest: 0.05,
             payloadGBPerRequest: 0.001}
        gridOperators:
          - name: north
            strategy: merit-order
            location: {latitude: 65.6, longitude: 22.1}
            demandMW: {file: demand.csv, column: north_mw}
            expectedComputeLoadMW: 55
            fleet:
              - {name: hydro, technology: hydro, capacityMW: 1000, costUSDPerMWh: 20, emissionsKgPerMWh: 0}
              - {name: gas, technology: gas, capacityMW: 600, costUSDPerMWh: 75, emissionsKgPerMWh: 400}
          - name: south
            strategy: merit-order
            location: {latitude: 50.1, longitude: 8.7}
            demandMW: {file: demand.csv, column: south_mw}
            expectedComputeLoadMW: 120
            fleet:
              - {name: coal, technology: coal, capacityMW: 1200, costUSDPerMWh: 45, emissionsKgPerMWh: 900}
              - {name: gas, technology: gas, capacityMW: 500, costUSDPerMWh: 75, emissionsKgPerMWh: 400}
        regions:
          - {name: north-1, grid: north, country: SE, bloc: EU, location: {latitude: 65.6, longitude: 22.1},
             strategy: honest, accelerators: 150000, connectionMW: 200, pue: 1.1}
          - {name: south-1, grid: south, country: DE, bloc: EU, location: {latitude: 50.1, longitude: 8.7},
             strategy: honest, accelerators: 150000, connectionMW: 200, pue: 1.2}
        services:
          - {name: stockholm, home: north-1, location: {latitude: 59.3, longitude: 18.1}, strategy: honest,
             demand: {interactive: 40000000, batch: 3000000}}
          - {name: frankfurt, home: south-1, location: {latitude: 50.1, longitude: 8.7}, strategy: honest,
             demand: {interactive: 80000000, batch: 6000000}}
        """
}
