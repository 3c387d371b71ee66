internal import CoSimulation
internal import InferencePlacement

/// Builds an experiment from a scenario: reads, checks each section by its fields, then checks sections against each other.
///
/// Every step goes on with what is there, so that one run finds all faults; an experiment comes out only when there are none.
struct ScenarioBuilder {
    var checker: FieldChecker
    let catalogue: AgentCatalogue
    let file: String
    /// The checked top level; what is wrong is absent.
    var root = Parameters()

    /// Reads, checks and builds.
    mutating func build(
        overrides: [String], replacements: [Replacement], checkAgent: Scenario.AgentCheck?,
        checkForeign: Scenario.ForeignCheck?
    ) throws(ScenarioError) -> Scenario {
        let node = try tree(overrides: overrides)
        checker.replacements = replacements
        return try build(node, checkAgent: checkAgent, checkForeign: checkForeign)
    }

    /// Checks and builds what was read.
    mutating func build(
        _ node: ScenarioNode, checkAgent: Scenario.AgentCheck?, checkForeign: Scenario.ForeignCheck?
    ) throws(ScenarioError) -> Scenario {
        try checkVersion(node)
        checkRoot(node)
        checkNames()
        let clock = checker.clock
        let mechanism = mechanism()
        let coupling = coupling(mechanism)
        let layers = layerLimits()
        let resources = resources()
        let classes = classes(resources: resources)
        let sites = sites(classes: classes)
        checkOperators(sites?.gridOperators ?? [], coupling)
        checkHorizon(mechanism, classes, coupling)
        let events = events(clock)
        let faults = faults(clock)
        checker.checkScales()
        try checker.log.throwIfFaulty()

        guard let clock, let mechanism, let sites else { preconditionFailure("a scenario without faults is complete") }
        var experiment = Experiment(
            name: root.text("name"), seed: UInt64(root.number("seed")), clock: clock, resources: resources,
            classes: classes,
            gridOperators: sites.gridOperators, regions: sites.regions, services: sites.services, mechanism: mechanism,
            coupling: coupling, layerLimits: layers, events: events)
        experiment.delayRule = delayRule()
        experiment.faults = faults.ofExperiment
        noteBudgets(experiment)
        noteCapacity(experiment)
        var run = runOptions()
        run.slowness = faults.slowness
        if let checkAgent { tryAgents(experiment, checkAgent) }
        for (number, error) in checkForeign?(experiment, run.launches) ?? [] {
            refused(number, of: experiment, error, below: error.path.isEmpty ? "strategy" : "strategy.parameters")
        }
        try checker.log.throwIfFaulty()
        return Scenario(
            experiment: experiment, title: root.textIfPresent("title") ?? "",
            description: root.textIfPresent("description") ?? "",
            run: run,
            notices: checker.log.notices.sorted { ($0.place, $0.path, $0.text) < ($1.place, $1.path, $1.text) },
            files: checker.files.files)
    }

    /// The place of a path, for faults and notices.
    func place(_ path: String) -> SourcePlace {
        checker.place(of: path, else: SourcePlace(file: file, line: 1, column: 1))
    }

    /// Logs a fault at a path.
    mutating func fault(
        _ code: ScenarioFault.Code, _ path: String, value: String? = nil, _ problem: String, remedy: String
    ) {
        checker.log.add(code, at: place(path), path, value: value, problem, remedy: remedy)
    }

    // MARK: Reading

    /// The text of the file as a tree, with overrides applied.
    mutating func tree(overrides: [String]) throws(ScenarioError) -> ScenarioNode {
        var node: ScenarioNode
        do {
            let bytes = try checker.files.yaml(file)
            node = try parse(bytes)
        } catch let problem as FileProblem {
            throw fatal(problem.code, SourcePlace(file: file), problem.problem, problem.remedy)
        } catch let problem as YAMLReader.Problem {
            throw fatal(problem.code, problem.place, problem.problem, problem.remedy)
        } catch {
            throw fatal(.unreadableFile, SourcePlace(file: file), "the file cannot be read.", "Check it.")
        }
        for argument in overrides {
            do throws(Override.Problem) {
                node = try Override(argument).applied(to: node)
            } catch {
                checker.log.add(
                    .invalidOverride, at: .override(argument), "", value: argument, error.problem, remedy: error.remedy)
            }
        }
        return node
    }

    private func parse(_ bytes: [UInt8]) throws -> ScenarioNode {
        if let line = UTF8Text.firstInvalidLine(bytes) {
            throw YAMLReader.Problem(
                code: .notUTF8, place: SourcePlace(file: file, line: line), problem: "the line is not UTF-8 text.",
                remedy: "Save the file as UTF-8.")
        }
        return try YAMLReader(file: file, limits: checker.limits).read(String(decoding: bytes, as: UTF8.self))
    }

    private func fatal(_ code: ScenarioFault.Code, _ place: SourcePlace, _ problem: String, _ remedy: String)
        -> ScenarioError
    {
        var log = checker.log
        log.add(code, at: place, "", problem, remedy: remedy)
        return ScenarioError(faults: log.faults)
    }

    /// Stops at a text of another version, whose other faults would mislead.
    mutating func checkVersion(_ node: ScenarioNode) throws(ScenarioError) {
        guard let version = node["gridtide"], let text = version.text,
            DecimalText.value(text) != Double(ScenarioSchema.version)
        else {
            return
        }
        throw fatal(
            .unsupportedVersion, version.place, "gridtide: \(Excerpt.brief(text)) is no version this program reads.",
            "Write `gridtide: \(ScenarioSchema.version)`, or use the program the scenario was written for.")
    }

    // MARK: Sections

    /// Checks the top level by its fields. Clock and resources come first, since others are read in their terms.
    private mutating func checkRoot(_ node: ScenarioNode) {
        guard case .map = node.content else {
            _ = checker.section(node, ScenarioSchema.fields, "")
            return
        }
        let early = ["clock", "resources"]
        let earlyFields = ScenarioSchema.fields.filter { early.contains($0.name) }
        let earlyNode = ScenarioNode(content: .map(node.entries.filter { early.contains($0.key) }), place: node.place)
        root = checker.section(earlyNode, earlyFields, "")
        setClock()
        if case .list(let values)? = root["resources"], case .text(let first)? = values.first {
            checker.firstResource = first
        }

        let lists = Dictionary(uniqueKeysWithValues: AgentRole.allCases.map { (ScenarioSchema.listKey($0), $0) })
        let plainFields = ScenarioSchema.fields.filter { lists[$0.name] == nil && !early.contains($0.name) }
        let plainNode = ScenarioNode(
            content: .map(node.entries.filter { lists[$0.key] == nil && !early.contains($0.key) }), place: node.place)
        var checked = checkUnknownKeys(plainNode, plainFields)
        for role in AgentRole.allCases { checkAgents(role, node, &checked) }
        for (name, value) in checked.entries { root[name] = value }
        if AgentRole.allCases.allSatisfy({ root[ScenarioSchema.listKey($0)] != nil }) { checker.checkReplacements() }
    }

    /// Checks sections that are not agents; suggestions for unknown keys cover all keys of the top level.
    private mutating func checkUnknownKeys(_ node: ScenarioNode, _ fields: [Field]) -> Parameters {
        let names = Set(fields.map(\.name))
        let unknown = ScenarioNode(content: .map(node.entries.filter { !names.contains($0.key) }), place: node.place)
        let known = ScenarioNode(content: .map(node.entries.filter { names.contains($0.key) }), place: node.place)
        if !unknown.entries.isEmpty {
            let optional = ScenarioSchema.fields.map { Field.optional($0.name, $0.kind, $0.text) }
            _ = checker.section(unknown, optional, "")
        }
        return checker.section(known, fields, "")
    }

    private mutating func checkAgents(_ role: AgentRole, _ node: ScenarioNode, _ result: inout Parameters) {
        let key = ScenarioSchema.listKey(role)
        guard let field = ScenarioSchema.fields.first(where: { $0.name == key }) else {
            preconditionFailure("no field \(key)")
        }
        let use = FieldChecker.Use(field: field, path: key)
        guard let list = node[key] else {
            checker.fault(.missingKey, node, key, "`\(key)` is missing.", remedy: use.remedy)
            return
        }
        if let rows = checker.rows(list, .agents(role, catalogue), 1, use) {
            result[key] = .list(rows.map(ParameterValue.section))
        }
    }

    private func runOptions() -> RunOptions {
        var options = RunOptions(launches: launches())
        options.onLossOf = lossPolicies()
        guard let run = root.sectionIfGiven("run") else { return options }
        options.transport = RunOptions.Transport(rawValue: run.text("transport")) ?? .ipc
        options.processes = run["processes"].flatMap(RunOptions.Processes.init)
        options.tickDeadlineSeconds = run.number("tickDeadlineSeconds")
        options.arrivalDeadlineSeconds = run.number("arrivalDeadlineSeconds")
        options.onLoss = run.textIfPresent("onLoss").flatMap(RunOptions.LossPolicy.init)
        options.restartLimit = Int(run.number("restartLimit"))
        return options
    }

    /// Makes every agent once, so that what a strategy refuses is a fault of its settings.
    private mutating func tryAgents(_ experiment: Experiment, _ check: Scenario.AgentCheck) {
        for number in 0..<experiment.agentCount where !experiment.agent(number).isForeign {
            let setup = experiment.setup(ofAgent: number)
            guard let error = check(setup.role, experiment.agent(number).strategy, setup) else { continue }
            refused(number, of: experiment, error)
        }
    }

    /// Logs what a strategy refuses, at the setting in the agent's entry, or in a section of that.
    private mutating func refused(
        _ number: Int, of experiment: Experiment, _ error: ParameterError, below section: String = ""
    ) {
        let role = experiment.role(ofAgent: number)
        let range =
            switch role {
            case .gridOperator: experiment.gridOperatorAgents
            case .computeRegion: experiment.regionAgents
            case .serviceNode: experiment.serviceAgents
            }
        let base = "\(ScenarioSchema.listKey(role))[\(number - range.lowerBound)]"
        let path = [base, section, error.path].filter { !$0.isEmpty }.joined(separator: ".")
        fault(
            .refusedByStrategy, path, error.problem,
            remedy: error.remedy + removal(of: error.path, given: path, from: experiment.agent(number).name, role))
    }

    /// How a setting is left out that a program took over from an entry of this file; empty for any other.
    private func removal(of setting: String, given path: String, from agent: String, _ role: AgentRole) -> String {
        let isTakenOver = checker.replacements.contains { $0.agent == agent && $0.settings == nil }
        guard isTakenOver, checker.isGiven(path), place(path).file == file else { return "" }
        return " Leave out what stands there with --set \(ScenarioSchema.listKey(role)).\(agent).\(setting)=."
    }
}
