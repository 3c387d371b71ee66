internal import ArgumentParser
internal import CoSimulation
internal import Foundation
internal import ReferenceAgents
internal import RunAnalysis
internal import Scenarios

/// `gridtide tournament`: which strategy does best in a place.
struct Tournament: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Let strategies play in the place of one agent, and rank them.",
        discussion: """
            Every strategy plays the same scenario on the same seeds, with all other agents as they are. Runs are not kept. The \
            table says what is ranked, with 95 % intervals by Student's t over the seeds; the difference to the first is taken \
            seed by seed.
            """)

    @OptionGroup var source: ScenarioArguments
    @Option(help: "Role they play, where the scenario has one agent of it.", transform: AgentRole.parse)
    var role: AgentRole?
    @Option(help: "Agent of the scenario whose place they take.")
    var place: String?
    @Option(help: "Strategies, with commas: names of 'gridtide agents', folders of 'gridtide agent new', or programs.")
    var agents: String
    @Option(help: "Seeds: 1..10, or 1,4,9.")
    var seeds = "1..10"
    @Flag(help: "Print the figure of every run as CSV.")
    var csv = false
    @OptionGroup var output: OutputArguments

    /// A strategy with how it takes the place.
    private struct Contestant {
        let name: String
        let replacement: Replacement
    }

    func validate() throws {
        guard role != nil || place != nil else {
            throw ValidationError("Give --place, the agent whose place they take.")
        }
        guard source.seed == nil else { throw ValidationError("A tournament takes --seeds, not --seed.") }
        guard !(csv && output.json) else { throw ValidationError("Give --csv or --json, not both.") }
        _ = try parsedSeeds()
    }

    func run() async throws {
        let console = output.console
        let base = try source.load(console: console).experiment
        let agent = try place(in: base)
        let role = base.role(ofAgent: agent)
        let seeds = try parsedSeeds()
        if role == .serviceNode, base.demand(ofAgent: agent) == nil {
            console.note(
                "\(base.agent(agent).name) has no setting demand: what is not served counts by what each strategy says has arrived"
            )
        }
        let contestants = try contestants(for: base.agent(agent).name, role, console)
        let interruption = Interruption()
        var entries: [(name: String, results: [Ranking.Result])] = []
        for contestant in contestants {
            var results: [Ranking.Result] = []
            for seed in seeds {
                let scenario = try source.load(
                    console: Console(isQuiet: true), replacements: [contestant.replacement], seed: seed,
                    triesForeign: seed == seeds[0])
                let account = try await play(scenario, AgentAccount(of: agent, in: base), interruption)
                results.append(Ranking.Result(seed: seed, figureUSD: account.figureUSD, volume: account.volume))
            }
            entries.append((contestant.name, results))
            console.note("\(contestant.name): \(seeds.count) \(seeds.count == 1 ? "run" : "runs")")
        }
        try report(Ranking(entries, prefersGreater: role.prefersGreater), base, agent, console)
    }

    // MARK: What plays

    private func place(in experiment: Experiment) throws -> Int {
        if let place {
            guard let agent = experiment.agent(named: place) else {
                throw CommandError(.invalidInput, "The scenario has no agent named '\(place)'.")
            }
            guard role == nil || experiment.role(ofAgent: agent) == role else {
                throw CommandError(
                    .invalidInput, "\(place) is a \(experiment.role(ofAgent: agent).rawValue). Leave out --role.")
            }
            return agent
        }
        let agents = (0..<experiment.agentCount).filter { experiment.role(ofAgent: $0) == role }
        guard agents.count == 1 else {
            let names = agents.map { experiment.agent($0).name }.joined(separator: ", ")
            throw CommandError(.invalidInput, "Say whose place they take: --place with one of \(names).")
        }
        return agents[0]
    }

    private func contestants(for place: String, _ role: AgentRole, _ console: Console) throws -> [Contestant] {
        try agents.split(separator: ",").map { text in
            let word = text.trimmingCharacters(in: .whitespaces)
            if ReferenceAgents.catalogue.entry(role, word) != nil {
                return Contestant(name: word, replacement: Replacement(agent: place, player: .strategy(word)))
            }
            guard FileManager.default.fileExists(atPath: word) else {
                let known = ReferenceAgents.catalogue.names(role).joined(separator: ", ")
                throw CommandError(
                    .invalidInput,
                    "'\(word)' is no \(role.rawValue) strategy and no folder or program. Known are: \(known).")
            }
            return Contestant(name: word, replacement: try AgentSource.find([word], console: console).replacing(place))
        }
    }

    private func parsedSeeds() throws -> [UInt64] {
        let bounds = seeds.components(separatedBy: "..").map { UInt64($0) }
        if bounds.count == 2, let first = bounds[0], let last = bounds[1], first <= last, last - first < 10_000 {
            return Array(first...last)
        }
        let values = seeds.split(separator: ",").map { UInt64($0) }
        guard !values.isEmpty, !values.contains(nil), Set(values).count == values.count else {
            throw ValidationError("--seeds \(seeds): write 1..10, or different ones with commas.")
        }
        return values.compactMap(\.self)
    }

    /// Plays a run to its end: in this process where it can, else in many with a folder that is then gone.
    private func play(
        _ scenario: Scenario, _ empty: AgentAccount, _ interruption: Interruption
    ) async throws -> AgentAccount {
        var account = empty
        guard !scenario.run.launches.isEmpty else {
            var run = try InProcessRun(experiment: scenario.experiment, catalogue: ReferenceAgents.catalogue)
            try run.run { record, _ in
                if interruption.isRaised { throw RunError(.interrupted, "interrupted in tick \(record.tick)") }
                account.add(record)
            }
            return account
        }
        let parent = FileManager.default.temporaryDirectory.appendingPathComponent("gridtide-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: parent) }
        let folder = try RunFolder.make(in: parent.path, name: scenario.experiment.name)
        let engine = RunEngine(
            layout: .processes(scenario.run.transport == .tcp ? .tcp : .ipc), options: scenario.run,
            scenarioFolder: URL(fileURLWithPath: source.root), interruption: interruption,
            console: Console(isQuiet: true))
        _ = try await engine.run(scenario.experiment, in: folder, label: scenario.experiment.name)
        let journal = try JournalReader(folder.journal)
        while let entry = try journal.next() { account.add(entry.record) }
        return account
    }

    // MARK: Results

    private func report(_ ranking: Ranking, _ experiment: Experiment, _ agent: Int, _ console: Console) throws {
        let role = experiment.role(ofAgent: agent)
        if csv {
            var lines = ["strategy,seed,figure_usd,volume"]
            for standing in ranking.standings {
                lines += standing.results.map { "\(standing.name),\($0.seed),\($0.figureUSD),\($0.volume)" }
            }
            return console.print(lines.joined(separator: "\r\n"), terminator: "\r\n")
        }
        let place = experiment.agent(agent).name
        if output.json {
            let report = Report(
                scenario: experiment.name, place: place, role: role.rawValue, figure: role.figureText,
                volume: role.volumeText, standings: ranking.standings.map(Report.Row.init))
            return console.print(try console.json(report))
        }
        console.print("\(experiment.name), in the place of \(place) (\(role.rawValue)), seeds \(seeds)")
        console.print("\(role.figureText)\n")
        console.print(text(ranking, role))
    }

    private func text(_ ranking: Ranking, _ role: AgentRole) -> String {
        let decimals = NumberText.decimals(for: ranking.standings.map(\.figureUSD.mean))
        let volumeDecimals = NumberText.decimals(for: ranking.standings.map(\.volume))
        var table = TextTable([
            TextTable.Heading("strategy", isWords: true), TextTable.Heading("mean $"), TextTable.Heading("± 95 %"),
            TextTable.Heading("to the first $"), TextTable.Heading("± 95 %"), TextTable.Heading(role.volumeText),
        ])
        for (index, standing) in ranking.standings.enumerated() {
            table.add([
                "\(index + 1) \(standing.name)", NumberText.text(standing.figureUSD.mean, decimals: decimals),
                NumberText.text(standing.figureUSD.halfWidth, decimals: decimals),
                NumberText.text(standing.behindUSD?.mean, decimals: decimals, signed: true),
                NumberText.text(standing.behindUSD?.halfWidth, decimals: decimals),
                NumberText.text(standing.volume, decimals: volumeDecimals),
            ])
        }
        return table.text()
    }

    private struct Report: Encodable {
        struct Row: Encodable {
            struct Run: Encodable {
                let seed: UInt64
                let figureUSD: Double
                let volume: Double
            }

            let strategy: String
            let meanUSD: Double
            let halfWidthUSD: Double?
            let behindUSD: Double?
            let behindHalfWidthUSD: Double?
            let volume: Double
            let runs: [Run]

            init(_ standing: Ranking.Standing) {
                strategy = standing.name
                meanUSD = standing.figureUSD.mean
                halfWidthUSD = standing.figureUSD.halfWidth
                behindUSD = standing.behindUSD?.mean
                behindHalfWidthUSD = standing.behindUSD?.halfWidth
                volume = standing.volume
                runs = standing.results.map { Run(seed: $0.seed, figureUSD: $0.figureUSD, volume: $0.volume) }
            }
        }

        let scenario: String
        let place: String
        let role: String
        let figure: String
        let volume: String
        let standings: [Row]
    }
}
