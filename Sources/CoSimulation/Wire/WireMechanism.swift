internal import InferencePlacement

extension Mechanism: WireCodable {
    var wire: WireMechanism {
        var message = WireMechanism()
        message.objective = objective.rawValue
        message.carbonPriceUsdPerKg = carbonPriceUSDPerKg
        message.weightEnergy = weights.energy
        message.weightCarbon = weights.carbon
        message.weightDelay = weights.delay
        message.weightWaterUsdPerLitre = weights.waterUSDPerLitre
        message.priorities = priorities.map(\.rawValue)
        message.prioritySlack = prioritySlack
        message.horizonTicks = UInt32(horizonTicks)
        message.waterLimitLitres = waterLimitLitres
        return message
    }

    init(wire: WireMechanism) throws(WireError) {
        guard let objective = Objective(rawValue: wire.objective) else {
            throw WireError("mechanism '\(wire.objective)' is unknown")
        }
        guard objective == .carbonPriced || wire.carbonPriceUsdPerKg == 0 else {
            throw WireError("mechanism '\(objective.rawValue)' takes no carbon price")
        }
        var priorities: [Criterion] = []
        for name in wire.priorities {
            guard let criterion = Criterion(rawValue: name) else { throw WireError("criterion '\(name)' is unknown") }
            priorities.append(criterion)
        }
        guard objective != .lexicographic || !priorities.isEmpty, wire.horizonTicks >= 1, wire.prioritySlack >= 0,
            wire.waterLimitLitres >= 0
        else { throw WireError("mechanism '\(objective.rawValue)' lacks priorities, or has an impossible number") }
        self.init(
            objective, carbonPriceUSDPerKg: wire.carbonPriceUsdPerKg,
            weights: ObjectiveWeights(
                energy: wire.weightEnergy, carbon: wire.weightCarbon, delay: wire.weightDelay,
                waterUSDPerLitre: wire.weightWaterUsdPerLitre),
            priorities: priorities, prioritySlack: wire.prioritySlack, horizonTicks: Int(wire.horizonTicks),
            waterLimitLitres: wire.waterLimitLitres)
    }
}

extension DelayTerms: WireCodable {
    var wire: WireDelayTerms {
        var message = WireDelayTerms()
        message.limitSeconds = limitSeconds.isFinite ? limitSeconds : 0
        message.priceUsdPerSecond = priceUSDPerSecond
        message.tokensPerRequest = tokensPerRequest
        message.payloadKbPerToken = payloadKBPerToken
        message.processingSecondsPerToken = processingSecondsPerToken
        return message
    }

    init(wire: WireDelayTerms) throws(WireError) {
        self.init(
            limitSeconds: wire.limitSeconds == 0 ? .infinity : wire.limitSeconds,
            priceUSDPerSecond: wire.priceUsdPerSecond, tokensPerRequest: wire.tokensPerRequest,
            payloadKBPerToken: wire.payloadKbPerToken, processingSecondsPerToken: wire.processingSecondsPerToken)
    }
}

extension DelayRule: WireCodable {
    var wire: WireDelayRule {
        var message = WireDelayRule()
        message.bySlot = isBySlot
        message.publishedUnits = hasPublishedUnits
        return message
    }

    init(wire: WireDelayRule) throws(WireError) {
        self.init(isBySlot: wire.bySlot, hasPublishedUnits: wire.publishedUnits)
    }
}
