import InferencePlacement

@testable import CoSimulation

/// Messages in which every number is another, and nothing is what it would be if it were left out.
struct CountedValues {
    private var count = 0

    private mutating func next() -> Int {
        count += 1
        return count
    }

    private mutating func number() -> Double { Double(next()) + 0.25 }

    private mutating func numbers() -> [Double] { [number(), number()] }

    private mutating func micros() -> UInt32 { UInt32(next()) }

    private var signal: BusSignal {
        mutating get {
            BusSignal(
                priceUSDPerMWh: number(), marginalEmissionsKgPerMWh: number(), averageEmissionsKgPerMWh: number(),
                headroomMW: number(), capMW: number(),
                request: CurtailmentRequest(
                    event: next(), reductionMW: number(), priceUSDPerMWh: number(), remainingTicks: next()),
                forecastPriceUSDPerMWh: numbers(), forecastMarginalEmissionsKgPerMWh: numbers())
        }
    }

    private var outcome: BusOutcome {
        mutating get {
            BusOutcome(
                priceUSDPerMWh: number(), marginalEmissionsKgPerMWh: number(), averageEmissionsKgPerMWh: number(),
                area: next())
        }
    }

    private var area: AreaOutcome {
        mutating get {
            AreaOutcome(
                name: "area \(next())", demandMW: number(), computeLoadMW: number(), generationMW: number(),
                importMW: number(), curtailedMW: number(), unservedMW: number(), costUSD: number(),
                emissionsKg: number(), congestionRentUSD: number(), congestedLineCount: next(),
                technologies: [TechnologyOutput(technology: "wind \(next())", outputMW: number())])
        }
    }

    private var offer: CapacityOffer {
        mutating get {
            CapacityOffer(
                capacity: numbers(), connectionMW: number(), pue: number(),
                blocks: [
                    OfferBlock(source: .onSite, limitMW: number(), markUpUSDPerMWh: number()),
                    OfferBlock(source: .grid, limitMW: number(), markUpUSDPerMWh: number()),
                ], chargeMW: number(), waterLitresPerMWh: number(), carbonTaxUSDPerKg: number(),
                outlook: [
                    OfferOutlook(
                        connectionMW: number(), pue: number(), onSiteMW: number(), waterLitresPerMWh: number(),
                        carbonTaxUSDPerKg: number())
                ])
        }
    }

    private var option: PlacementOption {
        mutating get {
            PlacementOption(
                region: next(), frictionUSDPerRequest: number(), delaySeconds: number(),
                delaySecondsPerRequest: number())
        }
    }

    private var line: BidLine {
        mutating get {
            BidLine(
                workloadClass: next(), requests: number(), arrivedRequests: number(), deferredRequests: number(),
                energyKWhPerRequest: number(), workPerRequest: numbers(), movableShare: number(),
                valueUSDPerRequest: number(), switchingUSDPerRequest: number(), delayLimitSeconds: number(),
                delayUSDPerSecond: number(), dueRequests: numbers(), forecastRequests: numbers(),
                options: [option, option])
        }
    }

    var asks: [Ask] {
        mutating get {
            let questions: [Question] = [
                .grid(dispatchLoadMW: numbers(), signalTick: next()), .quote(loadMW: numbers()),
                .region(
                    signal: signal,
                    last: RegionResult(
                        facilityMWh: number(), gridMWh: number(), revenueUSD: number(), costUSD: number(),
                        realisedPriceUSDPerMWh: number()), customerBaselineMW: number()),
                .service(
                    signals: [signal, signal],
                    last: ServiceResult(
                        placements: [ServicePlacement(workloadClass: next(), region: next(), requests: number())],
                        unservedRequests: numbers(), paidUSD: number(), waitingRequests: numbers())),
            ]
            return questions.map {
                var ask = Ask(agent: 0, tick: next(), phase: .quoting, round: next(), question: $0)
                ask.wantsEffort = true
                return ask
            }
        }
    }

    var replies: [Reply] {
        mutating get {
            let answers: [Answer] = [
                .grid(
                    dispatch: GridDispatch(buses: [outcome, outcome], areas: [area, area]),
                    signal: GridSignal(buses: [signal])),
                .quote(GridQuote(buses: [outcome], costUSDPerHour: number(), emissionsKgPerHour: number())),
                .offer(offer), .bid(WorkBid(lines: [line, line])),
            ]
            return answers.map {
                var reply = Reply(agent: 0, tick: next(), phase: .quoting, round: next(), answer: $0)
                reply.effort = Effort(computingMicroseconds: micros(), codingMicroseconds: micros())
                return reply
            }
        }
    }

    private var award: AwardRecord {
        mutating get {
            AwardRecord(
                service: next(), workloadClass: next(), region: next(), requests: number(), energyMWh: number())
        }
    }

    private var clearing: ClearingRecord {
        mutating get {
            ClearingRecord(
                objective: number(), relativeGap: number(), costUSD: number(), energyUSD: number(),
                frictionUSD: number(), switchingUSD: number(), unservedUSD: number(), emissionsKg: number(),
                awards: [award, award],
                unserved: [UnservedRecord(service: next(), workloadClass: next(), requests: number())],
                regions: [
                    RegionClearing(
                        energyMWh: number(), facilityMWh: number(), gridMWh: number(),
                        energyPriceUSDPerMWh: number(), capacityPriceUSD: numbers())
                ], coupling: CouplingOutcome(rounds: next(), hasConverged: true, gap: number()),
                waiting: [UnservedRecord(service: next(), workloadClass: next(), requests: number())])
        }
    }

    /// Of an experiment of two agents a role.
    var record: TickRecord {
        mutating get {
            let quote = GridQuote(buses: [outcome], costUSDPerHour: number(), emissionsKgPerHour: number())
            return TickRecord(
                tick: next(), signals: [GridSignal(buses: [signal]), GridSignal(buses: [signal])],
                offers: [offer, offer], bids: [WorkBid(lines: [line]), WorkBid(lines: [line])],
                quoteRounds: [[quote, quote]], clearing: clearing,
                dispatches: [
                    GridDispatch(buses: [outcome], areas: [area]), GridDispatch(buses: [outcome], areas: [area]),
                ],
                settlement: Payment.Purpose.allCases.map {
                    let payee = $0 == .carbon ? Payment.Party.carbonFund : .transport
                    return Payment(payer: .agent(next()), payee: payee, purpose: $0, amountUSD: number())
                },
                absences: [Absence(agent: next(), phase: .dispatching)],
                violations: [Violation(agent: next(), phase: .bidding, text: "violation \(next())")],
                faults: [
                    FaultRecord(agent: next(), kind: .outage),
                    FaultRecord(agent: next(), kind: .staleSignals(ofTick: next())),
                    FaultRecord(agent: next(), kind: .lostBid),
                ])
        }
    }

    var recordedTick: RecordedTick {
        mutating get {
            var telemetry = TickTelemetry(
                tick: next(), waitMicroseconds: [micros(), micros()], clearingMicroseconds: micros(),
                tickMicroseconds: micros())
            telemetry.profile = TickProfile(
                startMicroseconds: 1 << 40 + UInt64(next()), solvingMicroseconds: micros(),
                codingMicroseconds: micros(),
                journalMicroseconds: micros(), waitingMicroseconds: micros(),
                exchanges: [
                    ExchangeTiming(
                        agent: next(), phase: .bidding, round: next(), askedMicroseconds: micros(),
                        waitMicroseconds: micros(),
                        effort: Effort(computingMicroseconds: micros(), codingMicroseconds: micros()))
                ])
            return RecordedTick(bytes: [1, 2, 3], digest: Digest(of: [4]), telemetry: telemetry)
        }
    }
}
