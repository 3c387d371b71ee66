import CoSimulation
import Scenarios
import Testing

/// A right scenario that uses most of the format; wrong ones are made from it by one edit each.
enum GoodScenario {
    static let yaml = """
        gridtide: 1
        name: two-region
        title: Two regions, one cheap
        description: |
          R&D: what it shows *and* what to look at.
        seed: 7
        clock:
          start: 2024-07-08T00:00Z
          timeZone: Europe/Stockholm
          tickMinutes: 60
          ticks: 6
        mechanism:
          objective: carbon-priced
          carbonPriceUSDPerTonne: 50
        latency:
          matrix: {file: latency.csv, missing: great-circle}
          relaxationMilliseconds: 10
          localMilliseconds: 30
          regionalMilliseconds: 120
        egress:
          defaultUSDPerGB: 0.05
          matrix: {file: egress.csv, missing: default}
        resources: [accelerator, memory]
        classes:
          - name: interactive
            latencyBudgetMilliseconds: 300
            processingMilliseconds: 230
            energyWhPerRequest: 0.4
            acceleratorSecondsPerRequest: 1.5
            valueUSDPerRequest: 1
          - name: batch
            latencyBudgetMilliseconds: 3.6e6
            inputTokensPerRequest: 1000
            outputTokensPerRequest: 200
            energyWhPerInputToken: 0.0001
            energyWhPerOutputToken: .001
            acceleratorSecondsPerRequest: {accelerator: 2, memory: 40}
            movableShare: 0.8
            valueUSDPerRequest: 0.2
            payloadGBPerRequest: 0.01
        gridOperators:
          - name: north
            strategy: merit-order
            location: {latitude: 65.6, longitude: 22.1}
            demandMW: {file: demand.csv, column: north_gw}
            fleet: {file: fleet.csv, where: {area: north}}
          - name: south
            strategy: merit-order
            demandMW: 900
            fleet:
              - {name: gas, technology: gas, capacityMW: 900, costUSDPerMWh: 60, emissionsKgPerMWh: 400}
              - name: sun
                technology: solar
                capacityMW: 400
                costUSDPerMWh: 0
                emissionsKgPerMWh: 0
                availability: {file: weather.csv, column: sun_percent, missing: interpolate}
        regions:
          - name: north-1
            strategy: honest
            grid: north
            country: NO
            bloc: EEA
            location: {latitude: 65.6, longitude: 22.1}
            accelerators: 100000
            connectionMW: 150
            pue: 1.1
          - name: south-1
            strategy: marking-up
            grid: south
            bus: b1
            country: DE
            bloc: EEA
            location: {latitude: 50.1, longitude: 8.7}
            accelerators: 50000
            connectionMW: {file: demand.csv, column: south_connection_mw}
            pue: 1.3
            shares: [0.5, 0.5]
        services:
          - name: stockholm
            strategy: honest
            home: north-1
            location: {latitude: 59.3, longitude: 18.1}
            demand:
              interactive: {file: demand.csv, column: stockholm_interactive_requests}
              batch: 50000
          - name: berlin
            strategy: deferring
            home: south-1
            location: {latitude: 52.5, longitude: 13.4}
            demand: {interactive: 1000}
            patienceTicks: 4
            limits: {priceUSDPerMWh: 80}
        masks:
          legal: bloc
          deny:
            - {service: berlin, class: batch, region: north-1}
        run:
          transport: tcp
          tickDeadlineSeconds: 12.5

        """

    static let demand = """
        # made up
        utc,north_gw,south_connection_mw,stockholm_interactive_requests
        2024-07-08T00:00Z,0.5,60,100
        2024-07-08T01:00Z,0.6,61,200
        2024-07-08T02:00Z,0.7,62,300
        2024-07-08T03:00Z,0.8,63,400
        2024-07-08T04:00Z,0.9,64,500
        2024-07-08T05:00Z,1.0,65,600

        """

    static let weather = """
        local,sun_percent
        2024-07-08 02:00,0
        2024-07-08 03:00,10
        2024-07-08 05:00,30
        2024-07-08 06:00,
        2024-07-08 07:00,50

        """

    static let fleet = """
        area,name,technology,capacity_gw,cost_usd_per_mwh,emissions_kg_per_mwh,must_run,availability_percent,_note
        north,hydro,hydro,0.9,5,0,true,90,"dam, old"
        south,coal,coal,0.3,30,900,,,
        north,wind,wind,0.4,0,0,false,50,

        """

    static let latency = """
        service,north-1,south-1
        stockholm,20,45.5
        berlin,50,

        """

    static let egress = """
        service,south-1
        stockholm,0.09

        """

    static var files: [String: String] {
        [
            "scenario.yaml": yaml, "demand.csv": demand, "weather.csv": weather, "fleet.csv": fleet,
            "latency.csv": latency,
            "egress.csv": egress,
        ]
    }

    /// Loads files with the catalogue of the tests.
    static func load(_ files: [String: String], overrides: [String] = []) throws(ScenarioError) -> Scenario {
        try Scenario.load(
            .memory(files), catalogue: TestCatalogue.catalogue, overrides: overrides, checkAgent: TestCatalogue.check)
    }

    /// The faults of files; none when they are right.
    static func faults(_ files: [String: String], overrides: [String] = []) -> [ScenarioFault] {
        do throws(ScenarioError) {
            _ = try load(files, overrides: overrides)
            return []
        } catch {
            return error.faults
        }
    }

    /// The files with a text replaced; the text must occur exactly once.
    static func edited(_ file: String, _ old: String, _ new: String, in files: [String: String] = files) -> [String:
        String]
    {
        var files = files
        let text = files[file] ?? ""
        precondition(text.ranges(of: old).count == 1, "`\(old)` occurs \(text.ranges(of: old).count) times in \(file)")
        files[file] = text.replacing(old, with: new)
        return files
    }
}
